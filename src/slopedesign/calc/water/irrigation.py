"""Irrigation: demand by planting, pipe losses, lateral rule, pump, sprinkler and drip layouts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.optimize import brentq

from slopedesign.calc.water import need
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.irrigation import Drip, Irrigation, Pipe, Planting, Pump, Sprinkler
from slopedesign.standards import gb50288_2018 as gb50288
from slopedesign.standards import hydraulics
from slopedesign.standards.trace import Traced, given, measured, total
from slopedesign.standards.water_tables import table

COMMERCIAL_MM = (20.0, 25.0, 32.0, 40.0, 50.0, 63.0, 75.0, 90.0, 110.0, 125.0, 140.0, 160.0, 200.0, 225.0, 250.0, 315.0)
"""Diameters tried where a pipe states none; taken as inside diameters."""


def friction(material: str, flow_m3h: float | Traced, diameter_mm: float | Traced, length: float | Traced) -> Traced:
    """Friction loss of a pipe [m], hf = f L Q^m/d^b."""
    found = table("irrigation", "pipe")
    f, m, b = found.raw(material)
    return gb50288.PIPE_FRICTION.at(
        f=found.made(f, "-"), L=length, Q=flow_m3h, m=found.made(m, "-"), d=diameter_mm, b=found.made(b, "-")
    )


def darcy_friction(reynolds: float, relative_roughness: float) -> float:
    """Darcy's friction factor: 64/Re below Re 2000, Colebrook and White above 4000, the greater of both between.

    Args:
        reynolds: V D / nu. relative_roughness: wall roughness over diameter, 0 for a smooth pipe.
    """
    re = need.positive("reynolds", reynolds)
    rough = need.between("relative_roughness", relative_roughness, 0.0, 0.1)
    if re <= 2000:
        return 64.0 / re

    def gap(x: float) -> float:  # x = 1/sqrt(f)
        return x + 2.0 * math.log10(rough / 3.7 + 2.51 * x / re)

    turbulent = float(brentq(gap, 0.5, 50.0, xtol=1e-14)) ** -2
    return turbulent if re >= 4000 else max(turbulent, 64.0 / re)


def darcy_loss(
    flow_m3h: float, diameter_mm: float, length: float, roughness_mm: float = 0.0015, viscosity: float = 1.139e-6
) -> Traced:
    """Friction loss [m] by Darcy and Weisbach with Colebrook's factor; defaults: smooth plastic, water of 15 degC.

    Args:
        viscosity: kinematic [m2/s].
    """
    d = need.positive("diameter", diameter_mm) / 1000.0
    need.positive("flow", flow_m3h)
    speed = flow_m3h / 3600.0 / (math.pi * d * d / 4.0)
    factor = darcy_friction(speed * d / need.positive("viscosity", viscosity), roughness_mm / 1000.0 / d)
    return hydraulics.DARCY_WEISBACH.at(f=factor, L=length, D=d, V=speed, g=hydraulics.STANDARD_GRAVITY)


def hazen_williams_loss(flow_m3h: float, diameter_mm: float, length: float, c: float) -> Traced:
    """Friction loss [m] by Hazen and Williams; c about 150 for plastic, 130 for cement mortar, 100 for old iron."""
    return hydraulics.HAZEN_WILLIAMS.at(L=length, Q=flow_m3h / 3600.0, C=c, D=diameter_mm / 1000.0)


def multi_outlet(material: str, outlets: int, first: float = 1.0) -> Traced:
    """Christiansen's factor for a pipe of N equal outlets; X: distance of the first outlet over the spacing."""
    _, m, _ = table("irrigation", "pipe").raw(material)
    if outlets == 1:
        return measured(1.0, "-", "water.note.one_outlet")
    return gb50288.MULTI_OUTLET.at(N=float(outlets), m=table("irrigation", "pipe").made(m, "-"), X=first)


@dataclass(frozen=True)
class PipeResult:
    """A worked pipe.

    Attributes:
        diameter: mm. velocity: m/s. friction, local: losses [m]; loss: both.
        allowed: loss the lateral rule allows, or None.
        chosen: whether the program chose the diameter.
    """

    pipe: Pipe
    diameter: Traced
    velocity: Traced
    friction: Traced
    local: Traced
    allowed: Traced | None
    chosen: bool

    @property
    def loss(self) -> float:
        """Friction and local loss [m]."""
        return self.friction.value + self.local.value


def work_pipe(pipe: Pipe, local_share: float | Traced, path: str, slowest: float = 1.5) -> PipeResult:
    """Losses of a pipe; without a stated diameter the smallest that keeps the velocity and, for a lateral, its rule.

    Args:
        slowest: velocity not to be exceeded when a diameter is chosen [m/s].
    """
    rule = None
    if pipe.lateral:
        if pipe.working_head is None:
            raise InputError(f"{path}.working_head", None, message("water.error.lateral_head"))
        share = table("irrigation", "lateral").pick("pressure_share")
        rule = measured(share.value * pipe.working_head, "m", "water.note.lateral_rule", path, share=share,
                        head=given(pipe.working_head, "m", f"{path}.working_head"))  # fmt: skip
    if pipe.diameter is not None:
        return _pipe_with(pipe, given(pipe.diameter, "mm", f"{path}.diameter"), local_share, rule, False, path)
    for diameter in COMMERCIAL_MM:
        worked = _pipe_with(
            pipe, measured(diameter, "mm", "water.note.chosen_diameter", path), local_share, rule, True, path
        )
        over = rule is not None and worked.loss + max(pipe.rise, 0.0) > rule.value
        if worked.velocity.value <= slowest and not over:
            return worked
    return worked


def _pipe_with(
    pipe: Pipe, diameter: Traced, local_share: float | Traced, rule: Traced | None, chosen: bool, path: str
) -> PipeResult:
    flow = given(pipe.flow, "m3/h", f"{path}.flow")
    along = friction(pipe.material, flow, diameter, given(pipe.length, "m", f"{path}.length"))
    if pipe.outlets > 1:
        factor = multi_outlet(pipe.material, pipe.outlets, pipe.first_outlet)
        along = measured(along.value * factor.value, "m", "water.note.multi_outlet", path, h_f=along, F=factor)
    return PipeResult(
        pipe=pipe, diameter=diameter, velocity=gb50288.PIPE_VELOCITY.at(Q=flow, d=diameter), friction=along,
        local=gb50288.LOCAL_LOSS.at(k_j=local_share, h_f=along), allowed=rule, chosen=chosen,
    )  # fmt: skip


@dataclass(frozen=True)
class PlantingDemand:
    """Water of one planting: for one watering [m3], and by month."""

    planting: Planting
    one: Traced
    monthly: tuple[float, ...]


def planting_demand(planting: Planting, efficiency: Traced, path: str, planted: Traced | None = None) -> PlantingDemand:
    """Gross water of a planting.

    Args:
        planted: trees the planting of the project counts, taken where `trees` is blank.

    Raises:
        InputError: trees are neither stated nor planted.
    """
    if planting.area is not None and planting.depth is not None:
        one: Traced = gb50288.WATER_DEMAND.at(
            m=given(planting.depth, "mm", f"{path}.depth"), A=given(planting.area, "m2", f"{path}.area"), eta=efficiency
        )
    else:
        assert planting.litres is not None
        one = gb50288.TREE_DEMAND.at(
            N=_trees(planting, path, planted),
            m=given(planting.litres, "L/piece", f"{path}.litres"),
            eta=efficiency,
        )
    return PlantingDemand(planting, one, tuple(one.value * times for times in planting.waterings))


def _trees(planting: Planting, path: str, planted: Traced | None) -> Traced:
    """Trees to be watered: as stated, else as planted."""
    if planting.trees is not None:
        return given(planting.trees, "piece", f"{path}.trees")
    if planted is None or not planted.value:
        raise InputError(f"{path}.trees", None, message("water.error.trees"))
    return planted


@dataclass(frozen=True)
class SprinklerResult:
    """Layout of sprinklers: application rate, what soil and slope allow, spacing over radius, atomisation."""

    rate: Traced
    allowed: Traced
    spacing_ratio: tuple[Traced, Traced]
    atomisation: float | None


def work_sprinkler(sprinkler: Sprinkler, path: str) -> SprinklerResult:
    """Checks numbers of a sprinkler layout."""
    rate = gb50288.SPRINKLER_RATE.at(
        q=given(sprinkler.flow, "m3/h", f"{path}.flow"), eta_p=sprinkler.efficiency,
        a=sprinkler.spacing_on_lateral, b=sprinkler.spacing_of_laterals,
    )  # fmt: skip
    base = table("irrigation", "sprinkler_rate").pick(sprinkler.soil)
    slopes = table("irrigation", "slope_reduction")
    cut = slope_reduction(sprinkler.ground_slope_deg)
    reduction = slopes.made(cut)
    allowed = measured(base.value * (1 - cut), "mm/h", "water.note.rate_on_slope", path, rate=base, reduction=reduction)
    ratios = tuple(
        measured(spacing / sprinkler.radius, "-", "water.note.spacing_ratio", path)
        for spacing in (sprinkler.spacing_on_lateral, sprinkler.spacing_of_laterals)
    )
    fine = None if sprinkler.nozzle_mm is None else sprinkler.pressure_head / (sprinkler.nozzle_mm / 1000)
    return SprinklerResult(rate, allowed, (ratios[0], ratios[1]), fine)


def slope_reduction(slope_deg: float) -> float:
    """Share by which the allowed application rate falls on a slope."""
    slopes = table("irrigation", "slope_reduction")
    cuts = list(slopes.array("reductions"))
    bounds = list(slopes.array("bounds_deg"))
    return float(next((cut for bound, cut in zip(bounds, cuts, strict=False) if slope_deg < bound), cuts[-1]))


@dataclass(frozen=True)
class DripResult:
    """Time of one watering [h] and days between waterings."""

    time: Traced
    interval: Traced


def work_drip(drip: Drip, path: str) -> DripResult:
    """Time and interval of drip irrigation."""
    depth, eta = given(drip.depth, "mm", f"{path}.depth"), given(drip.efficiency, "-", f"{path}.efficiency")
    return DripResult(
        gb50288.DRIP_TIME.at(m=depth, S_e=drip.spacing, S_l=drip.line_spacing, q_d=drip.flow, eta=eta),
        gb50288.IRRIGATION_PERIOD.at(m=depth, eta_p=eta, ET=given(drip.peak_use, "mm/d", f"{path}.peak_use")),
    )


@dataclass(frozen=True)
class PumpResult:
    """Head [m] and motor power [kW]."""

    head: Traced
    power: Traced


def work_pump(pump: Pump, pipes: Sequence[PipeResult], path: str) -> PumpResult:
    """Head of the worst line and power of the pump."""
    lines = line_losses(pipes)
    worst = max(lines.values(), key=lambda line: sum(p.loss for p in line), default=())
    along = total({p.pipe.name: p.friction for p in worst}, "m")
    local = total({p.pipe.name: p.local for p in worst}, "m")
    head = gb50288.SYSTEM_HEAD.at(
        H_h=given(pump.end_head, "m", f"{path}.end_head"),
        S_f=along,
        S_j=local,
        dZ=given(pump.lift, "m", f"{path}.lift"),
    )
    power = gb50288.PUMP_POWER.at(
        K=given(pump.reserve, "-", f"{path}.reserve"), Q=given(pump.flow, "m3/h", f"{path}.flow"), H=head,
        eta=given(pump.efficiency, "-", f"{path}.efficiency"),
        eta_d=given(pump.drive_efficiency, "-", f"{path}.drive_efficiency"),
    )  # fmt: skip
    return PumpResult(head, power)


def line_losses(pipes: Sequence[PipeResult]) -> dict[str, tuple[PipeResult, ...]]:
    """The pipes on the way from the source to each pipe, by its name.

    Raises:
        InputError: a pipe follows one that does not exist, or pipes follow one another in a circle.
    """
    by_name = {p.pipe.name: p for p in pipes}
    found: dict[str, tuple[PipeResult, ...]] = {}
    for p in pipes:
        way = [p]
        while way[-1].pipe.after:
            name = way[-1].pipe.after
            if name not in by_name:
                raise InputError(
                    f"water.irrigation.pipes.{way[-1].pipe.name}.after", name, message("water.error.no_pipe")
                )
            if by_name[name] in way:
                raise InputError(f"water.irrigation.pipes.{p.pipe.name}.after", name, message("water.error.circle"))
            way.append(by_name[name])
        found[p.pipe.name] = tuple(reversed(way))
    return found


@dataclass(frozen=True)
class IrrigationResult:
    """Demand, pipes, pump and layouts.

    Attributes:
        monthly: gross demand by month [m3], 12 values. between: store one watering of everything needs [m3].
        peak_day: demand of a day in the peak interval [m3].
    """

    demands: tuple[PlantingDemand, ...]
    monthly: tuple[float, ...]
    between: Traced
    peak_day: float
    pipes: tuple[PipeResult, ...]
    pump: PumpResult | None
    sprinkler: SprinklerResult | None
    drip: DripResult | None
    well_supply: float


def work_irrigation(
    irrigation: Irrigation, path: str = "water.irrigation", planted: Traced | None = None
) -> IrrigationResult:
    """Works the whole irrigation system; `planted` as for `planting_demand`."""
    efficiency = given(irrigation.efficiency, "-", f"{path}.efficiency")
    demands = tuple(
        planting_demand(p, efficiency, f"{path}.plantings[{i}]", planted) for i, p in enumerate(irrigation.plantings)
    )
    share: float | Traced = (
        table("irrigation", "local_loss").pick("share")
        if irrigation.local_loss is None
        else given(irrigation.local_loss, "-", f"{path}.local_loss")
    )
    pipes = tuple(work_pipe(p, share, f"{path}.pipes[{i}]") for i, p in enumerate(irrigation.pipes))
    return IrrigationResult(
        demands=demands,
        monthly=tuple(sum(d.monthly[k] for d in demands) for k in range(12)),
        between=total({d.planting.name: d.one for d in demands}, "m3", "water.quantity.one_watering"),
        peak_day=sum(d.one.value / d.planting.interval_days for d in demands),
        pipes=pipes,
        pump=work_pump(irrigation.pump, pipes, f"{path}.pump") if irrigation.pump is not None else None,
        sprinkler=(
            work_sprinkler(irrigation.sprinkler, f"{path}.sprinkler") if irrigation.sprinkler is not None else None
        ),
        drip=work_drip(irrigation.drip, f"{path}.drip") if irrigation.drip is not None else None,
        well_supply=sum(w.discharge * w.hours_per_day for w in irrigation.wells),
    )
