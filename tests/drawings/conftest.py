"""The sheets of the packaged quarry, built once, and small sheets that need no survey."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from slopedesign.calc.walls.bench_wall import design_bench_wall
from slopedesign.design import Design, run
from slopedesign.drawings.content import SectionBench, SectionContent, SectionFace, WallDetail, WallOnBench
from slopedesign.drawings.deliver import sheets_of
from slopedesign.drawings.sheet import Sheet
from slopedesign.project.slopes import BenchWall
from slopedesign.quantities.bill import Bill
from slopedesign.quantities.collect import bill_of
from slopedesign.standards.trace import given, measured
from slopedesign.workspace import open_workspace

QUARRY = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


@pytest.fixture(scope="session")
def design() -> Design:
    """The packaged quarry, designed."""
    workspace = open_workspace(QUARRY)
    return run(workspace.project, workspace.sources)


@pytest.fixture(scope="session")
def bill(design: Design) -> Bill:
    """Its quantities."""
    return bill_of(design)


@pytest.fixture(scope="session")
def sheets(design: Design, bill: Bill) -> dict[str, list[Sheet]]:
    """All its sheets, by file."""
    return sheets_of(design, bill)


def wall_detail(kind: str) -> WallDetail:
    """The guide's wall on three benches of 3 m with 0.5 m of soil."""
    wall = BenchWall.model_validate({"kind": kind})
    cover = given(0.5, "m", "slopes[0].cover.thickness")
    walls = tuple(
        WallOnBench(
            bench=str(i + 1), level=100.0 + 15 * i,
            result=design_bench_wall(
                wall, cover, measured(60.0 + 7.5 * i, "m", "design.wall_line"), measured(3.0, "m", "design.wall_line"),
                "hard_rock", "slopes[0].wall",
            ),
        )
        for i in range(3)
    )  # fmt: skip
    return WallDetail(
        slope="A", wall=wall, walls=walls, cover=cover, bench_width=measured(3.0, "m", "design.wall_line"),
        inward_fall_deg=2.0, face_angle_deg=50.0,
    )  # fmt: skip


def section_content(name: str = "1") -> SectionContent:
    """A face 20 m high, cut to two risers of 10 m at 1:0.5 with a bench of 3 m between them."""
    ground = np.array([(-10.0, 100.0), (0.0, 100.0), (5.0, 120.0), (30.0, 121.0)])
    design = np.array([(0.0, 100.0), (5.0, 110.0), (8.0, 110.0), (13.0, 120.0), (13.16, 120.3264)])
    outline = np.array([(0.0, 100.0), (5.0, 120.0), (13.16, 120.3264), (13.0, 120.0), (8.0, 110.0), (5.0, 110.0)])
    rows = [(0.0, 100.0, 100.0, 3.0), (5.0, 120.0, 110.0, 4.0), (8.0, 120.12, 110.0, 4.0), (13.16, 120.33, 120.33, 3.0)]
    return SectionContent(
        name=name, station=20.0, ground=(ground,), design=(design,), stations=tuple(rows), cut_outlines=(outline,),
        benches=(SectionBench(name="1", inner=(8.0, 110.0), outer=(5.0, 110.0), width=3.0),),
        faces=(
            SectionFace(foot=(0.0, 100.0), top=(5.0, 110.0), angle_deg=63.435, ratio=0.5),
            SectionFace(foot=(8.0, 110.0), top=(13.0, 120.0), angle_deg=63.435, ratio=0.5),
        ),
        cut=measured(75.0, "m2", "terrain.by.section"),
    )  # fmt: skip
