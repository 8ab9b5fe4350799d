"""Projects stated wrongly, oddly or at the edge of sense: each ends in a sound design or in one clear message.

The ground is a made-up hillside of 1200 points: a floor at about 100 m, a face of 2.5:1, a gentle top at about 130 m.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.terrain import overlay
from slopedesign.cli import main
from slopedesign.design import Design, run
from slopedesign.design.water import designed_surface
from slopedesign.errors import InputError, NoSolution, SlopeDesignError
from slopedesign.quantities.bill import Bill
from slopedesign.quantities.collect import bill_of
from slopedesign.workspace import open_workspace

E0, N0 = 500_000.0, 3_400_000.0
Data = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, with Chinese characters and a space in its name, that holds the surveys."""
    place = tmp_path_factory.mktemp("breaking") / "矿 山"
    place.mkdir()
    rows: list[str] = []
    for a in range(41):
        for b in range(31):
            along, away = 3.0 * a, 3.0 * b
            z = 100.0 if away < 30 else min(100 + 2.5 * (away - 30), 130 + 0.1 * (away - 42))
            z += 0.2 * math.sin(1.3 * a) + 0.15 * math.cos(2.1 * b)
            rows.append(f"{len(rows) + 1},,{E0 + along:.3f},{N0 + away:.3f},{z:.3f}")
    (place / "ground.dat").write_text("\n".join(rows), encoding="utf-8")
    (place / "empty.dat").write_text("", encoding="utf-8")
    (place / "binary.dat").write_bytes(bytes(range(256)) * 40)
    (place / "two.dat").write_text("1,,500000,3400000,1\n2,,500001,3400000,1\n", encoding="utf-8")
    on_line = "\n".join(f"{i},,{E0 + i},{N0},{100 + i}" for i in range(30))
    (place / "line.dat").write_text(on_line, encoding="utf-8")
    lines = [(-10, 100), (0, 100), (10, 125), (20, 130), (60, 140)]
    rows = [f"{name},{station},{o},{z}" for name, station in (("1", 0), ("2", 20)) for o, z in lines]
    (place / "sections.csv").write_text("\n".join(["name,station,offset,elevation", *rows]), encoding="utf-8")
    (place / "bad.csv").write_text("name,station,offset,elevation\n1,0,x,y\n", encoding="utf-8")
    return place


def project() -> Data:
    """A project that can be computed; every case changes one thing of it."""
    return {
        "schema_version": 1,
        "info": {"name": "示例"},
        "surveys": [{"name": "ground", "path": "ground.dat"}],
        "materials": [{"name": "灰岩", "kind": "hard_rock"}],
        "slopes": [
            {
                "name": "A", "ground": "ground", "layers": [{"material": "灰岩"}],
                "base_line": {"vertices": [[E0 + 30, N0 + 30], [E0 + 90, N0 + 30]], "elevation": 100.5},
                "benches": {"riser_height": 10, "face_angle": 60, "berm_width": 3},
                "sections": {"spacing": 30},
            }
        ],
    }  # fmt: skip


def slope(**changes: Any) -> Data:
    data = project()
    data["slopes"][0] |= changes
    return data


def benches(**changes: Any) -> Data:
    data = project()
    data["slopes"][0]["benches"] |= changes
    return data


def line(vertices: list[list[float]], **changes: Any) -> Data:
    return slope(base_line={"vertices": vertices, "elevation": 100.5} | changes)


def wall(**changes: Any) -> Data:
    return slope(wall=changes)


def survey(path: str, **changes: Any) -> Data:
    return project() | {"surveys": [{"name": "ground", "path": path} | changes]}


def sections(file: str = "sections.csv", **changes: Any) -> Data:
    data = slope(sections_file=file, **changes)
    del data["slopes"][0]["ground"], data["slopes"][0]["base_line"]
    return data


def cover_area(**changes: Any) -> Data:
    area = {"name": "c", "place": "pit_floor", "ground": "soil", "method": "cover", "use": "forest", "thickness": 0.5}
    return project() | {"cover_areas": [area | changes]}


def roads(*changes: Mapping[str, Any]) -> Data:
    kinds = [{"name": "r", "road_class": "field", "width": 3.0} | dict(change) for change in changes]
    return project() | {"roads": {"served_area": 50_000.0, "roads": kinds}}


def computed(folder: Path, data: Data) -> tuple[Design, Bill]:
    file = folder / "project.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    workspace = open_workspace(file)
    design = run(workspace.project, workspace.sources)
    return design, bill_of(design)


def amount(bill: Bill, item: str) -> float:
    return sum(one.amount.value for one in bill if one.id == item)


SQUARE = [[E0 + 40, N0 + 40], [E0 + 80, N0 + 40], [E0 + 80, N0 + 60], [E0 + 40, N0 + 60]]
BOWTIE = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]]
AT_ONCE = [[E0 + 30, N0 + 30], [E0 + 30, N0 + 30]]

REFUSED: dict[str, tuple[Callable[[], Data], str]] = {
    "face of 90 deg": (lambda: benches(face_angle=90), "face_angle"),
    "risers of a centimetre": (lambda: benches(riser_height=0.01), ""),
    "levels above the hill": (lambda: benches(mode="fixed_levels", levels=[500, 600]), "levels[0]"),
    "levels of no sense": (lambda: benches(mode="fixed_levels", levels=[1e308]), "levels[0]"),
    "levels falling": (lambda: benches(mode="fixed_levels", levels=[120, 110]), "benches"),
    "one bench changed twice": (
        lambda: benches(overrides=[{"bench": 1, "berm_width": 9}, {"bench": 1, "berm_width": 5}]), "benches",
    ),
    "sectors overlap": (
        lambda: benches(sectors=[{"name": "a", "from_station": 0, "to_station": 40},
                                 {"name": "b", "from_station": 20, "to_station": 60}]), "sectors[1]",
    ),
    "sectors beyond the line": (
        lambda: benches(sectors=[{"name": "a", "from_station": 200, "to_station": 400}]), "sectors[0]",
    ),
    "line outside the survey": (lambda: line([[E0 + 500, N0], [E0 + 600, N0]]), "base_line.vertices"),
    "north before east": (lambda: line([[N0 + 30, E0 + 30], [N0 + 30, E0 + 90]]), "base_line.vertices"),
    "line without length": (lambda: line(AT_ONCE), "vertices[1]"),
    "vertex twice": (lambda: line([[E0 + 30, N0 + 30], [E0 + 60, N0 + 30], [E0 + 60, N0 + 30]]), "vertices[2]"),
    "line back on itself": (
        lambda: line([[E0 + 30, N0 + 30], [E0 + 90, N0 + 30], [E0 + 50, N0 + 30]]), "vertices[1]",
    ),
    "line across itself": (
        lambda: line([[E0 + 30, N0 + 30], [E0 + 90, N0 + 30], [E0 + 90, N0 + 20], [E0 + 60, N0 + 50]]), "vertices",
    ),
    "floor across itself": (lambda: line([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], closed=True), "vertices"),
    "hill within a floor": (lambda: line(SQUARE, closed=True, uphill="left"), "uphill"),
    "line in the sky": (lambda: line([[E0 + 30, N0 + 30], [E0 + 90, N0 + 30]], elevation=1e308), ""),
    "wall wider than the bench": (lambda: wall(base_width=5, top_width=5), "berm_width"),
    "wall wider at its top": (lambda: wall(top_width=2), "top_width"),
    "joints without end": (lambda: wall(joint_spacing=1e-9), "joint_spacing"),
    "bars thicker than the wall": (lambda: wall(kind="c25_concrete", thickness=0.05, bar_cover=0.3), "bar_cover"),
    "bars denser than bars": (lambda: wall(kind="c25_concrete", vertical_spacing_mm=1), "vertical_spacing_mm"),
    "weep holes in the air": (lambda: wall(weep_hole_level=2), "weep_hole_level"),
    "wall under its soil": (lambda: slope(cover={"thickness": 2}, wall={"height": 0.6}), "wall.height"),
    "soil on a bow tie": (lambda: cover_area(polygon=BOWTIE), "polygon"),
    "soil on a line": (lambda: cover_area(polygon=[[0.0, 0.0], [0.0, 10.0]]), "polygon"),
    "one road twice": (lambda: roads({"length": 10.0}, {"length": 20.0}), "roads.roads"),
    "road of no file": (lambda: roads({"file": "none.dxf"}), "roads.roads[0].file"),
    "no survey": (lambda: survey("none.dat"), "surveys[0].path"),
    "survey of the system": (lambda: survey("/etc/passwd"), "surveys[0].path"),
    "survey of a drive": (lambda: survey("C:\\ground.dat"), "surveys[0].path"),
    "survey of a host": (lambda: survey("\\\\host\\share\\ground.dat"), "surveys[0].path"),
    "survey named beyond reason": (lambda: survey("a" * 400), "surveys[0].path"),
    "survey empty": (lambda: survey("empty.dat"), "empty.dat"),
    "survey binary": (lambda: survey("binary.dat"), "binary.dat"),
    "survey of two points": (lambda: survey("two.dat"), ""),
    "survey on a line": (lambda: survey("line.dat"), ""),
    "boundary across itself": (
        lambda: survey("ground.dat", boundary=[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]), "boundary",
    ),
    "layers upside down": (
        lambda: slope(layers=[{"material": "灰岩", "bottom_depth": d} for d in (5, 2)]), "slopes[0]",
    ),
    "layer of nothing": (lambda: slope(layers=[{"material": "none"}]), "layers[0].material"),
    "two slopes of one name": (lambda: project() | {"slopes": project()["slopes"] * 2}, "slopes"),
    "variant of itself": (lambda: slope(variant_of="A"), "variant_of"),
    "variant of nothing": (lambda: slope(variant_of="none"), "variant_of"),
    "control character": (lambda: slope(name="a\x01"), "name"),
    "half a character": (lambda: slope(name="a\ud800"), "name"),
    "number as text": (lambda: benches(riser_height="10"), "riser_height"),
    "not a number": (lambda: benches(riser_height=math.nan), "JSON"),
    "beyond numbers": (lambda: benches(riser_height=1e400), "JSON"),
    "unknown key": (lambda: benches(widht=3), "widht"),
    "list for a record": (lambda: slope(benches=[]), "benches"),
    "nested": (lambda: project() | {"comments": {"a": json.loads("[" * 50 + "]" * 50)}}, "comments"),
    "sections no numbers": (lambda: sections("bad.csv"), "bad.csv"),
    "sections of no file": (lambda: sections("none.csv"), "sections_file"),
    "levels without a surface": (
        lambda: sections(benches={"mode": "fixed_levels", "levels": [110]}), "benches.mode",
    ),
    "toe of sections in the sky": (lambda: sections(toe_level=1e6), ""),
    "bend tighter than the slope": (
        lambda: sections(toe_curvature_radius=0.5, toe_bend="convex"), "toe_curvature_radius",
    ),
    "sections every millimetre": (lambda: slope(sections={"spacing": 0.001}), "sections.spacing"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_one_message(case: str, folder: Path) -> None:
    stated, named = REFUSED[case]
    with pytest.raises(SlopeDesignError) as refused:
        computed(folder, stated())
    for language in ("zh_CN", "en"):
        said = refused.value.describe(language)
        assert named in said
        assert 10 < len(said) < 500, said


SOUND: dict[str, Callable[[], Data]] = {
    "as it is": project,
    "riser of 100 m": lambda: benches(riser_height=100),
    "top under the toe": lambda: benches(top_level=90),
    "face of half a degree": lambda: benches(face_angle=0.5),
    "benches falling outward": lambda: benches(inward_fall_deg=-30),
    "mitred": lambda: benches(corner="mitre"),
    "downward from the crest": lambda: slope(
        base_line={"vertices": [[E0 + 30, N0 + 60], [E0 + 90, N0 + 60]]},
        benches={"mode": "crest_down", "riser_height": 10, "face_angle": 60, "berm_width": 3},
    ),
    "fixed levels": lambda: benches(mode="fixed_levels", levels=[105, 115, 125]),
    "floor clockwise": lambda: line(SQUARE[::-1], closed=True),
    "line half outside": lambda: line([[E0 + 90, N0 + 30], [E0 + 190, N0 + 30]]),
    "concrete wall": lambda: wall(kind="c25_concrete"),
    "stacked rock": lambda: wall(kind="stacked_rock"),
    "no wall": lambda: wall(kind="none"),
    "name of markup": lambda: slope(name="=1+1<&>\"'{0}%s\\U+4e00"),
    "no slopes": lambda: project() | {"slopes": []},
    "sections alone": sections,
    "survey by a Windows path": lambda: survey("..\\矿 山\\ground.dat"),
    "survey changed": lambda: survey("ground.dat", sha256="0" * 64),
    "survey in shreds": lambda: survey("ground.dat", max_edge=4.5),
}


@pytest.mark.parametrize("case", SOUND)
def test_is_computed(case: str, folder: Path) -> None:
    design, bill = computed(folder, SOUND[case]())
    for item in bill:
        assert math.isfinite(item.amount.value), item.id
        assert item.amount.value >= 0, item.id
    for one in design.slopes:
        parts = sum(part.value for part in one.cut.cut_by_material.values())
        assert parts == pytest.approx(one.cut.cut.value, rel=1e-6)
        billed = sum(item.amount.value for item in bill if item.id.startswith("cut.") and item.unit == "m3")
        assert billed == pytest.approx(one.cut.cut.value, rel=1e-6)


def said(design: Design, subject: str) -> str:
    return " ".join(
        r.text.render("en") for r in design.remarks if r.level.value == "warning" and r.subject.startswith(subject)
    )


def test_either_way_round_a_floor_is_the_same(folder: Path) -> None:
    one, other = (
        computed(folder, line(ring, closed=True))[0].slopes[0].cut.cut.value for ring in (SQUARE, SQUARE[::-1])
    )
    assert one == pytest.approx(other, rel=1e-6)


def test_rock_under_the_last_layer_is_billed_as_unknown(folder: Path) -> None:
    design, bill = computed(folder, slope(layers=[{"material": "灰岩", "bottom_depth": 1}]))
    assert amount(bill, "cut.灰岩") + amount(bill, "cut.unknown") == pytest.approx(design.slopes[0].cut.cut.value)
    assert amount(bill, "cut.unknown") > 0


def test_equal_layers_of_a_road_are_both_billed(folder: Path) -> None:
    layers = [{"material": "gravel", "thickness": 0.2}] * 2
    _, bill = computed(folder, roads({"length": 100.0, "layers": layers}))
    assert amount(bill, "road.layer.gravel.0.2") == pytest.approx(2 * 100 * 3 * 0.2)


def test_a_slope_within_another_is_refused(folder: Path) -> None:
    data = project()
    data["slopes"].append(data["slopes"][0] | {"name": "B"})
    with pytest.raises(NoSolution, match="the cut of B lies wholly within the lower designs of A"):
        computed(folder, data)
    data["slopes"][1]["variant_of"] = "A"
    assert [slope.beside for slope in computed(folder, data)[0].slopes] == [(), ()]


def test_slopes_that_meet_are_counted_once(folder: Path) -> None:
    data = project()
    line = {"vertices": [[E0 + 60, N0 + 31], [E0 + 110, N0 + 31]], "elevation": 102}
    benches = {"riser_height": 8, "face_angle": 50, "berm_width": 3}
    data["slopes"].append(data["slopes"][0] | {"name": "B", "base_line": line, "benches": benches})
    data["slopes"].append(data["slopes"][0] | {"name": "C", "variant_of": "A"})
    design, bill = computed(folder, data)
    a, b, c = design.slopes
    assert a.alone.cut.value + b.alone.cut.value > 1.05 * (a.cut.cut.value + b.cut.cut.value)
    assert amount(bill, "cut.灰岩") == pytest.approx(a.cut.cut.value + b.cut.cut.value)
    surface = designed_surface(design.slopes, design.grounds)
    assert surface is not None
    both = overlay(design.grounds["ground"].build.tin, surface).total.cut.value
    assert a.cut.cut.value + b.cut.cut.value == pytest.approx(both, rel=1e-4)
    assert c.cut.cut.value == pytest.approx(a.cut.cut.value)  # a variant gives way as the slope it stands for
    assert any("each part counts once" in r.text.render("en") for r in a.remarks)
    ends = [section.final for section in a.sections if section.station is not None]
    for section, line_after in zip(a.sections, ends, strict=True):
        z = surface.elevation(_along(section.line, line_after[:, 0]))
        assert np.nanmax(np.abs(z - line_after[:, 1])) < 0.05
    again = run(design.project, design.sources, design)
    assert all(x is y for x, y in zip(again.slopes, design.slopes, strict=True))


def _along(line: np.ndarray, stations: np.ndarray) -> np.ndarray:
    span = line[1] - line[0]
    return np.asarray(line[0] + stations[:, None] * span / np.hypot(*span))


def test_sizes_of_benches_never_reached_are_told_of(folder: Path) -> None:
    design, _ = computed(folder, benches(overrides=[{"bench": 150, "berm_width": 9}], wide_berm_at=100))
    assert "150" in said(design, "slopes[0].benches")
    assert "100" in said(design, "slopes[0].benches")


def test_bend_and_level_of_a_toe_without_survey_count(folder: Path) -> None:
    def cut(**changes: Any) -> float:
        return computed(folder, sections(**changes))[0].section_slopes[0].cut.cut.value

    straight, around, nose = cut(), cut(toe_curvature_radius=60), cut(toe_curvature_radius=60, toe_bend="convex")
    assert nose < straight < around
    assert around - straight == pytest.approx(straight - nose)
    assert cut(toe_level=105) < straight


def test_the_command_line_ends_with_one_message(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wrong.json").write_text(json.dumps(benches(face_angle=90)), encoding="utf-8")
    wrong, out = folder / "wrong.json", str(tmp_path / "out")
    for arguments in (
        ["run", str(folder / "none.json"), "-o", out], ["run", str(wrong), "-o", out],
        ["run", str(folder), "-o", out], ["check", str(wrong)], ["survey", str(folder / "none.dat")],
        ["explain", str(wrong), "x"], ["verify", "none"], ["new", "a/b", "--from", str(folder / "ground.dat")],
    ):  # fmt: skip
        assert main([*arguments, "--lang", "en"]) == 1, arguments
        captured = capsys.readouterr()
        assert captured.err.startswith("bad input: ")
        assert captured.out == ""
    assert not (tmp_path / "out").exists()


def test_errors_say_no_english_in_chinese(folder: Path) -> None:
    for path in ("none.dat", "empty.dat", "binary.dat"):
        with pytest.raises((InputError, SlopeDesignError)) as refused:
            computed(folder, survey(path))
        words = refused.value.describe("zh_CN").replace(str(folder), "").replace(path, "")
        assert not any(word in words for word in (" file", "must ", "cannot", "No such"))
