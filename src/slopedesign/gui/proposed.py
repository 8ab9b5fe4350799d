"""What the program took where the designer stated nothing: read off the design, shown in the empty field."""

from __future__ import annotations

import re
from typing import Any

from slopedesign.gui.numbers import shown_number

_PLACE = re.compile(r"slopes\[(\d+)\]\.(benches|wall)\.(\w+)$")


def proposed(design: Any, path: str) -> str:
    """The value in the field's unit; "" where nothing was worked for it, or it differs along the slope."""
    match = _PLACE.match(path)
    if design is None or match is None:
        return ""
    slope = next((one for one in design.slopes if one.path == f"slopes[{match[1]}]"), None)
    if slope is None:
        return ""
    values = _bench_values(slope, match[3]) if match[2] == "benches" else _wall_values(slope, match[3])
    found = {round(float(value), 3) for value in values}
    return shown_number(found.pop()) if len(found) == 1 else ""


def _bench_values(slope: Any, name: str) -> list[Any]:
    own = {override.bench for override in slope.slope.benches.overrides}
    profiles = [proposal.profile for proposal in slope.cut.proposals]
    risers = [riser for profile in profiles for riser in profile.risers[: len(profile.risers) - profile.daylight or 1]]
    berms = [berm for profile in profiles for berm in profile.berms if berm.number not in own]
    match name:
        case "riser_height":
            return [riser.height for riser in risers if riser.number not in own]
        case "face_angle":
            return [riser.angle for riser in risers if riser.number not in own]
        case "berm_width":
            return [berm.width for berm in berms if not berm.wide]
        case "wide_berm_width":
            return [berm.width for berm in berms if berm.wide]
        case "wide_berm_at":
            return [berm.number for berm in berms if berm.wide]
        case "count":
            return [slope.cut.risers] if float(slope.cut.risers) else []
        case _:
            return []


def _wall_values(slope: Any, name: str) -> list[Any]:
    return [work.wall.height for work in slope.works if work.wall is not None] if name == "height" else []
