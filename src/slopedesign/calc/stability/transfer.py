"""Transfer-coefficient method of GB 50330-2013 A.0.3 for surfaces made of straight pieces, and the thrust it leaves.

Blocks are numbered from the rear to the front. The implicit form divides the resistance by the factor and has it in
psi as well; the explicit form (GB 50021) multiplies the driving force instead. With the required factor put in, the
thrust P of the last block is what a toe wall or an anchor has to take.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from slopedesign.calc.stability.model import Model, prepare
from slopedesign.calc.stability.section import Line, Section
from slopedesign.calc.stability.slices import cut
from slopedesign.calc.stability.solution import stated_polyline, with_own_strength
from slopedesign.calc.stability.strength import finite
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.standards import gb50330_2013_stability as gb
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured

Form = Literal["implicit", "explicit"]


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block over a straight piece of the surface; theta positive where the piece falls towards the toe.

    weight G, added G_b (vertical loads), seismic Q (all level forces towards the toe, water in a crack behind the
    rearmost block included), uplift U [kN/m]; length l [m].
    """

    weight: float
    theta_deg: float
    length: float
    cohesion: float
    friction_deg: float
    added: float = 0.0
    seismic: float = 0.0
    uplift: float = 0.0

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        finite(f"{where}.weight", self.weight, least=0.0)
        finite(f"{where}.theta_deg", self.theta_deg, least=-89.0, most=89.9)
        finite(f"{where}.length", self.length, least=0.0)
        finite(f"{where}.cohesion", self.cohesion, least=0.0)
        finite(f"{where}.friction_deg", self.friction_deg, least=0.0)
        if self.friction_deg >= 90:
            raise InputError(f"{where}.friction_deg", self.friction_deg, message("stability.rule.friction"))
        for name in ("added", "seismic", "uplift"):
            finite(f"{where}.{name}", getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class BlockForces:
    """One block worked: driving T, resisting R, psi from the block behind (None for the first), thrust P."""

    driving: Step
    resisting: Step
    psi: Step | None
    thrust: Step


@dataclass(frozen=True, kw_only=True)
class TransferResult:
    """Forces block by block at a factor.

    Attributes:
        factor: the factor the thrusts belong to: the one found (P_n = 0), or the one asked for.
        found: whether it was found.
        thrusts: P after each block [kN/m], negative ones set to 0 in passing on where tension is not carried.
    """

    form: Form
    factor: float
    found: bool
    blocks: tuple[BlockForces, ...]
    tension_cut: bool

    @property
    def thrusts(self) -> tuple[float, ...]:
        """P after each block."""
        return tuple(block.thrust.value for block in self.blocks)

    @property
    def last_thrust(self) -> Step:
        """P of the last block."""
        return self.blocks[-1].thrust


def blocks_of(
    section: Section | Model, surface: Line, *, strength: tuple[float, float] | None = None
) -> tuple[Block, ...]:
    """The blocks over a stated surface: one for each straight piece on one material, from the rear to the front."""
    model = section if isinstance(section, Model) else prepare(section)
    s = with_own_strength(cut(model, stated_polyline(model, surface), 1), strength)
    blocks: list[Block] = []
    for i in range(s.x.shape[1] - 1, -1, -1):
        if s.width[0, i] <= 0:
            continue
        blocks.append(
            Block(
                weight=float(s.weight[0, i] * (1.0 - model.left.kv)), added=float(
                    s.down[0, i] - s.weight[0, i] * (1.0 - model.left.kv)
                ), theta_deg=math.degrees(math.atan2(s.sin[0, i], s.cos[0, i])), length=float(s.length[0, i]),
                cohesion=float(s.cohesion[0, i]), friction_deg=math.degrees(math.atan(s.tan_phi[0, i])),
                seismic=float(s.out[0, i]) + (0.0 if blocks else float(s.head_thrust[0])), uplift=float(s.pore[0, i]),
            )
        )  # fmt: skip
    return tuple(blocks)


def thrust_curve(
    blocks: Sequence[Block], factor: float, *, form: Form = "implicit", cut_tension: bool = True
) -> TransferResult:  # fmt: skip
    """Residual thrust behind every block at a given factor (the required one, for design).

    Raises:
        InputError: no blocks, a block of impossible values, or a factor that is not positive.
    """
    _check(blocks)
    finite("transfer.factor", factor)
    if not factor > 0:
        raise InputError("transfer.factor", factor, message("stability.rule.positive"))
    return TransferResult(
        form=form, factor=factor, found=False, blocks=_march(blocks, factor, form, cut_tension), tension_cut=cut_tension
    )


def transfer_factor(
    blocks: Sequence[Block], *, form: Form = "implicit", cut_tension: bool = True
) -> TransferResult:  # fmt: skip
    """The factor at which the last block leaves no thrust.

    Raises:
        InputError: see `thrust_curve`.
        NoSolution: no factor between 0.01 and 100 does.
    """
    _check(blocks)

    def left_over(factor: float) -> float:
        return _last(blocks, factor, form, cut_tension)

    trial = np.geomspace(0.01, 100.0, 200)
    values = np.array([left_over(float(f)) for f in trial])
    rising = np.flatnonzero((values[:-1] < 0) & (values[1:] >= 0))
    if not len(rising):
        raise NoSolution(message("stability.what.transfer"), message("stability.tried.factors"))
    i = int(rising[-1])
    factor = float(brentq(left_over, trial[i], trial[i + 1], xtol=1e-12))
    return TransferResult(
        form=form, factor=factor, found=True, blocks=_march(blocks, factor, form, cut_tension), tension_cut=cut_tension
    )


def _check(blocks: Sequence[Block]) -> None:
    if not blocks:
        raise InputError("transfer.blocks", 0, message("stability.rule.blocks"))
    for i, block in enumerate(blocks):
        block.validate(f"transfer.blocks[{i}]")


def _last(blocks: Sequence[Block], factor: float, form: Form, cut_tension: bool) -> float:
    thrust = 0.0
    for i, b in enumerate(blocks):
        theta, tan_phi = math.radians(b.theta_deg), math.tan(math.radians(b.friction_deg))
        down = b.weight + b.added
        driving = down * math.sin(theta) + b.seismic * math.cos(theta)
        resisting = b.cohesion * b.length + (down * math.cos(theta) - b.seismic * math.sin(theta) - b.uplift) * tan_phi
        if i:
            turn = math.radians(blocks[i - 1].theta_deg) - theta
            carried = max(thrust, 0.0) if cut_tension else thrust
            thrust = carried * (math.cos(turn) - math.sin(turn) * tan_phi / (factor if form == "implicit" else 1.0))
        thrust += driving - resisting / factor if form == "implicit" else factor * driving - resisting
    return thrust


def _march(blocks: Sequence[Block], factor: float, form: Form, cut_tension: bool) -> tuple[BlockForces, ...]:
    f = measured(factor, "-", "stability.method.factor", label="stability.symbol.F_s")
    behind: Traced = measured(0.0, "kN/m", "stability.method.no_block_behind")
    out: list[BlockForces] = []
    for i, b in enumerate(blocks):
        theta = measured(b.theta_deg, "deg", "stability.method.surface")
        phi = measured(b.friction_deg, "deg", "stability.method.material")
        driving = gb.BLOCK_DRIVING.at(G=b.weight, G_b=b.added, theta=theta, Q=b.seismic)
        resisting = gb.BLOCK_RESISTING.at(
            c=b.cohesion, l=b.length, G=b.weight, G_b=b.added, theta=theta, Q=b.seismic, U=b.uplift, phi=phi
        )
        psi: Step | None = None
        if i:
            before = measured(blocks[i - 1].theta_deg, "deg", "stability.method.surface")
            psi = (
                gb.BLOCK_PSI.at(theta_1=before, theta=theta, phi=phi, F_s=f)
                if form == "implicit"
                else gb.BLOCK_PSI_EXPLICIT.at(theta_1=before, theta=theta, phi=phi)
            )
        row = gb.BLOCK_THRUST if form == "implicit" else gb.BLOCK_THRUST_EXPLICIT
        thrust = row.at(P_1=behind, psi=psi if psi is not None else 1.0, T=driving, R=resisting, F_s=f)
        out.append(BlockForces(driving=driving, resisting=resisting, psi=psi, thrust=thrust))
        cuts = cut_tension and thrust.value < 0
        behind = measured(0.0, "kN/m", "stability.method.tension_cut", thrust=thrust) if cuts else thrust
    return tuple(out)


def explicit_factor(resisting: Sequence[float], driving: Sequence[float], psi: Sequence[float]) -> float:
    """Factor of the explicit form from forces already worked: sum of R psi... over sum of T psi....

    Args:
        psi: coefficient from each block to the next, one fewer than blocks.

    Raises:
        InputError: the lengths do not fit.
    """
    if len(resisting) != len(driving) or len(psi) != len(driving) - 1 or not driving:
        raise InputError("transfer.blocks", [len(resisting), len(driving), len(psi)], message("stability.rule.blocks"))
    upper = lower = 0.0
    for i, (r, t) in enumerate(zip(resisting, driving, strict=True)):
        pass_on = psi[i - 1] if i else 1.0
        upper, lower = upper * pass_on + r, lower * pass_on + t
    return upper / lower


def back_cohesion(blocks: Sequence[Block], factor: float = 1.0, *, form: Form = "implicit") -> float:
    """One cohesion for all blocks at which the factor is `factor` (back analysis of a slide that has moved).

    Raises:
        NoSolution: no cohesion between 0 and 1e5 kPa is.
    """
    from dataclasses import replace

    _check(blocks)

    def gap(cohesion: float) -> float:
        return _last([replace(b, cohesion=cohesion) for b in blocks], factor, form, cut_tension=False)

    if gap(0.0) < 0 or gap(1e5) > 0:
        raise NoSolution(message("stability.what.cohesion"), message("stability.tried.cohesion"))
    return float(brentq(gap, 0.0, 1e5, xtol=1e-9))
