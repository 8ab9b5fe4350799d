"""Factors of safety of sliced surfaces, many at once.

All methods share one set of equations. The normal force on a base is N = N' + U; the shear force mobilised is
S = (c l + N' tan(phi)) / F; between slices act E (horizontal) and X = lambda f E (vertical). The angle of the base is
positive where it rises away from the toe. From the toe uphill, with q = cos + tan(phi) sin / F (the m-alpha of
Bishop) and r = tan(phi_mobilised - alpha):

    E_right (1 - lambda f_right r) = E_left (1 - lambda f_left r) + A_h - A_v r
    N' q = lambda (f_right E_right - f_left E_left) - A_v

A_h, A_v gather weight, loads, water and cohesion. Force equilibrium asks that E at the head equals the water thrust in
the crack; moment equilibrium that all moments about the axis vanish.

    ordinary   Fellenius 1927: moment, N' from the slice alone
    bishop     Bishop 1955: moment with lambda = 0
    janbu      Janbu 1954: force with lambda = 0; "janbu_corrected" times his factor f0
    spencer    Spencer 1967: both, f = 1
    mp         Morgenstern & Price 1965: both, f as chosen; recurrence after Zhu, Lee, Qian & Chen 2005
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np

from slopedesign.calc.pause import breathe
from slopedesign.calc.stability import fast
from slopedesign.calc.stability.model import Model
from slopedesign.calc.stability.slices import Mask, Slices, restress
from slopedesign.calc.stability.strength import Array

Method = Literal["ordinary", "bishop", "janbu", "janbu_corrected", "spencer", "mp"]
Interslice = Literal["constant", "half_sine", "clipped_sine", "trapezoid", "fredlund"]
METHODS: tuple[Method, ...] = ("ordinary", "bishop", "janbu", "janbu_corrected", "spencer", "mp")
RIGOROUS: tuple[Method, ...] = ("spencer", "mp")
INTERSLICE: tuple[Interslice, ...] = ("constant", "half_sine", "clipped_sine", "trapezoid", "fredlund")


class Outcome(IntEnum):
    """What became of a trial surface."""

    SOLVED = 0
    OFF_GROUND = 1  # its ends are not on the ground, or it rises above it
    TOO_SHALLOW = 2
    BELOW_BASE = 3
    OVERHANG = 4  # the arc bends back beyond the vertical
    M_ALPHA = 5  # a base so steep that the factor loses its meaning
    NO_DRIVING = 6  # nothing drives it
    NOT_CONVERGED = 7
    TENSION = 8  # the mass would have to be held together by tension
    IN_CRACK = 9  # it lies wholly inside the crack zone
    WRONG_SHEAR = 10  # lambda is negative: the ground uphill would hold the slice up


@dataclass(frozen=True)
class Factors:
    """Factors of safety of N surfaces, NaN where not solved.

    `scale` is lambda; `normal`, `thrust` (N, M) and (N, M+1) only where they were asked for.
    """

    fos: Array
    scale: Array
    outcome: np.ndarray

    @property
    def solved(self) -> Mask:
        """Which surfaces have a factor."""
        return np.asarray(self.outcome == Outcome.SOLVED)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When a converged factor is not accepted.

    Attributes:
        m_alpha: least cos + tan(phi) sin / F on a base that falls away uphill (passive toe).
        bond: least 1 - lambda f tan(phi_m - alpha); at 0 the force between slices runs along the base's reaction and
            the recurrence turns over.
        tension: greatest tensile force between slices, as a share of the greatest compression.
        tension_share: greatest share of the length on which N' may be negative.
        least_lambda: least ratio of shear to thrust between slices.
    """

    m_alpha: float = 0.2
    bond: float = 0.05
    tension: float = 1.0
    tension_share: float = 0.5
    least_lambda: float = 0.0


SEARCH = Limits()
STATED = Limits(
    m_alpha=1e-3, bond=1e-3, tension=float("inf"), tension_share=1.0, least_lambda=-20.0
)  # a surface the designer states is only warned of


def interslice(kind: Interslice, edge: Array, wet_head: bool = False) -> Array:
    """f of x = lambda f E at the slice edges (N, M+1); 0 at a crack face with water, where no soil touches."""
    toe, head = edge[:, :1], edge[:, -1:]
    share = (edge - toe) / np.where(head > toe, head - toe, 1.0)
    match kind:
        case "constant":
            f = np.ones_like(share)
        case "half_sine":
            f = np.sin(np.pi * np.clip(share, 0.0, 1.0))
        case "clipped_sine":
            f = 0.5 + 0.5 * np.sin(np.pi * share)
        case "trapezoid":
            f = np.minimum(1.0, np.minimum(0.5 + 2.0 * share, 0.5 + 2.0 * (1.0 - share)))
        case "fredlund":
            f = np.exp(-((2.0 * (share - 0.5)) ** 2) * 2.0)
    if wet_head:
        f = np.where(edge >= head, 0.0, f)
    return f


def ordinary(s: Slices) -> Factors:
    """Fellenius: each slice on its own."""
    normal = s.down * s.cos - s.out * s.sin - s.pore
    with np.errstate(divide="ignore", invalid="ignore"):
        resisting = ((s.cohesion * s.length + normal * s.tan_phi) * s.arm_s).sum(axis=1)
        driving = s.drive - ((normal + s.pore) * s.arm_n).sum(axis=1)
        fos = resisting / driving
    return _accept(fos, np.zeros(len(s)), driving > 0, np.ones(len(s), dtype=bool))


def bishop(s: Slices, *, tolerance: float = 1e-7, most: int = 60, limits: Limits = SEARCH) -> Factors:
    """Simplified Bishop, about the axis of the surfaces."""
    resist = (s.cohesion * s.width + (s.down - s.pore * s.cos) * s.tan_phi) * s.arm_s
    rise = s.tan_phi * s.sin
    straight = s.circular
    own = None if straight else (s.down * s.arm_n, s.cohesion * s.length * s.sin, s.tan_phi * s.sin)
    fos = np.ones(len(s))
    settled = np.zeros(len(s), dtype=bool)
    driving = s.drive
    q = s.cos
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(most):
            breathe()
            q = s.cos + rise / fos[:, None]
            pull = resist / q
            if own is not None:
                # N = (V - S sin) / cos with S = B / (q F)
                shear = pull / np.where(s.arm_s == 0, np.inf, s.arm_s) / fos[:, None]
                driving = s.drive - ((s.down - shear * s.sin) / np.where(s.cos > 0, s.cos, 1.0) * s.arm_n).sum(axis=1)
            new = pull.sum(axis=1) / driving
            if straight:  # Newton on F = g(F): the same answer in fewer rounds
                slope = (pull * rise / q).sum(axis=1) / (driving * fos * fos)
                new = fos + (new - fos) / np.maximum(1.0 - slope, 0.2)
            new = np.where(np.isfinite(new) & (new > 0), new, np.where(np.isfinite(new), 0.05, np.nan))
            settled = np.abs(new - fos) <= tolerance * np.abs(new)
            fos = new
            if np.all(settled | ~np.isfinite(fos)):
                break
    return _accept(fos, np.zeros(len(s)), driving > 0, settled, _m_alpha(s, fos, limits))


def janbu(s: Slices, *, tolerance: float = 1e-7, most: int = 60, limits: Limits = SEARCH) -> Factors:
    """Simplified Janbu, not corrected."""
    safe = np.where(s.cos > 0, s.cos, 1.0)
    resist = (s.cohesion * s.width + (s.down - s.pore * s.cos) * s.tan_phi) / safe
    driving = (s.down * s.sin / safe + s.out).sum(axis=1) + s.head_thrust
    fos = np.ones(len(s))
    settled = np.zeros(len(s), dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(most):
            breathe()
            new = (resist / (s.cos + s.tan_phi * s.sin / fos[:, None])).sum(axis=1) / driving
            new = np.where(np.isfinite(new) & (new > 0), new, np.where(np.isfinite(new), 0.05, np.nan))
            settled = np.abs(new - fos) <= tolerance * np.abs(new)
            fos = new
            if np.all(settled | ~np.isfinite(fos)):
                break
    return _accept(fos, np.zeros(len(s)), driving > 0, settled, _m_alpha(s, fos, limits))


def janbu_factor(s: Slices) -> Array:
    """Janbu's f0: 1 + b1 (d/L - 1.4 (d/L)^2), d the greatest depth under the chord of length L."""
    x0, x1, y0, y1 = s.edge[:, :1], s.edge[:, -1:], s.base[:, :1], s.base[:, -1:]
    chord = np.hypot(x1 - x0, y1 - y0)
    below = ((y0 + (y1 - y0) * (s.edge - x0) / np.maximum(x1 - x0, 1e-300) - s.base) * (x1 - x0) / chord).max(axis=1)
    ratio = below / chord[:, 0]
    cohesive = (s.cohesion * s.length).sum(axis=1) > 0
    frictional = (s.tan_phi * s.length).sum(axis=1) > 0
    b1 = np.where(cohesive & frictional, 0.5, np.where(cohesive, 0.69, 0.31))
    return np.asarray(1.0 + b1 * (ratio - 1.4 * ratio**2))


def rigorous(
    s: Slices, kind: Interslice, *, start: Array | None = None, scale: Array | None = None, limits: Limits = SEARCH,
    tolerance: float = 1e-8, most: int = 40, numba: bool | None = None,
) -> Factors:  # fmt: skip
    """Force and moment equilibrium together (Spencer where `kind` is constant, else Morgenstern-Price).

    Args:
        start, scale: first F and lambda (N,); None: from Bishop and 0.2.
    """
    first = start if start is not None else _first(s)
    lam = np.full(len(s), 0.2) if scale is None else np.where(np.isfinite(scale), scale, 0.2)
    f = interslice(kind, s.edge, s.wet_head)
    fos, lam, settled, least_q, bond, compression, tension, pulled = fast.equilibrium(
        s, f, first, lam, tolerance, most, numba
    )
    sound = (least_q >= limits.m_alpha) & (bond >= limits.bond)
    outcome = _accept(fos, lam, np.isfinite(first), np.asarray(settled, dtype=bool), sound)
    bad = outcome.solved & (
        (tension > limits.tension * np.maximum(compression, 1e-12)) | (pulled > limits.tension_share)
    )
    wrong = outcome.solved & (lam < limits.least_lambda)
    outcome.outcome[bad] = Outcome.TENSION
    outcome.outcome[wrong] = Outcome.WRONG_SHEAR
    outcome.fos[wrong] = np.nan
    outcome.fos[bad] = np.nan
    return outcome


def _first(s: Slices) -> Array:
    trial = bishop(s, tolerance=1e-3, most=12, limits=STATED).fos
    other = janbu(s, tolerance=1e-3, most=12, limits=STATED).fos
    first = np.where(np.isfinite(trial), trial, other)
    return np.where(np.isfinite(first), np.clip(first, 0.05, 100.0), 1.0)


def _m_alpha(s: Slices, fos: Array, limits: Limits) -> Mask:
    with np.errstate(divide="ignore", invalid="ignore"):
        q = s.cos + s.tan_phi * s.sin / fos[:, None]
    return np.asarray(np.where((s.sin < 0) & (s.width > 0), q, 1.0).min(axis=1) >= limits.m_alpha)


def _accept(fos: Array, scale: Array, driving: Mask, settled: Mask, sound: Mask | None = None) -> Factors:
    outcome = np.zeros(len(fos), dtype=np.int8)
    outcome[~(settled & np.isfinite(fos) & (fos > 0))] = Outcome.NOT_CONVERGED
    if sound is not None:
        outcome[(outcome == Outcome.SOLVED) & ~sound] = Outcome.M_ALPHA
    outcome[~driving] = Outcome.NO_DRIVING
    return Factors(np.where(outcome == Outcome.SOLVED, fos, np.nan), scale, outcome)


def solve(
    model: Model, s: Slices, method: Method, *, function: Interslice = "half_sine", limits: Limits = SEARCH,
    start: Array | None = None, scale: Array | None = None, tolerance: float = 1e-7, numba: bool | None = None,
) -> tuple[Factors, Slices]:  # fmt: skip
    """Factors by one method; slices of curved strength laws come back with the tangents that fit the stresses.

    Curved laws are solved by repeated tangents: solve, take the normal stress on every base, touch the curve there,
    until the factor stands still to 1e-5.
    """

    def once(part: Slices, first: Array | None, lam: Array | None) -> Factors:
        match method:
            case "ordinary":
                return ordinary(part)
            case "bishop":
                return bishop(part, limits=limits, tolerance=tolerance)
            case "janbu":
                return janbu(part, limits=limits, tolerance=tolerance)
            case "janbu_corrected":
                plain = janbu(part, limits=limits, tolerance=tolerance)
                return Factors(plain.fos * janbu_factor(part), plain.scale, plain.outcome)
            case "spencer":
                return rigorous(part, "constant", start=first, scale=lam, limits=limits, numba=numba)
            case "mp":
                return rigorous(part, function, start=first, scale=lam, limits=limits, numba=numba)

    found = once(s, start, scale)
    if not model.curved:
        return found, s
    return _retouch(model, s, method, function, once, found)


def _retouch(
    model: Model, s: Slices, method: Method, function: Interslice,
    once: Callable[[Slices, Array | None, Array | None], Factors], found: Factors,
) -> tuple[Factors, Slices]:  # fmt: skip
    still = np.zeros(len(s), dtype=bool)
    for _ in range(30):
        breathe()
        normal = effective_normal(s, method, function, found)
        stress = np.maximum(normal / np.where(s.length > 0, s.length, 1.0), 0.0)
        s = s.with_strength(*restress(model, s.material, stress, s.cohesion, s.tan_phi))
        first = np.where(np.isfinite(found.fos), found.fos, 1.0)
        new = once(s, first, found.scale)
        still = np.abs(new.fos - found.fos) <= 1e-5 * np.abs(new.fos)
        found = new
        if np.all(still | ~found.solved):
            return found, s
    lost = found.solved & ~still
    outcome = np.where(lost, Outcome.NOT_CONVERGED, found.outcome)
    return Factors(np.where(lost, np.nan, found.fos), found.scale, outcome), s


def effective_normal(s: Slices, method: Method, function: Interslice, found: Factors) -> Array:
    """N' on every base at the factors found (N, M); of `ordinary` from the slice alone."""
    fos = np.where(np.isfinite(found.fos), found.fos, 1.0)
    if method == "ordinary":
        return s.down * s.cos - s.out * s.sin - s.pore
    kind: Interslice = "constant" if method == "spencer" else function
    lam = found.scale if method in RIGOROUS else np.zeros(len(s))
    f = interslice(kind, s.edge, s.wet_head)
    return fast.march(s, f, fos, lam)[1]
