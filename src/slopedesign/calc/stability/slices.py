"""Many slip surfaces cut into slices at once.

Every array is (N, M): N surfaces of M slices, toe on the left. Slice edges fall on breaks of the ground and of the
layers and where the base crosses a layer or the water line; a surface with fewer such edges than its neighbours is
filled up with slices of no width, which carry no weight, no length and no force.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.pause import breathe
from slopedesign.calc.stability.model import Index, Model
from slopedesign.calc.stability.strength import Array

SeismicArm = Literal["centroid", "base"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Circles:
    """N circular arcs between x_toe and x_head: centre, radius; `floor` cuts them off at the model's base."""

    x: Array
    y: Array
    radius: Array
    toe: Array
    head: Array
    floor: bool = False

    def __len__(self) -> int:
        return len(self.x)

    def take(self, rows: Index | slice | Mask) -> Circles:
        """Some of them."""
        return Circles(
            self.x[rows], self.y[rows], self.radius[rows], self.toe[rows], self.head[rows], self.floor
        )  # fmt: skip

    def level(self, x: Array, model: Model) -> Array:
        """Level of the surfaces at x (N, M)."""
        inside = self.radius[:, None] ** 2 - (x - self.x[:, None]) ** 2
        y = self.y[:, None] - np.sqrt(np.maximum(inside, 0.0))
        return np.maximum(y, model.base_at(x)) if self.floor and model.base is not None else y

    @property
    def axis(self) -> tuple[Array, Array]:
        """Points moments are taken about."""
        return self.x, self.y

    def spread(self, count: int) -> Array:
        """x of count + 1 edges (N, count + 1), equal in angle, so that steep ends get narrow slices."""
        start = np.arcsin(np.clip((self.toe - self.x) / self.radius, -1.0, 1.0))
        end = np.arcsin(np.clip((self.head - self.x) / self.radius, -1.0, 1.0))
        angle = start[:, None] + (end - start)[:, None] * np.linspace(0.0, 1.0, count + 1)
        x = self.x[:, None] + self.radius[:, None] * np.sin(angle)
        x[:, 0], x[:, -1] = self.toe, self.head
        return x

    def crossings(self, segments: Array) -> Array:
        """x where the arcs cross line segments (N, 2T), NaN where they do not."""
        ax, ay, bx, by = segments.T
        with np.errstate(invalid="ignore", divide="ignore"):
            rise = (by - ay) / (bx - ax)
        from_x, from_y = ax - self.x[:, None], ay - self.y[:, None]
        a, half = 1.0 + rise**2, from_x + rise * from_y
        rest = half**2 - a * (from_x**2 + from_y**2 - self.radius[:, None] ** 2)
        with np.errstate(invalid="ignore"):
            root = np.sqrt(rest)
        found = np.concatenate(((-half - root) / a, (-half + root) / a), axis=1)
        run = np.concatenate((bx - ax, bx - ax))
        return np.where((found >= 0) & (found <= run), found + np.concatenate((ax, ax)), np.nan)

    def stops(self, model: Model) -> Array | None:
        """Further x (N, k) that edges must fall on."""
        if not self.floor or model.base is None:
            return None
        base = np.column_stack((model.base[:-1], model.base[1:]))
        return np.concatenate(
            (self.crossings(base), np.broadcast_to(model.base[:, 0], (len(self), len(model.base)))), axis=1
        )


@dataclass(frozen=True)
class Polylines:
    """N surfaces of P vertices each (N, P), x increasing; moments are taken about `axis`."""

    px: Array
    py: Array

    def __len__(self) -> int:
        return len(self.px)

    @property
    def toe(self) -> Array:
        """x of the lower end."""
        return self.px[:, 0]

    @property
    def head(self) -> Array:
        """x of the upper end."""
        return self.px[:, -1]

    @property
    def axis(self) -> tuple[Array, Array]:
        """A point above the middle of the chord, as far away as the chord is long."""
        run, rise = self.px[:, -1] - self.px[:, 0], self.py[:, -1] - self.py[:, 0]
        return 0.5 * (self.px[:, 0] + self.px[:, -1]) - rise, 0.5 * (self.py[:, 0] + self.py[:, -1]) + run

    def take(self, rows: Index | slice | Mask) -> Polylines:
        """Some of them."""
        return Polylines(self.px[rows], self.py[rows])

    def level(self, x: Array, model: Model) -> Array:
        """Level of the surfaces at x (N, M)."""
        i = (x[:, :, None] >= self.px[:, None, 1:-1]).sum(axis=2)
        rows = np.arange(len(self))[:, None]
        x0, y0 = self.px[rows, i], self.py[rows, i]
        run = np.maximum(self.px[rows, i + 1] - x0, 1e-300)
        return np.asarray(y0 + (self.py[rows, i + 1] - y0) * (x - x0) / run)

    def spread(self, count: int) -> Array:
        """x of count + 1 edges (N, count + 1), equal in width."""
        return self.toe[:, None] + (self.head - self.toe)[:, None] * np.linspace(0.0, 1.0, count + 1)

    def crossings(self, segments: Array) -> Array:
        """x where the surfaces cross line segments (N, (P-1) T), NaN where they do not."""
        ax, ay, bx, by = (part[None, None, :] for part in segments.T)
        x0, x1 = self.px[:, :-1, None], self.px[:, 1:, None]
        y0, y1 = self.py[:, :-1, None], self.py[:, 1:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            own, other = (y1 - y0) / (x1 - x0), (by - ay) / (bx - ax)
            x = (ay - other * ax - y0 + own * x0) / (own - other)
            inside = (x > np.maximum(x0, ax)) & (x < np.minimum(x1, bx))
        return np.where(inside, x, np.nan).reshape(len(self), -1)

    def stops(self, model: Model) -> Array | None:
        """Further x (N, k) that edges must fall on."""
        return self.px[:, 1:-1]


Surfaces = Circles | Polylines


@dataclass(frozen=True)
class Slices:
    """Slices of N surfaces; forces in kN per metre run.

    Attributes:
        edge, base: x and level of the slice edges (N, M+1).
        x, y, width, length, cos, sin: middle of the base, its width, length and inclination.
        top, height: level of the ground over the middle of the base, and ground above base.
        material: number of the material at the base.
        weight: of the soil; `down`: soil (less kv), surcharge, water and loads; `out`: horizontal, towards the toe.
        pore: force of pore water on the base; cohesion, tan_phi: strength at the base.
        drive: moment of all these forces about the axis (N,), positive where they drive the slide.
        head_thrust, head_level: water force on the crack face and where it acts.
        axis_x, axis_y: (N,).
        wet_head: water stands in the crack.
        out_level: level at which `out` acts on each slice.
        arm_n, arm_s: lever arms of the normal and of the shear force on each base.
    """

    edge: Array
    base: Array
    x: Array
    y: Array
    width: Array
    length: Array
    cos: Array
    sin: Array
    top: Array
    height: Array
    material: Index
    weight: Array
    down: Array
    out: Array
    pore: Array
    cohesion: Array
    tan_phi: Array
    drive: Array
    head_thrust: Array
    head_level: Array
    axis_x: Array
    axis_y: Array
    wet_head: bool
    out_level: Array
    arm_n: Array
    arm_s: Array
    circular: bool

    def __len__(self) -> int:
        return len(self.x)

    def take(self, rows: Index | Mask) -> Slices:
        """Some of the surfaces."""
        changed: dict[str, Any] = {
            name: value[rows] for name, value in self.__dict__.items() if isinstance(value, np.ndarray)
        }
        return replace(self, **changed)

    def with_strength(self, cohesion: Array, tan_phi: Array) -> Slices:
        """The same slices with another strength on their bases."""
        return replace(self, cohesion=cohesion, tan_phi=tan_phi)


def cut(model: Model, surfaces: Surfaces, count: int, arm: SeismicArm = "centroid") -> Slices:
    """Cuts surfaces into `count` slices and as many more as the lines crossed ask for.

    Args:
        surfaces: N surfaces in the model's (left-facing) coordinates; their ends on the ground or crack bottom.
        arm: where the horizontal seismic force acts for the moment: at the slice's centroid, or at its base
            (GB 50330-2013 A.0.1).
    """
    breathe()
    edge = _edges(model, surfaces, count)
    base = surfaces.level(edge, model)
    x, y = 0.5 * (edge[:, 1:] + edge[:, :-1]), 0.5 * (base[:, 1:] + base[:, :-1])
    width, rise = edge[:, 1:] - edge[:, :-1], base[:, 1:] - base[:, :-1]
    length = np.sqrt(width * width + rise * rise)
    safe = np.where(length > 0, length, 1.0)
    cos, sin = np.where(length > 0, width / safe, 1.0), rise / safe
    on_arc = surfaces.level(x, model) if isinstance(surfaces, Circles) else y
    top, lift, weight, material, moment = _columns(model, x, (y + 2.0 * on_arc) / 3.0, on_arc, width)
    height = top - y
    pore = _pore(model, x, y, length, width, weight, material)
    axis_x, axis_y = surfaces.axis
    arm_x, arm_y = x - axis_x[:, None], y - axis_y[:, None]
    left = model.left
    down = weight * (1.0 - left.kv) if left.kv else weight.copy()
    out, turning = np.zeros_like(weight), np.zeros_like(weight)
    for s in left.surcharges:
        share = np.clip((x - s.x_from) / (s.x_to - s.x_from), 0.0, 1.0)
        on = (x > s.x_from) & (x < s.x_to)
        down += np.where(on, (s.from_kpa + (s.to_kpa - s.from_kpa) * share) * width, 0.0)
    pressure = None
    if model.ponded:
        pressure = left.water_weight * np.maximum(model.piezo_at(x) - top, 0.0) * width
        down += pressure
    drive = (down * arm_x).sum(axis=1)
    if pressure is not None:
        push = pressure * lift
        out -= push
        turning -= push * top
        drive -= (push * (axis_y[:, None] - top)).sum(axis=1)
    if left.kh:
        seismic = left.kh * weight
        at = y if arm == "base" else moment
        out += seismic
        turning += seismic * at
        drive += (seismic * (axis_y[:, None] - at)).sum(axis=1)
    for load in left.loads:
        on = (edge[:, :-1] <= load.x) & (load.x < edge[:, 1:])
        level = float(model.ground_at(load.x)) if load.y is None else load.y
        down += np.where(on, load.down, 0.0)
        out -= np.where(on, load.inward, 0.0)
        turning -= np.where(on, load.inward * level, 0.0)
        some = on.any(axis=1)
        drive += np.where(some, load.down * (load.x - axis_x) - load.inward * (axis_y - level), 0.0)
    water = left.crack.water if left.crack else 0.0
    thrust = np.full(len(x), 0.5 * left.water_weight * water**2)
    level_ = base[:, -1] + water / 3.0
    drive += thrust * (axis_y - level_)
    cohesion, tan_phi = _strength(model, x, y, cos, sin, material, top, weight, pore, width)
    return Slices(
        edge, base, x, y, width, length, cos, sin, top, height, material, weight, down, out, pore, cohesion, tan_phi,
        drive, thrust, level_, axis_x, axis_y, water > 0, np.where(out != 0, turning / np.where(out != 0, out, 1.0), y),
        arm_x * cos + arm_y * sin, arm_x * sin - arm_y * cos, isinstance(surfaces, Circles) and not surfaces.floor,
    )  # fmt: skip


def _edges(model: Model, surfaces: Surfaces, count: int) -> Array:
    toe, head = surfaces.toe[:, None], surfaces.head[:, None]
    parts = [surfaces.spread(count)]
    if len(model.stops):
        parts.append(np.broadcast_to(model.stops, (len(surfaces), len(model.stops))))
    if len(model.lines):
        parts.append(surfaces.crossings(model.lines))
    own = surfaces.stops(model)
    if own is not None and own.size:
        parts.append(own)
    if len(parts) == 1:
        return parts[0]
    extra = np.concatenate(parts[1:], axis=1)
    with np.errstate(invalid="ignore"):
        inside = (extra > toe) & (extra < head)
    used = int(inside.sum(axis=1).max(initial=0))
    extra = np.where(inside, extra, head)
    if used < extra.shape[1]:
        extra = np.sort(extra, axis=1)[:, :used]
    edges = np.concatenate((parts[0], extra), axis=1)
    edges.sort(axis=1)
    return edges


def _columns(model: Model, x: Array, y: Array, on_arc: Array, width: Array) -> tuple[Array, Array, Array, Index, Array]:
    """Ground level, ground slope, weight, base material and level of the centroid of every slice.

    `y` is the mean level of the base over the slice (Simpson's rule on the arc, so that the weight is that of the
    arc and not of its chord), `on_arc` the level of the surface in the middle, which decides the material: a chord
    may run along an interface that the arc dips through.
    """
    depth = model.above.shape[1]
    if len(model.breaks) == 2:
        strip: Index | int = 0
        run = x - model.breaks[0]
    else:
        strip = np.searchsorted(model.breaks[1:-1], x)
        run = x - model.breaks[strip]
    top = model.above[strip, 0] + model.slope[strip, 0] * run
    lift = model.slope[strip, 0] if model.ponded else np.zeros(0)
    if depth == 1 and model.gamma_wet is None:
        weight = (model.gamma[0] * width) * (top - y)
        return top, lift, weight, np.zeros(x.shape, dtype=np.intp), 0.5 * (top + y)
    water = model.piezo_at(x) if model.gamma_wet is not None else None
    per_metre, moment = np.zeros_like(x), np.zeros_like(x)
    material = model.below[strip, 0] if not isinstance(strip, int) else np.full(x.shape, model.below[0, 0])
    upper = np.maximum(top, y)
    slack = 1e-9 * max(1.0, float(np.ptp(model.ground[:, 1])))
    for k in range(depth):
        kind = model.below[strip, k]
        if k + 1 < depth:
            interface = model.above[strip, k + 1] + model.slope[strip, k + 1] * run
            material = np.where(interface > on_arc + slack, model.below[strip, k + 1], material)
            lower = np.clip(interface, y, upper)
        else:
            lower = y
        thick = upper - lower
        part = model.gamma[kind] * thick
        if water is not None and model.gamma_wet is not None:
            part += (model.gamma_wet - model.gamma)[kind] * np.clip(water - lower, 0.0, thick)
        per_metre += part
        if model.left.kh:
            moment += part * 0.5 * (upper + lower)
        upper = lower
    weight = per_metre * width
    if model.left.kh:
        moment = np.where(per_metre > 0, moment / np.where(per_metre > 0, per_metre, 1.0), 0.5 * (top + y))
    weight = np.where(top < y, model.gamma[material] * width * (top - y), weight)
    return top, lift, weight, np.asarray(material, dtype=np.intp), moment


def _pore(
    model: Model, x: Array, y: Array, length: Array, width: Array, weight: Array, material: Index
) -> Array:  # fmt: skip
    if model.piezo is None and not model.ru.any():
        return np.zeros_like(x)
    pore = np.zeros_like(x)
    if model.piezo is not None:
        pressure = model.left.water_weight * np.maximum(model.piezo_at(x) - y, 0.0)
        pore += (pressure if model.wet.all() else np.where(model.wet[material], pressure, 0.0)) * length
    if model.ru.any():
        flat = np.where(width > 0, width, 1.0)
        pore += model.ru[material] * weight / flat * length
    return pore


def _strength(
    model: Model, x: Array, y: Array, cos: Array, sin: Array, material: Index, top: Array, weight: Array, pore: Array,
    width: Array,
) -> tuple[Array, Array]:  # fmt: skip
    if len(model.c0) == 1 and model.linear and not model.growing:
        return np.full(x.shape, model.c0[0]), np.full(x.shape, model.t0[0])
    cohesion, tan_phi = model.c0[material], model.t0[material]
    for i, law in model.growing:
        ref = law.rate_level if law.rate_level is not None else _layer_top(model, i, x)
        cohesion = np.where(material == i, np.maximum(cohesion + law.rate * np.maximum(ref - y, 0.0), 0.0), cohesion)
    inclination = None
    for i, kind in enumerate(model.materials):
        for band in kind.bands:
            if inclination is None:
                inclination = np.degrees(np.arctan2(sin, cos))
            on = (material == i) & (inclination >= band.from_deg) & (inclination <= band.to_deg)
            cohesion = np.where(on, band.cohesion, cohesion)
            tan_phi = np.where(on, np.tan(np.radians(band.friction_deg)), tan_phi)
    if model.curved:
        flat = np.where(width > 0, width, 1.0)
        stress = np.maximum(weight / flat * cos * cos - pore / flat * cos, 0.0)
        cohesion, tan_phi = restress(model, material, stress, cohesion, tan_phi)
    return cohesion, tan_phi


def restress(model: Model, material: Index, stress: Array, cohesion: Array, tan_phi: Array) -> tuple[Array, Array]:
    """Strength of curved laws touched at another effective normal stress [kPa]; straight ones are unchanged."""
    for i, law in model.curved:
        on = material == i
        c, t = law.tangent(np.where(on, stress, 0.0))
        cohesion, tan_phi = np.where(on, c, cohesion), np.where(on, t, tan_phi)
    return cohesion, tan_phi


def _layer_top(model: Model, kind: int, x: Array) -> Array:
    strip = np.searchsorted(model.breaks[1:-1], x)
    run = x - model.breaks[strip]
    ref = model.above[strip, 0] + model.slope[strip, 0] * run
    for k in range(model.above.shape[1]):
        ref = np.where(model.below[strip, k] == kind, model.above[strip, k] + model.slope[strip, k] * run, ref)
    return np.asarray(ref)
