"""From any number back to what it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from slopedesign.errors import InputError
from slopedesign.reports.design_json import design_to_json, explain, find, ids, read_design
from slopedesign.reports.excel_formula import live_formula
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Provenance, Source, Traced, datum, given, measured, total

VOLUME = Formula(
    OWN, "V", "A*t/cos(radians(i))", V=Var("V", "m3"), A=Var("A", "m2"), t=Var("t", "m"), i=Var("i", "deg")
)


@dataclass(frozen=True)
class Bench:
    area: Traced
    soil: Traced


@dataclass(frozen=True)
class Result:
    benches: tuple[Bench, ...]
    soil: Traced
    edge: np.ndarray


def result() -> Result:
    t = datum(0.5, "m", Source("code", "1.2", Provenance.RECALLED))
    benches = []
    for a in (100.0, 200.0):
        area = measured(a, "m2", "soil.polygon", "bench")
        benches.append(Bench(area, VOLUME.at(A=area, t=t, i=given(2, "deg", "slopes[0].benches.inward_fall_deg"))))
    return Result(tuple(benches), total({f"{i}": b.soil for i, b in enumerate(benches)}, "m3"), np.zeros((2, 3)))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "design.json"
    path.write_text(design_to_json(result()), encoding="utf-8")
    return path


def test_the_path_of_a_field_is_its_id(written: Path) -> None:
    data = read_design(written)
    assert {path for path, _ in ids(data)} == {
        "benches[0].area", "benches[0].soil", "benches[1].area", "benches[1].soil", "soil",
    }  # fmt: skip
    assert data["soil"]["value"] == pytest.approx(150.0 / np.cos(np.radians(2)))


def test_the_chain_reaches_field_clause_and_survey(written: Path) -> None:
    chain = explain(read_design(written), "soil")
    for part in ("V = A×t/cos(i)", "slopes[0].benches.inward_fall_deg", "code 1.2", "未核对", "多边形坐标量算"):
        assert part in chain


def test_an_unknown_id_names_near_ones(written: Path) -> None:
    with pytest.raises(InputError, match=r"benches\[0\]\.area"):
        find(read_design(written), "benches[7].area")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x"}'])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "design.json"
    path.write_text(text)
    with pytest.raises(InputError):
        read_design(path)


def test_json_is_plain_json(written: Path) -> None:
    json.loads(written.read_text(encoding="utf-8"), parse_constant=lambda name: pytest.fail(name))


def test_a_sum_refers_to_the_cells_of_its_parts() -> None:
    r = result()
    cells = {id(r.benches[0].soil): "'soil'!F5", id(r.benches[1].soil): "'soil'!F6"}
    assert live_formula(r.soil, cells) == "=SUM('soil'!F5:F6)"
    assert live_formula(r.benches[0].area, cells) is None


def test_a_step_refers_to_cells_or_states_its_numbers() -> None:
    bench = result().benches[0]
    assert live_formula(bench.soil, {id(bench.area): "'b'!C3"}) == "='b'!C3*0.5/COS(RADIANS(2.0))"
