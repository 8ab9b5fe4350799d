"""The window: how soon it can be used, how soon a drag shows, and whether the calculation lets it breathe.

Start is that of the process, from its launch to the first painted window in which fields can be typed into, against
a bare PySide6 window. A redraw of the section is the page's drawing, against the same areas, lines and letters drawn
by matplotlib; the time from an edit to the redrawn section has the quick section in it. The blocking of the window's
thread is measured by a timer of 5 ms that should have fired while the calculation ran beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.common import Ratio

EXAMPLE = Path(__file__).parents[1] / "examples" / "quarry" / "project.json"
EDITS = 200
STARTS = 5

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
a = QApplication(sys.argv[:1]); w = QMainWindow(); w.resize(1440, 900); w.show()
def end():
    print(time.time()); a.quit()
QTimer.singleShot(0, end); a.exec()
"""
OURS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from slopedesign.gui.app import make_application
a = make_application("zh_CN", "light")
from slopedesign.gui.document import open_document
from slopedesign.gui.window import Window
w = Window("zh_CN", open_document(Path(sys.argv[1]), "zh_CN")); w.show()
def end():
    print(time.time()); w.stop(); a.quit()
QTimer.singleShot(0, end); a.exec()
"""


def run() -> list[Ratio]:
    """Start, redraw, recalculation, blocking."""
    measured = _session()
    return [
        _start(),
        Ratio(
            name="redraw of a section, p95 of 200 [s]", ours=measured["scene"], peer=measured["matplotlib"],
            peer_name="matplotlib redraw", limit=0.1,
        ),
        Ratio(
            name="edit to the redrawn section, p95 of 200 [s]", ours=measured["redraw"], peer=0.05,
            peer_name="guide value", limit=1.0,
            note=f"worked by distance and drawn; with everything in view {1000 * measured['edit']:.1f} ms",
        ),
        Ratio(
            name="edit to the recalculated drawing, median [s]", ours=measured["calculation"], peer=0.5,
            peer_name="guide value", limit=1.0,
        ),
        Ratio(
            name="slip surfaces of the example after it [s]", ours=measured["slips"], peer=None, peer_name="-",
            limit=None,
        ),
        Ratio(
            name="window blocked by the calculation, p99 [s]", ours=measured["blocked"], peer=0.05,
            peer_name="guide value", limit=1.0, note=f"longest {1000 * measured['longest']:.0f} ms",
        ),
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def _child(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=_environment(),
        timeout=600,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


def _start() -> Ratio:
    ours, bare = [], []
    for _ in range(STARTS):
        for code, times in ((BARE, bare), (OURS, ours)):
            launched = time.time()
            times.append(float(_child(code, str(EXAMPLE))) - launched)
    return Ratio(
        name="start to first usable window, median of 5 [s]", ours=statistics.median(ours),
        peer=statistics.median(bare), peer_name="bare PySide6 window", limit=4.0,
    )  # fmt: skip


def _session() -> dict[str, float]:
    """Everything that is measured in one open window, in a process of its own."""
    code = "import benchmarks.window as w; w.session()"
    told: dict[str, float] = json.loads(_child(code))
    return told


def session() -> None:
    """Open the example, edit it 200 times, print the times as JSON."""
    from PySide6.QtCore import QEventLoop, QTimer

    from slopedesign.gui.app import make_application
    from slopedesign.gui.document import open_document
    from slopedesign.gui.screenshot import settle, wait_for_answer
    from slopedesign.gui.section_scene import draw
    from slopedesign.gui.window import Window
    from slopedesign.project.edit import with_value

    make_application("zh_CN", "light")
    window = Window("zh_CN", open_document(EXAMPLE, "zh_CN"))
    window.resize(1440, 900)
    window.show()
    wait_for_answer(window)
    settle()
    page: Any = window.pages.currentWidget()
    edits, redraws, scenes = [], [], []
    project = window.document.project
    window.worker.cancel()
    for i in range(EDITS):
        changed = with_value(project, "slopes[0].benches.riser_height", 10.0 + 0.1 * (i % 50))
        start = time.perf_counter()
        window.document.preview(changed)
        page.canvas.viewport().repaint()
        edits.append(time.perf_counter() - start)
        redraws.append(page.redraw_ms / 1000)
        start = time.perf_counter()
        draw(page.canvas, page.picture, "zh_CN")
        scenes.append(time.perf_counter() - start)
        window._soon.stop()
    window.document.cancel_preview()
    window._soon.stop()
    wait_for_answer(window)
    calculations, slips, gaps = [], [], []
    for i in range(5):
        window.document.edit(with_value(project, "slopes[0].benches.riser_height", 12.0 + 0.3 * i), "edit")
        window._soon.stop()
        ticks = [time.perf_counter()]
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))  # noqa: B023 - stopped below
        loop = QEventLoop()
        timer.start()
        start = time.perf_counter()
        first: list[float] = []
        window.worker.begun.connect(lambda _: first.append(time.perf_counter() - start))  # noqa: B023
        window.worker.answered.connect(loop.quit)
        window.recompute()
        loop.exec()
        timer.stop()
        whole = time.perf_counter() - start
        calculations.append(first[0] if first else whole)
        slips.append(whole - calculations[-1])
        gaps += [b - a for a, b in zip(ticks, ticks[1:], strict=False)]
    told = {
        "edit": _p(edits, 0.95), "redraw": _p(redraws, 0.95), "scene": _p(scenes, 0.95),
        "matplotlib": _matplotlib(page.picture), "calculation": statistics.median(calculations),
        "slips": statistics.median(slips),
        "blocked": _p(gaps, 0.99), "longest": max(gaps),
    }  # fmt: skip
    window.stop()
    print(json.dumps(told))


def _p(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _matplotlib(picture: Any) -> float:
    """The same section redrawn by matplotlib: everything cleared and drawn again, p95 of 30."""
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure

    from slopedesign.gui.charts import use_bundled_font

    use_bundled_font()
    canvas = FigureCanvasQTAgg(Figure(figsize=(8, 6)))
    times = []
    for _ in range(30):
        start = time.perf_counter()
        figure = canvas.figure
        figure.clear()
        axes = figure.add_subplot()
        for name, outline in picture.layers:
            axes.fill(outline[:, 0], outline[:, 1], label=name)
        for outline in (*picture.cut, *picture.covers, *(wall.outline for wall in picture.walls)):
            axes.fill(outline[:, 0], outline[:, 1])
        for line in (*picture.ground, picture.design, picture.final, *(points for _, points in picture.bottoms)):
            axes.plot(line[:, 0], line[:, 1])
        for face in picture.faces:
            axes.text(*face.foot, f"H = {face.height:.2f}")
            axes.text(*face.top, f"{face.angle_deg:.1f}")
        for mark in picture.benches:
            axes.text(mark.crest, mark.level, f"{mark.level:.2f}")
            axes.text(mark.toe, mark.level, f"B{mark.number} {mark.width:.2f}")
        canvas.draw()
        times.append(time.perf_counter() - start)
    return _p(times, 0.95)
