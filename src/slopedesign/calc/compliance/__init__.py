"""The guide's verdicts on a design: plain facts in, checks out.

Each function takes the traced numbers of one thing (a slope, a riser, a bench, a wall, a covered area, a road) and
returns the checks of every rule of the guide that speaks of it. A number that is not known is None; its rule is then
NOT_JUDGED and says what is missing. What only the designer can answer comes through `judge_project`.
"""

from slopedesign.calc.compliance.cover import judge_cover
from slopedesign.calc.compliance.limits import bench_limits
from slopedesign.calc.compliance.project import (
    DESIGN_MODULES,
    PLANT_MODULES,
    WATER_MODULES,
    answers_of,
    facts_of,
    judge_drawings,
    judge_project,
    materials_of,
    places_of,
    stated_of,
)
from slopedesign.calc.compliance.roads import judge_road, judge_road_density, judge_roads
from slopedesign.calc.compliance.slopes import judge_bench, judge_cut_slope, judge_face_ratio, judge_riser
from slopedesign.calc.compliance.walls import WallFacts, judge_wall, wall_facts

__all__ = [
    "DESIGN_MODULES", "PLANT_MODULES", "WATER_MODULES", "WallFacts", "answers_of", "bench_limits", "facts_of",
    "judge_bench", "judge_cover", "judge_cut_slope", "judge_drawings", "judge_face_ratio", "judge_project",
    "judge_riser", "judge_road", "judge_road_density", "judge_roads", "judge_wall", "materials_of", "places_of",
    "stated_of", "wall_facts",
]  # fmt: skip
