"""Notches, a real quarry and the packaged example."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
import shapely

from slopedesign.calc.benches import layout as layout_module
from slopedesign.calc.benches import rings as rings_module
from slopedesign.calc.benches.cut import GroundLayer, GroundModel, cut_slope
from slopedesign.calc.benches.sections import cut_sections, section_volumes
from slopedesign.calc.terrain import build_tin
from slopedesign.calc.terrain.layers import cut_by_layers
from slopedesign.project.project import Project
from slopedesign.project.slopes import BaseLine

from .bench_helpers import LIMITS, design, line, plane

QUARRY = Path(__file__).parents[3] / "examples" / "quarry"


def test_open_last_face_in_a_notch_carries_rings(monkeypatch):
    """One far ring leaves flat triangles in every notch; rings at every 10 m do not."""
    notch = line([(-120, 0), (0, 0), (0, -120)], 200.0, uphill="right", ends="square")
    ground = plane(330.0, 0.0)
    right = cut_slope(ground, notch, design(count=2), limits=LIMITS)
    assert right.second is not None and right.second.agrees
    middle = right.layout.tin.corners.mean(axis=1)[:, :2] + right.layout.tin.origin[:2]
    level = right.layout.tin.elevation(middle) - right.layout.elevation(middle)
    assert np.nanmax(np.abs(level)) < 0.1
    monkeypatch.setattr(rings_module, "RING_RUN", 1e9)
    monkeypatch.setattr(layout_module, "FLAT_ERROR", 1e9)
    bump = line([(-30, -80), (-30, 0), (30, 0), (30, -80)], 200.0, uphill="right", ends="square")
    wrong = cut_slope(ground, bump, design(count=2), limits=LIMITS)
    monkeypatch.undo()
    cured = cut_slope(ground, bump, design(count=2), limits=LIMITS)
    assert cured.second is not None and wrong.second is not None
    assert cured.second.agrees
    assert abs(float(wrong.second.difference or 0)) > abs(float(cured.second.difference or 0))


def read(path: Path) -> np.ndarray:
    rows = [row.split(",") for row in path.read_text(encoding="utf-8", errors="replace").splitlines() if row.strip()]
    points = np.array([[float(v) for v in row[2:5]] for row in rows])
    points = points[points[:, 0] > 494_400]
    _, first = np.unique(points[:, :2], axis=0, return_index=True)
    return points[np.sort(first)]


def test_benches_on_a_real_quarry(surveys):
    ground = build_tin(read(surveys / "openearthwork_surface.txt"), duplicates="mean", max_edge=40).tin
    rock = build_tin(read(surveys / "openearthwork_rockbase.txt"), duplicates="mean", max_edge=40).tin
    toe = ((494668, 4038505), (494668, 4038535), (494678, 4038545), (494695, 4038546), (494708, 4038540))
    layers = (GroundLayer(name="soil", kind="soil", bottom=rock), GroundLayer(name="rock", kind="hard_rock"))
    model = GroundModel(surface=ground, layers=layers)
    sizes = design(riser_height=5, face_angle=55, berm_width=2, wide_berm_width=4)
    cut = cut_slope(model, BaseLine(vertices=toe, elevation=44.0), sizes, limits=LIMITS)
    assert cut.second is not None and cut.second.agrees
    assert float(cut.cut) == pytest.approx(float(cut.volumes.cut), rel=1e-6)
    assert 0 < float(cut.coverage) <= 1 + 1e-9
    assert cut.outline.area == pytest.approx(float(cut.area), rel=1e-3)
    peer = cut_by_layers(ground, cut.layout.tin, [rock])
    for name, volume in zip(("soil", "rock"), peer.layers, strict=True):
        expected = math.fsum(float(v) for v in volume)
        assert float(cut.cut_by_material[name]) == pytest.approx(expected, rel=1e-3, abs=1.0)
    for bench in cut.benches:
        assert float(bench.usable_area) <= float(bench.area) * (1 + 1e-6)
        for part in (*bench.crest, *bench.toe):
            assert shapely.LineString(part[:, :2]).difference(cut.outline.buffer(1e-3)).length < 1e-3


@pytest.fixture(scope="module")
def quarry() -> tuple[Project, GroundModel]:
    project = Project.model_validate_json((QUARRY / "project.json").read_text(encoding="utf-8"))

    def cass(name: str) -> tuple[list[str], np.ndarray]:
        rows = [row.split(",") for row in (QUARRY / name).read_text(encoding="ascii").split()]
        return [row[1] for row in rows], np.array([[float(v) for v in row[2:]] for row in rows])

    codes, points = cass("lines.dat")
    lines = [points[[i for i, c in enumerate(codes) if c == code]] for code in dict.fromkeys(codes)]
    ground = build_tin(cass("survey.dat")[1], lines, duplicates="mean").tin
    rock = build_tin(cass("rock.dat")[1], duplicates="mean").tin
    layers = (GroundLayer(name="soil", kind="soil", bottom=rock), GroundLayer(name="rock", kind="hard_rock"))
    return project, GroundModel(surface=ground, layers=layers)


def test_the_packaged_quarry(quarry):
    project, ground = quarry
    slope = project.slopes[0]
    assert slope.base_line is not None
    cut = cut_slope(ground, slope.base_line, slope.benches, limits=LIMITS)
    assert cut.second is not None and cut.second.agrees
    assert float(cut.coverage) == pytest.approx(1)
    assert float(cut.join.scarp) < 0.2 and float(cut.join.survey_rim) == 0
    assert 50 < float(cut.existing_height) < 66
    assert float(cut.existing_angle) > 65
    assert all(float(f.found_height) <= float(f.height) + 0.02 for f in cut.faces)
    assert len(cut.benches) >= 4 and len(cut.wide_benches) == 1
    peer = cut_by_layers(ground.surface, cut.layout.tin, [ground.layers[0].bottom])
    soil = math.fsum(float(v) for v in peer.layers[0])
    assert float(cut.cut_by_material["soil"]) == pytest.approx(soil, rel=1e-4)
    volumes = section_volumes(ground, cut, cut_sections(ground, cut, slope.sections))
    assert volumes.difference is not None and volumes.curved_difference is not None
    assert float(volumes.difference) < -0.15
    assert abs(float(volumes.curved_difference)) < 0.02


def test_survey_files_are_what_the_project_accepted(quarry):
    import hashlib

    for survey in quarry[0].surveys:
        found = hashlib.sha256((QUARRY / survey.path).read_bytes()).hexdigest()
        assert found == survey.sha256, survey.path


def test_a_new_design_on_known_ground_is_quick(quarry):
    """Processor time, so that what else runs on the machine does not count; the clock shows about half of it."""
    project, ground = quarry
    slope = project.slopes[0]
    assert slope.base_line is not None
    cut_slope(ground, slope.base_line, slope.benches, limits=LIMITS, second_opinion=False)
    times = []
    for width in (2.5, 3.5, 4.0):
        sizes = slope.benches.model_copy(update={"berm_width": width})
        start = time.process_time()
        cut_slope(ground, slope.base_line, sizes, limits=LIMITS, second_opinion=False)
        times.append(time.process_time() - start)
    assert min(times) < 2.5
