"""The twin of `fast._equilibrium_numpy` surface by surface, to be compiled; numba is imported only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from slopedesign.calc.stability.strength import Array


def plain_equilibrium(
    cos: Array, sin: Array, length: Array, down: Array, out: Array, pore: Array, cohesion: Array, tan_phi: Array,
    arm_n: Array, arm_s: Array, f: Array, drive: Array, head: Array, first: Array, lam: Array, tolerance: float,
    most: int,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    """See `fast.equilibrium`."""
    n, m = cos.shape
    fos_out, lam_out = np.empty(n), np.empty(n)
    settled = np.zeros(n, dtype=np.bool_)
    least_q, least_bond, most_e = np.ones(n), np.ones(n), np.zeros(n)
    most_pull, pulled = np.zeros(n), np.zeros(n)
    for j in range(n):
        fos, scale = first[j], lam[j]
        for _ in range(most):
            e, e_f, e_l = 0.0, 0.0, 0.0
            moment, moment_f, moment_l = -drive[j], 0.0, 0.0
            for i in range(m):
                if length[j, i] == 0.0:
                    continue
                t = tan_phi[j, i] / fos
                p, q = t * cos[j, i] - sin[j, i], cos[j, i] + t * sin[j, i]
                r = p / q
                r_f = -t / (fos * q * q)
                bond = cohesion[j, i] * length[j, i] / fos
                a_h = -out[j, i] - pore[j, i] * sin[j, i] + bond * cos[j, i]
                a_v = -down[j, i] + pore[j, i] * cos[j, i] + bond * sin[j, i]
                ah_f, av_f = -bond * cos[j, i] / fos, -bond * sin[j, i] / fos
                f0, f1 = f[j, i], f[j, i + 1]
                left, right = 1.0 - scale * f0 * r, 1.0 / (1.0 - scale * f1 * r)
                new = (e * left + a_h - a_v * r) * right
                new_f = (
                    e_f * left - e * f0 * scale * r_f + ah_f - av_f * r - a_v * r_f + new * f1 * scale * r_f
                ) * right  # fmt: skip
                new_l = (e_l * left - e * f0 * r + new * f1 * r) * right
                diff = f1 * new - f0 * e
                normal = (scale * diff - a_v) / q
                normal_f = (scale * (f1 * new_f - f0 * e_f) - av_f + normal * t * sin[j, i] / fos) / q
                normal_l = (scale * (f1 * new_l - f0 * e_l) + diff) / q
                shear = bond + normal * t
                arm = arm_n[j, i] + arm_s[j, i] * t
                moment += (normal + pore[j, i]) * arm_n[j, i] + shear * arm_s[j, i]
                moment_f += normal_f * arm - shear * arm_s[j, i] / fos
                moment_l += normal_l * arm
                e, e_f, e_l = new, new_f, new_l
            force = e - head[j]
            det = e_f * moment_l - e_l * moment_f
            if det == 0.0 or not np.isfinite(det):
                break
            step_f = (-force * moment_l + moment * e_l) / det
            step_l = (-moment * e_f + force * moment_f) / det
            shrink = min(1.0, 0.4 * fos / max(abs(step_f), 1e-300), 0.6 / max(abs(step_l), 1e-300))
            fos += shrink * step_f
            scale += shrink * step_l
            if not np.isfinite(fos + scale) or fos <= 0 or abs(scale) > 20:
                break
            if abs(step_f) <= tolerance * abs(fos) and abs(step_l) <= 100 * tolerance:
                settled[j] = True
                break
        fos_out[j], lam_out[j] = fos, scale
        if not settled[j]:
            continue
        e, total, negative = 0.0, 0.0, 0.0
        for i in range(m):
            if length[j, i] == 0.0:
                continue
            t = tan_phi[j, i] / fos
            q = cos[j, i] + t * sin[j, i]
            r = (t * cos[j, i] - sin[j, i]) / q
            bond = cohesion[j, i] * length[j, i] / fos
            a_h = -out[j, i] - pore[j, i] * sin[j, i] + bond * cos[j, i]
            a_v = -down[j, i] + pore[j, i] * cos[j, i] + bond * sin[j, i]
            f0, f1 = scale * f[j, i], scale * f[j, i + 1]
            new = (e * (1.0 - f0 * r) + a_h - a_v * r) / (1.0 - f1 * r)
            normal = (f1 * new - f0 * e - a_v) / q
            e = new
            least_bond[j] = min(least_bond[j], 1.0 - f0 * r, 1.0 - f1 * r)
            most_e[j], most_pull[j] = max(most_e[j], e), max(most_pull[j], -e)
            if sin[j, i] < 0:
                least_q[j] = min(least_q[j], q)
            total += length[j, i]
            if normal < 0:
                negative += length[j, i]
        pulled[j] = negative / total if total > 0 else 1.0
    return fos_out, lam_out, settled, least_q, least_bond, most_e, most_pull, pulled


@cache
def compiled_equilibrium() -> Callable[..., Any]:
    """`plain_equilibrium` compiled (kept on disk from run to run)."""
    from numba import njit

    return njit(cache=True, nogil=True)(plain_equilibrium)  # type: ignore[no-any-return,unused-ignore]
