"""The designed network and ponds as an EPA SWMM input file, and SWMM's own answer beside ours.

The input file is plain text and always available. Where swmm-toolkit is installed, `referee` runs the engine in a
process of its own (it allows one model per process and prints) and reads peak flow, depth and pond level back. SWMM
never designs anything here: it is an independent look at the same ditches.

Names in the file are short ASCII ids (R1, N1, P1); comments carry the project's names.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.pond import Storage
from slopedesign.calc.water.result import PondResult, WaterResult
from slopedesign.calc.water.section import Circle, Section, Trapezoid, UShape
from slopedesign.errors import NoSolution
from slopedesign.i18n import message
from slopedesign.standards.hydraulics import G

STEP = 1e-5
"""Rise [m] within which the area of a stepped storage curve changes."""


PIECES, SHORTEST, MILD = 8, 5.0, 0.03
"""A mild reach [-] has at least so many pieces where none is shorter than this [m]: with two or three, what SWMM does
at a chute's mouth reaches far up the ditch. Steep ones are left whole, short pieces disturb them."""


@dataclass(frozen=True)
class Node:
    """A junction or outfall; `pond` is its stage-area curve and weir where it is a pond."""

    id: str
    name: str
    invert: float
    depth: float = 5.0
    inflow: float = 0.0
    outfall: bool = False
    fixed_stage: float | None = None


@dataclass(frozen=True)
class Link:
    """A ditch: section, length, inverts at both ends."""

    id: str
    name: str
    start: str
    end: str
    length: float
    n: float
    section: Section
    invert_up: float
    invert_down: float
    closed: bool = False


@dataclass(frozen=True)
class Store:
    """A pond: curve of depth [m] and area [m2] over its bottom, weir (none where its width is 0), inflow by time."""

    id: str
    name: str
    bottom: float
    curve: Sequence[tuple[float, float]]
    crest: float
    width: float
    cd: float
    start: float
    inflow_step: float = 0.0
    inflow: Sequence[float] = ()


@dataclass(frozen=True)
class Model:
    """What is written to the input file.

    Attributes:
        hours: length of the run; step: routing step [s]; report: reporting step [s].
    """

    title: str
    nodes: Sequence[Node]
    links: Sequence[Link]
    stores: Sequence[Store] = ()
    hours: float = 6.0
    step: float = 1.0
    report: int = 60
    steady: bool = True
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)


def section_line(section: Section, closed: bool = False) -> str:
    """A cross-section as SWMM names it; a closed rectangle is a box culvert.

    Raises:
        NoSolution: SWMM has no such shape.
    """
    match section:
        case Circle():
            return f"CIRCULAR {section.diameter:.4f} 0 0 0"
        case Trapezoid() if section.z_left == section.z_right == 0:
            return f"RECT_{'CLOSED' if closed else 'OPEN'} {section.height:.4f} {section.bottom:.4f} 0 0"
        case Trapezoid() if section.bottom == 0 and section.z_left == section.z_right:
            return f"TRIANGULAR {section.height:.4f} {section.top_width(section.height):.4f} 0 0"
        case Trapezoid():
            return f"TRAPEZOIDAL {section.height:.4f} {section.bottom:.4f} {section.z_left:.4f} {section.z_right:.4f}"
        case UShape():
            return f"RECT_ROUND {section.height:.4f} {2 * section.radius:.4f} {section.radius:.4f} 0"
        case _:
            raise NoSolution(
                message("water.error.swmm"), message("water.error.swmm_failed", detail=type(section).__name__)
            )


def write_inp(model: Model) -> str:
    """The input file as text (ASCII)."""
    lines = ["[TITLE]", _ascii(model.title), "", "[OPTIONS]"]
    lines += [
        "FLOW_UNITS CMS", "INFILTRATION HORTON", "FLOW_ROUTING DYNWAVE", "LINK_OFFSETS ELEVATION", "ALLOW_PONDING NO",
        "START_DATE 01/01/2000", "START_TIME 00:00:00", "REPORT_START_DATE 01/01/2000", "REPORT_START_TIME 00:00:00",
        *_end(model.hours), f"REPORT_STEP {_clock(model.report)}", "WET_STEP 00:01:00", "DRY_STEP 00:01:00",
        f"ROUTING_STEP {model.step:g}", "INERTIAL_DAMPING PARTIAL", "NORMAL_FLOW_LIMITED BOTH", "VARIABLE_STEP 0.75",
        "MIN_SURFAREA 0.1", "MAX_TRIALS 20", "HEAD_TOLERANCE 0.0002", "THREADS 1",
    ]  # fmt: skip
    lines += ["", "[JUNCTIONS]", ";;id invert max_depth init surcharge ponded"]
    lines += [f"{n.id} {n.invert:.4f} {n.depth:.3f} 0 0 0" for n in model.nodes if not n.outfall]
    lines += ["", "[OUTFALLS]"]
    for n in model.nodes:
        if n.outfall:
            kind = f"FIXED {n.fixed_stage:.4f}" if n.fixed_stage is not None else "NORMAL"
            lines.append(f"{n.id} {n.invert:.4f} {kind} NO")
    lines += ["", "[STORAGE]"]
    for s in model.stores:
        depth = s.curve[-1][0]
        lines.append(f"{s.id} {s.bottom:.4f} {depth:.4f} {s.start - s.bottom:.4f} TABULAR C{s.id} 0 0")
        lines.append(f";;{_ascii(s.name)}")
    lines += ["", "[CONDUITS]", ";;id from to length n in out initial max"]
    for link in model.links:
        up, down = link.invert_up, link.invert_down
        lines.append(f"{link.id} {link.start} {link.end} {link.length:.3f} {link.n:.5f} {up:.5f} {down:.5f} 0 0")
    lines += ["", "[WEIRS]"]
    weirs = [s for s in model.stores if s.width > 0]
    lines += [f"W{s.id} {s.id} O{s.id} TRANSVERSE {s.crest:.4f} {s.cd:.5f} NO 0 0 NO" for s in weirs]
    lines += ["", "[XSECTIONS]"]
    lines += [f"{link.id} {section_line(link.section, link.closed)} 1" for link in model.links]
    lines += [f"W{s.id} RECT_OPEN {s.bottom + s.curve[-1][0] - s.crest:.4f} {s.width:.4f} 0 0" for s in weirs]
    lines += ["", "[CURVES]"]
    for s in model.stores:
        for k, (depth, area) in enumerate(s.curve):
            lines.append(f"C{s.id} {'STORAGE ' if k == 0 else ''}{depth:.5f} {area:.5f}")
    lines += _inflows(model)
    for section, rows in model.extra.items():
        lines += ["", f"[{section}]", *rows]
    lines += ["", "[REPORT]", "INPUT NO", "CONTROLS NO", "NODES ALL", "LINKS ALL", ""]
    return "\n".join(lines)


def _inflows(model: Model) -> list[str]:
    lines = ["", "[INFLOWS]"]
    series = ["", "[TIMESERIES]"]
    for n in model.nodes:
        if n.inflow != 0:
            lines.append(f'{n.id} FLOW "" FLOW 1.0 1.0 {n.inflow:.6f}')
    for s in model.stores:
        if len(s.inflow):
            lines.append(f"{s.id} FLOW T{s.id} FLOW 1.0 1.0 0")
            for k, q in enumerate(s.inflow):
                hours = k * s.inflow_step / 3600
                series.append(f"T{s.id} {hours:.6f} {q:.6f}")
    return lines + series


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def _end(hours: float) -> list[str]:
    days, rest = divmod(round(hours * 3600), 86400)
    return [f"END_DATE 01/{1 + days:02d}/2000", f"END_TIME {_clock(rest)}"]


# From a design --------------------------------------------------------------------------------------------------------


def model_of(
    water: WaterResult, piece: float = 25.0, title: str = "slopedesign drainage network", *, at_least: int = PIECES
) -> Model:
    """The designed network carrying its design flows, and the ponds with their storm.

    Each reach is cut into pieces of about `piece` m, a mild one into `at_least` so many, because SWMM reports the mean
    of a link's end depths. A node takes the design flow of the reach below less those of the reaches above, so that
    every reach carries its own: that may be negative, because peaks of the rational formula do not add up. The
    hydrology is ours in this model; what SWMM judges is the hydraulics of ditches and ponds.
    """
    nodes: dict[str, Node] = {}
    links: list[Link] = []
    if water.network is not None:
        _network(water, piece, at_least, nodes, links)
    stores = [s for k, p in enumerate(water.ponds, 1) if (s := _store(p, k)) is not None]
    for s in stores:
        if s.width == 0:
            continue
        nodes[f"O{s.id}"] = Node(f"O{s.id}", f"{s.name} spill", s.bottom - 1.0, outfall=True)
    if not links and all(s.width == 0 for s in stores):
        _dry_ditch(nodes, links)
    hours = max([6.0, *(len(s.inflow) * s.inflow_step / 3600 + 1 for s in stores)])
    return Model(title, tuple(nodes.values()), tuple(links), tuple(stores), hours=hours)


def _network(water: WaterResult, piece: float, at_least: int, nodes: dict[str, Node], links: list[Link]) -> None:
    assert water.network is not None
    reaches = water.network.reaches
    ids = {name: f"N{k}" for k, name in enumerate(dict.fromkeys(
        n for r in reaches for n in (r.input.record.from_node, r.input.record.to_node)), 1)}  # fmt: skip
    level: dict[str, float] = {}
    for r in reaches:
        top, foot = float(r.input.bed.points[0, 2]), float(r.input.bed.points[-1, 2])
        for node, z in ((r.input.record.from_node, top), (r.input.record.to_node, foot)):
            level[node] = min(level.get(node, math.inf), z)
    leaving = {r.input.record.from_node for r in reaches}
    arriving: dict[str, float] = {}
    for r in reaches:
        arriving[r.input.record.to_node] = arriving.get(r.input.record.to_node, 0.0) + r.flow.value
    for r in reaches:
        record = r.input.record
        above = arriving.get(record.from_node, 0.0)
        nodes[record.from_node] = Node(ids[record.from_node], record.from_node, level[record.from_node], 20.0,
                                       r.flow.value - above)  # fmt: skip
        if record.to_node not in leaving:
            nodes[record.to_node] = Node(ids[record.to_node], record.to_node, level[record.to_node], outfall=True)
    outfalls: set[str] = set()
    for k, r in enumerate(reaches, 1):
        bed, record = r.input.bed, r.input.record
        section, n, closed = _barrel(r)
        end = ids[record.to_node]
        if record.to_node not in leaving and end in outfalls:  # SWMM lets one link only into an outfall
            end = f"{end}x{k}"
            nodes[end] = Node(end, record.to_node, float(bed.points[-1, 2]), outfall=True)
        outfalls.add(end)
        fine = min(at_least, int(bed.length // SHORTEST)) if bed.slope < MILD else 1
        count = max(1, round(bed.length / piece), fine)
        cuts = np.linspace(0.0, bed.length, count + 1)
        levels = np.interp(cuts, bed.stations, bed.points[:, 2])
        names = [ids[record.from_node], *(f"R{k}J{i}" for i in range(1, count)), end]
        for i in range(1, count):
            nodes[names[i]] = Node(names[i], f"{r.name} {cuts[i]:.0f} m", float(levels[i]), 20.0)
        for i in range(count):
            links.append(
                Link(f"R{k}C{i + 1}", r.name, names[i], names[i + 1], float(cuts[i + 1] - cuts[i]), n, section,
                     float(levels[i]), float(levels[i + 1]), closed)
            )  # fmt: skip


def _barrel(reach: ReachResult) -> tuple[Section, float, bool]:
    """Section, roughness and whether it is closed, of a ditch or culvert."""
    if reach.sized is not None:
        return reach.sized.section, reach.sized.n.value, reach.sized.section.closed
    assert reach.culvert is not None
    return reach.culvert.culvert.section, reach.culvert.culvert.n, True


def _store(pond: PondResult, k: int) -> Store | None:
    if pond.spillway is None:
        return None
    s = pond.storage
    bottom = float(s.level[0])
    if pond.hollow is not None:
        curve = _stepped(s)
    else:
        rows = np.linspace(0, len(s.level) - 1, min(len(s.level), 60)).astype(int)
        curve = [(float(s.level[i]) - bottom, float(s.area[i])) for i in rows]
    spill = pond.spillway
    cd = spill.coefficient * math.sqrt(2 * G)
    return Store(f"P{k}", pond.record.name, bottom, curve, spill.crest, spill.width, cd, spill.crest,
                 spill.inflow.step, tuple(float(q) for q in spill.inflow.flow))  # fmt: skip


def _dry_ditch(nodes: dict[str, Node], links: list[Link]) -> None:
    """A ditch that carries nothing: SWMM routes no pond where there is neither outfall nor link."""
    nodes["X1"] = Node("X1", "dry, SWMM asks for a link", 1.0)
    nodes["X2"] = Node("X2", "dry, SWMM asks for an outfall", 0.0, outfall=True)
    links.append(Link("X", "dry", "X1", "X2", 100.0, 0.02, Trapezoid(bottom=0.5, height=0.5), 1.0, 0.0))


def _stepped(storage: Storage) -> list[tuple[float, float]]:
    """Depth and area that hold the volumes of a curve exactly: between two rows the mean area of that slice.

    SWMM integrates the area; where a hollow joins another within a millimetre, its water would be lost that way.
    """
    depth = storage.level - storage.level[0]
    mean = np.diff(storage.volume) / np.diff(depth)
    found = [(0.0, float(mean[0]))]
    for k, area in enumerate(mean):
        if k:
            found.append((float(depth[k]) + STEP, float(area)))
        found.append((float(depth[k + 1]), float(area)))
    return found


# The engine -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What SWMM found: greatest flow [m3/s] and depth [m] of links, greatest depth [m] of nodes and ponds, by id.

    Attributes:
        last_flow, last_depth: of links at the end of the run.
        series: pond level above its bottom by report step, by id. seconds: time the engine took.
        continuity: routing continuity error [%].
    """

    flow: Mapping[str, float]
    depth: Mapping[str, float]
    node_depth: Mapping[str, float]
    last_flow: Mapping[str, float]
    last_depth: Mapping[str, float]
    series: Mapping[str, NDArray[np.float64]]
    outflow: Mapping[str, float]
    seconds: float
    continuity: float


def available() -> bool:
    """Whether the engine is installed, and this program can start another Python to run it in."""
    if getattr(sys, "frozen", False):
        return False
    return find_spec("swmm") is not None and find_spec("swmm.toolkit") is not None


_ENGINE = """
import json, sys, time
from swmm.toolkit import output, solver, shared_enum as e
folder, keep = sys.argv[1], json.loads(sys.argv[2])
inp, rpt, out = (f"{folder}/model.{x}" for x in ("inp", "rpt", "out"))
start = time.perf_counter()
solver.swmm_run(inp, rpt, out)
took = time.perf_counter() - start
h = output.init()
output.open(h, out)
sizes = output.get_proj_size(h)
steps = output.get_times(h, e.Time.NUM_PERIODS)
found = {"link": {}, "node": {}, "series": {}, "seconds": took}
for i in range(sizes[2]):
    name = output.get_elem_name(h, e.ElementType.LINK, i)
    q = output.get_link_series(h, i, e.LinkAttribute.FLOW_RATE, 0, steps - 1)
    d = output.get_link_series(h, i, e.LinkAttribute.FLOW_DEPTH, 0, steps - 1)
    found["link"][name] = [max(q), max(d), q[-1], d[-1]]
for i in range(sizes[1]):
    name = output.get_elem_name(h, e.ElementType.NODE, i)
    d = output.get_node_series(h, i, e.NodeAttribute.INVERT_DEPTH, 0, steps - 1)
    found["node"][name] = [max(d), d[-1]]
    if name in keep:
        found["series"][name] = list(d)
output.close(h)
json.dump(found, open(f"{folder}/answer.json", "w"))
"""


def referee(model: Model, timeout: float = 600.0) -> Answer:
    """Runs SWMM on a model, in a process and a temporary folder of its own.

    Raises:
        NoSolution: swmm-toolkit is not installed, the engine refused the model (its own words are told) or was not done
            within `timeout` seconds.
    """
    if not available():
        raise NoSolution(message("water.error.swmm"), message("water.error.swmm_missing"))
    with tempfile.TemporaryDirectory(prefix="swmm") as folder:
        Path(folder, "model.inp").write_text(write_inp(model), encoding="ascii")
        keep = json.dumps([s.id for s in model.stores])
        engine = [sys.executable, "-c", _ENGINE, folder, keep]
        try:
            ran = subprocess.run(engine, capture_output=True, text=True, timeout=timeout, check=False)
        except subprocess.TimeoutExpired:
            late = message("water.error.swmm_late", seconds=f"{timeout:g}", links=str(len(model.links)))
            raise NoSolution(message("water.error.swmm"), late) from None
        answer = Path(folder, "answer.json")
        report = Path(folder, "model.rpt")
        told = report.read_text(encoding="utf-8", errors="replace") if report.exists() else ""
        if ran.returncode != 0 or not answer.exists():
            errors = [line.strip() for line in told.splitlines() if "ERROR" in line][:3]
            detail = "; ".join(errors) or ran.stderr.strip()[-300:]
            raise NoSolution(message("water.error.swmm"), message("water.error.swmm_failed", detail=detail))
        found = json.loads(answer.read_text(encoding="utf-8"))
    link, node = found["link"], found["node"]
    return Answer(
        flow={k: v[0] for k, v in link.items()}, depth={k: v[1] for k, v in link.items()},
        node_depth={k: v[0] for k, v in node.items()}, last_flow={k: v[2] for k, v in link.items()},
        last_depth={k: v[3] for k, v in link.items()},
        series={k: np.array(v) for k, v in found["series"].items()},
        outflow={s.id: link[f"W{s.id}"][0] if s.width > 0 else 0.0 for s in model.stores}, seconds=found["seconds"],
        continuity=_continuity(told),
    )  # fmt: skip


def _continuity(report: str) -> float:
    errors = [line.split()[-1] for line in report.splitlines() if "Continuity Error (%)" in line]
    return float(errors[-1]) if errors else math.nan


@dataclass(frozen=True)
class Comparison:
    """One number of ours beside SWMM's."""

    subject: str
    quantity: str
    ours: float
    swmm: float

    @property
    def difference(self) -> float:
        """SWMM less ours, relative to ours (absolute for a level)."""
        gap = self.swmm - self.ours
        return gap if self.quantity == "level" else gap / self.ours


def compare(water: WaterResult, timeout: float = 600.0) -> tuple[list[Comparison], Answer]:
    """Flow and depth of every reach (at its middle), level and outflow of every pond: ours and SWMM's."""
    model = model_of(water)
    answer = referee(model, timeout)
    found = []
    if water.network is not None:
        for k, r in enumerate(water.network.reaches, 1):
            own = [link.id for link in model.links if link.id.startswith(f"R{k}C")]
            middle = own[len(own) // 2]
            found.append(Comparison(r.input.path, "flow", r.flow.value, answer.last_flow[middle]))
            if r.sized is not None and r.sized.depth is not None:
                found.append(Comparison(r.input.path, "depth", r.sized.depth.value, answer.last_depth[middle]))
    for k, p in enumerate(water.ponds, 1):
        if p.spillway is not None:
            bottom = float(p.storage.level[0])
            level = bottom + answer.node_depth[f"P{k}"]
            found.append(Comparison(p.path, "level", p.spillway.max_level, level))
            if p.spillway.keeps_all:
                continue
            found.append(Comparison(p.path, "outflow", p.spillway.routed.peak_outflow, answer.outflow[f"P{k}"]))
    return found, answer
