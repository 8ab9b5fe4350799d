"""Inputs of a published wall case, found whatever their unit, letter case and usual other names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import message

Outputs = dict[str, float]

UNITS = {"kn", "m", "m3", "ft", "k", "kpa", "ksf", "lb", "psf", "knm", "kcf", "pcf", "mm", "cm", "mm2",
         "m2", "deg", "mpa", "t"}  # fmt: skip
SAME = {
    "height": "H", "wall_height": "H", "unit_weight": "gamma", "gamma_soil": "gamma", "gamma_s": "gamma",
    "friction_angle": "phi", "phi_prime": "phi", "phi_k": "phi", "internal_friction": "phi", "cohesion": "c",
    "c_prime": "c", "c_k": "c", "surcharge": "q", "wall_friction": "delta", "wall_friction_angle": "delta",
    "k_h": "kh", "k_v": "kv", "f_ak": "fak", "water_table_depth": "water_depth", "depth_to_water": "water_depth",
    "z_w": "water_depth", "gamma_c": "gamma_conc", "base_friction": "mu", "friction_coefficient": "mu",
}  # fmt: skip
"""Other names inputs go by in books, without unit and letter case, and the name used here."""
SCALES = {"mm": 1e-3, "cm": 1e-2, "m": 1.0, "kpa": 1.0, "mpa": 1e3}


class Inputs:
    """Inputs of a case, found by any of several names; letter case and unit suffixes do not matter."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._plain: dict[str, Any] = dict(given)
        self._short = {short(name): value for name, value in given.items()}
        for other, usual in SAME.items():
            if other in self._short:
                self._short.setdefault(usual.lower(), self._short[other])

    def raw(self, *names: str) -> Any:
        """The first of the names that is given, or None."""
        for name in names:
            if name in self._plain:
                return self._plain[name]
            if short(name) in self._short:
                return self._short[short(name)]
        return None

    def has(self, *names: str) -> bool:
        """Whether one of the names is given."""
        return self.raw(*names) is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Names as they stand in the case."""
        return tuple(self._plain)

    def stated(self, name: str) -> bool:
        """Whether exactly this name is given."""
        return name in self._plain

    def get(self, *names: str, default: float | None = None) -> float:
        """A number by the first name that is given.

        Raises:
            InputError: none is given and there is no default.
        """
        value = self.raw(*names)
        if value is None:
            if default is None:
                raise InputError("inputs", list(self._plain), message("walls.error.case_inputs", missing=names[0]))
            return default
        if isinstance(value, str):
            found = re.search(r"-?\d+(?:\.\d+)?", value)
            if found is None:
                raise InputError(f"inputs.{names[0]}", value, message("walls.error.case_inputs", missing=names[0]))
            return float(found[0])
        return float(value)

    def scaled(self, name: str, unit: str) -> float:
        """A length or a stress in `unit`, by the unit its own name ends with ("d1_mm", "f_kPa"); `unit` if with none.

        Raises:
            InputError: it is not given.
        """
        value = self.get(name)
        told = next((full for full in self._plain if short(full) == name.lower() and full.lower() != name.lower()), "")
        return value * SCALES.get(told.lower().rsplit("_", 1)[-1], SCALES[unit]) / SCALES[unit]


def short(name: str) -> str:
    """A name without case and unit suffixes: "Pa_kN_m" -> "pa"."""
    parts = name.lower().split("_")
    while len(parts) > 1 and parts[-1] in UNITS:
        parts.pop()
    return "_".join(parts)
