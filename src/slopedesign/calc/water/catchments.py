"""Catchments: areas and coefficients typed, from polygons, or from the ground above a point, a ditch or a pond."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon, STRtree

from slopedesign.calc.water import runoff, sinks, terrain
from slopedesign.calc.water.network import Inflow, ReachInput
from slopedesign.calc.water.result import CatchmentResult, StormResult
from slopedesign.calc.water.section import polygon_area
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.water import Catchment, LandArea, Storm, WaterDesign
from slopedesign.standards import sl44_2006 as sl44
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Measured, Traced, given, measured
from slopedesign.standards.water_tables import table


def work_catchments(
    water: WaterDesign, paths: Sequence[str], rain: StormResult, ground: terrain.Grid | None,
    reaches: Sequence[ReachInput], waters: Mapping[str, sinks.Mask],
) -> tuple[CatchmentResult, ...]:  # fmt: skip
    """Every catchment of a project.

    Args:
        paths: of the catchments, in their order.
        waters: cells under the ponds in the ground, by their names.

    Raises:
        InputError: a catchment asks for terrain, a ditch or a pond that is not there; see `work_catchment`.
    """
    land = ground_catchments(water, paths, ground, reaches, waters)
    return tuple(
        work_catchment(c, path, rain, water.storm, ground, land.get(c.name), water.land)
        for c, path in zip(water.catchments, paths, strict=True)
    )


# Ground ---------------------------------------------------------------------------------------------------------------


def ground_catchments(
    water: WaterDesign, paths: Sequence[str], ground: terrain.Grid | None, reaches: Sequence[ReachInput],
    waters: Mapping[str, sinks.Mask],
) -> dict[str, terrain.GroundCatchment]:  # fmt: skip
    """The ground of every catchment that is taken from the terrain, by its name; none overlaps another.

    Raises:
        InputError: there is no terrain, or a point, ditch or pond cannot be found on it.
    """
    asked = [(c, path) for c, path in zip(water.catchments, paths, strict=True) if c.outlet is not None or c.above]
    if not asked:
        return {}
    for i, part in enumerate(water.land):
        if not Polygon(part.polygon).is_valid or Polygon(part.polygon).area <= 0:
            raise InputError(f"water.land[{i}].polygon", part.name, message("water.error.bad_polygon"))
    if ground is None:
        raise InputError(_field(*asked[0]), asked[0][0].above or asked[0][0].outlet, message("water.error.no_terrain"))
    levels = sinks.dry_levels(ground, waters)
    found = terrain.drainage(levels, water.flow_method)
    groups = {c.name: _seeds(c, path, ground, found, reaches, waters, levels) for c, path in asked}
    # ditches and points before ponds: the shore of a pond takes what nothing else took
    asked.sort(key=lambda pair: groups[pair[0].name].shore)
    cells = [groups[c.name].cells for c, _ in asked]
    taken = terrain.seeded(found, cells)
    for number, (c, path) in enumerate(asked, 1):
        if not (taken == number).any():
            raise InputError(_field(c, path), c.above or c.outlet, message("water.error.no_cells"))
    grounds = terrain.catchments(ground, found, cells)
    return {c.name: land for (c, _), land in zip(asked, grounds, strict=True)}


def _field(record: Catchment, path: str) -> str:
    return f"{path}.above" if record.above else f"{path}.outlet"


@dataclass(frozen=True)
class _Seeds:
    """Cells at which the water of a catchment has arrived; `shore` where they lie round a pond."""

    cells: terrain.Cells
    shore: bool = False


def _seeds(
    record: Catchment, path: str, ground: terrain.Grid, found: terrain.Drainage, reaches: Sequence[ReachInput],
    waters: Mapping[str, sinks.Mask], levels: NDArray[np.float64],
) -> _Seeds:  # fmt: skip
    """A point moved to the way of the water, all of a ditch, or the shore of a pond."""

    def shore(name: str) -> _Seeds:
        return _Seeds(sinks.shore_cells(levels, waters[name]), True)

    if record.above:
        reach = next((r for r in reaches if r.name == record.above), None)
        if reach is not None and reach.record.length is None:
            return _Seeds(_cells(reach, ground))
        if reach is None and record.above in waters:
            return shore(record.above)
        raise InputError(f"{path}.above", record.above, message("water.error.no_place"))
    assert record.outlet is not None
    at = ground.index(record.outlet)
    wet = waters.get(record.drains_to)
    if wet is not None and wet[at]:
        return shore(record.drains_to)
    if record.snap_to == "channel":
        return _Seeds([terrain.snap(found, at, int(record.snap_distance / ground.cell))])
    choices = {r.name: _Seeds(_cells(r, ground)) for r in reaches if r.record.length is None}
    if record.snap_to == "pond":
        choices = {name: shore(name) for name in waters}
    best: tuple[float, _Seeds] | None = None
    for one in choices.values():
        away = float(np.hypot(*(np.asarray(one.cells) - at).T).min()) * ground.cell if len(one.cells) else math.inf
        if away <= record.snap_distance and (best is None or away < best[0]):
            best = away, one
    if best is None:
        said = message(f"water.error.no_{record.snap_to}_near")
        raise InputError(f"{path}.snap_distance", record.snap_distance, said)
    return best[1]


def _cells(reach: ReachInput, ground: terrain.Grid) -> terrain.Cells:
    return terrain.cells_under(ground, reach.bed.points)


# One catchment --------------------------------------------------------------------------------------------------------


def work_catchment(
    record: Catchment, path: str, rain: StormResult, stated: Storm, ground: terrain.Grid | None = None,
    land: terrain.GroundCatchment | None = None, areas: Sequence[LandArea] = (),
) -> CatchmentResult:  # fmt: skip
    """One catchment: areas and coefficients, times, and the confluence formula where its inputs are stated.

    Raises:
        InputError: length or slope of the overland flow is neither stated nor found on the terrain, or the stated areas
            are larger than the ground.
    """
    parts = _parts(record, path, ground, land, areas)
    area, phi = runoff.mixture(parts, path)
    t_1, t_2 = _times(record, path, land)
    inflow = Inflow(record.name, record.drains_to, area, phi, t_1, t_2)
    return CatchmentResult(record, inflow, parts, land, _confluence(record, path, area, rain, stated, land))


def _parts(
    record: Catchment, path: str, ground: terrain.Grid | None, land: terrain.GroundCatchment | None,
    areas: Sequence[LandArea],
) -> dict[str, tuple[Traced, Traced]]:  # fmt: skip
    """Area and coefficient of each surface: stated ones, then the project's land, then the rest of the ground."""
    parts: dict[str, tuple[Traced, Traced]] = {}
    covered = 0.0
    own = [np.array(part.polygon, dtype=float) for part in record.areas if part.polygon]
    every = [*own, *(np.array(part.polygon, dtype=float) for part in areas)] if land is not None else own
    inside: Sequence[float] = ()
    if land is not None and ground is not None and every:
        inside = terrain.surface_shares(ground, land, every)
    k = 0
    for i, part in enumerate(record.areas):
        where = f"{path}.areas[{i}]"
        if part.area is not None:
            area: Traced = given(part.area, "m2", f"{where}.area", "water.quantity.area")
        else:
            area = _inside(inside[k], where, land) if land is not None else measured(
                polygon_area(own[k]), "m2", "water.note.polygon", where, "water.quantity.area")  # fmt: skip
            k += 1
        covered += area.value
        if area.value > 0:
            parts[f"{i + 1} {part.surface}"] = (area, _coefficient(part.surface, part.phi, where))
    if land is not None:
        for i, (found, named) in enumerate(zip(inside[len(own) :], areas, strict=True)):
            where = f"water.land[{i}]"
            covered += found
            if found > 0:
                phi = _coefficient(named.surface, named.phi, where)
                parts[f"{named.name} {named.surface}"] = (_inside(found, where, land), phi)
        _rest(parts, record, path, land, covered)
    if not parts:
        raise InputError(f"{path}.areas", 0, message("water.error.no_area"))
    return parts


def _inside(area: float, where: str, land: terrain.GroundCatchment) -> Measured:
    return measured(area, "m2", f"water.note.terrain_polygon_{land.method}", where, "water.quantity.area")


def _rest(
    parts: dict[str, tuple[Traced, Traced]], record: Catchment, path: str, land: terrain.GroundCatchment, covered: float
) -> None:
    rest = land.area - covered
    if rest < -1e-6 * land.area:
        said = message("water.error.more_than_ground", area=f"{land.area:.1f}")
        raise InputError(f"{path}.areas", round(covered, 1), said)
    if rest > 1e-6 * land.area:
        area = measured(rest, "m2", f"water.note.terrain_area_{land.method}", path, "water.quantity.area")
        parts[f"rest {record.surface or ''}".strip()] = (area, _coefficient(record.surface, record.phi, path))


def _coefficient(surface: str | None, stated: float | None, path: str) -> Traced:
    if stated is not None:
        return given(stated, "-", f"{path}.phi", "water.quantity.phi")
    if surface is None:
        raise InputError(f"{path}.surface", None, message("water.error.no_surface"))
    return replace(runoff.coefficient(surface), label="water.quantity.phi")


def _times(record: Catchment, path: str, land: terrain.GroundCatchment | None) -> tuple[Traced, Traced]:
    length, slope = record.overland_length, record.overland_slope
    a: Traced | None = None if length is None else given(length, "m", f"{path}.overland_length")
    i: Traced | None = None if slope is None else given(slope, "-", f"{path}.overland_slope")
    if land is not None:
        a = a or measured(land.flow_length, "m", f"water.note.flow_length_{land.method}", path)
        i = i or _way_slope(land, path)
    if record.overland_surface is None:
        raise InputError(f"{path}.overland_surface", None, message("water.error.no_overland"))
    if land is not None and a is not None and a.value == 0:  # no ground but the ditch itself: the shortest time holds
        t_1: Traced = measured(0.0, "min", "water.note.no_way", path)
    else:
        for name, value in (("overland_length", a), ("overland_slope", i)):
            if value is None or not value.value > 0:
                raise InputError(
                    f"{path}.{name}", None if value is None else value.value, message("water.error.positive")
                )
        assert a is not None and i is not None
        m_1 = table("storm", "overland_roughness").pick(record.overland_surface)
        t_1 = runoff.overland_time(m_1, a, i)
    if record.channel_length == 0:
        return t_1, measured(0.0, "min", "water.note.no_channel", path)
    if record.channel_slope is None:
        raise InputError(f"{path}.channel_slope", None, message("water.error.positive"))
    speed = runoff.ditch_velocity(given(record.channel_slope, "-", f"{path}.channel_slope"))
    return t_1, runoff.ditch_time(given(record.channel_length, "m", f"{path}.channel_length"), speed)


def _way_slope(land: terrain.GroundCatchment, path: str) -> Traced:
    """Slope of the longest way; of the whole ground where that way leads out of a hollow and does not fall."""
    if land.slope > 0:
        return measured(land.slope, "-", f"water.note.flow_slope_{land.method}", path)
    return measured(land.mean_slope, "-", "water.note.mean_slope", path)


def _confluence(
    record: Catchment, path: str, area: Traced, rain: StormResult, stated: Storm, land: terrain.GroundCatchment | None
) -> runoff.ConfluencePeak | None:
    if record.confluence_m is None or rain.h24 is None or stated.decay is None or stated.losses is None:
        return None
    length = (record.overland_length or (land.flow_length if land is not None else 0.0)) + record.channel_length
    slope = record.channel_slope or record.overland_slope or (land.slope if land is not None else None)
    if not slope or not slope > 0 or not length > 0:
        return None
    n = given(stated.decay, "-", "water.storm.decay")
    return runoff.confluence_peak(
        area, measured(length / 1000, "km", "water.note.flow_length", path),
        measured(slope, "-", "water.note.flow_slope", path),
        sl44.RAIN_POWER.at(H_24=rain.h24, n=n), n, given(stated.losses, "mm/h", "water.storm.losses"),
        given(record.confluence_m, "-", f"{path}.confluence_m"),
    )  # fmt: skip


# What to say ----------------------------------------------------------------------------------------------------------


def catchment_remarks(water: WaterDesign, paths: Sequence[str], found: Sequence[CatchmentResult]) -> list[Remark]:
    """Coefficients outside the table of their surface, ways that do not fall, and how the ground was parted."""
    said = []
    stated = [(f"{path}.areas[{j}]", part.surface, part.phi)
              for c, path in zip(found, paths, strict=True) for j, part in enumerate(c.record.areas)]  # fmt: skip
    stated += [(f"water.land[{i}]", part.surface, part.phi) for i, part in enumerate(water.land)]
    for where, surface, phi in stated:
        if phi is None:
            continue
        low, high = runoff.coefficient_range(surface)
        if not low <= phi <= high:
            text = message("water.remark.phi_outside", phi=phi, low=low, high=high,
                           surface=message(f"water.surface.{surface}"))  # fmt: skip
            source = table("storm", "runoff_coefficient").source
            said.append(Remark(level=Level.WARNING, subject=f"{where}.phi", text=text, source=source))
    for c, path in zip(found, paths, strict=True):
        stated_slope = c.record.overland_slope is not None
        if c.ground is not None and c.ground.flow_length > 0 and not c.ground.slope > 0 and not stated_slope:
            text = message("water.remark.hollow_way", name=c.record.name, slope=f"{c.ground.mean_slope:.3f}")
            said.append(Remark(level=Level.WARNING, subject=path, text=text))
    if any(c.ground is not None for c in found):
        text = message("water.remark.flow_method", method=message(f"water.flow_method.{water.flow_method}"))
        said.append(Remark(level=Level.NOTE, subject="water.flow_method", text=text))
        said += _overlaps(water.land)
    return said


def _overlaps(land: Sequence[LandArea]) -> list[Remark]:
    """Land stated twice: the part counts for the polygon stated first."""
    shapes = [Polygon(part.polygon) for part in land]
    said = []
    for i, j in STRtree(shapes).query(shapes, predicate="intersects").T.tolist() if shapes else []:
        if i < j and (both := shapes[i].intersection(shapes[j]).area) > 0.01:
            text = message("water.remark.land_twice", one=land[i].name, other=land[j].name, area=f"{both:.0f}")
            said.append(Remark(level=Level.WARNING, subject=f"water.land[{j}]", text=text))
    return said
