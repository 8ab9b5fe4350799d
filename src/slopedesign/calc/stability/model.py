"""A section prepared for many trial surfaces at once.

The model always faces left (toe at small x). Between two neighbouring breakpoints, a strip, all lines are straight
and the ground is a stack of materials; a slice whose edges fall on the breakpoints and on the crossings of its base
with the lines lies in one strip and rests on one material, so its weight is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.stability.section import Section, line
from slopedesign.calc.stability.strength import Array, HoekBrown, Material, MohrCoulomb, PowerCurve
from slopedesign.errors import InputError
from slopedesign.i18n import message

Index = NDArray[np.intp]


@dataclass(frozen=True)
class Model:
    """A left-facing section as arrays.

    Attributes:
        section: the section as given; `mirrored` says whether x was turned round.
        breaks: x of the strip edges (S+1,).
        above, slope: the lines of each strip at its left edge and their slopes (S, K), from the ground down.
        below: material under each line (S, K).
        lines: segments (T, 4) as x0, y0, x1, y1 that slice edges must fall on (layer interfaces, water line).
        stops: x that slice edges must fall on.
    """

    section: Section
    left: Section
    mirrored: bool
    ground: Array
    breaks: Array
    above: Array
    slope: Array
    below: Index
    lines: Array
    stops: Array
    piezo: Array | None
    base: Array | None

    @property
    def materials(self) -> tuple[Material, ...]:
        """Materials by the number slices carry."""
        return self.left.materials

    def ground_at(self, x: Array | float) -> Array:
        """Ground level."""
        return np.asarray(np.interp(x, self.ground[:, 0], self.ground[:, 1]))

    def base_at(self, x: Array | float) -> Array:
        """Level below which nothing slides (-inf where unlimited)."""
        if self.base is None:
            return np.full(np.shape(x), -np.inf)
        return np.asarray(np.interp(x, self.base[:, 0], self.base[:, 1]))

    def piezo_at(self, x: Array | float) -> Array:
        """Level of the piezometric line (-inf where there is none)."""
        if self.piezo is None:
            return np.full(np.shape(x), -np.inf)
        return np.asarray(np.interp(x, self.piezo[:, 0], self.piezo[:, 1]))

    @cached_property
    def head(self) -> Array:
        """Line on which slip surfaces end uphill: the ground, lowered by the tension crack."""
        depth = self.left.crack.depth if self.left.crack else 0.0
        return np.asarray(self.ground - np.array([0.0, depth]))

    @cached_property
    def linear(self) -> bool:
        """Whether every strength is a Mohr-Coulomb line without directions."""
        return all(isinstance(m.strength, MohrCoulomb) and not m.bands for m in self.materials)

    @cached_property
    def c0(self) -> Array:
        """Cohesion by material (0 where the law is curved)."""
        return np.array([m.strength.cohesion if isinstance(m.strength, MohrCoulomb) else 0.0 for m in self.materials])

    @cached_property
    def t0(self) -> Array:
        """tan(phi) by material (0 where the law is curved)."""
        return np.array(
            [
                np.tan(np.radians(m.strength.friction_deg)) if isinstance(m.strength, MohrCoulomb) else 0.0
                for m in self.materials
            ]
        )

    @cached_property
    def curved(self) -> tuple[tuple[int, PowerCurve | HoekBrown], ...]:
        """Materials with a curved law, by number."""
        return tuple((i, m.strength) for i, m in enumerate(self.materials) if not isinstance(m.strength, MohrCoulomb))

    @cached_property
    def growing(self) -> tuple[tuple[int, MohrCoulomb], ...]:
        """Materials whose cohesion grows with depth, by number."""
        return tuple(
            (i, m.strength)
            for i, m in enumerate(self.materials)
            if isinstance(m.strength, MohrCoulomb) and m.strength.rate
        )

    @cached_property
    def gamma(self) -> Array:
        """Unit weight by material."""
        return np.array([m.unit_weight for m in self.materials])

    @cached_property
    def gamma_wet(self) -> Array | None:
        """Saturated unit weight by material; None where it nowhere differs or there is no water line."""
        wet = np.array([m.saturated_unit_weight or m.unit_weight for m in self.materials])
        return None if self.piezo is None or np.array_equal(wet, self.gamma) else wet

    @cached_property
    def ru(self) -> Array:
        """Pore pressure ratio by material."""
        return np.array([0.0 if m.dry else (self.left.ru if m.ru is None else m.ru) for m in self.materials])

    @cached_property
    def wet(self) -> NDArray[np.bool_]:
        """Whether the water line acts in a material."""
        return np.array([not m.dry and m.ru is None for m in self.materials])

    @cached_property
    def ponded(self) -> bool:
        """Whether water stands on the ground anywhere."""
        if self.piezo is None:
            return False
        x = np.union1d(self.ground[:, 0], self.piezo[:, 0])
        return bool((self.piezo_at(x) > self.ground_at(x) + 1e-9).any())


def prepare(section: Section) -> Model:
    """Checks a section and lays it out for calculation.

    Raises:
        InputError: the section cannot stand for ground (see `Section.validate`), or its zones leave gaps.
    """
    section.validate()
    left = section if section.facing == "left" else section.mirrored()
    ground = left.ground_line
    piezo = _water_line(left, ground)
    if left.layers:
        edges = [np.asarray(layer.top, dtype=float) for layer in left.layers[1:]]
        breaks = _breaks([ground, *edges], ground)
        above, slope, below = _layer_strips(ground, edges, breaks)
    else:
        edges = [np.vstack((p, p[:1])) for p in (_polygon(left, i) for i in range(len(left.zones)))]
        breaks = _breaks([ground, *edges], ground)
        above, slope, below = _zone_strips(left, ground, breaks)
    segments = _segments([*edges, *([] if piezo is None else [piezo])], ground)
    base = None
    if left.base is not None:
        base = (
            np.array([[ground[0, 0], float(left.base)], [ground[-1, 0], float(left.base)]])
            if isinstance(left.base, int | float)
            else np.asarray(left.base, dtype=float)
        )
    return Model(
        section, left, section.facing == "right", ground, breaks, above, slope, below, segments,
        _stops(left, ground, breaks, piezo), piezo, base,
    )  # fmt: skip


def _water_line(section: Section, ground: Array) -> Array | None:
    ends = ground[[0, -1], 0]
    if section.pond is None:
        return None if section.piezo is None else np.asarray(section.piezo, dtype=float)
    if section.piezo is None:
        return np.column_stack((ends, [section.pond, section.pond]))
    given = np.asarray(section.piezo, dtype=float)
    x = np.unique(np.concatenate((ground[:, 0], given[:, 0], _crossings(ground, section.pond))))
    x = x[(x >= ends[0]) & (x <= ends[1])]
    inside = np.interp(x, given[:, 0], given[:, 1])
    return np.column_stack((x, np.where(np.interp(x, *ground.T) < section.pond, section.pond, inside)))


def _crossings(ground: Array, level: float) -> Array:
    dy = ground[:, 1] - level
    i = np.flatnonzero(dy[:-1] * dy[1:] < 0)
    return np.asarray(ground[i, 0] + (ground[i + 1, 0] - ground[i, 0]) * dy[i] / (dy[i] - dy[i + 1]), dtype=float)


def _breaks(lines: list[Array], ground: Array) -> Array:
    x = np.concatenate([part[:, 0] for part in lines])
    x = np.unique(np.concatenate((np.round(x, 9), ground[[0, -1], 0])))
    x = x[(x >= ground[0, 0]) & (x <= ground[-1, 0])]
    keep = np.concatenate(([True], np.diff(x) > 1e-9 * max(1.0, float(np.ptp(x)))))
    return np.asarray(x[keep], dtype=float)


def _layer_strips(ground: Array, tops: list[Array], breaks: Array) -> tuple[Array, Array, Index]:
    levels = [np.interp(breaks, ground[:, 0], ground[:, 1])]
    for top in tops:
        levels.append(np.minimum(np.interp(breaks, top[:, 0], top[:, 1]), levels[-1]))
    at = np.array(levels).T
    slope = np.diff(at, axis=0) / np.diff(breaks)[:, None]
    below = np.broadcast_to(np.arange(at.shape[1], dtype=np.intp), slope.shape)
    return at[:-1].copy(), slope, below.copy()


def _polygon(section: Section, i: int) -> Array:
    field = f"{section.name}.zones[{i}].polygon"
    points = np.asarray(section.zones[i].polygon, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 3 or not np.isfinite(points).all():
        raise InputError(field, points.tolist(), message("stability.rule.polygon"))
    return points


def _zone_strips(section: Section, ground: Array, breaks: Array) -> tuple[Array, Array, Index]:
    """Stacks of zones strip by strip; a hole or an overlap thicker than the slack is refused."""
    slack = 1e-3 * max(1.0, section.height) * 0.1
    rows: list[list[tuple[float, float, int]]] = []
    edges = [np.vstack((p, p[:1])) for p in (_polygon(section, i) for i in range(len(section.zones)))]
    for x0, x1 in zip(breaks[:-1], breaks[1:], strict=True):
        middle = 0.5 * (x0 + x1)
        spans: list[tuple[float, float, float, float, int]] = []
        for i, ring in enumerate(edges):
            hits: list[tuple[float, float, float]] = []
            for (ax, ay), (bx, by) in zip(ring[:-1], ring[1:], strict=True):
                if min(ax, bx) < middle < max(ax, bx):
                    rise = (by - ay) / (bx - ax)
                    hits.append((ay + rise * (middle - ax), ay + rise * (x0 - ax), rise))
            hits.sort(reverse=True)
            spans += [
                (top[0], bottom[0], top[1], top[2], i) for top, bottom in zip(hits[::2], hits[1::2], strict=False)
            ]
        spans.sort(reverse=True)
        surface = float(np.interp(middle, ground[:, 0], ground[:, 1]))
        if not spans or abs(spans[0][0] - surface) > slack:
            key = "stability.rule.above_ground" if spans and spans[0][0] > surface else "stability.rule.gap"
            raise InputError(f"{section.name}.zones", [round(middle, 3), round(surface, 3)], message(key))
        for upper, lower in zip(spans, spans[1:], strict=False):
            if abs(upper[1] - lower[0]) > slack:
                key = "stability.rule.gap" if upper[1] > lower[0] else "stability.rule.overlap"
                raise InputError(f"{section.name}.zones[{lower[4]}]", [round(middle, 3), lower[0]], message(key))
        rows.append([(at, rise, i) for _, _, at, rise, i in spans])
    depth = max(len(row) for row in rows)
    above = np.full((len(rows), depth), -np.inf)
    slope = np.zeros((len(rows), depth))
    below = np.zeros((len(rows), depth), dtype=np.intp)
    for s, row in enumerate(rows):
        for k, (at, rise, i) in enumerate(row):
            above[s, k], slope[s, k], below[s, k] = at, rise, i
        below[s, len(row) :] = row[-1][2]
    return above, slope, below


def _segments(lines: list[Array], ground: Array) -> Array:
    """Unique sloping or level segments that do not run along the ground."""
    found: dict[tuple[float, ...], None] = {}
    for part in lines:
        for (ax, ay), (bx, by) in zip(part[:-1], part[1:], strict=True):
            if ax == bx:
                continue
            if ax > bx:
                ax, ay, bx, by = bx, by, ax, ay
            x = np.linspace(ax, bx, 5)
            if np.allclose(np.interp(x, *ground.T), ay + (by - ay) * (x - ax) / (bx - ax), atol=1e-9, rtol=0):
                continue
            found[tuple(np.round((ax, ay, bx, by), 9))] = None
    return np.array(list(found), dtype=float).reshape(-1, 4)


def _stops(section: Section, ground: Array, breaks: Array, piezo: Array | None) -> Array:
    parts = [breaks[1:-1]]
    if piezo is not None:
        x = np.union1d(piezo[:, 0], ground[:, 0])
        gap = np.interp(x, *piezo.T) - np.interp(x, *ground.T)
        i = np.flatnonzero(gap[:-1] * gap[1:] < 0)
        parts += [piezo[:, 0], x[i] + (x[i + 1] - x[i]) * gap[i] / (gap[i] - gap[i + 1])]
    parts += [np.array([s.x_from, s.x_to]) for s in section.surcharges]
    x = np.unique(np.concatenate(parts)) if parts else np.zeros(0)
    return np.asarray(x[(x > ground[0, 0]) & (x < ground[-1, 0])], dtype=float)


def check_surface(field: str, points: Array, model: Model) -> None:
    """Refuses a slip surface that leaves the section or rises above the ground (InputError)."""
    surface = line(field, points)
    ends = model.ground[[0, -1], 0]
    slack = 1e-6 * max(1.0, float(np.ptp(model.ground[:, 1])))
    if surface[0, 0] < ends[0] - slack or surface[-1, 0] > ends[1] + slack:
        raise InputError(field, [surface[0, 0], surface[-1, 0]], message("stability.rule.outside"))
    x = np.union1d(surface[:, 0], model.ground[:, 0])
    x = x[(x >= surface[0, 0]) & (x <= surface[-1, 0])]
    over = np.interp(x, *surface.T) - model.ground_at(x)
    if over.max() > max(slack, 1e-3 * float(np.ptp(model.ground[:, 1]))):
        worst = int(np.argmax(over))
        raise InputError(field, [x[worst], float(np.interp(x[worst], *surface.T))], message("stability.rule.over"))
