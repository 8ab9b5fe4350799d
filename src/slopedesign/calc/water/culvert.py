"""Culvert rating by HDS-5: the higher of inlet-control and outlet-control headwater."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from slopedesign.calc.water import channel, need
from slopedesign.calc.water.section import Section
from slopedesign.errors import NoSolution
from slopedesign.i18n import message
from slopedesign.standards import hds5
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Traced, measured
from slopedesign.standards.water_tables import table

UNSUBMERGED_TO, SUBMERGED_FROM = 3.5, 4.0


@dataclass(frozen=True)
class Culvert:
    """A barrel and its inlet.

    Args:
        section: `Circle`, or a rectangle as `Trapezoid` with no side slope (its height is the rise).
        inlet: row of the inlet table ("box_wingwall_90_15").
        entrance_loss: k_e; None reads the table of the inlet.
        barrels: number of equal barrels sharing the flow.
    """

    section: Section
    length: float
    slope: float
    n: float
    inlet: str
    entrance_loss: float | None = None
    barrels: int = 1

    def __post_init__(self) -> None:
        need.positive("culvert.length", self.length)
        need.positive("culvert.n", self.n)
        need.not_negative("culvert.slope", self.slope)
        need.positive("culvert.barrels", self.barrels)
        table("culverts", "inlet").raw(self.inlet)


@dataclass(frozen=True)
class CulvertRating:
    """Headwater of one flow.

    Attributes:
        inlet, outlet: headwater above the inlet invert by either control [m].
        headwater: the higher, which governs.
        control: "inlet" or "outlet".
        velocity: at the outlet [m/s]; critical, tailwater: depths [m].
    """

    flow: float
    inlet: Traced
    outlet: Traced
    control: Literal["inlet", "outlet"]
    velocity: float
    critical: float
    outlet_depth: float

    @property
    def headwater(self) -> Traced:
        """Governing headwater [m]."""
        return self.inlet if self.control == "inlet" else self.outlet


def inlet_headwater(culvert: Culvert, flow: float) -> Traced:
    """Headwater by inlet control [m]: unsubmerged form, submerged form, or the straight blend between them."""
    need.positive("flow", flow)
    _, form, K, M, c, Y = table("culverts", "inlet").raw(culvert.inlet)
    section, rise = culvert.section, culvert.section.height
    full = _full_area(section)
    k_s = 0.7 if "mitered" in culvert.inlet else -0.5
    made = table("culverts", "inlet").made
    slope = culvert.slope

    def unsubmerged(q: float) -> Traced:
        x = hds5.FLOW_FACTOR.at(Q=q, A=full, D=rise)
        if int(form) == 2:
            return hds5.FORM_2.at(D=rise, K=made(K, "-"), x=x, M=made(M, "-"))
        head = channel.specific_energy(section, q, _critical(section, q))
        return hds5.FORM_1.at(H_c=head, D=rise, K=made(K, "-"), x=x, M=made(M, "-"), k_s=k_s, S=slope)

    def submerged(q: float) -> Traced:
        x = hds5.FLOW_FACTOR.at(Q=q, A=full, D=rise)
        return hds5.SUBMERGED.at(D=rise, c=made(c, "-"), x=x, Y=made(Y, "-"), k_s=k_s, S=slope)

    x = hds5.FLOW_FACTOR.number(Q=flow, A=full, D=rise)
    if x <= UNSUBMERGED_TO:
        return unsubmerged(flow)
    if x >= SUBMERGED_FROM:
        return submerged(flow)
    per_x = flow / x
    low, high = unsubmerged(per_x * UNSUBMERGED_TO), submerged(per_x * SUBMERGED_FROM)
    share = (x - UNSUBMERGED_TO) / (SUBMERGED_FROM - UNSUBMERGED_TO)
    return measured(
        low.value + share * (high.value - low.value), "m", "water.note.inlet_blend", low=low, high=high
    )  # fmt: skip


def _full_area(section: Section) -> float:
    return section.area(section.height)


def _critical(section: Section, flow: float) -> float:
    try:
        return channel.critical_depth(section, flow)
    except NoSolution:
        return section.height  # a box running full: critical depth cannot exceed the rise


def outlet_headwater(culvert: Culvert, flow: float, tailwater: float = 0.0) -> Traced:
    """Headwater by outlet control with the barrel full [m]; tailwater is measured above the outlet invert."""
    need.positive("flow", flow)
    need.not_negative("tailwater", tailwater)
    section, rise = culvert.section, culvert.section.height
    area = _full_area(section)
    wet = section.perimeter(rise) if section.closed else section.perimeter(rise) + section.top_width(rise)
    h_o = max(tailwater, (_critical(section, flow) + rise) / 2)
    k_e: float | Traced = (
        table("culverts", "entrance_loss").pick(culvert.inlet, "-")
        if culvert.entrance_loss is None
        else culvert.entrance_loss
    )
    return hds5.OUTLET.at(
        h_o=h_o, k_e=k_e, n=culvert.n, L=culvert.length, R=area / wet, V=flow / area, g=G, S=culvert.slope
    )  # fmt: skip


def rate(culvert: Culvert, flow: float, tailwater: float = 0.0) -> CulvertRating:
    """Headwater and outlet velocity of a flow shared by the barrels."""
    q = need.positive("flow", flow) / culvert.barrels
    inlet, outlet = inlet_headwater(culvert, q), outlet_headwater(culvert, q, tailwater)
    control: Literal["inlet", "outlet"] = "inlet" if inlet.value >= outlet.value else "outlet"
    yc = _critical(culvert.section, q)
    depth = max(yc, min(tailwater, culvert.section.height))
    if culvert.slope > 0:
        try:
            yn = channel.normal_depth(culvert.section, culvert.n, culvert.slope, q)
        except NoSolution:
            yn = culvert.section.height
        if yn < yc and tailwater < yc:
            depth = yn
    speed = q / culvert.section.area(depth)
    return CulvertRating(flow, inlet, outlet, control, speed, yc, depth)


def capacity_at(culvert: Culvert, headwater: float, tailwater: float = 0.0) -> float:
    """Flow [m3/s] that raises the headwater to a level above the inlet invert.

    Raises:
        NoSolution: even a trickle stands higher.
    """
    low, high = 1e-6, 1.0
    if rate(culvert, low, tailwater).headwater.value > headwater:
        raise NoSolution(message("water.error.culvert"), message("water.error.headwater_low", headwater=headwater))
    while rate(culvert, high, tailwater).headwater.value < headwater:
        high *= 2
        if high > 1e5:
            raise NoSolution(message("water.error.culvert"), message("water.error.headwater_high", headwater=headwater))
    for _ in range(80):
        middle = (low + high) / 2
        if rate(culvert, middle, tailwater).headwater.value < headwater:
            low = middle
        else:
            high = middle
    return low


def overtopping(cd: float, length: float, head: float) -> Traced:
    """Flow over a road [m3/s]; cd as HDS-5 prints it (US), turned to SI by 0.552."""
    return hds5.OVERTOPPING.at(C_d=cd, L=length, H=head)
