"""The packaged example run once for its referees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from slopedesign.design import Design, run
from slopedesign.workspace import open_workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry"


@pytest.fixture(scope="session")
def inputs() -> dict[str, Any]:
    """The project file as it stands."""
    data: dict[str, Any] = json.loads((EXAMPLE / "project.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="session")
def design(tmp_path_factory: pytest.TempPathFactory, inputs: dict[str, Any]) -> Design:
    """The example without its slip searches."""
    folder = tmp_path_factory.mktemp("audit") / "quarry"
    shutil.copytree(EXAMPLE, folder)
    (folder / "project.json").write_text(json.dumps(inputs | {"stability": None}, ensure_ascii=False), encoding="utf-8")
    opened = open_workspace(folder / "project.json")
    return run(opened.project, opened.sources)
