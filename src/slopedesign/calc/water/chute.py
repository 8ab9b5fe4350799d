"""Chutes, stilling basins, free drops, riprap aprons and flared mouths."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq

from slopedesign.calc.water import channel, need
from slopedesign.calc.water.channel import Profile
from slopedesign.calc.water.section import Section
from slopedesign.errors import NoSolution
from slopedesign.i18n import message
from slopedesign.standards import hydraulics as rows
from slopedesign.standards import sl253_2018 as sl253
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Traced
from slopedesign.standards.water_tables import along, table


@dataclass(frozen=True)
class Chute:
    """A steep channel worked from critical depth at its head to its foot.

    Attributes:
        profile: the water surface along the bed.
        normal, critical: depths [m].
        foot_depth, foot_velocity: at the lower end [m], [m/s].
        aerated: depth swollen by air at the foot [m].
        wall: wall height needed at the foot [m], across the flow; head_wall: at the head.
        froude: at the foot.
    """

    flow: float
    slope: float
    length: float
    profile: Profile
    normal: float
    critical: float
    aerated: Traced
    wall: Traced
    head_wall: Traced
    foot_depth: float
    foot_velocity: float
    froude: float


def chute(
    section: Section, n: float, slope: float, flow: float, length: float, freeboard: float | Traced,
    zeta: float | Traced | None = None, start: float | None = None,
) -> Chute:  # fmt: skip
    """Works a chute by direct steps: S2 profile, air, wall height.

    Args:
        slope: fall over the length along the bed (the sine of its angle).
        length: along the bed.
        zeta: aeration constant, 1.0 to 1.4 s/m; None takes the upper end of the table.
        start: depth at the head where it is not critical.
    """
    limits = table("ditches", "aeration")
    air = limits.pick("zeta_high", "s/m") if zeta is None else zeta
    profile = channel.drawdown(section, n, slope, flow, length, start)
    h, v = float(profile.depth[-1]), float(profile.velocity[-1])
    aerated = sl253.AERATED_DEPTH.at(zeta=air, v=v, h=h)
    yc = channel.critical_depth(section, flow)
    head = float(profile.depth[0])
    return Chute(
        flow=flow, slope=slope, length=length, profile=profile, normal=channel.normal_depth(section, n, slope, flow),
        critical=yc, aerated=aerated, wall=sl253.WALL_HEIGHT.at(h_b=aerated, a=freeboard),
        head_wall=sl253.WALL_HEIGHT.at(
            h_b=sl253.AERATED_DEPTH.at(zeta=air, v=float(profile.velocity[0]), h=head), a=freeboard
        ),
        foot_depth=h, foot_velocity=v, froude=channel.froude(section, flow, h),
    )  # fmt: skip


@dataclass(frozen=True)
class StillingBasin:
    """A depressed basin with a hydraulic jump in it.

    Attributes:
        contracted: h_c [m]; sequent: h_c'' [m]; froude at the contracted section.
        depth: d [m], 0 where the tailwater alone holds the jump (then `needed` is False).
        jump_length, length: L_j and L_k [m].
    """

    unit_flow: float
    energy: float
    contracted: float
    froude: float
    sequent: Traced
    depth: Traced
    jump_length: Traced
    length: Traced
    needed: bool


def contracted_depth(unit_flow: float, energy: float, phi: float = 0.95) -> float:
    """h_c of T0 = h_c + q2/(2 g phi2 h_c2), the supercritical root [m].

    Raises:
        NoSolution: the energy is below the critical one.
    """
    q, t0 = need.positive("unit_flow", unit_flow), need.positive("energy", energy)
    need.between("phi", phi, 0.5, 1.0)

    def gap(h: float) -> float:
        return sl253.CONTRACTED_ENERGY.number(h_c=h, q=q, g=G, phi=phi) - t0

    lowest = (q * q / (G * phi * phi)) ** (1 / 3)
    if gap(lowest) > 0:
        raise NoSolution(
            message("water.error.contracted"), message("water.error.energy_low", least=f"{gap(lowest) + t0:.3f}")
        )
    low = lowest
    while gap(low) < 0:
        low /= 2
    return float(brentq(gap, low, lowest, xtol=1e-14))


def stilling_basin(
    unit_flow: float, energy: float, tailwater: float, phi: float = 0.95, sigma_0: float | Traced | None = None,
    beta: float | Traced | None = None, with_fall: bool = False, phi_s: float = 0.95,
) -> StillingBasin:  # fmt: skip
    """Depth and length of a stilling basin.

    Args:
        energy: T0 above the floor of the channel below [m].
        tailwater: depth h_t in that channel [m].
        sigma_0: submergence of the jump; None reads 1.05. beta: share of the jump length kept; None reads 0.8.
        with_fall: subtract the drop of level over the end sill (smaller basin); False is the safe side.

    Raises:
        NoSolution: depth and energy do not settle.
    """
    limits = table("ditches", "basin")
    sigma: float | Traced = limits.pick("sigma_0") if sigma_0 is None else sigma_0
    share: float | Traced = limits.pick("beta_high") if beta is None else beta
    need.positive("tailwater", tailwater)

    def worked(t0: float) -> tuple[float, Traced, Traced]:
        hc = contracted_depth(unit_flow, t0, phi)
        sequent = sl253.SEQUENT_DEPTH.at(h_c=hc, q=unit_flow, g=G)
        fall: float | Traced = 0.0
        if with_fall:
            fall = sl253.BASIN_FALL.at(q=unit_flow, g=G, phi_s=phi_s, h_t=tailwater, sigma_0=sigma, h_2=sequent)
        return hc, sequent, sl253.BASIN_DEPTH.at(sigma_0=sigma, h_2=sequent, h_t=tailwater, dz=fall)

    hc, sequent, depth = worked(energy)
    jump = sl253.JUMP_LENGTH.at(h_2=sequent, h_c=hc)
    return StillingBasin(
        unit_flow=unit_flow, energy=energy, contracted=hc, froude=unit_flow / math.sqrt(G * hc**3), sequent=sequent,
        depth=depth, jump_length=jump, length=sl253.BASIN_LENGTH.at(beta=share, L_j=jump), needed=depth.value > 0,
    )  # fmt: skip


def settled_basin(
    unit_flow: float, energy: float, tailwater: float, phi: float = 0.95, with_fall: bool = False
) -> StillingBasin:
    """The basin whose own depth is counted in the energy (T0 + d), found by repetition.

    Raises:
        NoSolution: the repetition does not settle in 100 rounds.
    """
    depth = 0.0
    for _ in range(100):
        basin = stilling_basin(unit_flow, energy + depth, tailwater, phi, with_fall=with_fall)
        new = max(basin.depth.value, 0.0)
        if abs(new - depth) < 1e-9:
            return basin
        depth = new
    raise NoSolution(message("water.error.basin"), message("water.error.rounds", count=100))


@dataclass(frozen=True)
class Drop:
    """A vertical free drop (Rand)."""

    number: Traced
    length: Traced
    pool: Traced
    toe: Traced
    sequent: Traced
    jump_length: Traced

    @property
    def apron(self) -> float:
        """Length of floor needed below the wall: nappe and jump [m]."""
        return self.length.value + self.jump_length.value


def drop(unit_flow: float, height: float) -> Drop:
    """A free drop of q [m2/s] over `height` [m]."""
    number = rows.DROP_NUMBER.at(q=unit_flow, g=G, P=height)
    toe, sequent = rows.DROP_Y1.at(P=height, D_n=number), rows.DROP_Y2.at(P=height, D_n=number)
    return Drop(
        number=number, length=rows.DROP_LENGTH.at(P=height, D_n=number), pool=rows.DROP_POOL.at(P=height, D_n=number),
        toe=toe, sequent=sequent, jump_length=sl253.JUMP_LENGTH.at(h_2=sequent, h_c=toe),
    )  # fmt: skip


@dataclass(frozen=True)
class Apron:
    """A riprap apron below an outlet."""

    d50: Traced
    length: Traced
    thickness: Traced


def riprap_apron(flow: float, rise: float, tailwater: float) -> Apron:
    """Stone size, length and thickness of a riprap apron (HEC-14).

    The tailwater counts between 0.4 and 1.0 of the rise, as HEC-14 says.

    Raises:
        OutOfRange: the stone needed is larger than the table's largest class: an apron is not enough.
    """
    held = min(max(need.not_negative("tailwater", tailwater), 0.4 * rise), rise)
    d50 = rows.RIPRAP_D50.at(D=rise, Q=need.positive("flow", flow), g=G, TW=held)
    found = table("ditches", "riprap_apron")
    sizes = found.array("d50")
    size = max(d50.value, float(sizes[0]))
    along(sizes, sizes, size, str(found.source))
    row = int((sizes >= size - 1e-12).argmax())
    return Apron(
        d50=d50, length=found.made(float(found.array("length_rises")[row]) * rise, "m"),
        thickness=found.made(float(found.array("depth_d50")[row]) * float(sizes[row]), "m"),
    )  # fmt: skip


def flare_length(wide: float, narrow: float, angle_deg: float) -> Traced:
    """Length of a flared mouth whose sides turn out by `angle_deg` each [m]."""
    return rows.FLARE_LENGTH.at(B_1=wide, B_2=narrow, theta=angle_deg)
