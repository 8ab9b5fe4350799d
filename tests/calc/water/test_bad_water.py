"""Water stated wrongly, through the project file and the command: refused or flagged by name, never a silent zero."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slopedesign.cli import main

from . import examples

Data = dict[str, Any]


def project(change: Callable[[Data], None]) -> Data:
    """A project of water alone, typed reaches and areas, with one thing changed."""
    water = copy.deepcopy(examples.record())
    for reach in water["network"]["reaches"]:  # no benches here: lines of the test become vertices
        line = examples.LINES.get(reach.pop("follows", ""))
        if line is not None:
            reach["vertices"] = line.tolist()
            reach.pop("from_station", None)
            reach.pop("to_station", None)
    change(water)
    return {"schema_version": 1, "info": {"name": "water"}, "water": water}


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Data], None]) -> tuple[int, str]:
    """Exit code of `check --all`, and everything it printed."""
    file = tmp_path / "project.json"
    file.write_text(json.dumps(project(change)), encoding="utf-8")
    code = main(["check", str(file), "--all", "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out + said.err


def put(path: str, value: Any) -> Callable[[Data], None]:
    """Sets what a dotted path leads to; a value of `...` takes it away."""

    def change(water: Data) -> None:
        *way, last = path.split(".")
        place: Any = water
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        if value is ...:
            del place[last]
        else:
            place[int(last) if last.isdigit() else last] = value

    return change


def both(*changes: Callable[[Data], None]) -> Callable[[Data], None]:
    """One change after the other."""

    def change(water: Data) -> None:
        for one in changes:
            one(water)

    return change


def circle(water: Data) -> None:
    water["network"]["reaches"][-1]["to_node"] = "n crest"


def orphan_catchment(water: Data) -> None:
    water["catchments"][0]["drains_to"] = "nowhere"


def orphan_reach(water: Data) -> None:
    water["network"]["reaches"][-1]["to_node"] = "nowhere"


def dry_reach(water: Data) -> None:
    water["catchments"] = [c for c in water["catchments"] if c["drains_to"] != "n bench 1"]


def pond_alone(water: Data) -> None:
    water["network"]["reaches"][-1]["to_node"] = "out"
    water["network"]["outlets"] = ["out"]


REFUSED = [
    ("no return period", put("storm.return_period", ...), "return_period"),
    ("P < 1 year", put("storm.return_period", 0.5), "return_period"),
    ("negative rain", put("storm.h24", -10.0), "h24"),
    ("negative map intensity", put("storm.q_5_10", -2.0), "q_5_10"),
    ("negative annual maximum", put("storm.annual_maxima", [90.0, -5.0, 80.0]), "annual_maxima"),
    ("negative share of the day", put("storm.pattern", [1.2, -0.2]), "pattern"),
    ("no storm at all", both(put("storm.q_5_10", ...), put("storm.city", ...), put("storm.h24", ...)), "storm"),
    ("phi above 1", put("catchments.0.areas.0.phi", 1.2), "phi"),
    ("phi below 0", put("catchments.0.areas.0.phi", -0.1), "phi"),
    ("no area", put("catchments.0.areas.0.area", 0.0), "area"),
    ("C_p beyond its table", both(put("storm.return_period", 50), put("storm.city", ...), put("storm.h24", ...)),
     "return_period"),
    ("C_t beyond its table", both(put("storm.city", ...), put("storm.h24", ...), put("storm.c60", 0.2)), "0.3"),
    ("reverse slope by levels", put("network.reaches.5.end_level", 109.0), "toe ditch"),
    ("slope zero", both(put("network.reaches.5.start_level", 108.0), put("network.reaches.5.end_level", 108.0)),
     "toe ditch"),
    ("slope negative", put("network.reaches.1.slope", -0.01), "slope"),
    ("rises inside", put("network.reaches.3.vertices", [[200, 60, 127.5], [200, 50, 128.5], [200, 40, 118.9]]),
     "chute 1"),
    ("circle", circle, "floor ditch"),
    ("orphan catchment", orphan_catchment, "nowhere"),
    ("orphan reach", orphan_reach, "nowhere"),
    ("reach without water", dry_reach, "bench 1 ditch"),
    ("fork", put("network.reaches.2.from_node", "n bench 2"), "n bench 2"),
    ("reach of one node", put("network.reaches.2.to_node", "n bench 1"), "n bench 1"),
    ("pond without inflow", pond_alone, "ponds[0]"),
    ("pond levels out of order", put("ponds.0.normal_level", 100.0), "normal_level"),
    ("dead above normal", put("ponds.0.dead_level", 105.0), "dead_level"),
    ("terrain asked, none there", put("catchments.0", {"name": "t", "drains_to": "n crest", "outlet": [1, 1],
     "surface": "grassland", "overland_surface": "grass"}), "outlet"),
    ("layout asked, no slope there", put("network.automatic", {"outlet": [1, 1], "ditch_type": "stone",
     "chute_spacing": 50, "surface": "grassland", "overland_surface": "grass"}), "automatic"),
    ("layout without spacing", put("network.automatic", {"outlet": [1, 1], "ditch_type": "stone",
     "surface": "grassland", "overland_surface": "grass"}), "chute_spacing"),
    ("layout of an unknown type", put("network.automatic", {"outlet": [1, 1], "ditch_type": "none such",
     "chute_spacing": 50, "surface": "grassland", "overland_surface": "grass"}), "none such"),
    ("land that crosses itself", both(put("land", [{"name": "bow", "surface": "grassland",
     "polygon": [[0, 0], [9, 9]]}])), "polygon"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused_by_name(
    change: Callable[[Data], None], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(tmp_path, capsys, change)
    assert code == 1, said
    assert named in said
    assert "Traceback" not in said


FLAGGED = [
    ("phi outside its table", put("catchments.1.areas.0.phi", 0.30), "WARN", "runoff coefficient"),
    ("F > 10 km2", put("catchments.0.areas.0.area", 1.2e7), "WARN", "10"),
    ("no section carries it", put("catchments.0.areas.0.area", 9.0e6), "FAIL", "capacity"),
]


@pytest.mark.parametrize(("change", "verdict", "words"), [case[1:] for case in FLAGGED],
                         ids=[case[0] for case in FLAGGED])  # fmt: skip
def test_flagged_by_name(
    change: Callable[[Data], None], verdict: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = told(tmp_path, capsys, lambda water: None)
    code, said = told(tmp_path, capsys, change)
    assert code == 0, said
    new = [line for line in said.splitlines() if line not in plain[1].splitlines()]
    assert any(words in line for line in new), new


def test_the_unchanged_project_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(tmp_path, capsys, lambda water: None)
    assert code == 0, said
