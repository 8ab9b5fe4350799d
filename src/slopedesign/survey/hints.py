"""What the size of the coordinates suggests about the coordinate system: hints for the reader, never facts."""

from __future__ import annotations

import math

from slopedesign.i18n import Message, message
from slopedesign.survey.columns import looks_east, looks_north


def latitude_of(northing: float) -> float:
    """Latitude [deg] of a northing [m] on the central meridian, to about 0.01 deg.

    Source: meridian arc 111132.95 B - 16038.5 sin 2B + 16.8 sin 4B (GRS 80), inverted by iteration.
    """
    latitude = northing / 111_132.95
    for _ in range(5):
        b = math.radians(latitude)
        latitude = (northing + 16_038.5 * math.sin(2 * b) - 16.8 * math.sin(4 * b)) / 111_132.95
    return latitude


def datum_hints(east: float, north: float) -> tuple[Message, ...]:
    """Hints from a typical easting and northing [m]."""
    if not (looks_east(east) and looks_north(north)):
        if looks_east(north) and looks_north(east):
            return (message("survey.hint.swapped"),)
        return (message("survey.hint.local"),)
    zone = int(east // 1e6)
    if zone == 0:
        first = message("survey.hint.no_zone", east=f"{east:.0f}")
    elif zone >= 25:
        first = message("survey.hint.zone", zone=zone, width=3, meridian=3 * zone)
    else:
        first = message("survey.hint.zone", zone=zone, width=6, meridian=6 * zone - 3)
    latitude = latitude_of(north)
    key = "latitude_hubei" if 29.0 <= latitude <= 33.3 else "latitude"
    return first, message(f"survey.hint.{key}", north=f"{north:.0f}", latitude=f"{latitude:.1f}")
