"""Signs of plants: in elevation to the height of their stock, in plan to their crown. They do not show the species."""

from __future__ import annotations

import math

import numpy as np

from slopedesign.drawings.sheet import Box, Points, Sheet
from slopedesign.project.planting import Species

CROWN = 0.4
"""Crown of a plant whose crown is not stated, as a share of its height: a sign, no size."""
LOW = {"shrub": 0.6, "climber": 0.4, "herb": 0.3}
"""Height at which a plant is shown whose height is not stated [m]."""
TALL = 1.5


def shown_height(species: Species) -> float:
    """Height a plant is drawn with [m]."""
    return species.height if species.height is not None else LOW.get(species.form, TALL)


def shown_crown(species: Species) -> float:
    """Crown a plant is drawn with [m]."""
    return species.crown if species.crown is not None else CROWN * shown_height(species)


def _cloud(center: tuple[float, float], width: float, height: float, lobes: int) -> Points:
    """A leafy outline (n, 2) around a centre."""
    turn = np.linspace(0.0, 2 * math.pi, 12 * lobes + 1)
    r = 1.0 - 0.10 * np.abs(np.cos(lobes * turn / 2))
    return np.column_stack([center[0] + width / 2 * r * np.cos(turn), center[1] + height / 2 * r * np.sin(turn)])


def elevation(sheet: Sheet, species: Species, foot: tuple[float, float], mm: float, *, lean: float = 0.0) -> float:
    """Draw a plant standing on a foot [mm]; returns its top [mm].

    Args:
        mm: millimetres of paper in a metre.
        lean: sideways reach of the tip of a climber [mm].
    """
    x, y = foot
    high, wide = shown_height(species) * mm, shown_crown(species) * mm
    if species.form == "tree":
        bole = 0.4 * high
        half = max(0.25, min(1.2, (species.dbh or 5.0) / 100 * mm / 2))
        for side in (-1, 1):
            sheet.line("plant", [(x + side * half, y), (x + side * half * 0.7, y + bole)], avoid=False)
        sheet.line("plant", _cloud((x, y + (bole + high) / 2), wide, high - bole, 9), avoid=False)
        sheet.line("plant", [(x, y + bole), (x, y + bole + 0.5 * (high - bole))], avoid=False, lineweight=13)
        for up, side in ((0.15, 1), (0.28, -1), (0.4, 1)):
            at = y + bole + up * (high - bole)
            reach = wide * 0.22
            sheet.line("plant", [(x, at), (x + side * reach, at + reach)], avoid=False, lineweight=13)
    elif species.form == "shrub":
        sheet.line("plant", _cloud((x, y + 0.55 * high), wide, 0.9 * high, 6), avoid=False)
        for share in (-0.25, 0.0, 0.25):
            sheet.line("plant", [(x, y), (x + share * wide, y + 0.6 * high)], avoid=False, lineweight=13)
    else:
        steps = np.linspace(0.0, 1.0, 13)
        line = np.column_stack([x + lean * steps + 0.5 * np.sin(steps * 4 * math.pi), y + high * steps])
        sheet.line("plant", line, avoid=False)
        for k, (px, py) in enumerate(line[2::2]):
            side = 1 if k % 2 else -1
            sheet.line("plant", [(px, py), (px + side * 1.2, py + 0.6)], avoid=False, lineweight=13)
    return y + high


def plan_sign(sheet: Sheet, species: Species, at: tuple[float, float], mm: float) -> None:
    """Draw a plant in plan at a point [mm]; `mm` millimetres in a metre."""
    x, y = at
    if species.form == "climber":
        for a in (0.0, 120.0, 240.0):
            turn = math.radians(a + 90)
            sheet.line("plant", [(x, y), (x + 1.1 * math.cos(turn), y + 1.1 * math.sin(turn))], avoid=False)
        return
    radius = max(0.8, shown_crown(species) / 2 * mm)
    if species.form == "tree":
        sheet.line("plant", _cloud(at, 2 * radius, 2 * radius, 8), avoid=False)
        sheet.circle("plant", at, 0.4)
    else:
        sheet.circle("plant", at, radius)
        for a in (45.0, 135.0):
            c, s = 0.6 * radius * math.cos(math.radians(a)), 0.6 * radius * math.sin(math.radians(a))
            sheet.line("plant", [(x - c, y - s), (x + c, y + s)], avoid=False, lineweight=13)


def plan_dot(sheet: Sheet, form: str, at: tuple[float, float], half: float) -> None:
    """A plant on the plan of the site: a ring with its middle for a tree, a cross for a shrub [mm]."""
    x, y = at
    if form == "tree":
        sheet.circle("plant", at, half)
        sheet.circle("plant", at, 0.1)
        return
    d = 0.6 * half
    for side in (1, -1):
        sheet.line("plant", [(x - d, y - side * d), (x + d, y + side * d)], avoid=False, lineweight=13)


def dot_sample(form: str, sheet: Sheet, box: Box) -> None:
    """A legend sample: a row of plants."""
    x, y = box.center
    for step in (-4.0, 0.0, 4.0):
        plan_dot(sheet, form, (x + step, y), 0.6)
