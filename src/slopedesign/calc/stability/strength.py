"""Shear strength laws: what a material answers to the effective normal stress on a slip surface.

Every law gives, for a normal stress, its tangent: the cohesion and the slope of the straight line that touches the
strength curve there. A Mohr-Coulomb material is its own tangent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slopedesign.errors import InputError
from slopedesign.i18n import message

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class MohrCoulomb:
    """tau = c + sigma' tan(phi), c growing with depth where `rate` is set.

    Attributes:
        cohesion: kPa; at `rate_level` and above it where a rate is set.
        friction_deg: angle of internal friction.
        rate: growth of cohesion [kPa per m] going down.
        rate_level: elevation from which it grows; None: from the top of the layer.
    """

    cohesion: float
    friction_deg: float
    rate: float = 0.0
    rate_level: float | None = None

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        finite(f"{where}.cohesion", self.cohesion, least=0.0)
        finite(f"{where}.friction_deg", self.friction_deg, least=0.0)
        finite(f"{where}.rate", self.rate)
        if self.friction_deg >= 90:
            raise InputError(f"{where}.friction_deg", self.friction_deg, message("stability.rule.friction"))
        if self.rate_level is not None:
            finite(f"{where}.rate_level", self.rate_level)


@dataclass(frozen=True, kw_only=True)
class PowerCurve:
    """tau = a (sigma' + d)^b + c, stresses in kPa (a carries kPa^(1-b))."""

    a: float
    b: float
    c: float = 0.0
    d: float = 0.0

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        for name, least in (("a", 0.0), ("b", 0.0), ("c", 0.0), ("d", 0.0)):
            finite(f"{where}.{name}", getattr(self, name), least=least)
        if not (self.a > 0 and 0 < self.b <= 1):
            raise InputError(f"{where}.b", self.b, message("stability.rule.power"))

    def tangent(self, stress: Array) -> tuple[Array, Array]:
        """Cohesion and tan(phi) of the tangent at a normal stress [kPa]."""
        shifted = np.maximum(stress + self.d, 1e-3)
        slope = self.a * self.b * shifted ** (self.b - 1.0)
        return self.a * shifted**self.b + self.c - (shifted - self.d) * slope, slope


@dataclass(frozen=True, kw_only=True)
class HoekBrown:
    """Generalised Hoek-Brown rock mass, 2018 edition (Hoek & Brown 2019).

    Attributes:
        intact_strength: uniaxial strength of the intact rock [kPa].
        gsi: geological strength index, 0 to 100.
        m_i: constant of the intact rock.
        disturbance: D, 0 (undisturbed) to 1 (blasted).
    """

    intact_strength: float
    gsi: float
    m_i: float
    disturbance: float = 0.0
    _grid: float = field(default=1e5, repr=False)

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        for name, least, most in (
            ("intact_strength", 1e-6, math.inf), ("gsi", 1e-6, 100.0), ("m_i", 1e-6, 100.0), ("disturbance", 0.0, 1.0),
        ):  # fmt: skip
            finite(f"{where}.{name}", getattr(self, name), least=least, most=most)

    @property
    def m_b(self) -> float:
        """Reduced m of the rock mass."""
        return self.m_i * math.exp((self.gsi - 100.0) / (28.0 - 14.0 * self.disturbance))

    @property
    def s(self) -> float:
        """s of the rock mass."""
        return math.exp((self.gsi - 100.0) / (9.0 - 3.0 * self.disturbance))

    @property
    def a(self) -> float:
        """Exponent of the rock mass."""
        return 0.5 + (math.exp(-self.gsi / 15.0) - math.exp(-20.0 / 3.0)) / 6.0

    @cached_property
    def _curve(self) -> tuple[Array, Array, Array]:
        """sigma_n, tau, tan(phi) along the envelope (Balmer), from the tensile cut-off up."""
        tension = self.s * self.intact_strength / self.m_b
        top = max(self._grid, 10.0 * self.intact_strength)
        minor = np.concatenate(([0.0], np.geomspace(1e-9 * top, top, 4000))) - tension
        inner = np.maximum(self.m_b * minor / self.intact_strength + self.s, 1e-12)
        major = minor + self.intact_strength * inner**self.a
        rise = 1.0 + self.a * self.m_b * inner ** (self.a - 1.0)
        root = np.sqrt(rise)
        normal = (major + minor) / 2.0 - (major - minor) / 2.0 * (rise - 1.0) / (rise + 1.0)
        return normal, (major - minor) * root / (rise + 1.0), (rise - 1.0) / (2.0 * root)

    def tangent(self, stress: Array) -> tuple[Array, Array]:
        """Cohesion and tan(phi) of the tangent at a normal stress [kPa]."""
        normal, shear, slope = self._curve
        inside = np.maximum(stress, 0.0)
        tan_phi = np.interp(inside, normal, slope)
        return np.interp(inside, normal, shear) - inside * tan_phi, tan_phi


Strength = MohrCoulomb | PowerCurve | HoekBrown


@dataclass(frozen=True, kw_only=True)
class Band:
    """Another Mohr-Coulomb strength for slip directions between two inclinations (a plane of weakness).

    Inclination of the slip surface [deg], positive where it dips towards the toe side.
    """

    from_deg: float
    to_deg: float
    cohesion: float
    friction_deg: float


@dataclass(frozen=True, kw_only=True)
class Material:
    """One kind of ground in a section.

    Attributes:
        unit_weight: kN/m3 above the water line.
        saturated_unit_weight: kN/m3 below it; None: as above.
        ru: pore pressure as a share of the soil weight above; None: the section's own water.
        dry: no pore pressure in this material whatever the section's water.
        bands: weaker directions.
    """

    name: str
    unit_weight: float
    strength: Strength
    saturated_unit_weight: float | None = None
    ru: float | None = None
    dry: bool = False
    bands: tuple[Band, ...] = ()

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        for name in ("unit_weight", "saturated_unit_weight"):
            value = getattr(self, name)
            if value is None and name != "unit_weight":
                continue
            finite(f"{where}.{name}", value)
            if not value > 0:
                raise InputError(f"{where}.{name}", value, message("stability.rule.positive"))
        if self.ru is not None:
            finite(f"{where}.ru", self.ru, least=0.0, most=1.0)
        self.strength.validate(f"{where}.strength")
        for i, band in enumerate(self.bands):
            here = f"{where}.bands[{i}]"
            finite(f"{here}.from_deg", band.from_deg, least=-90.0, most=90.0)
            finite(f"{here}.to_deg", band.to_deg, least=band.from_deg, most=90.0)
            MohrCoulomb(cohesion=band.cohesion, friction_deg=band.friction_deg).validate(here)


def finite(field_: str, value: object, *, least: float = -math.inf, most: float = math.inf) -> None:
    """Refuses what is no finite number between two bounds (InputError)."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
        raise InputError(field_, value, message("stability.rule.number"))
    if not math.isfinite(value):
        raise InputError(field_, value, message("stability.rule.finite"))
    if not least <= value <= most:
        raise InputError(field_, value, message("stability.rule.between", least=f"{least:g}", most=f"{most:g}"))
