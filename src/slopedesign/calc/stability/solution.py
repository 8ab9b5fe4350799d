"""One slip surface worked out: the slice table, the forces between slices, how well it closes.

Coordinates here are those of the section as given, whichever way it faces; slices run from the toe uphill.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from slopedesign.calc.stability import fast
from slopedesign.calc.stability.model import Index, Model, check_surface
from slopedesign.calc.stability.section import Line, flip
from slopedesign.calc.stability.slices import Circles, Polylines, SeismicArm, Slices, Surfaces, cut
from slopedesign.calc.stability.solve import (
    RIGOROUS,
    STATED,
    Factors,
    Interslice,
    Limits,
    Method,
    Outcome,
    effective_normal,
    interslice,
    janbu_factor,
    solve,
)  # fmt: skip
from slopedesign.calc.stability.strength import Array, finite
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message


@dataclass(frozen=True, kw_only=True)
class SliceTable:
    """The slices of one surface; arrays (n,), the first slice at the toe. Forces in kN per metre run."""

    x_left: Array
    x_right: Array
    base_left: Array
    base_right: Array
    top: Array
    width: Array
    length: Array
    angle_deg: Array
    height: Array
    material: Index
    weight: Array
    vertical: Array
    horizontal: Array
    pore_pressure: Array
    pore_force: Array
    cohesion: Array
    friction_deg: Array
    m_alpha: Array
    normal: Array
    shear: Array
    thrust_left: Array
    thrust_right: Array
    cross_shear_right: Array
    thrust_level: Array

    def __len__(self) -> int:
        return len(self.width)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """F by force and by moment equilibrium against lambda (K,); NaN where one does not exist."""

    scale: Array
    by_force: Array
    by_moment: Array


@dataclass(frozen=True, kw_only=True)
class SlipSurface:
    """One surface and its factor of safety.

    Attributes:
        method, function: how it was solved.
        fos: factor of safety; NaN where `outcome` is not SOLVED.
        scale: lambda of the rigorous methods.
        points: vertices of the surface (n, 2), x increasing.
        circle: centre x, centre y, radius, where it is an arc.
        depth: greatest vertical depth [m]; area [m2].
        force_gap, moment_gap: what equilibrium leaves over, as shares of the weight and of the driving moment.
        tension_share: share of the base on which N' is negative.
        thrust_inside: share of the slice edges at which the thrust line lies inside the mass.
        seismic_at_base: the horizontal seismic force acts at the base of the slices, not at their centroid.
        correction: Janbu's f0, where it is in the factor (else 1).
        shape: the surface as it was cut, and
        raw: the slices, in the model's coordinates.
    """

    method: Method
    function: Interslice | None
    fos: float
    scale: float
    outcome: Outcome
    points: Array
    circle: tuple[float, float, float] | None
    depth: float
    area: float
    slices: SliceTable
    force_gap: float
    moment_gap: float
    tension_share: float
    thrust_inside: float
    mirrored: bool
    seismic_at_base: bool
    correction: float
    shape: Surfaces = field(repr=False)
    raw: Slices = field(repr=False)

    @property
    def solved(self) -> bool:
        """Whether the factor stands."""
        return self.outcome is Outcome.SOLVED

    @cached_property
    def balance(self) -> Balance:
        """F by force and F by moment against lambda."""
        return balance(self.raw, self.function or "constant", self.fos)


def stated_circle(model: Model, x: float, y: float, radius: float, *, floor: bool = False) -> Circles:
    """The circle a designer states, cut out where it runs below the ground (the largest piece).

    Args:
        floor: follow the base of the section where the circle would dip below it (a composite surface).

    Raises:
        InputError: the circle does not cut the ground, or runs out of the section.
    """
    field_ = f"{model.section.name}.surface.circle"
    centre = -x if model.mirrored else x
    at_x, at_y, size = (np.array([float(v)]) for v in (centre, y, radius))
    one = Circles(at_x, at_y, size, np.zeros(1), np.zeros(1), floor)
    ground = one.crossings(np.column_stack((model.ground[:-1], model.ground[1:])))[0]
    ground = np.unique(ground[np.isfinite(ground)].round(10))
    ground = ground[model.ground_at(ground) <= y + 1e-9]
    best, span = None, 0.0
    for a, b in zip(ground[:-1], ground[1:], strict=True):
        middle = np.linspace(a, b, 9)[1:-1][None, :]
        if (one.level(middle, model) < model.ground_at(middle) + 1e-9).all() and b - a > span:
            best, span = (a, b), b - a
    if best is None:
        raise InputError(field_, [x, y, radius], message("stability.rule.no_cut"))
    toe, head = best
    if model.left.crack and model.left.crack.depth > 0:
        bottom = one.crossings(np.column_stack((model.head[:-1], model.head[1:])))[0]
        bottom = bottom[np.isfinite(bottom) & (bottom > toe) & (bottom <= head + 1e-9)]
        if not len(bottom):
            raise InputError(field_, [x, y, radius], message("stability.rule.in_crack"))
        head = float(bottom.max())
    return Circles(one.x, one.y, one.radius, np.array([toe]), np.array([head]), floor)


def stated_polyline(model: Model, points: Line) -> Polylines:
    """A surface stated by its vertices; with a crack it ends where it reaches the crack's bottom.

    Raises:
        InputError: it leaves the section, or rises above the ground.
    """
    field_ = f"{model.section.name}.surface.polyline"
    surface = np.asarray(points, dtype=float)
    if model.mirrored and surface.ndim == 2 and surface.shape[-1] == 2:
        surface = flip(surface)
    check_surface(field_, surface, model)
    crack = model.left.crack
    if crack and crack.depth > 0:
        cuts = Polylines(surface[None, :, 0], surface[None, :, 1]).crossings(
            np.column_stack((model.head[:-1], model.head[1:]))
        )[0]
        cuts = cuts[np.isfinite(cuts)]
        end = surface[-1]
        if abs(end[1] - np.interp(end[0], *model.head.T)) > 1e-6 * max(1.0, crack.depth) and len(cuts):
            x = float(cuts.max())
            kept = surface[surface[:, 0] < x - 1e-9]
            surface = np.vstack((kept, [x, np.interp(x, *surface.T)]))
    return Polylines(surface[None, :, 0].copy(), surface[None, :, 1].copy())


def work_out(
    model: Model, surface: Surfaces, method: Method, *, slices: int = 200, function: Interslice = "half_sine",
    limits: Limits = STATED, seismic_arm: SeismicArm = "centroid", start: float | None = None,
    scale: float | None = None, strength: tuple[float, float] | None = None,
) -> SlipSurface:  # fmt: skip
    """Solves one surface (the first of `surface`) and lays its slices out.

    Args:
        strength: cohesion and friction angle of the surface itself, instead of the ground's.
    """
    s = with_own_strength(cut(model, surface, slices, seismic_arm), strength)
    tries = [(start, scale)] + ([(f, lam) for f in (start, None) for lam in _SCALES] if method in RIGOROUS else [])
    for first, lam in tries:
        found, solved = solve(
            model, s, method, function=function, limits=limits, numba=False,
            start=None if first is None else np.array([first]), scale=None if lam is None else np.array([lam]),
        )  # fmt: skip
        if found.solved[0]:
            break
    if method in RIGOROUS and not found.solved[0] and _straight(s):
        # on one plane force equilibrium alone gives F, whatever acts between slices; moments need not close
        found, solved = solve(model, s, "janbu", limits=limits)
    correction = float(janbu_factor(solved)[0]) if method == "janbu_corrected" else 1.0
    return lay_out(model, surface, solved, method, function, found, seismic_arm == "base", correction)


def _straight(s: Slices) -> bool:
    real = s.length[0] > 0
    return float(np.ptp(s.sin[0, real])) < 1e-6


def with_own_strength(s: Slices, strength: tuple[float, float] | None) -> Slices:
    """Slices on a surface with a strength of its own (cohesion, friction angle); no law of the ground touches it."""
    if strength is None:
        return s
    finite("surface.cohesion", strength[0], least=0.0)
    finite("surface.friction_angle_deg", strength[1], least=0.0, most=89.99)
    tan_phi = float(np.tan(np.radians(strength[1])))
    bare = replace(s, material=np.full_like(s.material, -1))
    return bare.with_strength(np.full_like(s.cohesion, strength[0]), np.full_like(s.tan_phi, tan_phi))


_SCALES = (0.0, 0.1, 0.4, 0.7, 1.0)  # further first values of lambda where Newton's method fails from the usual one


def lay_out(
    model: Model, surface: Surfaces, s: Slices, method: Method, function: Interslice, found: Factors,
    seismic_at_base: bool = False, correction: float = 1.0,
) -> SlipSurface:  # fmt: skip
    """The table of one solved surface."""
    real = s.width[0] > 0
    fos, lam = float(found.fos[0]), float(found.scale[0])
    used = fos if np.isfinite(fos) else 1.0
    kind: Interslice = "constant" if method == "spencer" else function
    f = interslice(kind, s.edge, s.wet_head)
    scale = np.array([lam if method in RIGOROUS else 0.0])
    thrust, marched = fast.march(s, f, np.array([used]), scale)
    normal = effective_normal(s, method, function, found)[0] if method == "ordinary" else marched[0]
    shear = (s.cohesion[0] * s.length[0] + normal * s.tan_phi[0]) / used
    cross = (scale[:, None] * f * thrust)[0]
    level = _thrust_levels(s, thrust[0], cross)
    turn = -1.0 if model.mirrored else 1.0
    edge = s.edge[0]
    pick = np.flatnonzero(real)
    right, left = pick + 1, pick
    table = SliceTable(
        x_left=turn * edge[left], x_right=turn * edge[right], base_left=s.base[0, left], base_right=s.base[0, right],
        top=s.top[0, pick], width=s.width[0, pick], length=s.length[0, pick],
        angle_deg=np.degrees(np.arctan2(s.sin[0, pick], s.cos[0, pick])), height=s.height[0, pick],
        material=s.material[0, pick], weight=s.weight[0, pick], vertical=s.down[0, pick],
        horizontal=s.out[0, pick], pore_pressure=s.pore[0, pick] / s.length[0, pick], pore_force=s.pore[0, pick],
        cohesion=s.cohesion[0, pick], friction_deg=np.degrees(np.arctan(s.tan_phi[0, pick])),
        m_alpha=s.cos[0, pick] + s.tan_phi[0, pick] * s.sin[0, pick] / used, normal=normal[pick], shear=shear[pick],
        thrust_left=thrust[0, left], thrust_right=thrust[0, right], cross_shear_right=cross[right],
        thrust_level=level[right],
    )  # fmt: skip
    points = np.vstack(([edge[0], s.base[0, 0]], np.column_stack((edge[right], s.base[0, right]))))
    if model.mirrored:
        points = flip(points)
    arc = isinstance(surface, Circles) and not surface.floor
    circle = (
        (turn * float(surface.x[0]), float(surface.y[0]), float(surface.radius[0]))
        if arc and isinstance(surface, Circles) else None
    )  # fmt: skip
    total, turning = float(s.weight[0].sum()), float(s.drive[0])
    moment = float((((normal + s.pore[0]) * s.arm_n[0]) + shear * s.arm_s[0]).sum()) - turning
    inside = _inside(s, level, thrust[0])
    return SlipSurface(
        method=method, function=function if method == "mp" else None, fos=fos, scale=lam,
        outcome=Outcome(int(found.outcome[0])), points=points, circle=circle, depth=float(s.height[0].max()),
        area=float((s.height[0] * s.width[0]).sum()), slices=table,
        force_gap=abs(float(thrust[0, -1] - s.head_thrust[0])) / max(total, 1e-12),
        moment_gap=abs(moment) / max(abs(turning), 1e-12),
        tension_share=float(table.length[table.normal < 0].sum() / table.length.sum()), thrust_inside=inside,
        mirrored=model.mirrored,
        seismic_at_base=seismic_at_base, correction=correction, shape=surface, raw=s,
    )  # fmt: skip


def _thrust_levels(s: Slices, thrust: Array, cross: Array) -> Array:
    """Level of the interslice thrust at every edge, by moments about each base's middle; NaN where there is none."""
    level = np.full(len(thrust), np.nan)
    moment = 0.0  # of E about level 0
    small = 1e-9 * max(1e-12, float(np.abs(thrust).max()))
    for i in range(len(thrust) - 1):
        y, out = float(s.y[0, i]), float(s.out[0, i])
        lever = moment - y * thrust[i] + 0.5 * s.width[0, i] * (cross[i] + cross[i + 1])
        lever -= (float(s.out_level[0, i]) - y) * out
        moment = lever + y * thrust[i + 1]
        if abs(thrust[i + 1]) > small:
            level[i + 1] = moment / thrust[i + 1]
    return level


def _inside(s: Slices, level: Array, thrust: Array) -> float:
    edges = np.flatnonzero((s.width[0, :-1] > 0) & (thrust[1:-1] > 0.02 * max(float(thrust.max()), 1e-12))) + 1
    if not len(edges):
        return float("nan")
    top = 0.5 * (s.top[0, edges - 1] + s.top[0, edges])
    base = s.base[0, edges]
    slack = 0.02 * np.maximum(top - base, 1e-12)
    return float(((level[edges] >= base - slack) & (level[edges] <= top + slack)).mean())


def balance(s: Slices, function: Interslice, fos: float, count: int = 21, reach: float = 1.0) -> Balance:
    """F by force and by moment for `count` values of lambda from 0 to `reach`."""
    lams = np.linspace(0.0, reach, count)
    many = s.take(np.zeros(count, dtype=np.intp))
    f = interslice(function, many.edge, many.wet_head)
    start = np.full(count, fos if np.isfinite(fos) else 1.0)
    out = []
    with np.errstate(all="ignore"):
        for which in (0, 1):
            now, step = start.copy(), np.full(count, np.inf)
            for _ in range(60):
                found = fast.residuals(many, f, now, lams)
                gap, slope = (found[0], found[2][0]) if which == 0 else (found[1], found[2][2])
                step = np.clip(-gap / slope, -0.3 * now, 0.3 * now)
                now = now + step
            out.append(np.where(np.isfinite(now) & (np.abs(step) < 1e-6 * np.abs(now)), now, np.nan))
    return Balance(scale=lams, by_force=out[0], by_moment=out[1])


def require(surface: SlipSurface) -> SlipSurface:
    """The surface, if it is solved.

    Raises:
        NoSolution: it is not; says why.
    """
    if not surface.solved:
        raise NoSolution(
            message("stability.what.surface"), message(f"stability.outcome.{surface.outcome.name.lower()}")
        )
    return surface
