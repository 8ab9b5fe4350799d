"""Force and moment equilibrium of sliced surfaces by Newton's method: in NumPy, or compiled where numba is installed.

Both ways work the same recurrence (see `solve`) with its derivatives to F and lambda carried along. The compiled way
is loaded on first use only, never at import.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from slopedesign.calc.stability.slices import Slices
    from slopedesign.calc.stability.strength import Array

WORTH_COMPILING = 20_000  # slices in one call from which the compiled way is taken by itself


@cache
def has_numba() -> bool:
    """Whether numba is installed (found, not imported)."""
    return find_spec("numba") is not None


@cache
def _kernel() -> Callable[..., Any]:
    from slopedesign.calc.stability.kernel import compiled_equilibrium

    return compiled_equilibrium()


def equilibrium(
    s: Slices, f: Array, first: Array, lam: Array, tolerance: float, most: int, numba: bool | None
) -> tuple[Array, ...]:
    """Newton's method on F and lambda for N surfaces.

    Returns:
        F, lambda, settled, least m-alpha of passive bases, least 1 - lambda f r, greatest E, greatest tension (-E),
        share of length with N' < 0; each (N,).
    """
    compiled = has_numba() if numba is None else numba
    if numba is None and not _is_loaded() and s.x.size < WORTH_COMPILING:
        compiled = False
    if compiled:
        return tuple(
            _kernel()(
                s.cos, s.sin, s.length, s.down, s.out, s.pore, s.cohesion, s.tan_phi, s.arm_n, s.arm_s, f,
                s.drive, s.head_thrust, first.astype(float), lam.astype(float), tolerance, most,
            )
        )  # fmt: skip
    return _equilibrium_numpy(s, f, first, lam, tolerance, most)


def _is_loaded() -> bool:
    return _kernel.cache_info().currsize > 0


def _equilibrium_numpy(
    s: Slices, f: Array, first: Array, lam: Array, tolerance: float, most: int
) -> tuple[Array, ...]:  # fmt: skip
    n = len(s)
    fos, scale = first.astype(float).copy(), lam.astype(float).copy()
    settled = np.zeros(n, dtype=bool)
    alive = np.arange(n)
    part, part_f = s, f
    with np.errstate(all="ignore"):
        for _ in range(most):
            if not len(alive):
                break
            force, moment, d = residuals(part, part_f, fos[alive], scale[alive])
            det = d[0] * d[3] - d[1] * d[2]
            step_f = (-force * d[3] + moment * d[1]) / det
            step_l = (-moment * d[0] + force * d[2]) / det
            shrink = np.minimum(1.0, 0.4 * fos[alive] / np.maximum(np.abs(step_f), 1e-300))
            shrink = np.minimum(shrink, 0.6 / np.maximum(np.abs(step_l), 1e-300))
            fos[alive] += shrink * step_f
            scale[alive] += shrink * step_l
            done = (np.abs(step_f) <= tolerance * np.abs(fos[alive])) & (np.abs(step_l) <= 100 * tolerance)
            settled[alive[done]] = True
            lost = ~np.isfinite(fos[alive] + scale[alive]) | (fos[alive] <= 0) | (np.abs(scale[alive]) > 20)
            keep = ~(done | lost)
            if not keep.all():
                alive = alive[keep]
                part, part_f = part.take(keep), part_f[keep]
    return (fos, scale, settled, *_survey(s, f, fos, scale))


def march(s: Slices, f: Array, fos: Array, lam: Array) -> tuple[Array, Array]:
    """Interslice forces E (N, M+1) and effective normal forces N' (N, M) at given F and lambda."""
    n, m = s.x.shape
    thrust, normal = np.zeros((n, m + 1)), np.zeros((n, m))
    with np.errstate(all="ignore"):
        p = s.tan_phi * s.cos / fos[:, None] - s.sin
        q = s.cos + s.tan_phi * s.sin / fos[:, None]
        r = p / q
        bond = s.cohesion * s.length / fos[:, None]
        a_h = -s.out - s.pore * s.sin + bond * s.cos
        a_v = -s.down + s.pore * s.cos + bond * s.sin
        gain = a_h - a_v * r
        lf = lam[:, None] * f
        for i in range(m):
            thrust[:, i + 1] = (thrust[:, i] * (1.0 - lf[:, i] * r[:, i]) + gain[:, i]) / (1.0 - lf[:, i + 1] * r[:, i])
        normal = (lf[:, 1:] * thrust[:, 1:] - lf[:, :-1] * thrust[:, :-1] - a_v) / q
    return thrust, normal


def residuals(s: Slices, f: Array, fos: Array, lam: Array) -> tuple[Array, Array, tuple[Array, ...]]:
    """Force and moment out of balance, and their derivatives (force by F, force by lambda, moment by F, by lambda)."""
    big = fos[:, None]
    t_cos, t_sin = s.tan_phi * s.cos / big, s.tan_phi * s.sin / big
    p, q = t_cos - s.sin, s.cos + t_sin
    r = p / q
    r_f = -s.tan_phi / (big * q) ** 2
    bond = s.cohesion * s.length / big
    a_h = -s.out - s.pore * s.sin + bond * s.cos
    a_v = -s.down + s.pore * s.cos + bond * s.sin
    ah_f, av_f = -bond * s.cos / big, -bond * s.sin / big
    gain, gain_f = a_h - a_v * r, ah_f - av_f * r - a_v * r_f
    # column-wise copies: the march runs from the toe to the head
    rT, rfT, gT, gfT, fT = (np.ascontiguousarray(part.T) for part in (r, r_f, gain, gain_f, f))
    m, n = rT.shape
    e, e_f, e_l = np.zeros((m + 1, n)), np.zeros((m + 1, n)), np.zeros((m + 1, n))
    for i in range(m):
        lr = lam * rT[i]
        left, right = 1.0 - fT[i] * lr, 1.0 / (1.0 - fT[i + 1] * lr)
        lrf = lam * rfT[i]
        e[i + 1] = (e[i] * left + gT[i]) * right
        e_f[i + 1] = (e_f[i] * left - e[i] * fT[i] * lrf + gfT[i] + e[i + 1] * fT[i + 1] * lrf) * right
        e_l[i + 1] = (e_l[i] * left - e[i] * fT[i] * rT[i] + e[i + 1] * fT[i + 1] * rT[i]) * right
    E, E_f, E_l = e.T, e_f.T, e_l.T
    fe = f * E
    diff = fe[:, 1:] - fe[:, :-1]
    normal = (lam[:, None] * diff - a_v) / q
    q_f = -t_sin / big
    fef, fel = f * E_f, f * E_l
    normal_f = (lam[:, None] * (fef[:, 1:] - fef[:, :-1]) - av_f - normal * q_f) / q
    normal_l = (lam[:, None] * (fel[:, 1:] - fel[:, :-1]) + diff) / q
    shear = bond + normal * s.tan_phi / big
    arm = s.arm_n + s.arm_s * s.tan_phi / big
    moment = ((normal + s.pore) * s.arm_n + shear * s.arm_s).sum(axis=1) - s.drive
    moment_f = (normal_f * arm - shear * s.arm_s / big).sum(axis=1)
    moment_l = (normal_l * arm).sum(axis=1)
    return E[:, -1] - s.head_thrust, moment, (E_f[:, -1], E_l[:, -1], moment_f, moment_l)


def _survey(s: Slices, f: Array, fos: Array, lam: Array) -> tuple[Array, Array, Array, Array, Array]:
    with np.errstate(all="ignore"):
        thrust, normal = march(s, f, fos, lam)
        q = s.cos + s.tan_phi * s.sin / fos[:, None]
        least_q = np.where((s.sin < 0) & (s.length > 0), q, 1.0).min(axis=1)
        lr = lam[:, None] * (s.tan_phi * s.cos / fos[:, None] - s.sin) / q
        bond = np.where(s.length > 0, 1.0 - np.maximum(lr * f[:, 1:], lr * f[:, :-1]), 1.0).min(axis=1)
        pulled = np.where((normal < 0) & (s.length > 0), s.length, 0.0).sum(axis=1) / s.length.sum(axis=1)
    return least_q, bond, thrust.max(axis=1), -thrust.min(axis=1), pulled
