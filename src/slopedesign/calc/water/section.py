"""Cross-sections of channels and what depth of water makes of them: area, wetted perimeter, top width.

Depth h is measured from the lowest point. Every section has a full depth `height`; an open section may be asked above
it only where its walls are thought to go on vertically, which nobody here does: asking outside 0..height is an error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.water import need
from slopedesign.errors import InputError
from slopedesign.i18n import message


class Section(Protocol):
    """What every cross-section can say of a depth [m]; two of equal measures are one and the same."""

    def __hash__(self) -> int: ...

    @property
    def height(self) -> float:
        """Full depth [m]."""
        ...

    @property
    def closed(self) -> bool:
        """Whether it has a roof (a pipe)."""
        ...

    def area(self, h: float) -> float:
        """Flow area [m2]."""
        ...

    def perimeter(self, h: float) -> float:
        """Wetted perimeter [m]."""
        ...

    def top_width(self, h: float) -> float:
        """Width of the water surface [m]."""
        ...

    def moment(self, h: float) -> float:
        """First moment of the flow area about the water surface [m3]."""
        ...

    def outline(self) -> NDArray[np.float64]:
        """Inside of the section, (n, 2) as [offset, height above the lowest point], from left bank to right bank."""
        ...


@dataclass(frozen=True)
class Trapezoid:
    """Bottom width b and side slopes 1:z (vertical to horizontal), left and right; covers rectangle and triangle."""

    bottom: float
    height: float
    z_left: float = 0.0
    z_right: float = 0.0

    def __post_init__(self) -> None:
        need.positive("section.height", self.height)
        for name in ("bottom", "z_left", "z_right"):
            need.not_negative(f"section.{name}", getattr(self, name))
        if self.bottom + self.z_left + self.z_right <= 0:
            raise InputError("section.bottom", self.bottom, message("water.error.no_width"))

    @property
    def closed(self) -> bool:
        return False

    def area(self, h: float) -> float:
        return (self.bottom + 0.5 * (self.z_left + self.z_right) * h) * h

    def perimeter(self, h: float) -> float:
        return self.bottom + h * (math.hypot(1.0, self.z_left) + math.hypot(1.0, self.z_right))

    def top_width(self, h: float) -> float:
        return self.bottom + (self.z_left + self.z_right) * h

    def moment(self, h: float) -> float:
        return h * h * (self.bottom / 2.0 + (self.z_left + self.z_right) * h / 6.0)

    def outline(self) -> NDArray[np.float64]:
        left, right = -self.bottom / 2.0, self.bottom / 2.0
        return np.array(
            [(left - self.z_left * self.height, self.height), (left, 0.0), (right, 0.0),
             (right + self.z_right * self.height, self.height)]
        )  # fmt: skip


def rectangle(width: float, height: float) -> Trapezoid:
    """A rectangular section."""
    return Trapezoid(need.positive("section.width", width), height)


def triangle(z_left: float, z_right: float, height: float) -> Trapezoid:
    """A triangular section."""
    return Trapezoid(0.0, height, z_left, z_right)


@dataclass(frozen=True)
class Circle:
    """A circular pipe."""

    diameter: float

    def __post_init__(self) -> None:
        need.positive("section.diameter", self.diameter)

    @property
    def height(self) -> float:
        return self.diameter

    @property
    def closed(self) -> bool:
        return True

    def _angle(self, h: float) -> float:
        return 2.0 * math.acos(max(-1.0, min(1.0, 1.0 - 2.0 * h / self.diameter)))

    def area(self, h: float) -> float:
        theta = self._angle(h)
        return self.diameter**2 / 8.0 * (theta - math.sin(theta))

    def perimeter(self, h: float) -> float:
        return 0.5 * self._angle(h) * self.diameter

    def top_width(self, h: float) -> float:
        return self.diameter * math.sin(0.5 * self._angle(h))

    def moment(self, h: float) -> float:
        half = 0.5 * self._angle(h)
        return self.diameter**3 / 24.0 * (3 * math.sin(half) - math.sin(half) ** 3 - 3 * half * math.cos(half))

    def outline(self) -> NDArray[np.float64]:
        turn = np.linspace(0.5 * math.pi, 2.5 * math.pi, 65)
        r = self.diameter / 2.0
        return np.column_stack((r * np.cos(turn), r + r * np.sin(turn)))


@dataclass(frozen=True)
class UShape:
    """A half circle with vertical walls above it."""

    radius: float
    height: float

    def __post_init__(self) -> None:
        need.positive("section.radius", self.radius)
        if not self.height >= self.radius:
            raise InputError("section.height", self.height, message("water.error.u_height"))

    @property
    def closed(self) -> bool:
        return False

    @property
    def _bowl(self) -> Circle:
        return Circle(2.0 * self.radius)

    def area(self, h: float) -> float:
        if h <= self.radius:
            return self._bowl.area(h)
        return 0.5 * math.pi * self.radius**2 + 2.0 * self.radius * (h - self.radius)

    def perimeter(self, h: float) -> float:
        if h <= self.radius:
            return self._bowl.perimeter(h)
        return math.pi * self.radius + 2.0 * (h - self.radius)

    def top_width(self, h: float) -> float:
        return self._bowl.top_width(h) if h <= self.radius else 2.0 * self.radius

    def moment(self, h: float) -> float:
        if h <= self.radius:
            return self._bowl.moment(h)
        above = h - self.radius
        bowl = 0.5 * math.pi * self.radius**2
        return bowl * above + self._bowl.moment(self.radius) + self.radius * above**2

    def outline(self) -> NDArray[np.float64]:
        turn = np.linspace(math.pi, 2.0 * math.pi, 33)
        bowl = np.column_stack((self.radius * np.cos(turn), self.radius + self.radius * np.sin(turn)))
        if self.height == self.radius:
            return bowl
        return np.vstack(((-self.radius, self.height), bowl, (self.radius, self.height)))


@dataclass(frozen=True)
class Compound:
    """A section by its vertices [offset, height], offsets not decreasing, with a roughness for each side.

    Args:
        points: vertices from left bank to right bank; the lowest lies at height 0.
        roughness: Manning's n of each side, one fewer than points. Conveyance is summed over panels of equal n.
    """

    points: tuple[tuple[float, float], ...]
    roughness: tuple[float, ...]
    _x: NDArray[np.float64] = field(init=False, repr=False, compare=False)
    _y: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        x, y = np.array(self.points, dtype=float).T
        if len(self.points) < 3 or np.any(np.diff(x) < 0) or not np.all(np.isfinite([x, y])):
            raise InputError("section.points", self.points, message("water.error.compound_points"))
        if len(self.roughness) != len(self.points) - 1 or not all(n > 0 for n in self.roughness):
            raise InputError("section.roughness", self.roughness, message("water.error.compound_roughness"))
        object.__setattr__(self, "_x", x)
        object.__setattr__(self, "_y", y - y.min())

    @property
    def closed(self) -> bool:
        return False

    @cached_property
    def height(self) -> float:
        """The lower of the two banks."""
        return float(min(self._y[0], self._y[-1]))

    def _sides(self, h: float) -> list[tuple[float, float, float, float]]:
        """(area, wetted length, top width, moment) of each side."""
        found = []
        for xa, ya, xb, yb in zip(self._x[:-1], self._y[:-1], self._x[1:], self._y[1:], strict=True):
            da, db = h - ya, h - yb
            if da <= 0 and db <= 0:
                found.append((0.0, 0.0, 0.0, 0.0))
                continue
            width, length = xb - xa, math.hypot(xb - xa, yb - ya)
            if da < 0 or db < 0:
                wet = max(da, db) / (abs(da) + abs(db))
                width, length = width * wet, length * wet
                da, db = max(da, 0.0), max(db, 0.0)
            found.append((width * (da + db) / 2, length, width, width * (da * da + da * db + db * db) / 6))
        return found

    def area(self, h: float) -> float:
        return math.fsum(side[0] for side in self._sides(h))

    def perimeter(self, h: float) -> float:
        return math.fsum(side[1] for side in self._sides(h))

    def top_width(self, h: float) -> float:
        return math.fsum(side[2] for side in self._sides(h))

    def moment(self, h: float) -> float:
        return math.fsum(side[3] for side in self._sides(h))

    def panels(self, h: float) -> list[tuple[float, float, float]]:
        """(area, perimeter, n) of the panels of equal roughness, for conveyance."""
        panels: list[tuple[float, float, float]] = []
        for (area, wet, _, _), n in zip(self._sides(h), self.roughness, strict=True):
            if panels and panels[-1][2] == n:
                panels[-1] = (panels[-1][0] + area, panels[-1][1] + wet, n)
            else:
                panels.append((area, wet, n))
        return panels

    def outline(self) -> NDArray[np.float64]:
        return np.column_stack((self._x, self._y))


def polygon_area(points: NDArray[np.float64] | Sequence[tuple[float, float]]) -> float:
    """Area of a simple polygon [m2], whatever its sense of turning."""
    x, y = np.asarray(points, dtype=float).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y))) / 2.0
