"""Benches at fixed levels behind the ground's own contours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from slopedesign.calc.benches.layout import Layout, layout_from_levels
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.profile import BenchProfile, bench_profile
from slopedesign.calc.benches.proposal import Proposal, propose
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.benches.side import swept_side
from slopedesign.calc.benches.strings import BaseString, origin_of
from slopedesign.calc.terrain import Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchDesign, BenchOverride
from slopedesign.standards.bench_geometry import SWALLOWED_WIDTH
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import given, measured

_NUDGE = 1e-7
"""Contours run this much beside a level at which the ground has vertices [m]."""


def contour_segments(ground: Tin, level: float) -> FloatArray:
    """(k, 2, 2) pieces of the line at which the ground has a level, E, N."""
    tri = ground.corners
    h = tri[:, :, 2] - (level + _NUDGE - ground.origin[2])
    above = h > 0
    mixed = above.any(axis=1) & ~above.all(axis=1)
    tri, h, above = tri[mixed], h[mixed], above[mixed]
    lone = np.where(above.sum(axis=1) == 1, np.argmax(above, axis=1), np.argmin(above, axis=1))
    row = np.arange(len(tri))
    ends = []
    for other in ((lone + 1) % 3, (lone + 2) % 3):
        share = h[row, lone] / (h[row, lone] - h[row, other])
        ends.append(tri[row, lone, :2] + share[:, None] * (tri[row, other, :2] - tri[row, lone, :2]))
    return np.stack(ends, axis=1) + ground.origin[:2]


def area_below(ground: Tin, level: float) -> Shape:
    """Where the ground lies below a level, as an area in E, N."""
    segments = contour_segments(ground, level)
    outline = ground.outline
    contour: Shape = shapely.linestrings(segments) if len(segments) else []
    network = shapely.union_all([*contour, shapely.boundary(outline)], grid_size=1e-6)
    faces = shapely.get_parts(shapely.polygonize([network]))
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    with np.errstate(invalid="ignore"):
        low = ground.elevation(inner) <= level
    return shapely.union_all(faces[low])


def layout_at_levels(
    ground: Tin,
    base: BaseString,
    design: BenchDesign,
    limits: Mapping[MaterialClass, BenchLimits],
    path: str,
    apart: Shape | None = None,
) -> tuple[Layout, tuple[Proposal, ...], list[Remark]]:
    """Benches at `design.levels`, the outer edge of each on the ground's contour, on the uphill side of the base line.

    The face above the last level runs on to the ground. What a bench keeps of its width when the face below it is cut
    is worked before anything is drawn.

    Args:
        apart: area in E, N left to other slopes.

    Raises:
        InputError: a level the ground on this side does not have; mitred corners, which make a spike of every vertex of
            a surveyed contour.
    """
    if design.corner != "round":
        raise InputError(f"{path}.corner", design.corner, message("benches.mitre_contour"))
    bounds = ground.bounds
    extent = shapely.box(bounds[0], bounds[1], bounds[3], bounds[4])
    origin = origin_of(base)
    local = shapely.transform(extent, lambda xy: xy - origin)
    side = shapely.transform(swept_side(base, "up", local, path), lambda xy: xy + origin)
    domain = side.intersection(ground.outline)
    levels = list(design.levels)
    regions: dict[float, Shape] = {}
    for i, level in enumerate(levels):
        region = area_below(ground, level).intersection(domain)
        if not region.area > 0 or region.area >= domain.area * (1 - 1e-9):
            raise InputError(f"{path}.levels[{i}]", level, message("benches.no_contour"))
        regions[level] = region
    heights = [b - a for a, b in zip(levels, levels[1:], strict=False)]
    heights.append(heights[-1] if heights else float(bounds[5]) - levels[-1])
    whole = _proposed(design, limits, heights, path)
    berms = whole.profile.berms
    widths = {z: (float(berms[i].width), float(berms[i].drop)) for i, z in enumerate(levels)}
    profiles = {z: _face(whole.profile, i, heights[i], path) for i, z in enumerate(levels)}
    notes = _swallowed(regions, widths, profiles, heights, domain, path)
    layout = layout_from_levels(
        regions, profiles, widths, domain=domain, top=float(bounds[5]) + 1.0,
        segments=design.segments_per_quadrant, corner=design.corner, without=apart,
    )  # fmt: skip
    return layout, (whole,), notes


def _proposed(
    design: BenchDesign, limits: Mapping[MaterialClass, BenchLimits], heights: Sequence[float], path: str
) -> Proposal:
    """The sizes of benches at stated levels: the face above bench i is riser i, as high as the levels ask for.

    The face starts at the inner edge of its bench, lower than the bench's level by the inward fall. A face higher than
    every class of the limits takes the angle of the highest one: its height is for the checks to refuse.
    """
    count, known = len(heights) + 1, limits.get(design.material)
    most = math.inf if known is None or design.face_angle is not None else float(known.angles[-1][0])
    asked = design.model_copy(update={"riser_height": heights[0], "daylight": True})
    berms = propose(asked.model_copy(update={"face_angle": 45.0}), limits, sum(heights), path=path, risers=count)
    stated = {override.bench: override for override in design.overrides}
    for i, (height, berm) in enumerate(zip(heights, berms.profile.berms, strict=True), 1):
        riser = {"riser_height": min(height + float(berm.drop), most)}
        stated[i] = stated.get(i, BenchOverride(bench=i)).model_copy(update=riser)
    every = tuple(stated[bench] for bench in sorted(stated))
    return propose(asked.model_copy(update={"overrides": every}), limits, sum(heights), path=path, risers=count)


def _face(profile: BenchProfile, riser: int, height: float, path: str) -> BenchProfile:
    angle = profile.risers[riser].angle
    return bench_profile([(given(height, "m", f"{path}.levels"), angle)], [], field=path)


def _swallowed(
    regions: Mapping[float, Shape], widths: Mapping[float, tuple[float, float]],
    profiles: Mapping[float, BenchProfile], heights: list[float], domain: Shape, path: str,
) -> list[Remark]:  # fmt: skip
    """For each bench but the lowest, what is left of it by the slope of the ground between both contours."""
    levels, notes = list(regions), []
    inner = domain.buffer(-0.05)
    for i in range(len(levels) - 1):
        low, high, height = levels[i], levels[i + 1], heights[i]
        lower = shapely.boundary(regions[low]).intersection(inner)
        upper = shapely.boundary(regions[high]).intersection(inner)
        if lower.is_empty or upper.is_empty:
            continue
        samples = shapely.points(shapely.get_coordinates(shapely.segmentize(upper, 2.0)))
        away = max(1e-6, float(np.mean(shapely.distance(samples, lower))))
        ground = measured(math.degrees(math.atan2(height, away)), "deg", "benches.by.contours", path)
        face = profiles[low].risers[0].angle
        upper_width = measured(widths[high][0], "m", "benches.by.design", path)
        lower_width = measured(widths[low][0], "m", "benches.by.design", path)
        left = SWALLOWED_WIDTH.at(W_u=upper_width, W_d=lower_width, H=height, a=ground, b=face)
        if left.value < widths[high][0] - 1e-9:
            key = "benches.swallowed" if left.value <= 0 else "benches.narrowed"
            text = message(
                key, level=f"{high:.2f}", width=f"{widths[high][0]:.2f}", left=f"{max(0.0, left.value):.2f}",
                ground=f"{ground.value:.1f}", face=f"{float(face):.1f}",
                needed=f"{widths[high][0] - left.value:.2f}",
            )  # fmt: skip
            notes.append(
                Remark(level=Level.WARNING, subject=f"{path}.levels[{i + 1}]", text=text, numbers={"left": left})
            )
    return notes
