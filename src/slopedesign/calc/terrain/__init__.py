"""The shape of the ground and of the design: surfaces, their volumes, sections, contours and areas."""

from slopedesign.calc.terrain.tin import Tin, TinBuild, build_tin, tin_from_grid, tin_from_triangles

__all__ = ["Tin", "TinBuild", "build_tin", "tin_from_grid", "tin_from_triangles"]
