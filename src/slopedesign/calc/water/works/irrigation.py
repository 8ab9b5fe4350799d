"""What an irrigation system takes: pipes, trenches, valves, sprinklers, emitters, pump, wells."""

from __future__ import annotations

from slopedesign.calc.water.ditch_quantities import BACKFILL, PER_METRE
from slopedesign.calc.water.irrigation import IrrigationResult, PipeResult
from slopedesign.calc.water.works.common import Amount, Works, counted
from slopedesign.i18n import message
from slopedesign.project.irrigation import Irrigation
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given


def irrigation_works(result: IrrigationResult, record: Irrigation, path: str = "water.irrigation") -> tuple[Works, ...]:
    """A structure for each pipe, and one each for layouts, pump and wells."""
    found = [_pipe(p, record, f"{path}.pipes[{i}]", path) for i, p in enumerate(result.pipes)]
    found += _emitters(record, path)
    if record.pump is not None and result.pump is not None:
        lift = record.pump.rated_head if record.pump.rated_head is not None else result.pump.head.value
        size = message("bill.pump_size", flow=f"{record.pump.flow:g}", head=f"{lift:.1f}",
                       power=f"{result.pump.power.value:.1f}")  # fmt: skip
        units = given(record.pump.units, "piece", f"{path}.pump.units")
        found.append(Works("pump", "", f"{path}.pump", {}, (Amount("pump", units, "", size),)))
    for i, well in enumerate(record.wells):
        where = f"{path}.wells[{i}]"
        if well.depth is None:
            found.append(Works("well", well.name, where, missing=(f"{where}.depth",)))
            continue
        bore = message("bill.well_size", diameter=f"{well.diameter:g}") if well.diameter is not None else None
        deep = rows.WELL_METRES.at(h=given(well.depth, "m", f"{where}.depth"))
        found.append(Works("well", well.name, where, {}, (Amount("well", deep, "", bore),)))
    return tuple(found)


def _pipe(pipe: PipeResult, record: Irrigation, where: str, path: str) -> Works:
    """Metres, trench and valves of a pipe; a pipe that lies on the ground has no trench."""
    p = pipe.pipe
    count, length = given(p.count, "piece", f"{where}.count"), given(p.length, "m", f"{where}.length")
    run = rows.PIPE_METRES.at(n=count, L=length)
    size = message("bill.pipe_diameter", diameter=f"{pipe.diameter.value:g}")
    amounts = [Amount("pipe", run, p.material, size)]
    if p.valves:
        amounts.append(Amount("valve", given(p.valves, "piece", f"{where}.valves"), "", size))
    sizes = {"diameter": pipe.diameter, "length": run}
    missing: tuple[str, ...] = ()
    if p.fixed and p.burial != 0:
        if record.trench is None or p.burial is None:
            missing = (f"{path}.trench",) if record.trench is None else (f"{where}.burial",)
        else:
            t = record.trench
            cover, bed = given(p.burial, "m", f"{where}.burial"), given(t.bedding, "m", f"{path}.trench.bedding")
            side, lean = (
                given(t.side_room, "m", f"{path}.trench.side_room"),
                given(t.slope, "-", f"{path}.trench.slope"),
            )
            section = rows.PIPE_TRENCH.at(d=pipe.diameter, w=side, m=lean, h=cover, t=bed)
            dug = PER_METRE.at(A=section, L=run)
            sand = PER_METRE.at(A=rows.PIPE_BED.at(d=pipe.diameter, w=side, m=lean, t=bed), L=run)
            solid = PER_METRE.at(A=rows.PIPE_SOLID.at(d=pipe.diameter), L=run)
            amounts += [Amount("excavation", dug), Amount("bedding", sand, "sand"),
                        Amount("backfill", BACKFILL.at(V_e=dug, V_o=solid, V_c=sand))]  # fmt: skip
            sizes |= {"burial": cover, "bedding": bed}
    return Works("pipe", p.name, where, sizes, counted(*amounts), missing)


def _emitters(record: Irrigation, path: str) -> list[Works]:
    found = []
    if record.sprinkler is not None:
        s, where = record.sprinkler, f"{path}.sprinkler"
        if s.area is None:
            found.append(Works("sprinkler", "", where, missing=(f"{where}.area",)))
        else:
            count = rows.EMITTERS.at(
                A=given(s.area, "m2", f"{where}.area"),
                a=given(s.spacing_on_lateral, "m", f"{where}.spacing_on_lateral"),
                b=given(s.spacing_of_laterals, "m", f"{where}.spacing_of_laterals"),
            )  # fmt: skip
            size = message("bill.sprinkler_size", flow=f"{s.flow:g}", radius=f"{s.radius:g}")
            found.append(Works("sprinkler", "", where, {}, (Amount("sprinkler", count, "", size),)))
    if record.drip is not None:
        d, where = record.drip, f"{path}.drip"
        if d.area is None:
            found.append(Works("drip", "", where, missing=(f"{where}.area",)))
        else:
            area, between = given(d.area, "m2", f"{where}.area"), given(d.line_spacing, "m", f"{where}.line_spacing")
            size = message("bill.emitter_size", flow=f"{d.flow:g}", spacing=f"{d.spacing:g}")
            along = given(d.spacing, "m", f"{where}.spacing")
            line: Traced = rows.DRIP_LINES.at(A=area, b=between)
            count = rows.EMITTERS.at(A=area, a=along, b=between)
            found.append(Works("drip", "", where, {}, (Amount("drip_line", line, "", size),
                                                       Amount("emitter", count, "", size))))  # fmt: skip
    return found
