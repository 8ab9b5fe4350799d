"""Ponds worked from the project: curve, what it must hold, spillway, year, fittings, amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from slopedesign.calc.terrain.hollow import Hollow, hollow_at
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import irrigation as irrigating
from slopedesign.calc.water import pond, routing, runoff, terrain, weir
from slopedesign.calc.water.network import Gathered, Inflow, NetworkResult
from slopedesign.calc.water.pond_pit import PitCut, lining_out, pit_cut
from slopedesign.calc.water.result import CatchmentResult, PondResult, StormResult
from slopedesign.calc.water.works.ponds import pond_works
from slopedesign.errors import InputError, NoSolution, OutOfRange
from slopedesign.i18n import message
from slopedesign.project.water import Pond
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards import gbt16453_4_2008 as gbt16453
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, given, measured, total
from slopedesign.standards.water_tables import table

LIFT = 50.0
"""Height [m] the walls are thought to go on where a storm overtops a pond, so that it still gets a level."""

LOW_GROUND = 1.0
"""Ground below a pond's mouth that is worth a word [m2]."""


def gathered_into(
    record: Pond, solved: NetworkResult | None, catchments: Sequence[CatchmentResult]
) -> Gathered | Inflow | None:
    """What drains to a pond: the network's sum at its node, or its own catchments added up."""
    if solved is not None and record.name in solved.outlets:
        return solved.outlets[record.name]
    own = [c.inflow for c in catchments if c.record.drains_to == record.name]
    if not own:
        return None
    if len(own) == 1:
        return own[0]
    area = total({c.name: c.area for c in own}, "km2", "water.quantity.area")
    moment = total({c.name: c.moment for c in own}, "km2", "water.quantity.moment")
    phi = gb51018.WEIGHTED_COEFFICIENT.at(S=moment, F=area)
    slowest = max(own, key=lambda c: c.t_1.value + c.t_2.value)
    return Inflow(record.name, record.name, area, phi, slowest.t_1, slowest.t_2)


def work_pond(
    record: Pond, path: str, inflow: Gathered | Inflow | None, rain: StormResult,
    watering: irrigating.IrrigationResult | None, ground: terrain.Grid | None, hollow: Hollow | None = None,
    surface: Tin | None = None,
) -> PondResult:  # fmt: skip
    """One pond: its curve, what it must hold, its spillway, its year.

    Args:
        ground: the designed ground as a grid; hollow: of a pond in it, exact on the triangles, from which it takes its
            curve where it is known. surface: the designed ground in triangles, which a shaped pond is dug in.

    Raises:
        InputError: nothing drains to a pond that is no high tank, its levels are out of order, or its curve asks for a
            terrain nobody gave.
    """
    storage = pond_storage(record, path, ground, hollow)
    top, bottom = float(storage.level[-1]), float(storage.level[0])
    if not bottom < record.normal_level <= top:
        raise InputError(
            f"{path}.normal_level", record.normal_level, message("water.error.between", low=bottom, high=top)
        )
    if record.dead_level is not None and not bottom <= record.dead_level < record.normal_level:
        raise InputError(
            f"{path}.dead_level",
            record.dead_level,
            message("water.error.between", low=bottom, high=record.normal_level),
        )
    if inflow is None and record.use != "high_tank":
        raise InputError(f"{path}.name", record.name, message("water.error.pond_dry"))
    area = phi = volume = silt = None
    if inflow is not None:
        area = measured(inflow.area.value * 100, "hm2", "water.note.hectares", path, F=inflow.area)
        phi = inflow.phi
        if rain.pond_h24 is not None:
            volume = runoff.storm_volume(phi, rain.pond_h24, area)
        if record.silt_modulus is not None:
            silt = gbt16453.SILT_VOLUME.at(
                N=given(record.silt_years, "a", f"{path}.silt_years"),
                M_s=given(record.silt_modulus, "t/(hm2 a)", f"{path}.silt_modulus"), F=area,
                gamma_s=given(record.silt_density, "t/m3", f"{path}.silt_density"),
            )  # fmt: skip
    dead = 0.0 if record.dead_level is None else storage.volume_at(record.dead_level)
    demand = _pond_demand(record, path, watering)
    spill = _spillway(record, storage, inflow, rain, path)
    cut = pit_cut(record, surface)
    return PondResult(
        record=record, path=path, storage=storage, inflow_area=area, phi=phi, runoff=volume, silt=silt, demand=demand,
        required=_required(record, path, volume, silt, demand),
        active=measured(storage.volume_at(record.normal_level) - dead, "m3", "water.note.active", path,
                        "water.quantity.active"),
        area=measured(storage.area_at(record.normal_level), "m2", "water.note.area_at", path,
                      "water.quantity.water_area"),
        depth=measured(record.normal_level - bottom, "m", "water.note.pond_depth", path, "water.quantity.pond_depth"),
        spillway=spill,
        drawdown=_drawdown(record, storage, spill), typical=_year(record, storage, area, watering, dry=False),
        dry=_year(record, storage, area, watering, dry=True), sand_trap=_trap(record, area, path),
        works=pond_works(record, path, storage, spill), hollow=hollow,
        spill=None if hollow is None else measured(hollow.spill, "m", "water.note.spill_level", path,
                                                   "water.quantity.spill_level"),
        cut=cut, **pond_amounts(record, path, cut),
    )  # fmt: skip


def hollows_of(ponds: Sequence[Pond], surface: Tin | None) -> dict[str, Hollow]:
    """The hollows of the designed ground that ponds fill, by their names; none without triangles.

    Raises:
        InputError: a pond's point lies in no hollow, or the hollow spills below the pond's top.
    """
    if surface is None:
        return {}
    return {
        p.name: hollow_at(surface, p.seed, p.top_level, f"water.ponds[{i}]")
        for i, p in enumerate(ponds)
        if p.seed is not None
    }


def pond_storage(record: Pond, path: str, ground: terrain.Grid | None, hollow: Hollow | None = None) -> pond.Storage:
    """Stage, area and volume of a pond by whatever states its shape."""
    if record.length is not None and record.width is not None:
        assert record.bottom_level is not None and record.depth is not None
        return pond.rectangular(record.length, record.width, record.side_slope, record.bottom_level, record.depth)
    if record.diameter is not None:
        assert record.bottom_level is not None and record.depth is not None
        return pond.circular(record.diameter, record.side_slope, record.bottom_level, record.depth)
    if record.curve:
        rows = np.array(record.curve, dtype=float)
        return pond.from_areas(rows[:, 0], rows[:, 1], between=40)
    assert record.seed is not None
    if hollow is not None:
        stated = [level for level in (record.dead_level, record.normal_level) if level is not None]
        return pond.from_hollow(hollow, record.top_level, stated)
    if ground is None:
        raise InputError(f"{path}.seed", record.seed, message("water.error.no_terrain"))
    return pond.from_grid(ground.z, ground.cell, ground.index(record.seed), record.top_level)


def _pond_demand(record: Pond, path: str, watering: irrigating.IrrigationResult | None) -> Traced | None:
    if record.demand is not None:
        return given(record.demand, "m3", f"{path}.demand", "water.quantity.demand")
    if record.irrigates and watering is not None:
        return watering.between
    return None


def _required(
    record: Pond, path: str, volume: Traced | None, silt: Traced | None, demand: Traced | None
) -> Traced | None:
    """The larger of the demand between rains and the stored share of the storm (K (Vw + Vs) of GB/T 16453.4).

    A high tank is sized by its demand alone. None while what it is sized by is not known.
    """
    if record.use == "high_tank":
        return demand
    if volume is None:
        return None
    kept = measured(record.stored_share * volume.value, "m3", "water.note.stored_share", path, W=volume,
                    share=given(record.stored_share, "-", f"{path}.stored_share"))  # fmt: skip
    by_storm = gbt16453.POND_VOLUME.at(
        K=given(record.safety, "-", f"{path}.safety"), V_w=kept,
        V_s=silt if silt is not None else measured(0.0, "m3", "water.note.no_silt", path),
    )  # fmt: skip
    if demand is None or demand.value <= by_storm.value:
        return by_storm
    return measured(
        demand.value, "m3", "water.note.demand_governs", path, "water.quantity.required", W_d=demand, V=by_storm
    )


def _spillway(
    record: Pond, storage: pond.Storage, inflow: Gathered | Inflow | None, rain: StormResult, path: str
) -> pond.SpillwayResult | None:
    """The pond's storm routed, the pond full at its start; None where rain or inflow is not stated.

    Without a spillway the pond keeps the storm. A draw-off pipe or pump is not counted: nobody promises that it stands
    open or runs in a flood.
    """
    if rain.pond_storm is None or inflow is None:
        return None
    minutes = inflow.time.value if isinstance(inflow, Gathered) else max(inflow.t_1.value + inflow.t_2.value, 5.0)
    coming = runoff.hydrograph(rain.pond_storm, inflow.phi.value, inflow.area.value * 100, minutes / 60)
    own = storage.area_at(record.normal_level) * rain.pond_storm.depths / 1000 / coming.step
    flow = coming.flow.copy()
    flow[1 : own.size + 1] += own  # rain on the water itself
    coming = runoff.Hydrograph(coming.step, flow)
    return replace(_routed(record, storage, pond.in_short_steps(coming)), inflow=coming)


def _routed(record: Pond, storage: pond.Storage, coming: runoff.Hydrograph) -> pond.SpillwayResult:
    """The storm over the spillway stated or sized, or kept."""
    spill, crest = record.spillway, record.normal_level
    walled = pond.walled_up(storage, LIFT)
    if spill is None:
        try:
            return pond.keep_storm(walled, coming, crest)
        except OutOfRange as error:
            raise NoSolution(message("water.error.pond_overtopped", name=record.name), error.reason) from error
    free = table("ponds", "storage").raw("freeboard") if record.freeboard is None else record.freeboard
    highest = float(storage.level[-1]) - free
    if spill.max_head is not None:
        highest = min(highest, crest + spill.max_head)
    if spill.width is None:
        try:
            return pond.size_spillway(storage, coming, crest, spill.coefficient, highest, spill.width_step)
        except NoSolution:
            pass  # no width will do: the storm is routed over one that passes its whole peak, and the check fails
    width = spill.width or weir.width_for(spill.coefficient, max(highest - crest, 0.1), max(coming.peak, 1e-6))
    try:
        return pond.route_spillway(walled, coming, crest, width, spill.coefficient)
    except OutOfRange as error:
        raise NoSolution(message("water.error.pond_overtopped", name=record.name), error.reason) from error


def _drawdown(record: Pond, storage: pond.Storage, spill: pond.SpillwayResult | None) -> float | None:
    high = record.normal_level if spill is None else max(spill.max_level, record.normal_level)
    high = min(high, float(storage.level[-1]))  # from the top, where the storm overtops the pond
    if record.outlet is None:
        if record.pump is None:
            return None
        return (storage.volume_at(high) - storage.volume_at(record.normal_level)) / record.pump * 3600.0
    low = max(record.outlet.invert, float(storage.level[0])) if record.dead_level is None else record.dead_level
    outlet = (record.outlet.diameter, record.outlet.invert, record.outlet.coefficient)
    rating = pond.spillway_rating(storage, record.normal_level, 0.0 if spill is None else spill.width,
                                  0.0 if spill is None else spill.coefficient, outlet)  # fmt: skip
    low = max(low, record.outlet.invert + 0.02)  # the last centimetres drain for ever
    return routing.drawdown_time(rating, high, low) if low < high else 0.0


def _year(
    record: Pond, storage: pond.Storage, area: Traced | None, watering: irrigating.IrrigationResult | None, dry: bool
) -> pond.BalanceYear | None:
    stated = record.balance
    rain = None if stated is None else (stated.rain_dry if dry else stated.rain_typical)
    if stated is None or rain is None:
        return None
    use: Sequence[float] = stated.use if stated.use is not None else (0.0,) * 12
    if stated.use is None and record.irrigates and watering is not None:
        use = watering.monthly
    return pond.balance(
        storage, record.normal_level, record.dead_level, 0.0 if area is None else area.value, stated.coefficient, rain,
        stated.evaporation, stated.seepage, use, stated.start_share * storage.volume_at(record.normal_level),
    )  # fmt: skip


def _trap(record: Pond, area: Traced | None, path: str) -> Traced | None:
    trap = record.sand_trap
    if trap is None or area is None or record.silt_modulus is None:
        return None
    return gbt16453.SAND_TRAP.at(
        eta=given(trap.efficiency, "-", f"{path}.sand_trap.efficiency"),
        M_s=given(record.silt_modulus, "t/(hm2 a)", f"{path}.silt_modulus"), F=area,
        T=measured(1 / trap.clearings_per_year, "a", "water.note.between_clearings", path),
        gamma_s=given(record.silt_density, "t/m3", f"{path}.silt_density"),
    )  # fmt: skip


def pond_amounts(record: Pond, path: str, cut: PitCut | None = None) -> dict[str, Traced | None]:
    """Excavation and lining of a shaped pond: its outer body, less its inner body for the lining.

    Args:
        cut: what is dug from the ground as it lies there; None: the ground lies level with the pond's top.
    """
    if record.depth is None:
        return {"excavation": None, "lining": None}
    z, across = given(record.side_slope, "-", f"{path}.side_slope"), lining_out(record)
    clear, outer = ({
        name: measured(value + grown, "m", "water.note.lined_size" if grown else "water.note.pond_size", path)
        for name, value in (("L", record.length), ("W", record.width), ("D", record.diameter)) if value is not None
    } for grown in (0.0, 2 * across))  # fmt: skip
    depth = given(record.depth, "m", f"{path}.depth")
    deep = rows.ADD.at(a=depth, b=given(record.floor_thickness, "m", f"{path}.floor_thickness"))
    body, held = (_body(size, z, down) for size, down in ((outer, deep), (clear, depth)))
    dug = body if cut is None else measured(cut.volume, "m3", "water.note.pit_in_ground", path, V_o=body)
    return {"excavation": dug, "lining": rows.BODY.at(V_o=body, V_i=held)}


def pond_remark(pond: PondResult) -> Remark | None:
    """Ground that lies below the mouth of a pond: it must be raised first, and nothing here counts that."""
    cut = pond.cut
    if cut is None or cut.low_area < LOW_GROUND:
        return None
    words = message("water.remark.low_ground", area=f"{cut.low_area:.0f}", volume=f"{cut.missing:.0f}")
    return Remark(level=Level.WARNING, subject=pond.path, text=words)


def _body(size: Mapping[str, Traced], slope: Traced, depth: Traced) -> Traced:
    """A pit with sides 1:m over a rectangle or a circle [m3]."""
    if "D" in size:
        return rows.ROUND_PIT.at(D=size["D"], z=slope, h=depth)
    return tr55.FRUSTUM.at(L=size["L"], W=size["W"], z=slope, D=depth)
