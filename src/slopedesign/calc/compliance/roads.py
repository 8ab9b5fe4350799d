"""Roads (guide 7.2.3.6(2)④)."""

from __future__ import annotations

from slopedesign.calc.roads import RoadsResult
from slopedesign.i18n import message
from slopedesign.standards import guide
from slopedesign.standards.check import Check
from slopedesign.standards.judging import judge
from slopedesign.standards.rules import Fact, guide_rules
from slopedesign.standards.tables import table
from slopedesign.standards.trace import Traced


def judge_road(
    *,
    subject: str,
    road_class: str,
    width: Traced,
    subgrade_height: Traced | None = None,
    on_flat_ground: bool | None = None,
    field: str = "",
) -> list[Check]:
    """Width by class, and the subgrade's height above the ground.

    Args:
        on_flat_ground: False for roads on benches and cut hillsides, whose subgrade the clause does not mean.
    """
    facts: dict[str, Fact] = {"road_class": road_class}
    checks = []
    if guide_rules().has(f"road.{road_class}.width"):
        narrow, widest = table("roads", "lane_width").pick_range("motor")
        wide = road_class == "field" and width.value > widest.value
        lane = message("compliance.lane_gb50288", low=f"{narrow.value:g}", high=f"{widest.value:g}")
        notes = (lane,) if wide else ()
        rule = guide.rule(f"road.{road_class}.width")
        checks.append(judge(rule, facts, width, subject=subject, field=f"{field}.width".lstrip("."), notes=notes))
    if on_flat_ground is not False:
        checks.append(
            judge(
                guide.rule("road.subgrade_height"), facts, subgrade_height, subject=subject,
                field=f"{field}.subgrade_height".lstrip("."), asks="subgrade_height",
            )
        )  # fmt: skip
    return checks


def judge_road_density(*, subject: str, road_class: str, density: Traced, field: str = "") -> list[Check]:
    """Length of a class's roads against the land they serve [km/km2]; no check for a class without a limit."""
    if not guide_rules().has(f"road.{road_class}.density"):
        return []
    facts: dict[str, Fact] = {"road_class": road_class}
    return [judge(guide.rule(f"road.{road_class}.density"), facts, density, subject=subject, field=field)]


def judge_roads(roads: RoadsResult) -> list[Check]:
    """Every road and every class of a network."""
    checks = []
    for road in roads.roads:
        checks += judge_road(
            subject=road.field, road_class=road.road_class, width=road.width, subgrade_height=road.subgrade_height,
            field=road.field,
        )  # fmt: skip
    for found in roads.classes:
        checks += judge_road_density(
            subject=f"roads.classes.{found.road_class}", road_class=found.road_class, density=found.density,
            field="roads.served_area",
        )  # fmt: skip
    return checks
