"""The shape of the ground and of the design: surfaces, their volumes, sections, contours and areas."""

from slopedesign.calc.terrain.cutfill import Overlay, Volumes, overlay
from slopedesign.calc.terrain.tin import Tin, TinBuild, build_tin, tin_from_grid, tin_from_triangles
from slopedesign.calc.terrain.zones import Zone

__all__ = [
    "Overlay",
    "Tin",
    "TinBuild",
    "Volumes",
    "Zone",
    "build_tin",
    "overlay",
    "tin_from_grid",
    "tin_from_triangles",
]
