"""Faces of a slope on typed sections: lengths along the slope carried from section to section, worked by hand."""

import math

import pytest

from slopedesign.calc.benches.section_method import cut_typed_sections
from slopedesign.calc.compliance import bench_limits
from slopedesign.project.ground import GroundSection
from slopedesign.project.slopes import BenchDesign

STEP = BenchDesign(material="hard_rock", riser_height=10.0, face_angle=45.0, berm_width=3.0, wide_berm_width=3.0,
                   inward_fall_deg=0.0)  # fmt: skip


def section(name: str, station: float, top: float) -> GroundSection:
    """A wall of rock over the toe, level behind."""
    return GroundSection(name=name, station=station, points=((-20.0, 100.0), (0.0, 100.0), (0.001, top), (200.0, top)))


def areas(*tops: float, radius: float | None = None) -> list[float]:
    sections = [section(f"S{i}", 20.0 * i, top) for i, top in enumerate(tops)]
    limits = {"hard_rock": bench_limits("hard_rock")}
    found = cut_typed_sections(sections, STEP, limits=limits, radius=radius)  # type: ignore[arg-type]
    return [face.slope_area.value for face in found.faces]


def test_full_faces_are_their_slope_length_times_the_distance() -> None:
    assert areas(125.0, 125.0) == pytest.approx([s / math.sin(math.radians(45)) * 20.0 for s in (10.0, 10.0, 5.0)],
                                                rel=1e-3)  # fmt: skip


def test_a_face_that_is_in_one_section_only_fades_out() -> None:
    """5 m of the third riser in one section, none in the other: the mean of both."""
    assert areas(125.0, 120.0)[2] == pytest.approx(5.0 * math.sqrt(2.0) / 2 * 20.0, rel=1e-3)


def test_round_a_bend_the_faces_are_a_cone() -> None:
    """First face of a concave bend of 50 m: its middle 5 m behind the toe, by Pappus 55/50 of the straight one."""
    assert areas(110.0, 110.0, radius=50.0)[0] == pytest.approx(10.0 * math.sqrt(2.0) * 20.0 * 1.1, rel=1e-3)
