"""Bodies of the terrain cases: read from their description, built from strings and points, measured by overlay."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.terrain import Overlay, Tin, Zone, build_tin, overlay, tin_from_triangles
from slopedesign.calc.terrain.dem import dem_cut, dem_from_levels
from slopedesign.calc.terrain.sections import section, section_area_between

FloatArray = NDArray[np.float64]
Level = Callable[[float, float], float]

SEGMENTS = 64  # chords of a quarter circle
E0, N0 = 494000.0, 4038000.0  # projected coordinates: the digits in front must not cost digits behind
CORNER = np.array([E0, N0, 0.0])
_NUMBER = r"-?\d+(?:\.\d+)?"


def numbers(text: str) -> list[float]:
    """The numbers of a description, in order."""
    return [float(found) for found in re.findall(_NUMBER, text)]


def profile_of(rows: Sequence[Mapping[str, Any]]) -> tuple[FloatArray, list[str]]:
    """(p, 2) distance and height of a profile, and what starts at each of its points."""
    return np.array([[row["d"], row["h"]] for row in rows], float), [str(row["starts"]) for row in rows]


def floor_of(shape: str, area: float, perimeter: float) -> shapely.Polygon | None:
    """The floor of a pit from its description: a circle, a rectangle, or an L (a rectangle less one corner).

    None where no shape of that kind has the stated area and perimeter.
    """
    said = numbers(shape.replace("x", " "))
    kind = shape.split()[0].lower() if shape.split() else ""
    floors: list[shapely.Polygon] = []
    if kind.startswith("circle") and said:
        n = 16 * SEGMENTS
        radius = said[0] * math.sqrt(2 * math.pi / (n * math.sin(2 * math.pi / n)))  # polygon of the circle's area
        turn = np.arange(n) * 2 * math.pi / n
        return shapely.Polygon(radius * np.column_stack([np.cos(turn), np.sin(turn)]))
    if kind.startswith(("rect", "square")) and said:
        floors.append(shapely.box(0, 0, said[0], said[1] if len(said) > 1 else said[0]))
    if kind.startswith("l"):
        floors += [_ell(*said[:4])] if len(said) >= 4 else []
        side = perimeter / 4  # volume depends on area and perimeter alone: the square box does
        if side**2 > area:
            floors.append(_ell(side, side, *[math.sqrt(side**2 - area)] * 2))
    fits = (f for f in floors if math.isclose(f.area, area, rel_tol=1e-9) and math.isclose(f.length, perimeter))
    return next(fits, None)


def _ell(a: float, b: float, c: float, d: float) -> shapely.Polygon:
    return shapely.Polygon([(0, 0), (a, 0), (a, b - d), (a - c, b - d), (a - c, b), (0, b)])


def pit_strings(floor: shapely.Polygon, profile: FloatArray, corner: str) -> list[FloatArray]:
    """The floor line and every toe and crest line around it as closed strings (k, 3), local."""
    strings = []
    for d, h in profile:
        if corner == "round":
            ring = shapely.buffer(floor, d, quad_segs=SEGMENTS)
        else:
            ring = shapely.buffer(floor, d, join_style="mitre", mitre_limit=10)
        xy = shapely.get_coordinates(shapely.get_exterior_ring(ring if d > 0 else floor))[:-1]
        strings.append(np.column_stack([xy, np.full(len(xy), h)]))
    return strings


def pit_overlay(strings: Sequence[FloatArray], height: float) -> Overlay:
    """Overlay of level ground with a pit given by its strings; zone k lies between strings k and k + 1."""
    lines = [string + CORNER for string in strings]
    design = build_tin(np.empty((0, 3)), lines, closed_breaklines=range(len(lines))).tin
    inner = [shapely.Polygon(line[:, :2]) for line in lines]
    rings: list[Any] = [big.difference(small) for small, big in pairwise(inner)]
    zones = [Zone(f"{k}", ring) for k, ring in enumerate(rings)]
    return overlay(level_ground(design, height), design, zones)


def level_ground(design: Tin, height: float) -> Tin:
    """Level ground that reaches beyond a design."""
    w, s, _, e, n, _ = design.bounds
    return build_tin([[x, y, height] for x in (w - 5, e + 5) for y in (s - 5, n + 5)]).tin


def pit_on_grid(floor: shapely.Polygon, profile: FloatArray, height: float, cell: float = 0.5) -> float:
    """Cut of the same pit (round corners) on a grid of level ground, by the distance of every cell to the floor."""
    w, s, e, n = floor.bounds
    reach = profile[-1, 0] + 2
    columns, rows = math.ceil((e - w + 2 * reach) / cell), math.ceil((n - s + 2 * reach) / cell)
    ground = dem_from_levels(E0 + w - reach, N0 + s - reach, cell, np.full((rows, columns), height))
    xy = shapely.get_coordinates(floor.exterior)[:-1]
    rim = np.column_stack([xy, np.zeros(len(xy))]) + CORNER
    return dem_cut(ground, rim, profile, closed=True).cut.value


def straight_face(ground: Level, profile: FloatArray, width: float = 10.0) -> tuple[float, float]:
    """Cut per metre of a profile swept along a straight toe: by overlay, and by the areas between two sections.

    The last face goes on until it is through the ground, or 50 m where it never meets it.
    """
    (d0, h0), (d1, h1) = profile[-2], profile[-1]
    slope, step = (h1 - h0) / (d1 - d0), 50.0
    rise = ground(d1 + 1, 0) - ground(d1, 0)
    if ground(d1, 0) > h1 and slope > rise:
        step = 2 * (ground(d1, 0) - h1) / (slope - rise)
    face = np.vstack([profile, [d1 + step, h1 + slope * step]])
    strings = [np.array([[d, y, h] for y in (0.0, width)]) + CORNER for d, h in face]
    design = build_tin(np.empty((0, 3)), strings).tin
    reach = float(face[-1, 0])
    corners = [(x, y) for x in (-5.0, reach + 5) for y in (-5.0, width + 5)]
    surface = build_tin(np.array([[x, y, ground(x, y)] for x, y in corners]) + CORNER).tin
    line = [(E0, N0 + width / 2), (E0 + reach, N0 + width / 2)]
    areas = section_area_between(section(surface, line), section(design, line))
    return overlay(surface, design).total.cut.value / width, areas.cut.value


def planar_bodies(ground: str, design: str, shift: Sequence[float]) -> tuple[float, float] | None:
    """Cut and fill between two described surfaces, moved by `shift`; None where the words are not understood."""
    box = _domain(ground) or _domain(design)
    below = level_of(ground)
    if box is None or below is None:
        return None
    x0, x1, y0, y1 = box
    frame = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    move = np.asarray(shift, float)

    def over(level: Level, more: Sequence[Sequence[float]] = ()) -> Tin:
        return build_tin(np.array([[x, y, level(x, y)] for x, y in frame] + [list(p) for p in more]) + move).tin

    apex = re.search(rf"apex\s*\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)", design)
    above = level_of(design)
    if apex is not None:
        formed = over(below, [[float(v) for v in apex.groups()]])
    elif above is not None:
        formed = over(above)
    else:
        return None
    found = overlay(over(below), formed).total
    return found.cut.value, found.fill.value


def _domain(text: str) -> tuple[float, float, float, float] | None:
    squared = re.search(rf"\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]\s*\^\s*2", text)
    if squared:
        a, b = (float(v) for v in squared.groups())
        return a, b, a, b
    pair = rf"\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]"
    both = re.search(pair + r"\s*[x*]\s*" + pair, text)
    if both:
        a, b, c, d = (float(v) for v in both.groups())
        return a, b, c, d
    return None


def level_of(text: str) -> Level | None:
    """The level z(x, y) a description states as `z = ...`; None where it states none that can be read."""
    said = re.search(r"z\s*=\s*([^,;\[]+?)(?=\s+on\b|\s+over\b|[,;\[]|$)", text)
    if said is None:
        return None
    words = re.sub(rf"({_NUMBER})\s*deg", r"radians(\1)", said.group(1)).replace("^", "**")
    try:
        tree = ast.parse(words.strip(), mode="eval").body
        _value(tree, {"x": 0.5, "y": 0.5})
    except (SyntaxError, ValueError, TypeError, ArithmeticError):
        return None
    return lambda x, y: _value(tree, {"x": x, "y": y})


_CALLS: Mapping[str, Callable[[float], float]] = {
    "tan": math.tan, "sin": math.sin, "cos": math.cos, "sqrt": math.sqrt, "radians": math.radians, "abs": abs,
}  # fmt: skip
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b, ast.Pow: lambda a, b: math.pow(a, b),
}  # fmt: skip


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    """A number from an expression of numbers, x, y and a few functions; anything else is a ValueError."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, names)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            return _OPERATORS[type(operator)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in _CALLS:
            return _CALLS[name](_value(inner, names))
    raise ValueError(ast.unparse(node))


def cone_volume(radius: float, height: float, sides: int, shift: FloatArray | None = None) -> float:
    """Fill of a cone of `sides` flat sides on level ground, by overlay."""
    turn = np.arange(sides) * 2 * math.pi / sides
    rim = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(sides)])
    tip = np.vstack([rim, [[0, 0, height]]]) + (np.zeros(3) if shift is None else shift)
    fan = [[k, (k + 1) % sides, sides] for k in range(sides)]
    cone = tin_from_triangles(tip, fan)
    return overlay(level_ground(cone, 0.0), cone).total.fill.value


def turned_body(radii: FloatArray, levels: FloatArray, sides: int) -> Tin:
    """A surface turned about a vertical axis, through rings of `sides` vertices and its middle."""
    turn = np.arange(sides) * 2 * math.pi / sides
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    points = [np.column_stack([r * circle, np.full(sides, z)]) for r, z in zip(radii, levels, strict=True) if r > 0]
    middle = [[0.0, 0.0, levels[0]]]
    k = np.arange(sides)
    faces = [np.column_stack([k, (k + 1) % sides, np.full(sides, len(points) * sides)])]
    for ring in range(len(points) - 1):
        a, b = ring * sides + k, ring * sides + (k + 1) % sides
        faces += [np.column_stack([a, a + sides, b + sides]), np.column_stack([a, b + sides, b])]
    return tin_from_triangles(np.vstack([*points, middle]) + CORNER, np.concatenate(faces))


def ring_body(radius: float, sweep_deg: float, base: float, height: float, sides: int = 1440) -> float:
    """Cut in a ring section swept about a vertical axis: a triangle that rises from the toe to `height` at `base`."""
    turn = np.radians(np.linspace(0, sweep_deg, sides + 1))
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    inner, outer = radius * circle, (radius + base) * circle

    def strip(z_outer: float) -> Tin:
        points = np.vstack(
            [np.column_stack([inner, np.zeros(sides + 1)]), np.column_stack([outer, np.full(sides + 1, z_outer)])]
        )
        k = np.arange(sides)
        faces = np.vstack(
            [np.column_stack([k, k + sides + 1, k + sides + 2]), np.column_stack([k, k + sides + 2, k + 1])]
        )
        return tin_from_triangles(points + CORNER, faces)

    return overlay(strip(height), strip(0.0)).total.cut.value
