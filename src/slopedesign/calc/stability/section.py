"""A section through a slope: ground line, what it is made of, its water and its loads.

Conventions (docs/conventions.md): x to the right, y up, metres; one metre run of slope. `facing` says on which side
the toe lies. Pore pressure is the unit weight of water times the vertical depth below the piezometric line, never
negative; where that line runs above the ground the water above presses on the ground. Horizontal seismic force acts
towards the toe; a positive vertical coefficient acts upwards (it lightens the mass).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from slopedesign.calc.stability.strength import Array, Material, finite
from slopedesign.errors import InputError
from slopedesign.i18n import message

Facing = Literal["left", "right"]
Line = Sequence[Sequence[float]] | Array


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Ground below `top`, down to the top of the next layer; `top` spans the whole section."""

    top: Line
    material: Material


@dataclass(frozen=True, kw_only=True)
class Zone:
    """Ground inside a closed polygon."""

    polygon: Line
    material: Material


@dataclass(frozen=True, kw_only=True)
class Crack:
    """A vertical tension crack at the head of every slip surface: its depth, and the water standing in it [m]."""

    depth: float
    water: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Surcharge:
    """Vertical pressure on the ground between two x, changing linearly [kPa]."""

    x_from: float
    x_to: float
    from_kpa: float
    to_kpa: float


@dataclass(frozen=True, kw_only=True)
class PointLoad:
    """A force on the ground at x, per metre run [kN/m]: `down`, and `inward` (horizontal, into the slope)."""

    x: float
    down: float = 0.0
    inward: float = 0.0
    y: float | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """Everything a limit-equilibrium calculation asks of a section.

    Attributes:
        ground: vertices (n, 2), x increasing.
        layers: from the ground down; the first top is the ground. Or `zones`, closed polygons without gaps.
        base: level or line below which nothing slides.
        piezo: piezometric line; `ru`: pore pressure ratio where there is no line; `pond`: level of open water.
    """

    ground: Line
    layers: tuple[Layer, ...] = ()
    zones: tuple[Zone, ...] = ()
    facing: Facing = "left"
    base: float | Line | None = None
    piezo: Line | None = None
    ru: float = 0.0
    pond: float | None = None
    water_weight: float = 9.81
    crack: Crack | None = None
    surcharges: tuple[Surcharge, ...] = ()
    loads: tuple[PointLoad, ...] = ()
    kh: float = 0.0
    kv: float = 0.0
    name: str = "section"

    @property
    def ground_line(self) -> Array:
        """The ground as an array."""
        return np.asarray(self.ground, dtype=float)

    @property
    def height(self) -> float:
        """Difference of level between highest and lowest ground."""
        return float(np.ptp(self.ground_line[:, 1]))

    @property
    def materials(self) -> tuple[Material, ...]:
        """Materials in the order the slices number them."""
        return tuple(part.material for part in (self.layers or self.zones))

    def with_materials(self, materials: Sequence[Material]) -> Section:
        """The same section with other materials, in the same order."""
        if self.layers:
            pairs = zip(self.layers, materials, strict=True)
            return replace(self, layers=tuple(replace(part, material=m) for part, m in pairs))
        return replace(self, zones=tuple(replace(z, material=m) for z, m in zip(self.zones, materials, strict=True)))

    def mirrored(self) -> Section:
        """The section seen from behind: x -> -x, the other facing."""
        return replace(
            self,
            ground=flip(self.ground),
            layers=tuple(replace(part, top=flip(part.top)) for part in self.layers),
            zones=tuple(replace(zone, polygon=flip(zone.polygon)) for zone in self.zones),
            base=self.base if self.base is None or isinstance(self.base, int | float) else flip(self.base),
            piezo=None if self.piezo is None else flip(self.piezo),
            surcharges=tuple(
                Surcharge(x_from=-s.x_to, x_to=-s.x_from, from_kpa=s.to_kpa, to_kpa=s.from_kpa) for s in self.surcharges
            ),
            loads=tuple(replace(load, x=-load.x) for load in self.loads),
            facing="right" if self.facing == "left" else "left",
        )

    def validate(self) -> None:
        """Refuses a section that cannot stand for ground.

        Raises:
            InputError: names the field, the value and the rule.
        """
        at = self.name
        ground = line(f"{at}.ground", self.ground)
        if bool(self.layers) == bool(self.zones):
            raise InputError(f"{at}.layers", len(self.layers), message("stability.rule.layers_or_zones"))
        if self.facing not in ("left", "right"):
            raise InputError(f"{at}.facing", self.facing, message("stability.rule.facing"))
        for i, material in enumerate(self.materials):
            material.validate(f"{at}.{'layers' if self.layers else 'zones'}[{i}].material")
        if self.layers:
            self._check_layers(ground)
        for name, least in (("ru", 0.0), ("kh", 0.0), ("water_weight", 0.0)):
            finite(f"{at}.{name}", getattr(self, name), least=least)
        finite(f"{at}.kv", self.kv, least=-0.99, most=0.99)
        if self.ru > 1:
            raise InputError(f"{at}.ru", self.ru, message("stability.rule.between", least="0", most="1"))
        if self.piezo is not None:
            line(f"{at}.piezo", self.piezo)
        if self.pond is not None:
            finite(f"{at}.pond", self.pond)
        self._check_base(ground)
        self._check_crack(ground)
        self._check_loads(ground)

    def _check_layers(self, ground: Array) -> None:
        at, slack = self.name, 1e-6 * max(1.0, self.height)
        x = np.unique(np.concatenate([ground[:, 0], *(np.asarray(p.top, float)[:, 0] for p in self.layers)]))
        x = x[(x >= ground[0, 0]) & (x <= ground[-1, 0])]
        above = np.interp(x, ground[:, 0], ground[:, 1])
        for i, part in enumerate(self.layers):
            field = f"{at}.layers[{i}].top"
            top = line(field, part.top)
            if top[0, 0] > ground[0, 0] + slack or top[-1, 0] < ground[-1, 0] - slack:
                raise InputError(field, [top[0, 0], top[-1, 0]], message("stability.rule.span"))
            here = np.interp(x, top[:, 0], top[:, 1])
            if i == 0:
                worst = int(np.argmax(np.abs(here - above)))
                if here[worst] > above[worst] + slack:
                    raise InputError(field, _at(x, here, worst), message("stability.rule.above_ground"))
                if here[worst] < above[worst] - slack:
                    raise InputError(field, _at(x, here, worst), message("stability.rule.gap"))
            worst = int(np.argmax(here - above))
            if here[worst] > above[worst] + slack:
                key = "stability.rule.above_ground" if i == 0 else "stability.rule.crossing"
                ground_here = np.interp(x[worst], ground[:, 0], ground[:, 1])
                if here[worst] > ground_here + slack:
                    key = "stability.rule.above_ground"
                raise InputError(field, _at(x, here, worst), message(key))
            above = here

    def _check_base(self, ground: Array) -> None:
        if self.base is None:
            return
        field = f"{self.name}.base"
        if isinstance(self.base, int | float):
            finite(field, self.base)
            level: float | Array = float(self.base)
        else:
            rock = line(field, self.base)
            level = np.interp(ground[:, 0], rock[:, 0], rock[:, 1])
        if np.any(level > ground[:, 1] + 1e-6 * max(1.0, self.height)):
            raise InputError(field, self.base, message("stability.rule.base_above"))

    def _check_crack(self, ground: Array) -> None:
        if self.crack is None:
            return
        field = f"{self.name}.crack"
        finite(f"{field}.depth", self.crack.depth, least=0.0)
        finite(f"{field}.water", self.crack.water, least=0.0)
        if self.crack.depth >= np.ptp(ground[:, 1]):
            raise InputError(f"{field}.depth", self.crack.depth, message("stability.rule.crack_depth"))
        if self.crack.water > self.crack.depth:
            raise InputError(f"{field}.water", self.crack.water, message("stability.rule.crack_water"))

    def _check_loads(self, ground: Array) -> None:
        for i, s in enumerate(self.surcharges):
            field = f"{self.name}.surcharges[{i}]"
            for name in ("x_from", "x_to", "from_kpa", "to_kpa"):
                finite(f"{field}.{name}", getattr(s, name))
            if not s.x_to > s.x_from:
                raise InputError(f"{field}.x_to", s.x_to, message("stability.rule.increasing"))
        for i, load in enumerate(self.loads):
            field = f"{self.name}.loads[{i}]"
            for name in ("x", "down", "inward"):
                finite(f"{field}.{name}", getattr(load, name))
            if not ground[0, 0] <= load.x <= ground[-1, 0]:
                raise InputError(f"{field}.x", load.x, message("stability.rule.outside"))


def flip(points: Line) -> Array:
    """A line mirrored, x still increasing."""
    turned: Array = np.asarray(points, dtype=float)[::-1] * np.array([-1.0, 1.0])
    return turned


def line(field: str, points: Line) -> Array:
    """A polyline (n >= 2, 2) with x increasing.

    Raises:
        InputError: it is not, or holds NaN.
    """
    try:
        array = np.asarray(points, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(field, points, message("stability.rule.line")) from error
    if array.ndim != 2 or array.shape[1] != 2 or len(array) < 2:
        raise InputError(field, points, message("stability.rule.line"))
    if not np.isfinite(array).all():
        row = int(np.flatnonzero(~np.isfinite(array).all(axis=1))[0])
        raise InputError(f"{field}[{row}]", array[row].tolist(), message("stability.rule.finite"))
    steps = np.diff(array[:, 0])
    if not (steps > 0).all():
        row = int(np.flatnonzero(~(steps > 0))[0]) + 1
        raise InputError(f"{field}[{row}]", array[row].tolist(), message("stability.rule.increasing"))
    return array


def _at(x: Array, y: Array, i: int) -> list[float]:
    return [round(float(x[i]), 6), round(float(y[i]), 6)]
