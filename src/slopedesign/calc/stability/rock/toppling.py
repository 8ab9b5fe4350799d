"""Toppling of rock columns on a stepped base, block by block (Goodman & Bray 1976).

Columns are numbered from the toe. Each hands to the one below the greater of the force that would topple it and the
force that would slide it, never less than nothing; what the lowest one still asks for is the support needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.optimize import brentq

from slopedesign.calc.stability.strength import finite
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.standards.formula import Step
from slopedesign.standards.limit_equilibrium import TOPPLE_FACTOR, TOPPLE_SLIDE, TOPPLE_TURN


@dataclass(frozen=True, kw_only=True)
class Columns:
    """A row of columns.

    Attributes:
        heights: y_n from the toe up [m]; width: dx of each [m].
        base_deg: dip of the column bases (of the plane they would slide on).
        crest: number (from 1) of the column at the crest.
        a1, a2: drop from one column top to the next below and above the crest [m].
        unit_weight: kN/m3.
    """

    heights: tuple[float, ...]
    width: float
    base_deg: float
    crest: int
    a1: float
    a2: float
    unit_weight: float = 25.0

    def validate(self, where: str = "toppling") -> None:
        """Refuses impossible values (InputError)."""
        if len(self.heights) < 2:
            raise InputError(f"{where}.heights", len(self.heights), message("stability.rule.columns"))
        for i, height in enumerate(self.heights):
            finite(f"{where}.heights[{i}]", height, least=1e-9)
        finite(f"{where}.width", self.width, least=1e-9)
        finite(f"{where}.base_deg", self.base_deg, least=0.0, most=89.0)
        finite(f"{where}.unit_weight", self.unit_weight, least=1e-9)
        for name in ("a1", "a2"):
            finite(f"{where}.{name}", getattr(self, name), least=0.0)
        if not 1 <= self.crest <= len(self.heights):
            raise InputError(f"{where}.crest", self.crest, message("stability.rule.crest"))


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: force from the one above, forces it hands on if it topples or slides, and what it does."""

    number: int
    topple: Step | None
    slide: Step
    force: float
    mode: str


@dataclass(frozen=True, kw_only=True)
class ToppleResult:
    """Support needed at the toe column at one friction angle; columns from the top down."""

    friction_deg: float
    support: float
    support_mode: str
    columns: tuple[Column, ...]


def support_needed(
    columns: Columns, friction_deg: float, *, cable_deg: float = 0.0, cable_level: float | None = None
) -> ToppleResult:
    """Cable force [kN/m] that keeps the toe column from sliding and toppling.

    Args:
        cable_deg: inclination of the cable below the horizontal; cable_level: height of its head above the base of
            the toe column [m] (None: its top).

    Raises:
        InputError: impossible columns, or a friction angle at which tan >= 1 (the sliding rule loses its meaning).
    """
    columns.validate()
    finite("toppling.friction_deg", friction_deg, least=0.0, most=44.99)
    force, worked = 0.0, []
    for number in range(len(columns.heights), 1, -1):
        column = _column(columns, number, friction_deg, force)
        worked.append(column)
        force = column.force
    alpha, tan_phi = math.radians(columns.base_deg), math.tan(math.radians(friction_deg))
    height, width = columns.heights[0], columns.width
    weight = columns.unit_weight * width * height
    delta = math.radians(cable_deg)
    slide = (force * (1 - tan_phi**2) - weight * (tan_phi * math.cos(alpha) - math.sin(alpha))) / (
        tan_phi * math.sin(alpha + delta) + math.cos(alpha + delta)
    )
    level = height if cable_level is None else cable_level
    lever = height if columns.crest > 1 else height - columns.a2
    topple = (
        0.5 * weight * (height * math.sin(alpha) - width * math.cos(alpha)) + force * (lever - width * tan_phi)
    ) / (level * math.cos(alpha + delta))
    support = max(slide, topple)
    return ToppleResult(
        friction_deg=friction_deg, support=support, support_mode="slide" if slide >= topple else "topple",
        columns=tuple(worked),
    )  # fmt: skip


def topple_factor(
    columns: Columns, friction_deg: float, cable: float = 0.0, *, cable_deg: float = 0.0,
    cable_level: float | None = None,
) -> Step:  # fmt: skip
    """Factor tan(phi) / tan(phi at which the cable just holds).

    Raises:
        NoSolution: no friction angle between 1 and 44.9 deg is in balance with the cable.
    """

    def gap(angle: float) -> float:
        found = support_needed(columns, angle, cable_deg=cable_deg, cable_level=cable_level)
        return found.support - cable

    low, high = 1.0, 44.9
    if gap(low) < 0 or gap(high) > 0:
        raise NoSolution(message("stability.what.toppling"), message("stability.tried.angles"))
    needed = float(brentq(gap, low, high, xtol=1e-10))
    return TOPPLE_FACTOR.at(phi=friction_deg, phi_r=needed)


def _column(columns: Columns, number: int, friction_deg: float, force: float) -> Column:
    y = columns.heights[number - 1]
    if number < columns.crest:
        upper, lower = y, y - columns.a1
    elif number == columns.crest:
        upper, lower = y - columns.a2, y - columns.a1
    else:
        upper, lower = y - columns.a2, y
    weight = columns.unit_weight * columns.width * y
    topple = None
    if lower > 0:
        topple = TOPPLE_TURN.at(
            P=force, M=upper, dx=columns.width, phi=friction_deg, W=weight, y=y, alpha=columns.base_deg, L=lower
        )
    slide = TOPPLE_SLIDE.at(P=force, W=weight, alpha=columns.base_deg, phi=friction_deg)
    turn = topple.value if topple is not None else -math.inf
    most = max(turn, slide.value, 0.0)
    mode = "stable" if most == 0.0 else ("topple" if turn >= slide.value else "slide")
    return Column(number=number, topple=topple, slide=slide, force=most, mode=mode)


__all__: Sequence[str] = ("Column", "Columns", "ToppleResult", "support_needed", "topple_factor")
