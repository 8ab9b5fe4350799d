"""The question put to the earth pressure: the back of a wall, the fill behind it, what acts on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from slopedesign.calc.walls.wedge import RockFace
from slopedesign.standards.trace import Traced, measured

ZERO = measured(0.0, "-", "walls.method.none")


@dataclass(frozen=True, kw_only=True)
class SoilState:
    """Strength and weight of the fill in one situation."""

    unit_weight: Traced
    buoyant_weight: Traced
    friction_deg: Traced
    cohesion: Traced
    wall_friction_deg: Traced
    min_fluid_weight: Traced | None = None


@dataclass(frozen=True, kw_only=True)
class PressureCase:
    """The back of a wall and what lies behind it.

    Attributes:
        height: of the soil on the back, heel to ground [m]; back_deg: the back's angle to the horizontal.
        ground: vertices from (0, 0) where the soil meets the back; the last segment runs on.
        surcharge: per horizontal metre from the back on; strips, lines: further loads.
        water: level above the heel; water_weight: of water.
        rho: earthquake angle, or None; lever_share: lever of the earthquake's part over the height.
        rock, rock_friction: stable rock face and the soil's friction on it.
        enlargement: factor on the soil's thrust by wall height.
        virtual: the back is a virtual plane in the soil.
        layers: (thickness, soil) from the ground down, where the fill is not one soil; at_rest: the wall cannot yield.
    """

    height: Traced
    back_deg: Traced
    ground: tuple[tuple[float, float], ...]
    soil: SoilState
    surcharge: Traced
    strips: tuple[tuple[float, float, float], ...] = ()
    lines: tuple[tuple[float, float], ...] = ()
    water: Traced = ZERO
    water_weight: Traced
    rho: Traced | None = None
    lever_share: Traced = ZERO
    rock: RockFace | None = None
    enlargement: Traced
    virtual: bool = False
    layers: tuple[tuple[float, SoilState], ...] = ()
    at_rest: bool = False
    field: str = "wall"

    @property
    def slope_deg(self) -> float | None:
        """Slope of the ground where it is one plane, else None."""
        slopes = [
            math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
            for a, b in zip(self.ground, self.ground[1:], strict=False)
        ]
        return slopes[0] if max(slopes) - min(slopes) < 1e-9 else None


@dataclass(frozen=True, kw_only=True)
class ThrustPart:
    """One part of the thrust.

    Attributes:
        name: "soil", "surcharge", "earthquake" or "water".
        thrust: its size [kN/m]; arm: height above the heel [m].
        horizontal: towards the front; vertical: downwards [kN/m].
    """

    name: str
    thrust: Traced
    arm: Traced
    horizontal: Traced
    vertical: Traced
