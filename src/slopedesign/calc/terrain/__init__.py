"""The shape of the ground and of the design: surfaces, their volumes, sections, contours and areas.

tin         surfaces from points and break lines             cutfill   exact cut and fill between two surfaces
sections    vertical sections and the areas between them     layers    cut split by material interfaces
contour     contour lines                                    midpoint  the second opinion on cut and fill
areas       areas in plan and along the slope                storage   water stored by level
hand        end areas, prismoidal rule, bends                squares   the method of squares
dem         grids of millions of cells                       zones     areas in plan by which results are split
"""

from slopedesign.calc.terrain.areas import ZoneArea, areas_in
from slopedesign.calc.terrain.contour import Contour, contours, level_steps
from slopedesign.calc.terrain.cutfill import Overlay, Volumes, overlay
from slopedesign.calc.terrain.joining import Polyline
from slopedesign.calc.terrain.layers import LayeredCut, cut_by_layers
from slopedesign.calc.terrain.midpoint import Agreement, Midpoint, compare, midpoint_volumes
from slopedesign.calc.terrain.sections import SectionAreas, SectionLine, section, section_area_between, typed_section
from slopedesign.calc.terrain.storage import Stage, stage_storage
from slopedesign.calc.terrain.tin import Crossing, Tin, TinBuild, build_tin, tin_from_grid, tin_from_triangles
from slopedesign.calc.terrain.zones import Zone

__all__ = [
    "Agreement", "Contour", "Crossing", "LayeredCut", "Midpoint", "Overlay", "Polyline", "SectionAreas", "SectionLine",
    "Stage", "Tin", "TinBuild", "Volumes", "Zone", "ZoneArea", "areas_in", "build_tin", "compare", "contours",
    "cut_by_layers", "level_steps", "midpoint_volumes", "overlay", "section", "section_area_between", "stage_storage",
    "tin_from_grid", "tin_from_triangles", "typed_section",
]  # fmt: skip
