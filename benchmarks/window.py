"""The window: how soon it can be used, how soon a change shows, and whether the calculation lets it breathe.

Start is that of the process, from its launch until its first window has been painted, of the program as it is started
with the packaged project against a bare PySide6 window; what the first window shows can be typed into. Both are
started once before anything is measured, and their byte code is kept as an installed program's is.

A redraw of the section is the filling of its scene and the painting of it, against the same areas, lines and letters
cleared, drawn and painted by matplotlib. The edits go through the window as typed ones do: to the redrawn section by
distance alone, then, after the pause that lets one go on typing, to the checks of the whole design computed anew.

The window's thread is watched by a timer of 2 ms beside the calculation; what the system itself kept the thread waiting
for a processor is told apart where the system says it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.common import Ratio

EXAMPLE = Path(__file__).parents[1] / "examples" / "quarry" / "project.json"
EDITS = 200
STARTS = 9

PAINTED = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
class Painted(QObject):
    def eventFilter(self, thing, event):
        if event.type() == QEvent.Type.Paint:
            thing.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print(time.time(), time.process_time(), flush=True)
        os._exit(0)
"""
BARE = f"""{PAINTED}
from PySide6.QtWidgets import QMainWindow
application = QApplication(sys.argv[:1])
painted = Painted()
window = QMainWindow(); window.resize(1440, 900); window.installEventFilter(painted); window.show()
application.exec()
"""
OURS = f"""
import sys
import slopedesign.gui as gui
{PAINTED}
run = QApplication.exec
def exec(*_):
    global painted
    painted = Painted()
    for window in QApplication.topLevelWidgets():
        window.installEventFilter(painted)
    return run()
QApplication.exec = exec
gui.main(sys.argv[1:])
"""


def run() -> list[Ratio]:
    """Start, redraw, recalculation, blocking."""
    m = _session()
    ms = {name: f"{1000 * value:.0f} ms" for name, value in m.items()}
    return [
        _start(),
        Ratio(
            name="redraw of a section, p95 of 200 [s]", ours=m["redraw"], peer=m["matplotlib"],
            peer_name="matplotlib redraw", limit=0.1, note=f"median {ms['redraw_median']}, worst {ms['redraw_worst']}",
        ),
        Ratio(
            name="edit to the redrawn section, p95 of 200 [s]", ours=m["edit"], peer=0.05, peer_name="guide value",
            limit=1.0, note=f"all views and forms follow; median {ms['edit_median']}, worst {ms['edit_worst']}",
        ),
        Ratio(
            name="full recalculation, median of 200 [s]", ours=m["calculation"], peer=0.5, peer_name="guide value",
            limit=1.0,
            note=f"all but slip surfaces; p95 {ms['calculation_p95']}, worst {ms['calculation_worst']}, processor time "
            f"{ms['calculation_cpu']}; slip surfaces after it {m['slips']:.1f} s",
        ),
        Ratio(
            name="edit to the redrawn checks, p95 of 200 [s]", ours=m["checks"], peer=None, peer_name="-", limit=None,
            note=f"with the pause of {ms['pause']} that lets one go on typing; median {ms['checks_median']}",
        ),
        Ratio(
            name="longest stop of the window, median of 200 [s]", ours=m["stop"], peer=0.05, peer_name="guide value",
            limit=1.0,
            note=f"in one recalculation each; p95 {ms['stop_p95']}, worst {ms['stop_worst']}, of which waiting for a "
            f"processor {ms['stop_waiting']}; beside the slip search median {ms['search_stop']}, "
            f"worst {ms['search_worst']}",
        ),
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def _child(code: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True,
        env=_environment() | environment, timeout=1800,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


def _start() -> Ratio:
    wall: dict[str, list[float]] = {BARE: [], OURS: []}
    worked: dict[str, list[float]] = {BARE: [], OURS: []}
    with tempfile.TemporaryDirectory() as kept:
        example = shutil.copytree(EXAMPLE.parent, Path(kept) / "quarry") / EXAMPLE.name
        for i in range(STARTS + 1):
            for code in (BARE, OURS):
                launched = time.time()
                told = _child(code, str(example), "--lang", "zh", PYTHONPYCACHEPREFIX=kept, PYTHONDONTWRITEBYTECODE="")
                painted, processor = told.split()
                if i:
                    wall[code].append(float(painted) - launched)
                    worked[code].append(float(processor))
    ours, bare = worked[OURS], worked[BARE]
    return Ratio(
        name=f"start to the first painted window, median of {STARTS} [s]", ours=statistics.median(wall[OURS]),
        peer=statistics.median(wall[BARE]), peer_name="bare PySide6 window", limit=4.0,
        note=f"worst {max(wall[OURS]):.2f} s and {max(wall[BARE]):.2f} s; "
        f"processor time {statistics.median(ours):.2f} s and {statistics.median(bare):.2f} s",
    )  # fmt: skip


def _session() -> dict[str, float]:
    """Everything that is measured in one open window, in a process of its own, on a copy that may be left unsaved."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(EXAMPLE.parent, Path(folder) / "quarry") / EXAMPLE.name
        code = "import sys, pathlib, benchmarks.window as w; w.session(pathlib.Path(sys.argv[1]))"
        told: dict[str, float] = json.loads(_child(code, str(copy)))
    return told


class _Stops:
    """How long the window's thread stays away from its event loop."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.worst = self.waiting = 0.0
        self._last: float | None = None
        self._queued = 0.0
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Watch from now on."""
        self.worst, self._last = 0.0, None
        self._timer.start()

    def stop(self) -> tuple[float, float]:
        """Longest stay and what of it the thread waited for a processor, s."""
        self._timer.stop()
        return self.worst, self.waiting

    def _tick(self) -> None:
        now, queued = time.perf_counter(), _queued()
        if self._last is not None and now - self._last > self.worst:
            self.worst, self.waiting = now - self._last, queued - self._queued
        self._last, self._queued = now, queued


def _queued() -> float:
    """Seconds this thread has waited for a processor; 0 where the system does not say."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def session(path: Path) -> None:
    """Open a project, edit it 200 times, print the times as JSON."""
    from PySide6.QtCore import QEventLoop

    from slopedesign.gui.app import make_application
    from slopedesign.gui.document import open_document
    from slopedesign.gui.screenshot import settle, wait_for_answer
    from slopedesign.gui.window import RECOMPUTE_AFTER_MS, Window
    from slopedesign.project.edit import with_value

    sys.setswitchinterval(0.0005)  # as the program does when it starts
    make_application("zh_CN", "light")
    window = Window("zh_CN", open_document(path, "zh_CN"))
    window.resize(1440, 900)
    window.show()
    wait_for_answer(window)
    settle()
    page: Any = window.pages.currentWidget()
    project = window.document.project
    told: dict[str, float] = {"pause": RECOMPUTE_AFTER_MS / 1000}
    edits, redraws = _quick(window, page, project)
    _add(told, "edit", edits)
    _add(told, "redraw", redraws)
    told["matplotlib"] = _matplotlib(page.picture)
    checks, calculations, stops, waits, processor = [], [], [], [], []
    watch = _Stops()
    begun = [0.0]

    def asked(on: bool) -> None:
        if on:
            begun[0] = time.perf_counter()

    window.worker.busy_changed.connect(asked)
    for i in range(EDITS):
        loop = QEventLoop()
        window.worker.begun.connect(loop.quit)
        window.worker.answered.connect(loop.quit)
        changed = with_value(project, "slopes[0].benches.riser_height", 10.0 + 0.1 * (i % 50) + 0.02 * (i // 50 + 1))
        start, worked = time.perf_counter(), time.process_time()
        watch.start()
        window.document.edit(changed, "edit")
        loop.exec()
        calculations.append(time.perf_counter() - begun[0])
        window.checks.table.viewport().repaint()
        checks.append(time.perf_counter() - start)
        processor.append(time.process_time() - worked)
        settle(1)
        worst, waiting = watch.stop()
        stops.append(worst)
        waits.append(waiting)
        window.worker.cancel()
    _add(told, "calculation", calculations)
    told["calculation"], told["calculation_cpu"] = statistics.median(calculations), statistics.median(processor)
    told["calculation_p95"] = _p(calculations, 0.95)
    _add(told, "checks", checks)
    told["stop"], told["stop_p95"] = statistics.median(stops), _p(stops, 0.95)
    told["stop_worst"], told["stop_waiting"] = max(zip(stops, waits, strict=True))
    told |= _with_slips(window, project, watch)
    window.stop()
    print(json.dumps(told))


def _quick(window: Any, page: Any, project: Any) -> tuple[list[float], list[float]]:
    """Times to the section worked by distance and painted, and of its drawing and painting alone."""
    from slopedesign.gui.section_scene import draw
    from slopedesign.project.edit import with_value

    edits, redraws = [], []
    for i in range(EDITS):
        changed = with_value(project, "slopes[0].benches.riser_height", 10.0 + 0.1 * (i % 50))
        start = time.perf_counter()
        window.document.preview(changed)
        page.canvas.viewport().repaint()
        edits.append(time.perf_counter() - start)
        window._soon.stop()
        start = time.perf_counter()
        draw(page.canvas, page.picture, "zh_CN")
        page.canvas.viewport().repaint()
        redraws.append(time.perf_counter() - start)
    window.document.cancel_preview()
    window._soon.stop()
    return edits, redraws


def _with_slips(window: Any, project: Any, watch: _Stops) -> dict[str, float]:
    """The search of slip surfaces to its end, and what the window feels of it."""
    from PySide6.QtCore import QEventLoop

    from slopedesign.project.edit import with_value

    slips, stops = [], []
    for i in range(3):
        first = [0.0]
        loop = QEventLoop()

        def begun(_: object, first: list[float] = first) -> None:
            first[0] = time.perf_counter()
            watch.start()

        window.worker.begun.connect(begun)
        window.worker.answered.connect(loop.quit)
        window.document.edit(with_value(project, "slopes[0].benches.riser_height", 12.05 + 0.3 * i), "edit")
        loop.exec()
        window.worker.begun.disconnect(begun)
        slips.append(time.perf_counter() - first[0])
        stops.append(watch.stop()[0])
    return {"slips": statistics.median(slips), "search_stop": statistics.median(stops), "search_worst": max(stops)}


def _add(told: dict[str, float], name: str, times: list[float]) -> None:
    told[name], told[f"{name}_median"], told[f"{name}_worst"] = _p(times, 0.95), statistics.median(times), max(times)


def _p(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _matplotlib(picture: Any) -> float:
    """The same section redrawn by matplotlib: everything cleared and drawn again, p95 of 60."""
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure

    from slopedesign.gui.charts import use_bundled_font

    use_bundled_font()
    canvas = FigureCanvasQTAgg(Figure(figsize=(8, 6)))
    times = []
    for _ in range(60):
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
