"""The main job, end to end: a project file in; drawings, quantities, verdicts and traces out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from slopedesign.cli import main
from slopedesign.design import Design, run
from slopedesign.errors import InputError
from slopedesign.project.edit import with_value
from slopedesign.quantities.collect import bill_of
from slopedesign.reports.design_json import explain, ids, read_design
from slopedesign.reports.sheet_writer import FORBIDDEN
from slopedesign.standards.check import Verdict
from slopedesign.workspace import Workspace, open_workspace, read_sources
from spreadsheet import Sheets

EXAMPLE = Path(__file__).parents[1] / "examples" / "quarry"
OUTPUTS = {
    "plan.dxf", "sections.dxf", "details.dxf", "volumes.dxf", "quantities.xlsx", "checks.xlsx", "calculation.docx",
    "design.json", "run.log",
}  # fmt: skip


@pytest.fixture(scope="module")
def project_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged example without its stability sections, which have tests of their own and take their time."""
    folder = tmp_path_factory.mktemp("工程") / "quarry"
    shutil.copytree(EXAMPLE, folder)
    data = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    data["stability"] = None
    (folder / "project.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder / "project.json"


@pytest.fixture(scope="module")
def workspace(project_file: Path) -> Workspace:
    return open_workspace(project_file)


@pytest.fixture(scope="module")
def outputs(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "成果"
    assert main(["run", str(project_file), "-o", str(folder)]) == 0
    return folder


def test_every_output_is_written_and_nothing_else(outputs: Path) -> None:
    written = {file.name for file in outputs.iterdir()}
    assert written >= OUTPUTS
    assert [name for name in outputs.parent.iterdir() if name != outputs] == []


def test_the_workbook_says_what_the_design_says(outputs: Path) -> None:
    data = read_design(outputs / "design.json")
    sheet = openpyxl.load_workbook(outputs / "quantities.xlsx", data_only=True).worksheets[0]
    amounts = [row[5].value for row in sheet.iter_rows() if isinstance(row[0].value, int | float)]
    assert amounts == pytest.approx([item["amount"]["value"] for item in data["bill"]], rel=1e-12)


def test_amounts_are_live_formulas(outputs: Path) -> None:
    book = openpyxl.load_workbook(outputs / "quantities.xlsx")
    formulas = [c.value for s in book for row in s.iter_rows() for c in row if str(c.value).startswith("=")]
    assert len(formulas) > 60
    assert any("'!" in formula for formula in formulas)
    assert all(len(sheet.title) <= 31 and not set(sheet.title) & {chr(c) for c in FORBIDDEN} for sheet in book)


@pytest.mark.parametrize("name", ["quantities.xlsx", "checks.xlsx"])
def test_a_recalculated_workbook_says_the_same(outputs: Path, name: str) -> None:
    live, shown = (openpyxl.load_workbook(outputs / name, data_only=kept) for kept in (False, True))
    cells = {
        f"'{sheet.title}'!{c.coordinate}": c.value.removeprefix("=") if c.data_type == "f" else c.value
        for sheet in live for row in sheet.iter_rows() for c in row if c.data_type in ("f", "n") and c.value is not None
    }  # fmt: skip
    sheets = Sheets(cells)
    formulas = [(sheet, c) for sheet in live for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) > 60
    for sheet, cell in formulas:
        found = sheets.value(f"'{sheet.title}'!{cell.coordinate}")
        assert found == pytest.approx(shown[sheet.title][cell.coordinate].value, rel=1e-9, abs=1e-9), cell.value


def test_every_number_leads_back_to_its_sources(outputs: Path) -> None:
    data = read_design(outputs / "design.json")
    every = list(ids(data))
    assert len(every) > 400
    for path, _ in every[:: max(1, len(every) // 60)]:
        assert path in explain(data, path)
    masonry = next(i for i, item in enumerate(data["bill"]) if item["id"] == "wall.masonry.masonry")
    chain = explain(data, f"bill[{masonry}].amount")
    for part in ("slopes[0].wall.top_width", "slopes[0].cover.thickness", "7.2.2.3(3)3)②", "0.36"):
        assert part in chain


@pytest.fixture(scope="module")
def design(workspace: Workspace) -> Design:
    return run(workspace.project, workspace.sources)


def test_the_cut_closes(design: Design) -> None:
    cut = design.slopes[0].cut
    pieces = sum(f.cut.value for f in cut.faces) + sum(b.cut.value for b in cut.benches)
    assert pieces == pytest.approx(cut.cut.value, rel=1e-9)
    assert sum(part.value for part in cut.cut_by_material.values()) == pytest.approx(cut.cut.value, rel=1e-9)
    assert cut.second is not None
    assert cut.second.agrees
    assert cut.coverage.value == pytest.approx(1.0)


def test_unchanged_stages_are_taken_over(workspace: Workspace, design: Design) -> None:
    first = design
    renamed = with_value(workspace.project, "info.client", "client")
    second = run(renamed, workspace.sources, previous=first)
    assert second.slopes[0] is first.slopes[0]
    assert second.grounds["ground"] is first.grounds["ground"]
    wider = with_value(workspace.project, "slopes[0].cover.thickness", 0.7)
    third = run(wider, workspace.sources, previous=first)
    assert third.slopes[0] is not first.slopes[0]
    assert third.slopes[0].works[0].wall is not None
    assert third.slopes[0].works[0].wall.height.value == pytest.approx(0.8)


def test_a_variant_is_compared_not_counted(workspace: Workspace, design: Design) -> None:
    alone = design
    data = workspace.project.model_dump(mode="json")
    slope = data["slopes"][0]
    other = json.loads(json.dumps(slope)) | {"name": "variant", "variant_of": slope["name"]}
    other["benches"]["berm_width"] = 4.0
    both = with_value(workspace.project, "slopes", [slope, other])
    design = run(both, workspace.sources, previous=alone)
    assert len(design.slopes) == 2
    assert [i.amount.value for i in bill_of(design)] == pytest.approx([i.amount.value for i in bill_of(alone)])
    assert not any(check.subject.startswith("slopes[1]") for check in design.checks)


def test_a_steep_face_fails_its_clause_and_strict_says_so(project_file: Path, tmp_path: Path) -> None:
    data = json.loads(project_file.read_text(encoding="utf-8"))
    data["slopes"][0]["benches"] |= {"face_angle": 75, "riser_height": 15}
    data["walls"] = data["water"] = None
    steep = project_file.parent / "steep.json"
    steep.write_text(json.dumps(data), encoding="utf-8")
    assert main(["check", str(steep), "--strict"]) == 3
    design = run(open_workspace(steep).project, read_sources(open_workspace(steep).project, steep.parent))
    failed = [check for check in design.checks if check.verdict is Verdict.FAIL]
    assert any(check.id.startswith("cut.angle_max.hard") for check in failed)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("slopes", 0, "benches", "berm_width"), -2, "slopes[0].benches.berm_width"),
        (("slopes", 0, "benches", "berm_wdth"), 2, "berm_width"),
        (("surveys", 0, "path"), "none.dat", "surveys[0].path"),
        (("surveys", 0, "path"), "/etc/passwd", "surveys[0].path"),
        (("slopes", 0, "base_line", "vertices"), [[0, 0], [10, 0]], "base_line"),
    ],
)
def test_bad_input_ends_with_one_message_and_no_outputs(
    project_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], path: tuple[str | int, ...], value: object,
    says: str,
) -> None:  # fmt: skip
    data = json.loads(project_file.read_text(encoding="utf-8"))
    place = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    if path[-1] == "vertices":
        data["slopes"][0]["base_line"]["elevation"] = None
    bad = project_file.parent / "bad.json"
    bad.write_text(json.dumps(data), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["run", str(bad), "-o", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


def test_a_failing_run_leaves_former_outputs(project_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.dxf").write_text("kept")
    bad = project_file.parent / "bad2.json"
    bad.write_text("{")
    assert main(["run", str(bad), "-o", str(out)]) == 1
    assert (out / "plan.dxf").read_text() == "kept"


def test_a_changed_survey_is_reported(project_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(project_file.parent, folder)
    survey = folder / "survey.dat"
    survey.write_text(survey.read_text(encoding="utf-8") + "P99999,,533600.0,3406300.0,205.0\n", encoding="utf-8")
    workspace = open_workspace(folder / "project.json")
    assert workspace.sources.surveys["ground"].changed
    assert not workspace.sources.surveys["rock"].changed


def test_a_new_project_from_a_survey_computes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "新工程.json"
    assert main(["new", "新工程", "--from", str(EXAMPLE / "survey.dat"), "-o", str(out)]) == 0
    assert main(["new", "新工程", "--from", str(EXAMPLE / "survey.dat"), "-o", str(out)]) == 1
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["comments"]["slopes[0].base_line"]
    capsys.readouterr()
    assert main(["check", str(out)]) == 0
    assert "满足" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "LPT9.project", "a/b", "end."])
def test_a_name_that_no_windows_file_may_bear_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "project.json"
    assert main(["new", name, "--from", str(EXAMPLE / "survey.dat"), "-o", str(out)]) == 1
    assert name in capsys.readouterr().err and not out.exists()


def test_the_small_commands_speak(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["slopes"]
    assert main(["rules"]) == 0
    assert "454" in capsys.readouterr().out
    assert main(["survey", str(EXAMPLE / "survey.dat"), "--lang", "en"]) == 0
    assert "triangles" in capsys.readouterr().out
    assert main(["verify", "nothing"]) == 1


def typed(**changes: object) -> dict[str, object]:
    sections = [
        {"name": str(i), "station": 20.0 * i, "points": [[-10, 100], [0, 100], [15, 140], [60, 146]]} for i in range(3)
    ]
    slope = {"name": "typed", "typed_sections": sections, "benches": {"material": "hard_rock"}} | changes
    return {"info": {"name": "typed"}, "slopes": [slope]}


def test_a_slope_on_typed_sections_alone_works(tmp_path: Path) -> None:
    file = tmp_path / "typed.json"
    file.write_text(json.dumps(typed()))
    assert main(["run", str(file), "-o", str(tmp_path / "out")]) == 0
    design = run(open_workspace(file).project, open_workspace(file).sources)
    cut = design.section_slopes[0].cut
    areas = [section.cut.value for section in cut.sections]
    assert cut.cut.value == pytest.approx(areas[0] * 40.0)
    assert cut.end_area.volume.value == pytest.approx(areas[0] * 40.0)
    assert any(item.part == "bill.part.retaining" for item in bill_of(design))


def test_sections_around_a_concave_toe_carry_the_warning(tmp_path: Path) -> None:
    file = tmp_path / "typed.json"
    file.write_text(json.dumps(typed(toe_curvature_radius=90.0)))
    workspace = open_workspace(file)
    cut = run(workspace.project, workspace.sources).section_slopes[0].cut
    assert cut.cut.value > cut.end_area.volume.value * 1.05


@pytest.mark.survey
def test_the_real_quarry_runs_end_to_end(surveys: Path, tmp_path: Path) -> None:
    for name in ("surface", "rockbase"):
        shutil.copy(surveys / f"openearthwork_{name}.txt", tmp_path / f"{name}.txt")
    corners = [[494560, 4038455], [494650, 4038455], [494650, 4038485], [494560, 4038485]]
    project = {
        "info": {"name": "real quarry"},
        "surveys": [{"name": "ground", "path": "surface.txt"}, {"name": "rock", "path": "rockbase.txt"}],
        "materials": [{"name": "soil", "kind": "soil"}, {"name": "rock", "kind": "hard_rock"}],
        "slopes": [
            {
                "name": "pit",
                "ground": "ground",
                "layers": [{"material": "soil", "bottom_surface": "rock"}, {"material": "rock"}],
                "base_line": {"vertices": corners, "closed": True, "elevation": 38},
                "benches": {"material": "hard_rock", "riser_height": 8, "face_angle": 60, "berm_width": 2.5},
            }
        ],
    }
    file = tmp_path / "project.json"
    file.write_text(json.dumps(project))
    assert main(["run", str(file), "-o", str(tmp_path / "out")]) == 0
    design = run(open_workspace(file).project, open_workspace(file).sources)
    cut = design.slopes[0].cut
    assert cut.second is not None
    assert cut.second.agrees
    assert set(cut.cut_by_material) >= {"soil", "rock"}
    assert sum(v.value for v in cut.cut_by_material.values()) == pytest.approx(cut.cut.value, rel=1e-9)
    assert 0.9 < cut.coverage.value < 1.0


def test_hostile_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        from slopedesign.reports.starter import write_starter

        write_starter("../../escape", EXAMPLE / "survey.dat", None, None)
