"""From the designer's base line to a string in space: its levels and the side the benches lie on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.strings import BaseString
from slopedesign.calc.terrain import Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.slopes import BaseLine
from slopedesign.standards.check import Level, Remark

ASK_AT = (3.0, 8.0, 15.0, 25.0)
"""Distances from the line at which the ground is asked which side rises [m]."""
ASIDE = 1000.0
"""A line of a slope may lie as far off the survey as the survey is wide, and this far at any rate [m]."""


def base_string(
    record: BaseLine, ground: Tin, *, downward: bool = False, path: str = "base_line"
) -> tuple[BaseString, tuple[Remark, ...]]:
    """The base line in space.

    Args:
        record: with vertices (a line kept in a file is read before).
        downward: whether the profile goes down from a crest line, to the side away from the hill.

    Raises:
        InputError: no vertices, one far off the survey, two of them on one spot, no level where the ground is not
            known, or the ground does not say which side rises.
    """
    if not record.vertices:
        raise InputError(f"{path}.vertices", record.file, message("benches.no_vertices"))
    xy = np.array([vertex[:2] for vertex in record.vertices], float)
    if record.closed and len(xy) > 3 and np.hypot(*(xy[0] - xy[-1])) < 1e-6:
        xy = xy[:-1]
    refuse_far_off(xy, ground, [f"{path}.vertices[{i}]" for i in range(len(xy))])
    steps = np.hypot(*(np.roll(xy, -1, axis=0) - xy)[: len(xy) if record.closed else -1].T)
    if (steps < 1e-6).any():
        row = int(np.argmin(steps))
        raise InputError(f"{path}.vertices[{row + 1}]", xy[row].tolist(), message("benches.same_vertex"))
    _no_turning_back(xy, record.closed, path)
    z, notes = _levels(record, xy, ground, path)
    ends = record.ends if record.ends != "auto" else ("square" if downward else "round")
    base = BaseString(
        points=np.column_stack([xy, z]), closed=record.closed, ends="round" if ends == "round" else "square"
    )
    if record.closed:
        outside = "left" if signed_area(xy) < 0 else "right"
        if record.uphill not in ("auto", outside):
            raise InputError(f"{path}.uphill", record.uphill, message("benches.closed_uphill"))
        return base, tuple(notes)
    if record.uphill == "auto":
        uphill, asked = _uphill(base, ground, path)
        notes.append(asked)
    else:
        uphill = record.uphill
    other = "left" if uphill == "right" else "right"
    side = other if downward else uphill
    return replace(base, side="left" if side == "left" else "right"), tuple(notes)


def signed_area(ring: FloatArray) -> float:
    """Area [m2] of a ring (n, 2), positive where it runs anticlockwise."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def refuse_far_off(xy: FloatArray, ground: Tin, paths: Sequence[str]) -> None:
    """Refuses points (n, 2) that nobody can mean on this survey: a digit missing, or X and Y exchanged.

    Args:
        paths: where each of them stands in the project.
    """
    bounds = np.array(ground.bounds).reshape(2, 3)[:, :2]
    room = max(ASIDE, float(np.hypot(*(bounds[1] - bounds[0]))))
    off = np.hypot(*np.maximum(np.maximum(bounds[0] - xy, xy - bounds[1]), 0.0).T)
    if not (off <= room).all():
        row = int(np.argmax(off > room))
        given = ", ".join(f"{value:.3f}" for value in xy[row])
        raise InputError(paths[row], given, message("benches.far_off", off=f"{off[row]:.0f}", room=f"{room:.0f}"))


def _no_turning_back(xy: FloatArray, closed: bool, path: str) -> None:
    """Refuses a line that runs back over itself: it has no side there."""
    spans = np.diff(np.vstack([xy, xy[:1]]) if closed else xy, axis=0)
    units = spans / np.hypot(spans[:, 0], spans[:, 1])[:, None]
    after = np.roll(units, -1, axis=0) if closed else units[1:]
    back = np.hypot(*(units[: len(after)] + after).T) < 1e-9
    if back.any():
        row = (int(np.argmax(back)) + 1) % len(xy)
        raise InputError(f"{path}.vertices[{row}]", xy[row].tolist(), message("benches.crossing_line"))


def _levels(record: BaseLine, xy: FloatArray, ground: Tin, path: str) -> tuple[FloatArray, list[Remark]]:
    if record.elevation is not None:
        return np.full(len(xy), record.elevation), []
    stated = [len(vertex) == 3 for vertex in record.vertices[: len(xy)]]
    if all(stated):
        return np.array([vertex[2] for vertex in record.vertices[: len(xy)] if len(vertex) == 3], float), []
    if any(stated):
        row = stated.index(False)
        raise InputError(f"{path}.vertices[{row}]", list(record.vertices[row]), message("benches.some_levels"))
    z = ground.elevation(xy)
    if np.isnan(z).any():
        row = int(np.argmax(np.isnan(z)))
        raise InputError(f"{path}.vertices[{row}]", xy[row].tolist(), message("benches.off_ground"))
    text = message("benches.draped", low=f"{z.min():.2f}", high=f"{z.max():.2f}")
    return z, [Remark(level=Level.NOTE, subject=path, text=text)]


def _uphill(base: BaseString, ground: Tin, path: str) -> tuple[str, Remark]:
    """The side on which the ground is higher, asked at several distances along the line."""
    places, normals = stations_on(base, np.linspace(0.0, base.length, 41)[1:-1])
    left, right = [], []
    for away in ASK_AT:
        left.append(ground.elevation(places + away * normals))
        right.append(ground.elevation(places - away * normals))
    rise = np.array(left) - np.array(right)
    if not np.isfinite(rise).any():
        known = np.isfinite(left).any() or np.isfinite(right).any()
        rule = "benches.no_side" if known else "benches.off_survey"
        raise InputError(f"{path}.uphill" if known else f"{path}.vertices", "auto" if known else len(base.points),
                         message(rule))  # fmt: skip
    mean = float(np.nanmean(rise))
    share = float(np.nanmean(np.where(np.isfinite(rise), np.sign(rise) == np.sign(mean), np.nan)))
    if abs(mean) < 0.1:
        raise InputError(f"{path}.uphill", "auto", message("benches.no_side"))
    side = "left" if mean > 0 else "right"
    text = message(
        "benches.side_found", side=message(f"benches.side.{side}"), rise=f"{abs(mean):.1f}", share=f"{100 * share:.0f}"
    )
    return side, Remark(level=Level.NOTE if share > 0.8 else Level.WARNING, subject=f"{path}.uphill", text=text)


def stations_on(base: BaseString, stations: Sequence[float] | FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points (k, 2) at stations of the base line, and unit normals (k, 2) to its left there."""
    at, ring = base.stations, base.ring[:, :2]
    s = np.asarray(stations, float)
    places = np.column_stack([np.interp(s, at, ring[:, c]) for c in range(2)])
    i = np.clip(np.searchsorted(at, s, side="right") - 1, 0, len(ring) - 2)
    span = ring[i + 1] - ring[i]
    unit = span / np.hypot(span[:, 0], span[:, 1])[:, None]
    on_vertex = np.abs(s - at[i]) < 1e-9
    before = np.where(i > 0, i - 1, len(ring) - 2 if base.closed else 0)
    span = ring[before + 1] - ring[before]
    earlier = span / np.hypot(span[:, 0], span[:, 1])[:, None]
    unit = np.where(on_vertex[:, None], unit + earlier, unit)
    unit = unit / np.hypot(unit[:, 0], unit[:, 1])[:, None]
    return places, np.column_stack([-unit[:, 1], unit[:, 0]])


def swept_normals(base: BaseString, normals: FloatArray, downward: bool) -> FloatArray:
    """Normals turned to the side the profile is swept to."""
    if base.closed:
        left_is_inside = signed_area(base.points[:, :2]) > 0
        return normals if left_is_inside == downward else -normals
    return normals if base.side == "left" else -normals
