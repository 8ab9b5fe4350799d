"""Bench, soil and road cases: the records of a project in, the numbers of the design out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.limits import SOFTEST_FIRST
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.compliance import bench_limits
from slopedesign.calc.cover import VOLUME_BANK, VOLUME_LOOSE, area_cover, soil_factors
from slopedesign.calc.roads import design_roads
from slopedesign.calc.terrain import build_tin
from slopedesign.project.slopes import BaseLine, BenchDesign
from slopedesign.project.works import CoverArea, RoadNetwork, SoilSupply
from slopedesign.standards import guide
from slopedesign.standards.guide_2023 import COVER_PLOTS, SURVIVAL_SAMPLE

Case = Mapping[str, Any]
Found = tuple[str, float, float | None]
"""What was asked, the stated number, ours."""

_OF_CUT: Mapping[str, Callable[[BenchCut], float | list[float]]] = {
    "cut_m3": lambda cut: float(cut.cut),
    "area_m2": lambda cut: float(cut.area),
    "height_m": lambda cut: float(cut.height),
    "risers": lambda cut: float(cut.risers),
    "bench_levels_m": lambda cut: [float(bench.level) for bench in cut.benches],
    "bench_areas_m2": lambda cut: [float(bench.area) for bench in cut.benches],
    "wide_benches": lambda cut: [float(number) for number in cut.wide_benches],
    "face_heights_m": lambda cut: [float(face.found_height) for face in cut.faces],
    "face_angles_deg": lambda cut: [float(face.angle) for face in cut.faces],
    "face_areas_m2": lambda cut: [float(face.slope_area) for face in cut.faces],
    "profile_angle_deg": lambda cut: float(cut.profile.overall_angle),
}


def benches(case: Case) -> Iterator[Found]:
    """Benches cut into ground given by points, from a base line."""
    given = case["input"]
    ground = build_tin(np.array(given["ground_points"], float)).tin
    line, sizes = BaseLine.model_validate(given["base_line"]), BenchDesign.model_validate(given["benches"])
    limits = {material: bench_limits(material) for material in SOFTEST_FIRST}
    cut = cut_slope(ground, line, sizes, limits=limits, second_opinion=False)
    for name, stated in case["expected"].items():
        if name not in _OF_CUT:
            continue
        found = _OF_CUT[name](cut)
        if not isinstance(found, list):
            yield name, float(stated), found
        elif len(found) != len(stated):
            yield f"number of {name}", float(len(stated)), float(len(found))
        else:
            yield from ((f"{name} {k}", float(a), b) for k, (a, b) in enumerate(zip(stated, found, strict=True), 1))


def soil(case: Case) -> Iterator[Found]:
    """Soil on one area, as laid, in the borrow and on the truck."""
    given = case["input"]
    cover = area_cover(CoverArea.model_validate(given["cover_area"]), "cover_areas[0]")
    supply = SoilSupply.model_validate(given.get("soil", {}))
    factors, laid = soil_factors(supply), float(cover.in_place)
    values: dict[str, float | None] = {
        "plan_area_m2": float(cover.plan_area), "slope_area_m2": float(cover.slope_area), "in_place_m3": laid,
        "bank_m3": None, "loose_m3": None,
    }  # fmt: skip
    if factors.compacted_per_bank is not None and supply.settlement is not None:
        bank = VOLUME_BANK.number(V=laid, s=supply.settlement, k_c=float(factors.compacted_per_bank))
        values["bank_m3"] = bank
        if factors.loose_per_bank is not None:
            values["loose_m3"] = VOLUME_LOOSE.number(V_b=bank, k_l=float(factors.loose_per_bank))
    yield from ((name, float(stated), values[name]) for name, stated in case["expected"].items() if name in values)


def roads(case: Case) -> Iterator[Found]:
    """Lengths and densities of a road network."""
    found = design_roads(RoadNetwork.model_validate(case["input"]["road_network"]), guide.road_densities())
    classes = {one.road_class: one for one in found.classes}
    for name, stated in case["expected"].items():
        road_class, _, what = name.rpartition("_")
        if road_class in classes:
            one = classes[road_class]
            values = {"density": one.density, "length": one.length, "spare": one.spare}
            value = values.get(what)
            yield name, float(stated), None if value is None else float(value)


def samples(case: Case) -> Iterator[Found]:
    """Plants and plots to look at."""
    given = case["input"]
    if "n_planted" in given:
        yield "plants", float(case["expected"]["plants"]), SURVIVAL_SAMPLE.number(N=float(given["n_planted"]))
    if "planted_area_m2" in given:
        yield "plots", float(case["expected"]["plots"]), COVER_PLOTS.number(A=float(given["planted_area_m2"]))


def fits(given: Mapping[str, Any]) -> Callable[[Case], Iterator[Found]] | None:
    """The function that works a case of this input; None where it is of another kind."""
    if "ground_points" in given and "benches" in given:
        return benches
    if "cover_area" in given:
        return soil
    if "road_network" in given:
        return roads
    return samples if "n_planted" in given or "planted_area_m2" in given else None
