"""Verdicts on ditches, chutes, culverts, ponds and irrigation, by the guide and the water codes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from slopedesign.calc.water.irrigation import IrrigationResult, PipeResult
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.result import PondResult, ReachStructures
from slopedesign.calc.water.section import Trapezoid
from slopedesign.i18n import Message, message
from slopedesign.project.irrigation import Irrigation
from slopedesign.project.water import Storm
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.judging import Found, blank, judge
from slopedesign.standards.rules import Facts, joined
from slopedesign.standards.trace import OWN, Traced, given, measured
from slopedesign.standards.water_tables import Table, table

_PLACE = {"crest": "cut_slope", "bench": "cut_bench", "chute": "slope_face", "toe": "cut_slope", "floor": "flat_area"}
CAST = ("concrete", "precast_concrete")
MASONRY = ("mortared_stone", "plastered_masonry", "dry_stone")
STEEP = "steep"
BESIDE = 0.02
"""A bed this little above the ground lies on it [m]: levels are stated to the centimetre."""


def _limit(
    name: str, where: Table, key: str, found: Traced | None, relation: Relation, subject: str, *, strength: Strength,
    unit: str, missing: str = "", field: str = "", required: Traced | None = None,
) -> Check:  # fmt: skip
    """A check of one number against one limit of a table."""
    wanted = where.pick(key, unit) if required is None else required
    return Check(
        id=name, subject=subject, title=message(f"water.check.{name.split('.', 1)[1]}"), source=where.source,
        strength=strength, relation=relation, found=found, required=wanted,
        missing=() if found is not None else (missing or name,), field=field,
    )  # fmt: skip


def _said(name: str, holds: bool | None, subject: str, *, strength: Strength, found: Message | None, required: Message,
          where: Table | None = None, missing: str = "", field: str = "") -> Check:  # fmt: skip
    return Check(
        id=name, subject=subject, title=message(f"water.check.{name.split('.', 1)[1]}"),
        source=OWN if where is None else where.source, strength=strength, holds=holds, found=found, required=required,
        missing=(missing or name,) if holds is None else (), field=field,
    )  # fmt: skip


# Reaches --------------------------------------------------------------------------------------------------------------


def judge_reach(reach: ReachResult, structures: ReachStructures | None = None) -> list[Check]:
    """Every clause on one reach."""
    if reach.culvert is not None:
        return _judge_culvert(reach)
    checks = [_capacity(reach), *_section(reach), *_speed(reach), _construction(reach), *_steep(reach, structures)]
    if reach.input.record.length is None:
        checks.append(_in_ground(reach))
    return checks


def _capacity(reach: ReachResult) -> Check:
    assert reach.sized is not None
    found = reach.sized.capacity
    rule = guide.rule("drain.capacity" if reach.kind != "floor" else "drain.flat.crossing")
    if reach.kind == "floor":
        return Check(
            id="ditch.capacity", subject=reach.input.path, title=message("water.check.capacity"), source=rule.source,
            strength=Strength.MUST, relation=Relation.AT_LEAST, found=found, required=reach.flow,
        )  # fmt: skip
    return judge(
        rule, {"place": _PLACE[reach.kind]}, found, subject=reach.input.path, required=reach.flow,
        field=f"{reach.input.path}.ditch_type",
    )  # fmt: skip


def _section(reach: ReachResult) -> list[Check]:
    sized, path = reach.sized, reach.input.path
    assert sized is not None and reach.input.kind is not None
    limits = table("ditches", "section")
    height = measured(sized.height, "m", "water.note.section_height", path)
    checks = [
        Check(
            id="ditch.freeboard", subject=path, title=message("water.check.freeboard"), source=limits.source,
            strength=Strength.MUST, relation=Relation.AT_LEAST, found=height, required=sized.required_height,
            missing=() if sized.required_height is not None else ("ditch.capacity",),
        ),
        _limit(
            "ditch.min_slope", limits, "min_slope", reach.input.slope, Relation.AT_LEAST, path, strength=Strength.MUST,
            unit="-", field=f"{path}.slope",
        ),
    ]  # fmt: skip
    if isinstance(sized.section, Trapezoid) and sized.section.bottom > 0:
        width = measured(sized.width, "m", "water.note.section_width", path)
        checks.append(
            _limit("ditch.min_width", limits, "min_width", width, Relation.AT_LEAST, path, strength=Strength.MUST,
                   unit="m", field=f"{path}.width")
        )  # fmt: skip
    if reach.kind == "crest":
        band = table("ditches", "slope_range")
        checks += [
            _limit("ditch.slope_low", band, "low", reach.input.slope, Relation.AT_LEAST, path,
                   strength=Strength.NORMALLY, unit="-"),
            _limit("ditch.slope_high", band, "high", reach.input.slope, Relation.AT_MOST, path,
                   strength=Strength.NORMALLY, unit="-"),
        ]  # fmt: skip
    if reach.input.record.bend_radius is not None and sized.depth is not None:
        top = sized.section.top_width(sized.depth.value)
        ratio = measured(reach.input.record.bend_radius / top, "-", "water.note.bend_ratio", path)
        checks.append(
            _limit("ditch.bend", table("ditches", "shape_limits"), "bend_radius_per_width", ratio, Relation.AT_LEAST,
                   path, strength=Strength.SHOULD, unit="-", field=f"{path}.bend_radius")
        )  # fmt: skip
    return checks


def _speed(reach: ReachResult) -> list[Check]:
    sized, path = reach.sized, reach.input.path
    assert sized is not None
    limits, velocities = table("ditches", "limits"), table("ditches", "velocity")
    fast = Check(
        id="ditch.max_velocity", subject=path, title=message("water.check.max_velocity"), source=velocities.source,
        strength=Strength.MUST, relation=Relation.AT_MOST, found=sized.velocity, required=sized.velocity_limit,
        missing=() if sized.velocity is not None else ("ditch.capacity",),
        not_applicable=message("water.reason.chute") if reach.kind == "chute" else None,
        field=f"{path}.ditch_type",
    )  # fmt: skip
    slow = _limit("ditch.min_velocity", limits, "min_velocity", sized.velocity, Relation.AT_LEAST, path,
                  strength=Strength.SHOULD, unit="m/s", missing="ditch.capacity")  # fmt: skip
    checks = [fast, slow]
    if reach.kind != "chute":
        low, high = limits.raw("froude_low"), limits.raw("froude_high")
        fr = sized.froude
        checks.append(
            _said(
                "ditch.froude", None if fr is None else not low < fr.value < high, path, strength=Strength.SHOULD,
                found=None if fr is None else message("water.fact.froude", value=f"{fr.value:.3f}"),
                required=message("water.fact.froude_away", low=low, high=high), missing="ditch.capacity",
            )
        )  # fmt: skip
    return checks


def _construction(reach: ReachResult) -> Check:
    """Masonry as a rule, concrete in loose ground (guide)."""
    rule, path = guide.rule("drain.material"), reach.input.path
    assert reach.input.kind is not None
    lining, soft = reach.input.kind.lining, reach.input.record.soft_ground
    check = blank(rule, subject=path, field=f"{path}.soft_ground")
    if soft is None:
        return _with(check, missing=("soft_ground",))
    wanted = CAST if soft else MASONRY + CAST
    key = "water.fact.wants_concrete" if soft else "water.fact.wants_masonry"
    return _with(check, holds=lining in wanted, found=message(f"water.lining.{lining}"), required=message(key))


def _with(check: Check, **changes: object) -> Check:
    return replace(check, **changes)  # type: ignore[arg-type]


def _steep(reach: ReachResult, structures: ReachStructures | None) -> list[Check]:
    """A ditch steeper than 10 % over more than 1 m is a chute or drop; a chute ends in dissipation."""
    path, limits = reach.input.path, table("ditches", "section")
    if reach.kind != "chute":
        slope, head = reach.input.slope.value, reach.input.bed.fall
        steep = slope > limits.raw("drop_slope") and head > limits.raw("drop_head")
        return [
            _said(
                "ditch.steep", not steep, path, strength=Strength.MUST, where=limits, field=f"{path}.kind",
                found=message("water.fact.fall", slope=f"{100 * slope:.1f}", head=f"{head:.2f}"),
                required=message("water.fact.no_steep_ditch", slope=10, head=1),
            )
        ]  # fmt: skip
    rule = guide.rule("drain.steep")
    done = structures is not None and any((structures.basin, structures.drop, structures.apron))
    check = blank(rule, subject=path, field=f"{path}.dissipator")
    if not done and reach.input.record.dissipator != "none":
        return [_with(check, missing=(f"{path}.tailwater",))]
    found = message("water.fact.dissipator" if done else "water.fact.no_dissipator")
    checks = [_with(check, holds=done, found=found, required=message("water.fact.dissipator"))]
    sized = reach.sized
    assert sized is not None
    wall = None if sized.chute is None else max((sized.chute.wall, sized.chute.head_wall), key=lambda w: w.value)
    air = table("ditches", "aeration")
    if sized.depth is not None and sized.critical is None:  # critical depth, at which the flow enters, overtops it
        over = message("water.fact.wall_overtopped", height=f"{sized.height:g}")
        return [*checks, _said("chute.wall", False, path, strength=Strength.MUST, where=air, found=over,
                               required=message("water.fact.wall_holds"), field=f"{path}.height")]  # fmt: skip
    checks.append(
        Check(
            id="chute.wall", subject=path, title=message("water.check.wall"), source=air.source, strength=Strength.MUST,
            relation=Relation.AT_LEAST, found=measured(sized.height, "m", "water.note.section_height", path),
            required=wall, missing=() if wall is not None else ("chute.profile",),
        )
    )  # fmt: skip
    if structures is not None and structures.basin is not None and structures.basin.needed:
        checks.append(_jump(structures, path))
    return checks


def _jump(structures: ReachStructures, path: str) -> Check:
    band, basin = table("ditches", "basin"), structures.basin
    assert basin is not None
    low, high = band.raw("froude_from"), band.raw("froude_to")
    return _said(
        "basin.froude", low <= basin.froude <= high, path, strength=Strength.SHOULD, where=band,
        found=message("water.fact.froude", value=f"{basin.froude:.2f}"),
        required=message("water.fact.froude_within", low=low, high=high),
    )  # fmt: skip


def _in_ground(reach: ReachResult) -> Check:
    """The bed lies in the ground, not above it nor above the line it follows; not judged where no ground is known."""
    over = reach.input.bed.highest
    known = not math.isnan(over)
    return _said(
        "ditch.in_ground", over <= BESIDE if known else None, reach.input.path, strength=Strength.SHOULD,
        found=message("water.fact.bed_over", over=f"{max(over, 0.0):.2f}") if known else None,
        required=message("water.fact.bed_below"), missing="surveys",
    )  # fmt: skip


def _backwater(reach: ReachResult, below: ReachResult) -> list[Check]:
    """The water of the reach below does not stand in this one above its freeboard."""
    if reach.sized is None:
        return []
    levels = below.water_levels
    top = float(reach.input.bed.points[-1, 2]) + reach.sized.height
    free = reach.sized.demand.freeboard
    allowed = measured(top - free.value, "m", "water.note.bank_less_freeboard", reach.input.path, freeboard=free)
    if below.culvert is not None:
        stands = float(below.input.bed.points[0, 2]) + below.culvert.rating.headwater.value
    elif levels is not None:
        stands = levels[0]
    else:
        stands = None
    found = None if stands is None else measured(stands, "m", "water.note.water_below", reach.input.path)
    return [
        Check(
            id="ditch.backwater", subject=reach.input.path, title=message("water.check.backwater"), source=OWN,
            strength=Strength.SHOULD, relation=Relation.AT_MOST, found=found, required=allowed,
            missing=() if found is not None else (f"{below.input.path}.ditch_type",),
        )
    ]  # fmt: skip


def _judge_culvert(reach: ReachResult) -> list[Check]:
    assert reach.culvert is not None
    path, rated = reach.input.path, reach.culvert.rating
    rule = guide.rule("drain.flat.crossing")
    return [
        Check(
            id=rule.id, subject=path, title=rule.title, source=rule.source, strength=rule.strength,
            relation=Relation.AT_MOST, found=rated.headwater, required=reach.culvert.allowed,
            missing=() if reach.culvert.allowed is not None else (f"{path}.allowed_headwater",),
            field=f"{path}.allowed_headwater",
        )
    ]  # fmt: skip


def judge_network(
    network: NetworkResult, structures: Sequence[ReachStructures], storm: Storm, ends: Sequence[str],
    pond_names: Sequence[str],
) -> list[Check]:  # fmt: skip
    """Every reach, the layout as a whole, the standard followed and the mouths."""
    by_name = {s.reach: s for s in structures}
    checks = []
    for reach in network.reaches:
        checks += judge_reach(reach, by_name.get(reach.name))
        below = network.below(reach)
        if below is not None:
            checks += _backwater(reach, below)
    kinds = {reach.kind for reach in network.reaches}
    wanted = ("crest", "chute", "toe", "bench")
    lacking = [kind for kind in wanted if kind not in kinds]
    layout = blank(guide.rule("drain.layout"), subject="water.network", field="water.network.reaches")
    checks.append(
        _with(
            layout, holds=not lacking, required=message("water.fact.layout"),
            found=message("water.fact.lacking", kinds=", ".join(lacking)) if lacking else message("water.fact.layout"),
        )
    )  # fmt: skip
    outside = [end for end in ends if end not in pond_names]
    flared = [r for r in network.reaches if r.input.record.to_node in outside]
    named = all(_has_mouth(r) for r in flared)
    mouths = blank(guide.rule("drain.open"), subject="water.network", field="water.network.reaches")
    if not flared:
        checks.append(_with(mouths, holds=bool(pond_names), found=message("water.fact.ends_in_pond"),
                            required=message("water.fact.flared")))  # fmt: skip
    elif not named:
        lacking = [f"{r.input.path}.lower_mouth" for r in flared if not _has_mouth(r)]
        checks.append(_with(mouths, missing=tuple(lacking), required=message("water.fact.flared")))
    else:
        checks.append(
            _with(mouths, holds=True, found=message("water.fact.flared"), required=message("water.fact.flared"))
        )
    checks.append(_standard(storm))
    return checks


def _has_mouth(reach: ReachResult) -> bool:
    """Whether a reach ends in a flared mouth."""
    return reach.input.record.flare_width is not None or reach.input.record.lower_mouth is not None


def _standard(storm: Storm) -> Check:
    """Ditches are designed by GB/T 16453.4: the storm it defends against (10 years) is the least."""
    rule = guide.rule("drain.standard")
    years = storm.return_period
    found = None if years is None else given(years, "a", "water.storm.return_period")
    least = table("storm", "guide_storm").pick("pond_return_period_years", "a")
    return Check(
        id=rule.id, subject="water.storm", title=rule.title, source=rule.source, strength=rule.strength,
        relation=Relation.AT_LEAST, found=found, required=least,
        missing=() if found is not None else ("water.storm.return_period",), field="water.storm.return_period",
        notes=(message("water.note.standard_reading"),),
    )  # fmt: skip


# Ponds ----------------------------------------------------------------------------------------------------------------

_FITTINGS = ("trash_rack", "sand_trap", "fence", "sign", "lining")


def judge_pond(pond: PondResult, storm: Storm) -> list[Check]:
    """Every clause on one pond."""
    record, path = pond.record, pond.path
    use = record.use
    water: Facts = {"place": "pit_floor", "ponded": True, "target_use": use}
    store: Facts = {"place": "storage_pond"}
    checks = _storage(pond, store)
    if use != "high_tank":  # a tank filled by a pump meets no flood
        checks += _spillway(pond, water, storm)
    if use in ("storage_pond", "high_tank"):
        checks.append(_fittings(pond, store))
        checks.append(_site(pond, store))
        size = table("ponds", "single_pond")
        if use == "storage_pond":
            checks.append(_limit("pond.single_size", size, "high", pond.active, Relation.AT_MOST, path,
                                 strength=Strength.INFO, unit="m3"))  # fmt: skip
    if use == "storage_pond":
        checks.append(_balance(pond))
        seal = record.fittings.lining
        checks.append(_answered("pit.pond.seepage", water, seal, path, f"{path}.fittings.lining"))
        checks.append(_quality("pit.pond.quality", record.water_class, path))
    if use == "fishery":
        area = measured(pond.area.value / 1e4, "hm2", "water.note.water_area", path, A=pond.area)
        checks += [
            judge(guide.rule("pit.fish.area"), water, area, subject=path, field=f"{path}.normal_level"),
            judge(guide.rule("pit.fish.depth"), water, pond.depth, subject=path, field=f"{path}.normal_level"),
            _answered(
                "pit.fish.shape", water, _both(record.fittings.fence, record.fittings.sign), path, f"{path}.fittings"
            ),
        ]
    if use == "wetland_landscape":
        area = measured(pond.area.value / 1e4, "hm2", "water.note.water_area", path, A=pond.area)
        checks += [
            judge(guide.rule("pit.lake.area"), water, area, subject=path, field=f"{path}.normal_level"),
            _quality("pit.lake.quality", record.water_class, path),
        ]
    return checks


def _both(a: bool | None, b: bool | None) -> bool | None:
    if a is None or b is None:
        return False if a is False or b is False else None
    return a and b


def _answered(rule_id: str, facts: Facts, answer: bool | None, path: str, field: str) -> Check:
    found: Found = answer
    return judge(guide.rule(rule_id), facts, found, subject=path, field=field, asks=field)


def _quality(rule_id: str, water_class: str | None, path: str) -> Check:
    check = blank(guide.rule(rule_id), subject=path, field=f"{path}.water_class")
    if water_class is None:
        return _with(check, missing=(f"{path}.water_class",))
    return _with(
        check, holds=water_class != "worse", found=message("water.fact.water_class", name=water_class),
        required=message("water.fact.class_v"),
    )  # fmt: skip


def _storage(pond: PondResult, facts: Facts) -> list[Check]:
    path = pond.path
    check = judge(
        guide.rule("store.volume"), facts, pond.active if pond.required is not None else None, subject=path,
        required=pond.required if pond.required is not None else pond.active, asks=f"{path}.demand",
        field=f"{path}.normal_level",
    )  # fmt: skip
    checks = [check]
    if pond.silt is None:
        checks.append(_said("pond.silt", None, path, strength=Strength.SHOULD, found=None,
                            required=message("water.fact.silt"), missing=f"{path}.silt_modulus"))  # fmt: skip
    else:
        record = pond.record
        dead = 0.0 if record.dead_level is None else pond.storage.volume_at(record.dead_level)
        held = measured(dead, "m3", "water.note.dead_volume", path)
        source = table("ponds", "storage").source
        checks.append(Check(id="pond.silt", subject=path, title=message("water.check.silt"), source=source,
                            strength=Strength.SHOULD, relation=Relation.AT_LEAST, found=held, required=pond.silt,
                            field=f"{path}.dead_level"))  # fmt: skip
    if pond.sand_trap is not None and pond.record.sand_trap is not None:
        trap = pond.record.sand_trap
        volume = measured(trap.length * trap.width * trap.depth, "m3", "water.note.trap_volume", path)
        rows = table("ponds", "sand_trap")
        checks.append(Check(id="trap.volume", subject=f"{path}.sand_trap", title=message("water.check.trap_volume"),
                            source=rows.source, strength=Strength.SHOULD, relation=Relation.AT_LEAST, found=volume,
                            required=pond.sand_trap))  # fmt: skip
        for side in ("width", "length", "depth"):
            size = given(getattr(trap, side), "m", f"{path}.sand_trap.{side}")
            checks.append(
                _limit(f"trap.{side}", rows, f"{side}_low", size, Relation.AT_LEAST, f"{path}.sand_trap",
                       strength=Strength.NORMALLY, unit="m", field=f"{path}.sand_trap.{side}")
            )  # fmt: skip
    return checks


def _spillway(pond: PondResult, facts: Facts, storm: Storm) -> list[Check]:
    """The 10-year 24-hour storm stays below the top by the freeboard; a smaller storm does not judge the rule."""
    record, path = pond.record, pond.path
    rule_id = {"fishery": "pit.fish.spillway", "wetland_landscape": "pit.lake.flood"}.get(
        record.use, "pit.pond.spillway"
    )
    rule = guide.rule(rule_id)
    top = float(pond.storage.level[-1])
    free = table("ponds", "storage").pick("freeboard", "m") if record.freeboard is None else given(
        record.freeboard, "m", f"{path}.freeboard"
    )  # fmt: skip
    allowed = measured(top - free.value, "m", "water.note.top_less_freeboard", path, freeboard=free)
    found: Traced | None = None
    missing: tuple[str, ...] = (f"{path}.spillway",)
    if pond.spillway is not None:
        found = measured(pond.spillway.max_level, "m", "water.note.routed_level", path)
        missing = ()
    elif storm.pond_h24 is None and not storm.annual_maxima:
        missing = ("water.storm.pond_h24",)
    checks = [
        Check(id=rule.id, subject=path, title=rule.title, source=rule.source, strength=rule.strength,
              relation=Relation.AT_MOST, found=found, required=allowed, missing=missing, field=f"{path}.spillway.width",
              reading=rule.reading),
        _limit("pond.flood_standard", table("storm", "guide_storm"), "pond_return_period_years",
               given(storm.pond_return_period, "a", "water.storm.pond_return_period"), Relation.AT_LEAST, path,
               strength=Strength.MUST, unit="a", field="water.storm.pond_return_period"),
    ]  # fmt: skip
    if record.drawdown_hours is not None:
        limit = given(record.drawdown_hours, "h", f"{path}.drawdown_hours")
        hours = None if pond.drawdown is None else measured(pond.drawdown / 3600, "h", "water.note.drawdown", path)
        checks.append(Check(id="pond.drawdown", subject=path, title=message("water.check.drawdown"), source=OWN,
                            strength=Strength.SHOULD, relation=Relation.AT_MOST, found=hours, required=limit,
                            missing=() if hours is not None else (f"{path}.outlet",)))  # fmt: skip
    return checks


def _fittings(pond: PondResult, facts: Facts) -> Check:
    check = blank(guide.rule("store.fittings"), subject=pond.path, field=f"{pond.path}.fittings")
    said = {name: getattr(pond.record.fittings, name) for name in _FITTINGS}
    weir = pond.spillway is not None and not pond.spillway.keeps_all
    said["spillway_or_steps"] = weir or pond.record.fittings.steps
    lacking = [name for name, answer in said.items() if answer is False]
    unsaid = [f"{pond.path}.fittings.{name}" for name, answer in said.items() if answer is None]
    wanted = message("water.fact.fittings")
    if lacking:
        return _with(check, holds=False, found=message("water.fact.lacking", kinds=", ".join(lacking)), required=wanted)
    if unsaid:
        return _with(check, missing=tuple(unsaid), required=wanted)
    return _with(check, holds=True, found=wanted, required=wanted)


def _site(pond: PondResult, facts: Facts) -> Check:
    fittings = pond.record.fittings
    return _answered("store.siting", facts, _both(fittings.off_fill, fittings.off_hazard), pond.path,
                     f"{pond.path}.fittings.off_fill")  # fmt: skip


def _balance(pond: PondResult) -> Check:
    rule, path = guide.rule("pit.pond.balance"), pond.path
    check = blank(rule, subject=path, field=f"{path}.balance")
    if pond.typical is None:
        return _with(check, missing=(f"{path}.balance",))
    came = measured(float(pond.typical.inflow.sum()), "m3/a", "water.note.year_inflow", path)
    lost = measured(float(pond.typical.losses_asked.sum()), "m3/a", "water.note.year_losses", path)
    return _with(check, relation=Relation.MORE_THAN, found=came, required=lost)


# Irrigation -----------------------------------------------------------------------------------------------------------


def judge_irrigation(result: IrrigationResult, record: Irrigation, path: str = "water.irrigation") -> list[Check]:
    """Burial, laterals, sprinkler and drip layouts, sources."""
    checks = []
    for i, pipe in enumerate(result.pipes):
        checks += _pipe(pipe, f"{path}.pipes[{i}]")
    if result.sprinkler is not None and record.sprinkler is not None:
        where, rows = f"{path}.sprinkler", table("irrigation", "sprinkler_rate")
        checks.append(Check(id="irrigation.rate", subject=where, title=message("water.check.rate"), source=rows.source,
                            strength=Strength.MUST, relation=Relation.AT_MOST, found=result.sprinkler.rate,
                            required=result.sprinkler.allowed))  # fmt: skip
        spacing = table("irrigation", "sprinkler_spacing")
        for ratio in result.sprinkler.spacing_ratio:
            checks.append(_limit("irrigation.spacing", spacing, "high", ratio, Relation.AT_MOST, where,
                                 strength=Strength.SHOULD, unit="-"))  # fmt: skip
    if result.drip is not None and record.drip is not None:
        where = f"{path}.drip"
        eta = given(record.drip.efficiency, "-", f"{where}.efficiency")
        checks.append(_limit("irrigation.efficiency", table("irrigation", "efficiency"), record.drip.kind, eta,
                             Relation.AT_LEAST, where, strength=Strength.MUST, unit="-"))  # fmt: skip
    for kind, layout in (("sprinkler", record.sprinkler), (record.drip.kind if record.drip else "", record.drip)):
        if layout is not None:
            where = f"{path}.{'sprinkler' if kind == 'sprinkler' else 'drip'}"
            even = None if layout.uniformity is None else given(layout.uniformity, "-", f"{where}.uniformity")
            checks.append(_limit("irrigation.uniformity", table("irrigation", "uniformity"), kind, even,
                                 Relation.AT_LEAST, where, strength=Strength.SHOULD, unit="-",
                                 missing=f"{where}.uniformity", field=f"{where}.uniformity"))  # fmt: skip
    sources = blank(guide.rule("irrig.sources"), subject=path, field=f"{path}.sources")
    if record.sources:
        names = joined(message(f"choice.{source}") for source in record.sources)
        checks.append(_with(sources, holds=True, found=message("water.fact.sources", names=names),
                            required=message("water.fact.some_source")))  # fmt: skip
    else:
        checks.append(_with(sources, missing=(f"{path}.sources",)))
    if "well" in record.sources or record.wells:
        supply = measured(result.well_supply, "m3/d", "water.note.well_supply", path)
        need = measured(result.peak_day, "m3/d", "water.note.peak_day", path)
        checks.append(Check(id="irrigation.wells", subject=path, title=message("water.check.wells"), source=OWN,
                            strength=Strength.SHOULD, relation=Relation.AT_LEAST, found=supply, required=need,
                            missing=() if record.wells else (f"{path}.wells",)))  # fmt: skip
    return checks


def _pipe(pipe: PipeResult, path: str) -> list[Check]:
    checks = []
    if pipe.pipe.fixed:
        depth = None if pipe.pipe.burial is None else given(pipe.pipe.burial, "m", f"{path}.burial")
        checks.append(
            judge(
                guide.rule("irrig.pipe.depth"), {}, depth, subject=path, field=f"{path}.burial", asks=f"{path}.burial"
            )
        )
    if pipe.allowed is not None:
        used = measured(
            pipe.loss + pipe.pipe.rise, "m", "water.note.lateral_loss", path, h_f=pipe.friction, h_j=pipe.local
        )
        checks.append(Check(id="irrigation.lateral", subject=path, title=message("water.check.lateral"),
                            source=table("irrigation", "lateral").source, strength=Strength.MUST,
                            relation=Relation.AT_MOST, found=used, required=pipe.allowed,
                            field=f"{path}.diameter"))  # fmt: skip
    return checks
