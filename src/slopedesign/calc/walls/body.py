"""Geometry of a wall section: outline, weight's line of action, back, base, the soil that moves with it.

Frame: origin at the toe (front bottom edge), x into the soil, z up. The heel lies at (b, -b tan a0).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.layout import Line, Point, polygon_area, polygon_centroid
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.walls import BarSet, WallShape
from slopedesign.standards import gb50330_2013_walls as gb50330

TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class WallBody:
    """A wall section worked out.

    Attributes:
        outline: of the wall, anticlockwise from the toe.
        soil: outline of the soil between the wall and its virtual back (empty for a plane back).
        base_width: toe to heel, horizontal; base_deg: inclination of the base.
        back_foot, back_head: ends of the plane the thrust acts on; the head lies on the ground.
        back_deg: its angle to the horizontal; virtual: it runs through soil.
        ground: line of the fill from `back_head` on, relative to it.
        meet: where the fill meets the wall's rear face; ground_at_wall: the line from there on, relative to it.
        front_face: x of the front face by height, rear_face: of the rear face, as polylines (z, x) bottom up.
    """

    shape: WallShape
    outline: Line
    soil: Line
    base_width: float
    base_deg: float
    back_foot: Point
    back_head: Point
    back_deg: float
    virtual: bool
    ground: Line
    meet: Point
    ground_at_wall: Line
    front_face: tuple[Point, ...]
    rear_face: tuple[Point, ...]

    @property
    def area(self) -> float:
        """Area of the section [m2]."""
        return polygon_area(self.outline)

    @property
    def centroid(self) -> Point:
        """Centroid of the section."""
        return polygon_centroid(self.outline)

    @property
    def soil_height(self) -> float:
        """Height of the back the thrust acts on [m]."""
        return self.back_head[1] - self.back_foot[1]

    def above(self, z: float) -> Line:
        """Outline of the part above a level."""
        return clip_above(self.outline, z)

    def width_at(self, z: float) -> tuple[float, float]:
        """x of front and rear face at a level (just above a step)."""
        return _x_at(self.front_face, z), _x_at(self.rear_face, z)


def _x_at(face: Sequence[Point], z: float) -> float:
    """x of a face (z, x) at a level; at a step the value above it."""
    for (z1, x1), (z2, x2) in zip(face, face[1:], strict=False):
        if z1 - TINY <= z < z2 - TINY and z2 > z1 + TINY:
            return x1 + (x2 - x1) * (z - z1) / (z2 - z1)
    return face[-1][1]


def clip_above(outline: Sequence[Point], z: float) -> Line:
    """The part of a polygon above a level (Sutherland-Hodgman)."""
    found: list[Point] = []
    for (x1, z1), (x2, z2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if z1 >= z:
            found.append((x1, z1))
        if (z1 >= z) != (z2 >= z):
            found.append((x1 + (x2 - x1) * (z - z1) / (z2 - z1), z))
    return tuple(found)


def wall_body(
    shape: WallShape, base: MaterialClass, *, ground: Sequence[Point] = ((0.0, 0.0), (1.0, 0.0)), field: str = "shape"
) -> WallBody:
    """The section of a wall.

    Args:
        shape: as stated.
        base: what it stands on, for the limit of the base's slope.
        ground: line of the fill from where it meets the wall's rear face, relative to that point.

    Raises:
        InputError: wall lower than its embedment or freeboard, top wider than base, base steeper than the limit for the
            ground, toe step higher than the wall, key off the base, cantilever without slab.
    """
    _validate(shape, base, field)
    return _cantilever(shape, ground, field) if shape.kind == "cantilever" else _gravity(shape, ground, field)


def _validate(shape: WallShape, base: MaterialClass, field: str) -> None:
    def refuse(name: str, key: str, **values: object) -> None:
        raise InputError(f"{field}.{name}", getattr(shape, name), message(f"walls.error.{key}", **values))

    if shape.height <= shape.embedment:
        refuse("height", "lower_than_embedment", embedment=shape.embedment)
    if shape.freeboard >= shape.height - shape.embedment:
        refuse("freeboard", "freeboard_too_high", height=shape.height)
    limit = gb50330.limit("base_slope", "soil" if base == "soil" else "rock").value
    if shape.base_slope > limit + TINY:
        refuse("base_slope", "base_too_steep", limit=f"1:{1 / limit:g}")
    if bool(shape.toe_step_width) != bool(shape.toe_step_height) or shape.toe_step_height >= shape.height:
        refuse("toe_step_height", "toe_step", height=shape.height)
    if bool(shape.key_depth) != bool(shape.key_width):
        refuse("key_width", "key_incomplete")
    for i, step in enumerate(shape.back_steps):
        if step.level >= shape.height:
            raise InputError(
                f"{field}.back_steps[{i}].level", step.level, message("walls.error.step_above_top", height=shape.height)
            )
    if shape.kind == "cantilever" and not (shape.slab > 0 and shape.heel + shape.toe > 0 and shape.slab < shape.height):
        refuse("slab", "cantilever_without_slab")


def _gravity(shape: WallShape, ground: Sequence[Point], field: str) -> WallBody:
    height, slope, lean = shape.height, shape.base_slope, shape.back_batter
    step_w, step_h = shape.toe_step_width, shape.toe_step_height
    face_foot = step_w
    face_top = face_foot + shape.face_batter * (height - step_h)
    top_rear = face_top + shape.top_width
    steps = sum(step.width for step in shape.back_steps)
    at_toe = top_rear + lean * height + steps  # width at the level of the toe
    if at_toe < shape.top_width - TINY:
        raise InputError(
            f"{field}.top_width", shape.top_width, message("walls.error.top_wider_than_base", base=f"{at_toe:.3f}")
        )
    base = at_toe / (1 - lean * slope)
    heel = (base, -base * slope)
    rear = _rear_face(shape, top_rear, heel)
    front: list[Point] = [(0.0, 0.0)]
    if step_w > 0:
        front += [(0.0, step_h), (step_w, step_h)]
    front.append((face_top, height))
    bottom = _bottom(shape, base, slope, field)
    outline = (*bottom, *rear[1:], *reversed(front[1:]))
    soil_level = height - shape.freeboard
    faces = tuple((z, x) for x, z in rear)
    meet = (_x_at(faces, soil_level) if shape.freeboard else top_rear, soil_level)
    virtual = bool(shape.back_steps)
    head, soil, seen = _behind(rear, meet, heel, ground) if virtual else (meet, (), tuple(ground))
    return WallBody(
        shape=shape, outline=outline, soil=soil, base_width=base, base_deg=math.degrees(math.atan(slope)),
        back_foot=heel, back_head=head, back_deg=_angle(heel, head), virtual=virtual, ground=seen,
        meet=meet, ground_at_wall=tuple(ground), front_face=tuple((z, x) for x, z in front), rear_face=faces,
    )  # fmt: skip


def _rear_face(shape: WallShape, top_rear: float, heel: Point) -> tuple[Point, ...]:
    """Rear face bottom up, from the heel."""
    found: list[Point] = [heel]
    x, previous = heel[0], heel[1]
    for step in sorted(shape.back_steps, key=lambda s: s.level):
        x -= shape.back_batter * (step.level - previous)
        found.append((x, step.level))
        x -= step.width
        found.append((x, step.level))
        previous = step.level
    found.append((top_rear, shape.height))
    return tuple(found)


def _bottom(shape: WallShape, base: float, slope: float, field: str) -> tuple[Point, ...]:
    if not shape.key_depth:
        return (0.0, 0.0), (base, -base * slope)
    left, right = shape.key_distance, shape.key_distance + shape.key_width
    if right > base + TINY:
        raise InputError(f"{field}.key_distance", left, message("walls.error.key_off_base", base=f"{base:.3f}"))
    points = [(0.0, 0.0), (left, -left * slope), (left, -left * slope - shape.key_depth)]
    points += [(right, -left * slope - shape.key_depth), (right, -right * slope), (base, -base * slope)]
    return tuple(p for i, p in enumerate(points) if i == 0 or math.dist(p, points[i - 1]) > TINY)


def _angle(foot: Point, head: Point) -> float:
    return math.degrees(math.atan2(head[1] - foot[1], foot[0] - head[0]))


def _behind(rear: Sequence[Point], meet: Point, heel: Point, ground: Sequence[Point]) -> tuple[Point, Line, Line]:
    """Virtual upright back over the heel: its head on the ground, the soil before it, the ground seen from it."""
    run = heel[0] - meet[0]
    line = [(x, z) for x, z in ground]
    if line[-1][0] <= run:
        (x1, z1), (x2, z2) = line[-2], line[-1]
        line.append((run + 1.0, z2 + (run + 1.0 - x2) * (z2 - z1) / (x2 - x1)))
    i = next(k for k in range(1, len(line)) if line[k][0] > run - TINY)
    (x1, z1), (x2, z2) = line[i - 1], line[i]
    rise = z1 + (z2 - z1) * (run - x1) / (x2 - x1)
    head = (heel[0], meet[1] + rise)
    face = [p for p in rear if p[1] < meet[1] - TINY]
    over = [(meet[0] + x, meet[1] + z) for x, z in line[:i] if TINY < x < run - TINY]
    soil = tuple(reversed([*face, meet, *over, head]))
    rest = [(x - run, z - rise) for x, z in line[i:] if x > run + TINY]
    if not rest:
        rest = [(1.0, (z2 - z1) / (x2 - x1))]
    return head, soil, ((0.0, 0.0), *rest)


def _cantilever(shape: WallShape, ground: Sequence[Point], field: str) -> WallBody:
    height, slope, slab = shape.height, shape.base_slope, shape.slab
    stem = shape.top_width + (shape.face_batter + shape.back_batter) * (height - slab)
    base = shape.toe + stem + shape.heel
    if stem <= 0 or shape.back_batter < 0:
        raise InputError(f"{field}.back_batter", shape.back_batter, message("walls.error.stem"))
    face_top = shape.toe + shape.face_batter * (height - slab)
    top_rear = face_top + shape.top_width
    heel = (base, -base * slope)
    rear: list[Point] = [heel, (base, slab), (shape.toe + stem, slab), (top_rear, height)]
    front: list[Point] = [(0.0, 0.0), (0.0, slab), (shape.toe, slab), (face_top, height)]
    rear = [p for i, p in enumerate(rear) if i == 0 or math.dist(p, rear[i - 1]) > TINY]
    front = [p for i, p in enumerate(front) if i == 0 or math.dist(p, front[i - 1]) > TINY]
    outline = (*_bottom(shape, base, slope, field), *rear[1:], *reversed(front[1:]))
    faces = tuple((z, x) for x, z in rear)
    soil_level = height - shape.freeboard
    meet = (_x_at(faces, soil_level) if shape.freeboard else top_rear, soil_level)
    head, soil, seen = _behind(rear[1:], meet, heel, ground)
    return WallBody(
        shape=shape, outline=outline, soil=soil, base_width=base, base_deg=math.degrees(math.atan(slope)),
        back_foot=heel, back_head=head, back_deg=90.0, virtual=True, ground=seen,
        meet=meet, ground_at_wall=tuple(ground), front_face=tuple((z, x) for x, z in front), rear_face=faces,
    )  # fmt: skip


def slab_bar_points(body: WallBody, bars: BarSet, *, upper: bool) -> tuple[Point, Point]:
    """Axis of a base slab's straight bar: the toe's along the bottom, the heel's (`upper`) along the top."""
    shape = body.shape
    inset = bars.cover_mm / 1e3 + bars.diameter_mm / 2e3
    z = shape.slab - inset if upper else inset
    return (shape.end_cover, z), (body.base_width - shape.end_cover, z)


def stem_bar_points(body: WallBody, bars: BarSet) -> Line:
    """Axis of a cantilever's stem bar: foot leg on the slab's lower bars to the toe, up the rear face to the top."""
    shape, end = body.shape, body.shape.end_cover
    inset = bars.cover_mm / 1e3 + bars.diameter_mm / 2e3
    foot, head = body.width_at(shape.slab)[1] - inset, body.width_at(shape.height - 1e-6)[1] - inset
    under = shape.toe_bars
    low = (under.cover_mm + under.diameter_mm) / 1e3 + bars.diameter_mm / 2e3 if under is not None else inset
    return (end, low), (foot, low), (foot, shape.slab), (head, shape.height - end)


def rear_bar_points(body: WallBody, bars: BarSet) -> tuple[Point, Point]:
    """Axis of a semi-gravity wall's straight bar: along the rear face from foot to top."""
    inset, end = bars.cover_mm / 1e3 + bars.diameter_mm / 2e3, body.shape.end_cover
    top = body.shape.height - end
    (low, high) = (body.width_at(z)[1] - inset for z in (end, top))
    return (low, end), (high, top)


def level_bar_points(body: WallBody, bars: BarSet) -> Line:
    """Where the bars along the wall lie in the section: both faces of the stem, both layers of a base slab.

    Evenly from cover to cover, no further apart than stated; inside the bars across the wall they are tied to.
    """
    shape, end = body.shape, body.shape.end_cover
    half, apart = bars.diameter_mm / 2e3, bars.spacing_mm / 1e3

    def cover(across: BarSet | None) -> float:
        return half + (bars.cover_mm / 1e3 if across is None else (across.cover_mm + across.diameter_mm) / 1e3)

    def spread(low: float, high: float, span: float) -> list[float]:
        count = math.ceil(span / apart)
        return [low + (high - low) * i / count for i in range(count + 1)]

    low = shape.slab if shape.kind == "cantilever" else 0.0
    levels = spread(low + end, shape.height - end, shape.height - low)
    points = [(body.width_at(z)[1] - cover(shape.stem_bars), z) for z in levels]
    points += [(body.width_at(z)[0] + bars.cover_mm / 1e3 + half, z) for z in levels]
    if shape.kind == "cantilever":
        wide = spread(end + half, body.base_width - end - half, body.base_width)
        points += [(x, cover(shape.toe_bars)) for x in wide] + [(x, shape.slab - cover(shape.heel_bars)) for x in wide]
    return tuple(points)
