"""The critical slip surface of a section: circles or any shape, worked out in full, with what the search met.

The lowest surface is not always the one that matters: on ground without cohesion it is the skin, as thin as it is
allowed to be. So the least depth is a setting, surfaces that lie on it are marked, the lowest that does not is given
beside them as `deep`, and the skin has its own closed form (`Skin`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from slopedesign.calc.stability.circles import CircleSearch, Minimum, SearchSettings, search_circles
from slopedesign.calc.stability.model import Model, prepare
from slopedesign.calc.stability.polylines import ShapeSettings, search_shapes
from slopedesign.calc.stability.section import Line, Section
from slopedesign.calc.stability.slices import SeismicArm
from slopedesign.calc.stability.solution import SlipSurface, stated_circle, stated_polyline, work_out
from slopedesign.calc.stability.solve import RIGOROUS, STATED, Interslice, Method, Outcome
from slopedesign.calc.stability.strength import Array, MohrCoulomb
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.formula import Step
from slopedesign.standards.limit_equilibrium import SKIN
from slopedesign.standards.trace import measured


@dataclass(frozen=True, kw_only=True)
class SliceChange:
    """The factor of the critical surface at two numbers of slices."""

    slices: int
    fos: float
    final_slices: int
    final_fos: float

    @property
    def relative(self) -> float:
        """Change from the one to the other, as a share of the final factor."""
        return (self.final_fos - self.fos) / self.final_fos


@dataclass(frozen=True, kw_only=True)
class FactorMap:
    """Least factor by the x where slides leave (E,) and enter (H,) the ground; NaN where none was solved (E, H)."""

    exit_x: Array
    entry_x: Array
    fos: Array


@dataclass(frozen=True, kw_only=True)
class Skin:
    """Shallow sliding of a face without cohesion: infinite slope on the piece of ground from x_from to x_to."""

    fos: Step
    x_from: float
    x_to: float


@dataclass(frozen=True, kw_only=True)
class SlipResult:
    """What a search found on one section.

    Attributes:
        surfaces: distinct minima, solved at the final number of slices, lowest first.
        on_limits: for each, the search limits it lies on ("exit_limit", "entry_limit", "min_depth", "base").
        trials, tally: trial surfaces, and how many ended in which way.
        min_depth: least depth of a slide [m] that counted.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("surfaces",)

    section: str
    method: Method
    surfaces: tuple[SlipSurface, ...]
    on_limits: tuple[tuple[str, ...], ...]
    trials: int
    tally: Mapping[Outcome, int]
    min_depth: float
    change: SliceChange | None
    factor_map: FactorMap | None
    skin: Skin | None
    remarks: tuple[Remark, ...]

    @property
    def critical(self) -> SlipSurface | None:
        """The lowest surface; None where no trial was solved."""
        return self.surfaces[0] if self.surfaces else None

    @property
    def deep(self) -> SlipSurface | None:
        """The lowest surface that does not lie on the least depth."""
        pairs = zip(self.surfaces, self.on_limits, strict=True)
        return next((surface for surface, on in pairs if "min_depth" not in on), None)

    @property
    def fos(self) -> float | None:
        """The lowest factor; None where no trial was solved."""
        return self.critical.fos if self.critical else None

    @property
    def solved_share(self) -> float:
        """Share of the trials that gave a factor."""
        return self.tally.get(Outcome.SOLVED, 0) / self.trials if self.trials else 0.0


def critical_circle(
    section: Section | Model, method: Method = "bishop", settings: SearchSettings | None = None
) -> SlipResult:  # fmt: skip
    """Searches for the critical circle (or, with `composite`, circle cut off at the base).

    Raises:
        InputError: the section cannot stand for ground, or a search range lies outside it.
    """
    settings = settings or SearchSettings()
    model = section if isinstance(section, Model) else prepare(section)
    inner = replace(
        settings, exit_range=_range(model, "exit_range", settings.exit_range),
        entry_range=_range(model, "entry_range", settings.entry_range),
    )  # fmt: skip
    found = search_circles(model, method, inner)
    worked = [
        (
            work_out(
                model, minimum.circle, method, slices=settings.final_slices, function=settings.function,
                seismic_arm=settings.seismic_arm, scale=minimum.scale, start=minimum.fos,
            ),
            minimum,
        )
        for minimum in _worth_solving(found.minima)
    ]  # fmt: skip
    solved = sorted(((s, m) for s, m in worked if s.solved), key=lambda pair: pair[0].fos)
    change = None
    if solved:
        first = work_out(
            model, solved[0][1].circle, method, slices=50, function=settings.function,
            seismic_arm=settings.seismic_arm, scale=solved[0][1].scale, start=solved[0][1].fos,
        )  # fmt: skip
        change = SliceChange(
            slices=50, fos=first.fos, final_slices=settings.final_slices, final_fos=solved[0][0].fos
        )  # fmt: skip
    remarks = _remarks(model, [s for s, _ in solved], found.tally, [m.on_limits for _, m in solved], change, method)
    return SlipResult(
        section=model.section.name, method=method, surfaces=tuple(s for s, _ in solved),
        on_limits=tuple(m.on_limits for _, m in solved), trials=found.trials, tally=found.tally,
        min_depth=found.min_depth, change=change, factor_map=_map(model, found), skin=skin(model, found.min_depth),
        remarks=remarks,
    )  # fmt: skip


def _worth_solving(minima: tuple[Minimum, ...], most: int = 4) -> tuple[Minimum, ...]:
    """The lowest minima, and the lowest that are no skin where they are not among them."""
    deep = [m for m in minima if not m.is_skin][:2]
    return (*minima[:most], *(m for m in deep if m not in minima[:most]))


def critical_shape(
    section: Section | Model, method: Method = "spencer", settings: ShapeSettings | None = None, final_slices: int = 200
) -> SlipResult:
    """Searches for the critical surface of any shape.

    Raises:
        InputError: the section cannot stand for ground, or a search range lies outside it.
    """
    settings = settings or ShapeSettings()
    model = section if isinstance(section, Model) else prepare(section)
    if method not in (*RIGOROUS, "janbu", "janbu_corrected"):
        raise InputError(f"{model.section.name}.method", method, message("stability.rule.shape_method"))
    inner = replace(
        settings, exit_range=_range(model, "exit_range", settings.exit_range),
        entry_range=_range(model, "entry_range", settings.entry_range),
    )  # fmt: skip
    found = search_shapes(model, method, inner)
    worked = [
        (work_out(model, line, method, slices=final_slices, function=settings.function, start=f, scale=lam), line)
        for line, f, lam in found.surfaces
        if math.isfinite(f)
    ]
    solved = sorted(((s, p) for s, p in worked if s.solved), key=lambda pair: pair[0].fos)
    depth = settings.min_depth if settings.min_depth is not None else 0.02 * float(np.ptp(model.ground[:, 1]))
    limits: list[tuple[str, ...]] = [("min_depth",) if s.depth <= 1.08 * depth else () for s, _ in solved]
    change = None
    if solved:
        first = work_out(
            model, solved[0][1], method, slices=50, function=settings.function, start=solved[0][0].fos,
            scale=solved[0][0].scale,
        )  # fmt: skip
        change = SliceChange(slices=50, fos=first.fos, final_slices=final_slices, final_fos=solved[0][0].fos)
    return SlipResult(
        section=model.section.name, method=method, surfaces=tuple(s for s, _ in solved), on_limits=tuple(limits),
        trials=found.trials, tally=found.tally, min_depth=depth, change=change, factor_map=None,
        skin=skin(model, depth), remarks=_remarks(model, [s for s, _ in solved], found.tally, limits, change, method),
    )  # fmt: skip


def stated_surface(
    section: Section | Model, method: Method, *, circle: tuple[float, float, float] | None = None,
    polyline: Line | None = None, follow_base: bool = False, slices: int = 200, function: Interslice = "half_sine",
    seismic_arm: SeismicArm = "centroid", strength: tuple[float, float] | None = None,
) -> SlipSurface:  # fmt: skip
    """The factor of a surface the designer states (circle, circle cut off at the base, or vertices).

    Args:
        strength: cohesion [kPa] and friction angle [deg] of the surface itself (a contact), instead of the ground's.

    Raises:
        InputError: the surface does not fit the section.
    """
    model = section if isinstance(section, Model) else prepare(section)
    if (circle is None) == (polyline is None):
        raise InputError(f"{model.section.name}.surface", [circle, polyline], message("stability.rule.one_surface"))
    if polyline is not None and method in ("ordinary", "bishop"):
        raise InputError(f"{model.section.name}.method", method, message("stability.rule.shape_method"))
    surface = (
        stated_polyline(model, polyline) if polyline is not None
        else stated_circle(model, *(circle or (0.0, 0.0, 0.0)), floor=follow_base)
    )  # fmt: skip
    return work_out(
        model,
        surface,
        method,
        slices=slices,
        function=function,
        seismic_arm=seismic_arm,
        strength=strength,
    )


def _range(model: Model, name: str, given: tuple[float, float] | None) -> tuple[float, float] | None:
    if given is None:
        return None
    low, high = (-given[1], -given[0]) if model.mirrored else given
    ends = model.ground[[0, -1], 0]
    if not (math.isfinite(low) and math.isfinite(high)) or not low < high or low >= ends[1] or high <= ends[0]:
        raise InputError(f"{model.section.name}.{name}", list(given), message("stability.rule.range"))
    return max(low, float(ends[0])), min(high, float(ends[1]))


def _map(model: Model, found: CircleSearch) -> FactorMap:
    turn = -1.0 if model.mirrored else 1.0
    return FactorMap(exit_x=turn * found.map_exit, entry_x=turn * found.map_entry, fos=found.map_fos)


def skin(model: Model, depth: float) -> Skin | None:
    """The lowest infinite-slope factor of the pieces of ground whose top material has no cohesion.

    Source: equilibrium of a slice of unit width and depth z parallel to the ground, with vertical pore pressure as the
    program defines it.
    """
    best: tuple[float, int, MohrCoulomb, float, float] | None = None
    ground = model.ground
    for i in range(len(ground) - 1):
        run, rise = ground[i + 1] - ground[i]
        if rise <= 1e-9 or run <= 0:
            continue
        middle = 0.5 * (ground[i] + ground[i + 1])
        strip = int(np.clip(np.searchsorted(model.breaks, middle[0]) - 1, 0, len(model.below) - 1))
        kind = int(_top_kind(model, strip, float(middle[0]), depth))
        law = model.materials[kind].strength
        if not isinstance(law, MohrCoulomb) or law.cohesion > 0 or law.rate or law.friction_deg <= 0:
            continue
        wet = depth + float(model.piezo_at(middle[0])) - float(middle[1]) if model.piezo is not None else 0.0
        pore = model.ru[kind] * model.gamma[kind] * depth
        if model.wet[kind]:
            pore += model.left.water_weight * min(max(wet, 0.0), depth)
        step = _skin_step(model, kind, law, math.degrees(math.atan2(rise, run)), depth, pore)
        if best is None or step.value < best[0]:
            best = (step.value, i, law, math.degrees(math.atan2(rise, run)), pore)
            chosen = step
    if best is None:
        return None
    x = sorted(-v if model.mirrored else v for v in (float(ground[best[1], 0]), float(ground[best[1] + 1, 0])))
    return Skin(fos=chosen, x_from=x[0], x_to=x[1])


def _top_kind(model: Model, strip: int, x: float, depth: float) -> int:
    level = float(model.ground_at(x)) - depth
    lines = model.above[strip] + model.slope[strip] * (x - model.breaks[strip])
    return int(model.below[strip][max(int((lines > level).sum()) - 1, 0)])


def _skin_step(model: Model, kind: int, law: MohrCoulomb, slope_deg: float, depth: float, pore: float) -> Step:
    return SKIN.at(
        phi=measured(law.friction_deg, "deg", "stability.method.material"),
        beta=measured(slope_deg, "deg", "stability.method.ground"),
        k_h=measured(model.left.kh, "-", "stability.method.stated"),
        k_v=measured(model.left.kv, "-", "stability.method.stated"),
        u=measured(pore, "kPa", "stability.method.pore"),
        gamma=measured(float(model.gamma[kind]), "kN/m3", "stability.method.material"),
        z=measured(depth, "m", "stability.method.min_depth"),
    )


def _remarks(
    model: Model, surfaces: Sequence[SlipSurface], tally: Mapping[Outcome, int], limits: Sequence[tuple[str, ...]],
    change: SliceChange | None, method: Method,
) -> tuple[Remark, ...]:  # fmt: skip
    subject = model.section.name
    out: list[Remark] = []

    def warn(key: str, level: Level = Level.WARNING, **values: object) -> None:
        out.append(Remark(level=level, subject=subject, text=message(f"stability.remark.{key}", **values)))

    if not surfaces:
        failed = {kind: count for kind, count in tally.items() if kind is not Outcome.SOLVED}
        main = max(failed, key=lambda kind: failed[kind], default=Outcome.OFF_GROUND)
        warn("none", reason=message(f"stability.outcome.{main.name.lower()}"), trials=sum(tally.values()))
        return tuple(out)
    top = surfaces[0]
    for where in limits[0] if limits else ():
        warn(f"on_{where}", Level.NOTE if where == "base" else Level.WARNING)
    if change is not None and not abs(change.relative) < 1e-3:
        warn("slices", fos=f"{change.fos:.4f}", final=f"{change.final_fos:.4f}")
    if top.tension_share > 0.2:
        warn("tension", share=f"{100 * top.tension_share:.0f}")
    if method in RIGOROUS and top.thrust_inside < 0.7:
        warn("thrust", share=f"{100 * (1 - top.thrust_inside):.0f}")
    if float(top.slices.angle_deg.max()) > 70 and model.left.crack is None:
        warn("crest", Level.NOTE, angle=f"{top.slices.angle_deg.max():.0f}")
    return tuple(out)


__all__ = [
    "STATED", "FactorMap", "Minimum", "Skin", "SliceChange", "SlipResult", "critical_circle", "critical_shape", "skin",
    "stated_surface",
]  # fmt: skip
