"""A small quarry, and waiting for its window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slopedesign.gui.screenshot import wait_for_pages
from slopedesign.gui.section_page import SectionPage
from slopedesign.gui.window import Window
from slopedesign.project.file import save_project, validate_project

LONGEST_MS = 60_000


def write_survey(path: Path) -> Path:
    """A steep face 40 m high, north of a floor, curved a little."""
    rows = ["name,E,N,H"]
    number = 0
    for e in np.arange(0.0, 101.0, 5.0):
        for n in np.arange(0.0, 141.0, 5.0):
            bulge = 4.0 * np.sin(e / 100 * np.pi)
            rise = float(np.clip((n - 42.0 - bulge) * 2.5, 0.0, 40.0))
            number += 1
            rows.append(f"P{number},{500000 + e:.3f},{3400000 + n:.3f},{100 + rise + 0.02 * n:.3f}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def quarry(folder: Path, walls: bool = False, **benches: Any) -> Path:
    """A project on that face; without walls it is worked in half a second."""
    write_survey(folder / "survey.csv")
    slope = {
        "name": "S1",
        "ground": "ground",
        "base_line": {"vertices": [[500015, 3400042], [500050, 3400045], [500085, 3400042]], "elevation": 100.5},
        "benches": {"mode": "toe_up", "material": "hard_rock", "riser_height": 12, "face_angle": 45, "berm_width": 3,
                    "wide_berm_width": 5} | benches,
        "wall": {"kind": "masonry" if walls else "none"},
        "sections": {"spacing": 35},
    }  # fmt: skip
    project = validate_project(
        {
            "info": {"name": "quarry"},
            "surveys": [{"name": "ground", "path": "survey.csv", "column_order": "E,N,Z"}],
            "materials": [{"name": "rock", "kind": "hard_rock"}],
            "slopes": [slope],
        }
    )
    path = folder / "quarry.json"
    save_project(project, path)
    return path


def settled(qtbot: QtBot, window: Window) -> None:
    """Wait until the window shows the design of what the project says now."""

    def done() -> bool:
        fresh = window.document.design is not None and window.document.design.project == window.document.project
        return not window.worker.busy and not window._soon.isActive() and (fresh or window.document.problem is not None)

    qtbot.waitUntil(done, timeout=LONGEST_MS)


def add_roads(window: Window) -> None:
    """State the roads: their dialog asks for the area they serve; then one of typed length."""

    def answer() -> None:
        dialog: Any = QApplication.activeModalWidget()
        dialog.fields.editors["served_area"].widget.setText("10000")
        dialog.state()

    QTimer.singleShot(0, answer)
    window.add_part("roads")
    road = {"name": "R1", "road_class": "field", "width": 3.5, "length": 100.0}
    window.document.set_value("roads.roads", [road], "road")


def plan_page(qtbot: QtBot, window: Window) -> Any:
    """The plan in front, its ground drawn."""
    window.show_page("plan")
    page: Any = window.pages.currentWidget()
    wait_for_pages(window)
    qtbot.waitUntil(lambda: bool(page.pictures), timeout=10_000)
    return page


def section_page(window: Window) -> SectionPage:
    """The section in front, drawn anew."""
    window.show_page("section")
    page = window.pages.currentWidget()
    assert isinstance(page, SectionPage)
    page.refresh()
    return page
