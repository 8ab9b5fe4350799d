"""Quantities of a reach from the polygons of its section: excavation, lining, backfill, joints and the rest.

Every area is that of a polygon (shoelace), so shapes, wall batter and floor need no rule of thumb. Backfill is the
excavation less everything put into it: the outer section of the ditch and the cushion, never the flow area. Where the
ground along the bed is known the trench is dug from there, be it above or below the top of the walls; else from their
top.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.water.section import Circle, Section, Trapezoid, UShape, polygon_area
from slopedesign.project.water import TYPES, DitchType
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Traced, given, measured

PER_METRE = Formula(
    OWN, "V", "A*L", title="water.formula.per_metre",
    V=Var("V", "m3", 2), A=Var("A", "m2", 4), L=Var("L", "m", 2),
)  # fmt: skip
SURFACE = Formula(
    OWN, "S", "P*L", title="water.formula.surface", S=Var("S", "m2", 2), P=Var("P", "m", 3), L=Var("L", "m", 2)
)
TRENCH = Formula(
    OWN, "A", "(B + 2*w + m*H)*H", title="water.formula.trench",
    A=Var("A", "m2", 4), B=Var("B", "m", 3), w=Var("w", "m", 2), m=Var("m", "-", 2), H=Var("H", "m", 3),
)  # fmt: skip
BACKFILL = Formula(
    OWN, "V", "V_e - V_o - V_c", title="water.formula.backfill", valid=("V_e >= V_o + V_c - 1e-9",),
    V=Var("V_b", "m3", 2), V_e=Var("V_e", "m3", 2), V_o=Var("V_o", "m3", 2), V_c=Var("V_c", "m3", 2),
)  # fmt: skip
DIFFERENCE = Formula(
    OWN, "A", "A_o - A_i", title="water.formula.lining_area",
    A=Var("A", "m2", 4), A_o=Var("A_o", "m2", 4), A_i=Var("A_i", "m2", 4),
)  # fmt: skip
JOINTS = Formula(
    OWN, "N", "max(ceil(L/s) - 1, 0)", title="water.formula.joints",
    N=Var("N", "piece", 0), L=Var("L", "m", 2), s=Var("s", "m", 2), homogeneous=False,
)  # fmt: skip
JOINT_FACES = Formula(
    OWN, "S", "N*(A_o - A_i)", title="water.formula.joint_faces", homogeneous=False,
    S=Var("S", "m2", 2), N=Var("N", "piece", 0), A_o=Var("A_o", "m2", 4), A_i=Var("A_i", "m2", 4),
)  # fmt: skip
HOLES = Formula(
    OWN, "N", "k*floor(L/s)", title="water.formula.holes",
    N=Var("N", "piece", 0), k=Var("k", "-", 0), L=Var("L", "m", 2), s=Var("s", "m", 2), homogeneous=False,
)  # fmt: skip


@dataclass(frozen=True)
class Outline:
    """The built section in its trench; polygons (n, 2) as [offset, height above the invert].

    Attributes:
        inner: the waterway. outer: waterway and lining. cushion: below the floor. trench: what is dug.
    """

    inner: NDArray[np.float64]
    outer: NDArray[np.float64]
    cushion: NDArray[np.float64] | None
    trench: NDArray[np.float64]


def outline(kind: DitchType, section: Section) -> Outline:
    """Polygons of a section: lining by wall and floor thickness, cushion, trench.

    The trench bottom is the outer width and the working width on both sides; its sides stand 1:trench_slope up to the
    top of the ditch. An unlined ditch (no wall, floor or cushion) is dug to its own shape.
    """
    inner = section.outline()
    outer = _outer(kind, section, inner)
    low, high = float(outer[:, 1].min()), float(max(outer[:, 1].max(), section.height))
    if kind.wall_top == kind.wall_base == kind.floor == kind.cushion == 0:
        return Outline(inner, inner, None, inner)
    foot_left, foot_right = _foot(outer)
    cushion = None
    if kind.cushion > 0:
        cushion = np.array(
            [(foot_left, low), (foot_left, low - kind.cushion), (foot_right, low - kind.cushion), (foot_right, low)]
        )
    return Outline(inner, outer, cushion, _trench(kind, outer, low - kind.cushion, high))


def _trench(kind: DitchType, outer: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """What is dug from a level down to the underside of the cushion; as wide as the walls where they lean over it."""
    foot_left, foot_right = _foot(outer)
    left, right = foot_left - kind.working_width, foot_right + kind.working_width
    spread = kind.trench_slope * (high - low)
    west, east = _extent_below(outer, np.array([high]))
    top_left, top_right = min(left - spread, float(west[0])), max(right + spread, float(east[0]))
    return np.array([(top_left, high), (left, low), (right, low), (top_right, high)])


def _edges_below(polygon: NDArray[np.float64], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Edges of a polygon (n, 2) as far as they lie below each of (k,) levels: (4, k, n) x, y, x, y; NaN for none."""
    (x_1, y_1), (x_2, y_2) = polygon.T, np.roll(polygon, -1, axis=0).T
    z = levels[:, None]
    rise = np.where(y_2 == y_1, 1.0, y_2 - y_1)  # a level edge is not cut
    at_level = x_1 + (x_2 - x_1) * (z - y_1) / rise
    ends = np.array(
        [np.where(y_1 <= z, x_1, at_level), np.minimum(y_1, z), np.where(y_2 <= z, x_2, at_level), np.minimum(y_2, z)]
    )
    ends[:, np.minimum(y_1, y_2) > z] = np.nan
    return ends


def _area_below(polygon: NDArray[np.float64], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area of the part of a polygon (n, 2) that lies below each of (k,) levels: what closes it there has no height."""
    x_1, y_1, x_2, y_2 = _edges_below(polygon, levels)
    return np.asarray(np.abs(np.nansum((x_1 + x_2) * (y_2 - y_1), axis=1)) / 2.0)


def _extent_below(polygon: NDArray[np.float64], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least and greatest offset (2, k) of the part of a polygon below each level; inf, -inf where there is none."""
    x_1, _, x_2, _ = _edges_below(polygon, levels)
    west, east = np.fmin(x_1, x_2), np.fmax(x_1, x_2)
    return np.array([np.fmin.reduce(west, axis=1, initial=np.inf), np.fmax.reduce(east, axis=1, initial=-np.inf)])


@dataclass(frozen=True)
class Buried:
    """What of a section lies below the ground, as means along the bed [m2]: dug, taken by the ditch, its cushion."""

    trench: Traced
    outer: Traced
    cushion: Traced


def _areas_below(kind: DitchType, section: Section, shape: Outline, levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Areas (k, 3) of trench, outer section and cushion below a ground at each of (k,) levels over the invert.

    Above the walls the ditch is open.
    """
    floor, top = float(shape.outer[:, 1].min()), float(shape.outer[:, 1].max())
    low = floor - kind.cushion
    outer = _area_below(shape.outer, levels)
    if not section.closed:
        outer += section.top_width(section.height) * np.maximum(levels - top, 0.0)
    cushion = np.zeros(len(levels)) if shape.cushion is None else _area_below(shape.cushion, levels)
    foot_left, foot_right = _foot(shape.outer)
    left, right = foot_left - kind.working_width, foot_right + kind.working_width
    spread = kind.trench_slope * (levels - low)
    west, east = _extent_below(shape.outer, levels)
    width = np.maximum(right + spread, east) - np.minimum(left - spread, west)
    found = np.column_stack([(width + right - left) / 2.0 * (levels - low), outer, cushion])
    found[levels <= low] = 0.0
    return found


LEVELS, STEP = 257, 0.1
"""Levels at which a section is cut, and the distance [m] between places where the ground along the bed is read."""


def buried(kind: DitchType, section: Section, ground: NDArray[np.float64], path: str) -> Buried | None:
    """Mean areas below the ground along a bed; None for an unlined ditch, which is its own trench.

    Args:
        ground: (m, 2) station and height of the ground over the bed [m], m >= 2.
    """
    shape = _shape(kind, section).outline
    if shape.trench is shape.inner:
        return None
    stations = np.linspace(ground[0, 0], ground[-1, 0], 2 + int((ground[-1, 0] - ground[0, 0]) / STEP))
    depth = np.interp(stations, ground[:, 0], ground[:, 1])
    least, greatest = float(depth.min()), float(depth.max())
    kinks = [float(shape.outer[:, 1].min()), float(shape.outer[:, 1].max())]
    levels = np.unique([*np.linspace(least, greatest, LEVELS), *(z for z in kinks if least < z < greatest)])
    areas = _areas_below(kind, section, shape, levels)
    run = stations[-1] - stations[0]
    means = [float(np.trapezoid(np.interp(depth, levels, column), stations)) / run for column in areas.T]
    h_1, h_2 = (measured(depth, "m", "water.note.ground_over_bed", path) for depth in (least, greatest))
    notes = ("trench_along_ground", "outer_below_ground", "cushion_below_ground")
    trench, outer, cushion = (
        measured(mean, "m2", f"water.note.{note}", path, h_1=h_1, h_2=h_2)
        for mean, note in zip(means, notes, strict=True)
    )
    return Buried(trench, outer, cushion)


def _foot(outer: NDArray[np.float64]) -> tuple[float, float]:
    low = outer[:, 1].min()
    foot = outer[np.isclose(outer[:, 1], low, atol=1e-9), 0]
    if np.ptp(foot) < 1e-9:  # a round pipe stands on one point: its trench is as wide as the pipe
        return float(outer[:, 0].min()), float(outer[:, 0].max())
    return float(foot.min()), float(foot.max())


def _outer(kind: DitchType, section: Section, inner: NDArray[np.float64]) -> NDArray[np.float64]:
    match section:
        case Circle():
            scale = (section.diameter + 2 * kind.wall_base) / section.diameter
            centre = np.array([0.0, section.diameter / 2])
            return np.asarray(centre + (inner - centre) * scale)
        case UShape():
            half, top = section.radius, section.height
            base = half + kind.wall_base
            return np.array(
                [(-half - kind.wall_top, top), (-base, -kind.floor), (base, -kind.floor), (half + kind.wall_top, top)]
            )
        case Trapezoid():
            z, top = section.z_left, section.height
            lean = math.hypot(1.0, z)
            half_top, half_base = section.bottom / 2 + z * top, section.bottom / 2
            foot = half_base + kind.wall_base * lean - z * kind.floor if z > 0 else half_base + kind.wall_base
            foot = max(foot, half_base)
            return np.array(
                [(-half_top - kind.wall_top * lean, top), (-foot, -kind.floor), (foot, -kind.floor),
                 (half_top + kind.wall_top * lean, top)]
            )  # fmt: skip
        case _:
            return inner


@dataclass(frozen=True)
class ReachQuantities:
    """Amounts of one reach.

    Attributes:
        material: lining of the amounts ("mortared_stone", "concrete", ...).
        excavation, lining, cushion, backfill: m3. plaster, formwork: m2. cover: m3 of slabs. joints: m2 of joint
            faces; joint_count, weep_holes: pieces.
    """

    material: str
    outline: Outline
    length: Traced
    excavation: Traced
    lining: Traced
    cushion: Traced
    backfill: Traced
    plaster: Traced
    formwork: Traced
    cover: Traced
    joint_count: Traced
    joints: Traced
    weep_holes: Traced


@dataclass(frozen=True)
class _Shape:
    """What the polygons of a section measure, the same for every reach that has it: areas [m2] and lengths [m]."""

    outline: Outline
    trench: float
    outer: float
    inner: float
    cushion: float
    wet: float
    faces: float


@lru_cache(maxsize=512)
def _shape(kind: DitchType, section: Section) -> _Shape:
    found = outline(kind, section)
    wet = _open_length(found.inner, section)
    return _Shape(
        outline=found, trench=polygon_area(found.trench), outer=polygon_area(found.outer),
        inner=polygon_area(found.inner), cushion=0.0 if found.cushion is None else polygon_area(found.cushion), wet=wet,
        faces=wet + _open_length(found.outer, section) if _cast(kind) else 0.0,
    )  # fmt: skip


def quantities(
    kind: DitchType, section: Section, length: Traced, slope: float, path: str,
    ground: NDArray[np.float64] | None = None, kind_path: str = TYPES,
) -> ReachQuantities:  # fmt: skip
    """Amounts of a reach along its bed.

    Args:
        length: plan length [m]; the bed is longer by sqrt(1 + slope^2), and sections are taken square to the bed.
        ground: (m, 2) station and height of the ground over the bed along the reach [m]; None: at the top of the walls.
    """
    bed = measured(length.value * math.hypot(1.0, slope), "m", "water.note.bed_along", path, L=length)
    shape = _shape(kind, section)
    dug_area = measured(shape.trench, "m2", "water.note.trench_polygon", path)
    outer = measured(shape.outer, "m2", "water.note.outer_polygon", path)
    inner = measured(shape.inner, "m2", "water.note.inner_polygon", path)
    under = None if ground is None else buried(kind, section, ground, path)
    excavation = PER_METRE.at(A=dug_area if under is None else under.trench, L=bed)
    body = PER_METRE.at(A=DIFFERENCE.at(A_o=outer, A_i=inner), L=bed)
    cushion = PER_METRE.at(A=measured(shape.cushion, "m2", "water.note.cushion_polygon", path), L=bed)
    put_in = PER_METRE.at(A=outer if under is None else under.outer, L=bed)
    bedded = cushion if under is None else PER_METRE.at(A=under.cushion, L=bed)
    spacing = given(kind.joint_spacing, "m", f"{kind_path}.joint_spacing")
    lined = body.value > 0
    count: Traced = JOINTS.at(L=bed, s=spacing) if lined else measured(0.0, "piece", "water.note.unlined", path)
    holes: Traced = (
        HOLES.at(k=float(kind.weep_sides), L=bed, s=given(kind.weep_spacing, "m", f"{kind_path}.weep_spacing"))
        if lined and not section.closed
        else measured(0.0, "piece", "water.note.unlined", path)
    )
    top = section.top_width(section.height) if not section.closed else 0.0
    slab = kind.cover_slab * (top + 2 * kind.wall_top) if kind.cover_slab > 0 else 0.0
    return ReachQuantities(
        material=kind.lining, outline=shape.outline, length=bed, excavation=excavation, lining=body, cushion=cushion,
        backfill=BACKFILL.at(V_e=excavation, V_o=put_in, V_c=bedded),
        plaster=SURFACE.at(P=measured(shape.wet if kind.plaster else 0.0, "m", "water.note.plastered", path), L=bed),
        formwork=SURFACE.at(P=measured(shape.faces, "m", "water.note.formwork", path), L=bed),
        cover=PER_METRE.at(A=measured(slab, "m2", "water.note.slab", path), L=bed),
        joint_count=count,
        joints=JOINT_FACES.at(N=count, A_o=outer, A_i=inner),
        weep_holes=holes,
    )  # fmt: skip


def _cast(kind: DitchType) -> bool:
    return kind.lining == "concrete"


def _open_length(polygon: NDArray[np.float64], section: Section) -> float:
    """Length of a section's outline without its open top and, for the outer one, without its floor."""
    if section.closed:
        return float(np.sum(np.hypot(*np.diff(polygon, axis=0).T)))
    runs = np.diff(polygon, axis=0)
    low = polygon[:, 1].min()
    on_floor = np.isclose(polygon[:-1, 1], low) & np.isclose(polygon[1:, 1], low) & (low < -1e-9)
    return float(np.sum(np.hypot(*runs.T)[~on_floor]))
