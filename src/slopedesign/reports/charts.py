"""Charts of a design as matplotlib figures, in the bundled font: storms, ponds, search for slip surfaces, joints.

Each function takes result fields and returns a `Figure`; `write` saves it and lets a missing glyph stop it. Nothing
here needs a display.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.ticker
import numpy as np
from matplotlib import font_manager
from matplotlib.figure import Figure

from slopedesign.calc.stability.rock.joints import net_circle, net_cone, net_pole
from slopedesign.calc.stability.search import FactorMap
from slopedesign.calc.stability.sections import ScopeResult, SectionResult
from slopedesign.calc.water.pond import BalanceYear
from slopedesign.calc.water.result import PondResult, StormResult
from slopedesign.calc.water.storm import FrequencyFit, Hyetograph
from slopedesign.design import Design
from slopedesign.fonts import REGULAR
from slopedesign.i18n import text
from slopedesign.project.stability import JointSet

SIZE = (7.2, 4.4)
_LOOK: dict[Any, Any] = {
    "axes.unicode_minus": False, "font.size": 9.0, "axes.grid": True, "grid.linewidth": 0.4, "grid.color": "#cccccc",
    "axes.axisbelow": True, "pdf.fonttype": 42, "svg.fonttype": "path", "mathtext.fontset": "dejavusans",
}  # fmt: skip
COLORS = ("#1f4e79", "#c0392b", "#2e7d32", "#8e5a0b", "#6a3d9a", "#555555")


@contextmanager
def bundled_font() -> Iterator[None]:
    """matplotlib drawing in the bundled font, as it was again afterwards; a missing glyph is an error."""
    known = {Path(entry.fname) for entry in font_manager.fontManager.ttflist}
    if REGULAR not in known:
        font_manager.fontManager.addfont(str(REGULAR))
    name = font_manager.FontProperties(fname=str(REGULAR)).get_name()
    with matplotlib.rc_context(_LOOK | {"font.family": [name]}), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph.*missing")
        yield


def write(figure: Figure, path: Path, dpi: int = 150) -> Path:
    """Save a figure as PNG, SVG or PDF by the path's ending.

    Raises:
        UserWarning: the bundled font lacks a character.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with bundled_font():
        figure.savefig(path, dpi=dpi, facecolor="white")
    return path


def _axes(title: str, across: str, up: str, size: tuple[float, float] = SIZE) -> tuple[Figure, Any]:
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    return figure, axes


# water ----------------------------------------------------------------------------------------------------------------


def storm_methods(storm: StormResult, language: str) -> Figure:
    """Intensity against duration by every method that could be worked."""
    with bundled_font():
        figure, axes = _axes(
            text("charts.storm.title", language, years=f"{float(storm.return_period):g}"),
            text("charts.minutes", language), text("charts.intensity", language),
        )  # fmt: skip
        for i, name in enumerate(dict.fromkeys(n for row in storm.table for n in row.intensity)):
            points = [(row.minutes, row.intensity[name].value) for row in storm.table if name in row.intensity]
            axes.plot(*np.array(points).T, marker="o", markersize=3, color=COLORS[i % len(COLORS)],
                      label=text(name, language))  # fmt: skip
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.grid(which="minor", linewidth=0.2)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1.0, 2.0, 5.0)))
            axis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
            axis.set_minor_formatter(matplotlib.ticker.NullFormatter())
        if storm.table:
            minutes = [row.minutes for row in storm.table]
            axes.set_xticks(minutes, [f"{m:g}" for m in minutes])
        axes.legend()
    return figure


def frequency(fit: FrequencyFit, language: str) -> Figure:
    """Annual maxima at their plotting positions and the fitted curve, against the exceedance on a normal scale."""
    from scipy.special import ndtri

    with bundled_font():
        figure, axes = _axes(
            text("charts.frequency.title", language, mean=f"{fit.mean:.1f}", cv=f"{fit.c_v:.3f}", cs=f"{fit.c_s:.3f}"),
            text("charts.exceedance", language), text("charts.rain", language),
        )  # fmt: skip
        at = np.array([0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99])
        smooth = np.linspace(0.001, 0.99, 400)
        axes.plot(-ndtri(1 - smooth), fit.curve(smooth), color=COLORS[0], label=text("charts.fitted", language))
        axes.plot(-ndtri(1 - fit.exceedance), fit.values, "o", markersize=3.5, color=COLORS[1],
                  label=text("charts.observed", language))  # fmt: skip
        axes.set_xticks(-ndtri(1 - at), [f"{100 * p:g}" for p in at])
        axes.legend()
    return figure


def hyetograph(storm: Hyetograph, language: str) -> Figure:
    """Rain of every step."""
    with bundled_font():
        figure, axes = _axes(
            text("charts.hyetograph.title", language, total=f"{storm.total:.1f}"), text("charts.hours", language),
            text("charts.intensity_hour", language),
        )  # fmt: skip
        axes.bar((storm.times - storm.step) / 60.0, storm.intensities, width=storm.step / 60.0, align="edge",
                 color=COLORS[0], linewidth=0)  # fmt: skip
        axes.set_xlim(0, float(storm.times[-1]) / 60.0)
    return figure


def hydrograph(pond: PondResult, language: str) -> Figure | None:
    """Inflow, outflow and level of a pond in the design storm; None where it was not routed."""
    spill = pond.spillway
    if spill is None:
        return None
    routed = spill.routed
    hours = np.arange(len(routed.inflow)) * routed.step / 3600.0
    with bundled_font():
        figure, axes = _axes(
            text("charts.hydrograph.title", language, name=pond.record.name), text("charts.hours", language),
            text("charts.flow", language),
        )  # fmt: skip
        axes.plot(hours, routed.inflow, color=COLORS[0],
                  label=text("charts.inflow", language, peak=f"{spill.inflow.peak:.3f}"))  # fmt: skip
        axes.plot(hours, routed.outflow, color=COLORS[1],
                  label=text("charts.outflow", language, peak=f"{routed.peak_outflow:.3f}"))  # fmt: skip
        other = axes.twinx()
        other.plot(hours, routed.level, color=COLORS[2], linestyle="--",
                   label=text("charts.level", language, peak=f"{spill.max_level:.3f}"))  # fmt: skip
        other.set_ylabel(text("charts.level_axis", language))
        other.grid(visible=False)
        lines = [*axes.get_lines(), *other.get_lines()]
        axes.legend(lines, [line.get_label() for line in lines], loc="upper left")
        axes.set_xlim(0, float(hours[-1]))
        axes.set_ylim(bottom=0)
    return figure


def stage_storage(pond: PondResult, language: str) -> Figure:
    """Volume and water area against level, with the levels of the pond."""
    storage, record = pond.storage, pond.record
    with bundled_font():
        figure, axes = _axes(
            text("charts.storage.title", language, name=record.name), text("charts.volume", language),
            text("charts.level_axis", language),
        )  # fmt: skip
        axes.plot(storage.volume, storage.level, color=COLORS[0], label=text("charts.volume", language))
        other = axes.twiny()
        other.plot(storage.area, storage.level, color=COLORS[1], linestyle="--", label=text("charts.area", language))
        other.set_xlabel(text("charts.area", language))
        other.grid(visible=False)
        marks = [("normal", record.normal_level), ("dead", record.dead_level),
                 ("highest", pond.spillway.max_level if pond.spillway is not None else None)]  # fmt: skip
        for name, z in marks:
            if z is not None:
                axes.axhline(z, color=COLORS[2], linewidth=0.8)
                axes.annotate(
                    text(f"charts.mark.{name}", language, level=f"{z:.2f}"), (0.01, z),
                    xycoords=("axes fraction", "data"), ha="left", va="bottom", fontsize=8, color=COLORS[2],
                )  # fmt: skip
        axes.set_xlim(left=0)
        lines = [axes.get_lines()[0], *other.get_lines()]
        axes.legend(lines, [line.get_label() for line in lines], loc="lower right")
    return figure


def balance(year: BalanceYear, language: str, title: str) -> Figure:
    """Monthly inflow above and losses, supply and spill below, with the storage at the months' ends."""
    month = np.arange(1, 13)
    with bundled_font():
        figure, axes = _axes(title, text("charts.month", language), text("charts.cubic", language))
        axes.bar(month, year.inflow, color=COLORS[0], label=text("charts.balance.inflow", language))
        low = np.zeros(12)
        parts = (("supplied", year.supplied, 2), ("evaporation", year.evaporation, 3), ("seepage", year.seepage, 5),
                 ("spill", year.spill, 4))  # fmt: skip
        for name, values, color in parts:
            axes.bar(month, -values, bottom=low, color=COLORS[color], label=text(f"charts.balance.{name}", language))
            low = low - values
        axes.plot(month, year.storage, marker="o", markersize=3, color=COLORS[1],
                  label=text("charts.balance.storage", language))  # fmt: skip
        axes.axhline(0, color="black", linewidth=0.6)
        axes.set_xticks(month)
        axes.legend(ncols=3, fontsize=8)
    return figure


# stability ------------------------------------------------------------------------------------------------------------


def factor_map(found: FactorMap, language: str, title: str) -> Figure:
    """Least factor by where a slide leaves and enters the ground; blank where none was solved."""
    with bundled_font():
        figure, axes = _axes(title, text("charts.exit", language), text("charts.entry", language))
        shown = np.ma.masked_invalid(found.fos.T)
        low = float(shown.min()) if shown.count() else 0.0
        mesh = axes.pcolormesh(found.exit_x, found.entry_x, shown, shading="nearest", cmap="RdYlGn", vmin=low,
                               vmax=low * 2.5 if low > 0 else None)  # fmt: skip
        figure.colorbar(mesh, ax=axes, label=text("charts.factor", language), extend="max")
        if shown.count():
            j, i = np.unravel_index(int(shown.argmin()), shown.shape)
            axes.plot(found.exit_x[i], found.entry_x[j], marker="x", color="black")
            axes.annotate(f"{low:.3f}", (found.exit_x[i], found.entry_x[j]), xytext=(5, 5),
                          textcoords="offset points")  # fmt: skip
    return figure


def force_moment(result: ScopeResult, language: str, title: str) -> Figure | None:
    """F by force and by moment against lambda; None where no rigorous method was worked."""
    surfaces = [r.critical for r in (*result.circles.values(), result.shape) if r is not None]
    surface = next((s for s in surfaces if s is not None and s.method in ("mp", "spencer")), None)
    if surface is None:
        return None
    curve = surface.balance
    with bundled_font():
        figure, axes = _axes(title, text("charts.lambda", language), text("charts.factor", language))
        axes.plot(curve.scale, curve.by_force, marker=".", color=COLORS[0], label=text("charts.by_force", language))
        axes.plot(curve.scale, curve.by_moment, marker=".", color=COLORS[1], label=text("charts.by_moment", language))
        axes.plot(surface.scale, surface.fos, marker="o", color="black", linestyle="none",
                  label=text("charts.solution", language, fos=f"{surface.fos:.4f}",
                             scale=f"{surface.scale:.4f}"))  # fmt: skip
        axes.legend()
    return figure


def stereonet(
    joints: Sequence[JointSet], face: tuple[float, float], language: str, title: str, friction_deg: float | None = None
) -> Figure:
    """Joints as great circles with their poles, the face, and the friction circle; lower hemisphere, equal area.

    Args:
        face: dip and dip direction of the face [deg].
    """
    with bundled_font():
        figure = Figure(figsize=(5.6, 5.8), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title)
        axes.set_aspect("equal")
        axes.set_axis_off()
        turn = np.linspace(0, 2 * np.pi, 361)
        axes.plot(np.cos(turn), np.sin(turn), color="black", linewidth=1)
        for i in range(36):
            a = np.radians(10 * i)
            axes.plot([np.sin(a), 1.02 * np.sin(a)], [np.cos(a), 1.02 * np.cos(a)], color="black", linewidth=0.6)
        axes.annotate(text("charts.north", language), (0, 1.04), ha="center", va="bottom")
        axes.plot(0, 0, marker="+", color="black")
        axes.plot(*net_circle(*face).T, color="black", linewidth=1.6,
                  label=text("charts.face", language, dip=f"{face[0]:.0f}", direction=f"{face[1]:.0f}"))  # fmt: skip
        for i, joint in enumerate(joints):
            color = COLORS[i % len(COLORS)]
            label = text("charts.joint", language, name=joint.name, dip=f"{joint.dip_deg:.0f}",
                         direction=f"{joint.dip_direction_deg:.0f}")  # fmt: skip
            axes.plot(*net_circle(joint.dip_deg, joint.dip_direction_deg).T, color=color, label=label)
            axes.plot(*net_pole(joint.dip_deg, joint.dip_direction_deg), marker="o", markersize=4, color=color)
        phi = friction_deg if friction_deg is not None else min((j.friction_angle_deg for j in joints), default=None)
        if phi is not None:
            axes.plot(*net_cone(90.0 - phi).T, color="#888888", linestyle=":",
                      label=text("charts.friction", language, phi=f"{phi:.0f}"))  # fmt: skip
        axes.set_xlim(-1.12, 1.12)
        axes.set_ylim(-1.12, 1.16)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.14), ncols=2, fontsize=8)
    return figure


# all of a design ------------------------------------------------------------------------------------------------------


def charts(design: Design, language: str) -> Mapping[str, Figure]:
    """Every chart the design has results for, by a short file name."""
    found: dict[str, Figure | None] = {}
    water = design.water
    if water is not None:
        if any(row.intensity for row in water.storm.table):
            found["storm_methods"] = storm_methods(water.storm, language)
        if water.storm.fit is not None:
            found["frequency"] = frequency(water.storm.fit, language)
        if water.storm.pond_storm is not None:
            found["hyetograph"] = hyetograph(water.storm.pond_storm, language)
        for i, pond in enumerate(water.ponds, 1):
            found[f"pond{i}_hydrograph"] = hydrograph(pond, language)
            found[f"pond{i}_storage"] = stage_storage(pond, language)
            for name, year in (("typical", pond.typical), ("dry", pond.dry)):
                if year is not None:
                    title = text(f"charts.balance.title_{name}", language, name=pond.record.name)
                    found[f"pond{i}_balance_{name}"] = balance(year, language, title)
    for i, section in enumerate(design.stability.sections if design.stability is not None else (), 1):
        found |= {f"section{i}_{name}": figure for name, figure in _stability(design, section, language).items()}
    return {name: figure for name, figure in found.items() if figure is not None}


def _stability(design: Design, section: SectionResult, language: str) -> dict[str, Figure | None]:
    found: dict[str, Figure | None] = {}
    for result in section.results:
        if result.scope != "whole":
            continue
        key = f"{result.stage}_{result.situation}"
        where = text(f"charts.stage.{result.stage}", language, section=section.name,
                     situation=text(f"stability.situation.{result.situation}", language))  # fmt: skip
        for method, circle in result.circles.items():
            if circle.factor_map is not None:
                title = text("charts.map_title", language, where=where,
                             method=text(f"stability.solved_by.{method}", language))  # fmt: skip
                found[f"{key}_map_{method}"] = factor_map(circle.factor_map, language, title)
        found[f"{key}_lambda"] = force_moment(result, language, text("charts.lambda_title", language, where=where))
    record = next((s for s in design.project.stability.sections if s.name == section.name), None) if (
        design.project.stability is not None) else None  # fmt: skip
    direction = record.face_direction_deg if record is not None else None
    direction = direction if direction is not None else section.lines.direction_deg
    if record is not None and record.joints and direction is not None and section.blocks:
        title = text("charts.net_title", language, section=section.name)
        found["joints"] = stereonet(record.joints, (section.blocks[0].face_deg, direction), language, title)
    return found


def write_charts(design: Design, folder: Path, language: str) -> list[Path]:
    """Save every chart of a design as PNG into a folder; returns the files written."""
    return [write(figure, folder / f"{name}.png") for name, figure in charts(design, language).items()]
