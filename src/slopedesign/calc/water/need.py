"""What an input must be: refused by name, never repaired."""

from __future__ import annotations

import math

from slopedesign.errors import InputError
from slopedesign.i18n import message


def finite(field: str, value: float) -> float:
    """The value, if it is a finite number.

    Raises:
        InputError: it is not.
    """
    if not math.isfinite(value):
        raise InputError(field, value, message("water.error.finite"))
    return float(value)


def positive(field: str, value: float) -> float:
    """The value, if it is finite and > 0.

    Raises:
        InputError: it is not.
    """
    if not (math.isfinite(value) and value > 0):
        raise InputError(field, value, message("water.error.positive"))
    return float(value)


def not_negative(field: str, value: float) -> float:
    """The value, if it is finite and >= 0.

    Raises:
        InputError: it is not.
    """
    if not (math.isfinite(value) and value >= 0):
        raise InputError(field, value, message("water.error.not_negative"))
    return float(value)


def between(field: str, value: float, low: float, high: float) -> float:
    """The value, if low <= value <= high.

    Raises:
        InputError: it is not.
    """
    if not (math.isfinite(value) and low <= value <= high):
        raise InputError(field, value, message("water.error.between", low=low, high=high))
    return float(value)
