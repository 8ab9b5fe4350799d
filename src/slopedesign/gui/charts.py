"""The charts: each one a title and a function that draws it; every number is read off the results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from slopedesign.fonts import REGULAR
from slopedesign.gui.section_scene import material_name
from slopedesign.i18n import text

COLOURS = ("#b45309", "#475569", "#0f766e", "#1d4ed8", "#7c3aed", "#a16207", "#be123c", "#4d7c0f")
GRID = {"color": "#e3e6ea", "linewidth": 0.8}


@dataclass(frozen=True)
class Chart:
    """A chart: drawn into a figure on demand, or a figure the reports have drawn already."""

    title: str
    draw: Callable[[Any], None] | None = None
    drawn: Any = None

    def figure(self) -> Any:
        """The chart as a figure."""
        from matplotlib.figure import Figure

        if self.drawn is not None:
            return self.drawn
        figure = Figure(facecolor="white", layout="constrained")
        assert self.draw is not None
        self.draw(figure)
        return figure


def broken(words: str, most: float) -> str:
    """A title in lines of at most `most` ems; Chinese may be broken after any sign, other words between them."""
    lines, width = [""], 0.0
    for part in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+", words):
        wide = sum(1.0 if sign >= "\u2e80" else 0.6 for sign in part)
        if width + wide > most and lines[-1]:
            lines, width, part = [*lines, ""], 0.0, part.lstrip()
        lines[-1] += part
        width += wide if part else 0.0
    return "\n".join(line.rstrip() for line in lines)


@cache
def use_bundled_font() -> str:
    """Let matplotlib write in the bundled font; returns its family."""
    from matplotlib import font_manager, rcParams

    font_manager.fontManager.addfont(str(REGULAR))
    family = font_manager.FontProperties(fname=str(REGULAR)).get_name()
    rcParams["font.sans-serif"] = [family, "DejaVu Sans"]
    rcParams["font.family"] = "sans-serif"
    rcParams["axes.unicode_minus"] = False
    rcParams["pdf.fonttype"] = 42
    rcParams["svg.fonttype"] = "path"
    return family


def charts_of(design: Any, language: str) -> list[Chart]:
    """Every chart the design has numbers for."""
    return [
        *_cuts(design, language),
        *_soil(design, language),
        *_stability(design, language),
        *_reported(design, language),
    ]


def _t(key: str, language: str, **values: object) -> str:
    return text(f"gui.chart.{key}", language, **values)


def _axes(figure: Any, title: str, x: str, y: str) -> Any:
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=12)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(True, **GRID)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _cuts(design: Any, language: str) -> Iterator[Chart]:
    for slope in design.slopes:
        title = f"{slope.name}: {_t('cut_by_level', language)}"
        yield Chart(title, partial(_cut_by_level, slope=slope, title=title, language=language))
        title = f"{slope.name}: {_t('bench_areas', language)}"
        yield Chart(title, partial(_bench_areas, slope=slope, title=title, language=language))
        if slope.sections:
            title = f"{slope.name}: {_t('section_areas', language)}"
            yield Chart(title, partial(_section_areas, slope=slope, title=title, language=language))


def _cut_by_level(figure: Any, slope: Any, title: str, language: str) -> None:
    axes = _axes(figure, title, _t("volume", language), _t("levels", language))
    slices = [one for one in slope.cut.slices if one.volume.value > 0]
    names = list(dict.fromkeys(name for one in slices for name in one.by_material))
    labels = []
    for one in slices:
        bottom = "" if one.bottom is None else f"{one.bottom:.1f}"
        top = "" if one.top is None else f"{one.top:.1f}"
        labels.append(f"{bottom} ~ {top}")
    left = np.zeros(len(slices))
    for i, name in enumerate(names):
        amounts = np.array([one.by_material[name].value if name in one.by_material else 0.0 for one in slices])
        axes.barh(labels, amounts, left=left, color=COLOURS[i % len(COLOURS)], label=material_name(name, language))
        left += amounts
    for y, whole in enumerate(left):
        axes.text(whole, y, f" {whole:,.0f}", va="center", fontsize=9)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.invert_yaxis()
    axes.margins(x=0.12)
    if len(names) > 1:
        axes.legend(frameon=False)


def _bench_areas(figure: Any, slope: Any, title: str, language: str) -> None:
    axes = _axes(figure, title, _t("bench", language), _t("area", language))
    benches = slope.cut.benches
    place = np.arange(len(benches))
    labels = [f"B{b.number}{b.sector}\n{b.level.value:.1f}" for b in benches]
    axes.bar(place - 0.2, [b.area.value for b in benches], 0.4, color=COLOURS[1], label=_t("gross", language))
    axes.bar(place + 0.2, [b.usable_area.value for b in benches], 0.4, color=COLOURS[2], label=_t("usable", language))
    axes.set_xticks(place, labels)
    axes.legend(frameon=False)


def _section_areas(figure: Any, slope: Any, title: str, language: str) -> None:
    axes = _axes(figure, title, _t("station", language), _t("cut_area", language))
    found = sorted((s.station, s.cut.value, s.name) for s in slope.sections if s.station is not None)
    if found:
        stations, areas = [x for x, _, _ in found], [y for _, y, _ in found]
        axes.plot(stations, areas, "-o", color=COLOURS[0])
        axes.fill_between(stations, areas, color=COLOURS[0], alpha=0.12)
        for x, y, name in found:
            axes.annotate(name, (x, y), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)
    axes.set_ylim(bottom=0)


def _soil(design: Any, language: str) -> Iterator[Chart]:
    soil = design.soil
    if soil.in_place.value > 0:
        title = _t("soil", language)
        yield Chart(title, partial(_soil_bars, soil=soil, title=title, language=language))


def _soil_bars(figure: Any, soil: Any, title: str, language: str) -> None:
    axes = _axes(figure, title, "", _t("volume", language))
    amounts = [("in_place", soil.in_place), ("need_bank", soil.need_bank), ("stripped_bank", soil.stripped_bank),
               ("imported_bank", soil.imported_bank), ("imported_loose", soil.imported_loose)]  # fmt: skip
    known = [(name, amount.value) for name, amount in amounts if amount is not None]
    bars = axes.bar([_t(name, language) for name, _ in known], [value for _, value in known], 0.5, color=COLOURS[5])
    axes.bar_label(bars, fmt="{:,.0f}", padding=2, fontsize=9)


def _reported(design: Any, language: str) -> Iterator[Chart]:
    """The charts of the calculation book: storms, ponds and their balance, maps of the factor of safety."""
    from slopedesign.reports.charts import charts

    for figure in charts(design, language).values():
        yield Chart(figure.axes[0].get_title(), drawn=figure)


def _stability(design: Any, language: str) -> Iterator[Chart]:
    checks = [c for c in design.checks if c.id.startswith("stability") and c.ratio is not None]
    if checks:
        title = _t("stability", language)
        yield Chart(title, partial(_factors, checks=checks, title=title, language=language))


def _factors(figure: Any, checks: list[Any], title: str, language: str) -> None:
    axes = _axes(figure, title, _t("factor", language), "")
    labels = [f"{c.subject}  {text(c.situation, language) if c.situation else ''}" for c in checks]
    place = np.arange(len(checks))
    axes.barh(place - 0.2, [c.found.value for c in checks], 0.4, color=COLOURS[2], label=_t("found", language))
    axes.barh(place + 0.2, [c.required.value for c in checks], 0.4, color=COLOURS[6], label=_t("required", language))
    axes.set_yticks(place, labels)
    axes.invert_yaxis()
    axes.legend(frameon=False)
