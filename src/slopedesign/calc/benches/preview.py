"""One section of a design worked by distance alone, quickly enough to follow a hand that drags a bench.

The level at a point of the section is that of the profile at its distance from the base line; no surface is built. It
is the same rule the design surface is drawn from, so the full calculation confirms it to the width of its triangles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.benches.base import base_string
from slopedesign.calc.benches.fit import sectors_along
from slopedesign.calc.benches.layout import swept
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.sections import BenchMark, CutSection, lower_line
from slopedesign.calc.benches.strings import BaseString, origin_of, sweeps_on
from slopedesign.calc.benches.sweep import Sweep
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.sections import SectionLine
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BaseLine, BenchDesign

STEP = 0.5
"""Points of the section lie no further apart than this [m]; breaks of the profile get their own."""
STRAIGHT = 0.002
"""Points closer than this to the line through their neighbours are left out [m]."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionPreview:
    """A section of a changed design.

    Attributes:
        zero: distance from the start of the section's line to the base line.
        design: (n, 2) distance along the line and level, on the side of the base line the benches lie on.
        final: (n, 2) the lower of ground and design.
        benches: as in `CutSection`.
        profile: of the sector met first.
    """

    zero: float
    design: FloatArray
    final: FloatArray
    benches: tuple[BenchMark, ...]
    profile: BenchProfile


def preview_section(
    ground: Tin,
    cut: BenchCut,
    section: CutSection,
    base_line: BaseLine,
    design: BenchDesign,
    limits: Mapping[MaterialClass, BenchLimits],
    *,
    same_base: bool,
) -> SectionPreview | None:
    """The section of a design that differs from `cut` in sizes or in its base line.

    Args:
        cut: the design last worked in full; its height says how many risers are needed.
        same_base: whether the base line is that of `cut`.

    Returns:
        None where the mode of the design has no profile from a base line (fixed levels), or the line misses it.

    Raises:
        InputError, NoSolution: the design cannot be laid out.
    """
    if design.mode == "fixed_levels" or section.zero is None or cut.layout.base is None:
        return None
    sense = "down" if design.mode == "crest_down" else "up"
    if same_base and sense == cut.layout.sense:
        base = cut.layout.base
    else:
        base, _ = base_string(base_line, ground, downward=sense == "down", path=f"{cut.path}.base_line")
    room = None if design.top_level is None else (1 if sense == "up" else -1) * (design.top_level - _datum(base, sense))
    sectors, proposals = sectors_along(base, design, limits, float(cut.height), room, cut.path, design.count)
    sweeps, datum, follows = sweeps_on(
        base, sectors, sense="up" if sense == "up" else "down", along=design.along, corner=design.corner,
        segments=design.segments_per_quadrant, field=f"{cut.path}.benches",
    )  # fmt: skip
    zero = _zero(section.line, base)
    if zero is None:
        return None
    beyond = (section.sense == "up") == (sense == cut.layout.sense)  # the benches lie beyond the base line on this line
    line = _Line(section, sweeps, datum, follows, origin_of(base), sense, beyond)
    s, distance, owner = line.breaks(zero)
    level = line.at(s).level
    if sense == "down":
        s, distance, owner, level = _until_daylight(section, s, distance, owner, level)
    keep = _bent(np.column_stack([s, level]))
    shown = np.column_stack([s, level])[keep]
    design_line = SectionLine(shown[:, 0], shown[:, 1], np.empty((0, 2)), section.line)
    final = lower_line(section.ground, design_line)
    marks = _marks(s, distance, owner, level, sweeps, section, zero, sense)
    return SectionPreview(zero=zero, design=shown, final=final, benches=marks, profile=proposals[0].profile)


def _datum(base: BaseString, sense: str) -> float:
    return float(base.points[:, 2].min() if sense == "up" else base.points[:, 2].max())


def _zero(line: FloatArray, base: BaseString) -> float | None:
    """Where the section crosses the base line first, by distance along the section."""
    ring = base.ring[:, :2] - line[0]
    along = line[1] - line[0]
    length = float(np.hypot(*along))
    unit = along / length
    across = ring[:, 0] * unit[1] - ring[:, 1] * unit[0]
    s = ring @ unit
    hit = np.flatnonzero((across[:-1] <= 0) != (across[1:] <= 0))
    if not len(hit):
        nearest = int(np.abs(across).argmin())
        return float(s[nearest]) if abs(across[nearest]) < 1e-3 else None
    share = across[hit] / (across[hit] - across[hit + 1])
    at = s[hit] + share * (s[hit + 1] - s[hit])
    at = at[(at >= -1e-6) & (at <= length + 1e-6)]
    return float(at.min()) if len(at) else None


class _Line:
    """The section's line and the strings above it."""

    def __init__(
        self,
        section: CutSection,
        sweeps: tuple[Sweep, ...],
        datum: float,
        follows: bool,
        origin: FloatArray,
        sense: str,
        beyond: bool,
    ) -> None:
        self.start, end = section.line
        self.length = float(np.hypot(*(end - self.start)))
        self.unit = (end - self.start) / self.length
        self.sweeps, self.datum, self.follows, self.origin, self.sense = sweeps, datum, follows, origin, sense
        self.turn = 1.0 if beyond else -1.0

    def at(self, s: FloatArray):  # type: ignore[no-untyped-def]
        """The design at distances along the line."""
        points = self.start + s[:, None] * self.unit - self.origin
        return swept(self.sweeps, points, "up" if self.sense == "up" else "down", self.datum, self.follows)

    def breaks(self, zero: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Ascending distances on the benches' side of the line, with every break of the profile, and what is there."""
        end = self.length - zero if self.turn > 0 else zero
        s = zero + self.turn * np.append(np.arange(0.0, end, STEP), end)
        found = self.at(s)
        extra = []
        for number, sweep in enumerate(self.sweeps):
            for run in sweep.runs[1:]:
                over = found.distance - run
                hit = np.flatnonzero((over[:-1] < 0) & (over[1:] >= 0) & (found.owner[:-1] == number))
                extra += list(s[hit] - over[hit] / (over[hit + 1] - over[hit]) * (s[hit + 1] - s[hit]))
        s = np.unique(np.concatenate([s, np.array(extra, float)]))
        found = self.at(s)
        return s, found.distance, found.owner.astype(float)


def _until_daylight(
    section: CutSection, s: FloatArray, distance: FloatArray, owner: FloatArray, level: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """A crest-down design as far as it first comes out of the ground."""
    order = np.argsort(distance, kind="stable")
    depth = (section.ground.z_at(s) - level)[order]
    under = np.flatnonzero(depth > 1e-9)
    out = np.flatnonzero(depth[under[0] :] < 0) if len(under) else np.empty(0, int)
    keep = np.zeros(len(s), bool)
    keep[order[: int(under[0] + out[0]) + 1 if len(out) else len(s)]] = True
    return s[keep], distance[keep], owner[keep], level[keep]


def _bent(points: FloatArray) -> FloatArray:
    """Which points a polyline needs: the ends, and those off the straight between their neighbours."""
    if len(points) < 3:
        return np.ones(len(points), bool)
    a, b, c = points[:-2], points[1:-1], points[2:]
    share = (b[:, 0] - a[:, 0]) / np.maximum(c[:, 0] - a[:, 0], 1e-12)
    off = np.abs(b[:, 1] - (a[:, 1] + share * (c[:, 1] - a[:, 1])))
    return np.concatenate([[True], off > STRAIGHT, [True]])


def _marks(
    s: FloatArray, distance: FloatArray, owner: FloatArray, level: FloatArray, sweeps: tuple[Sweep, ...],
    section: CutSection, zero: float, sense: str,
) -> tuple[BenchMark, ...]:  # fmt: skip
    """Benches of the section where ground is cut."""
    depth = section.ground.z_at(s) - level
    marks = []
    for number, sweep in enumerate(sweeps):
        runs = sweep.runs
        for k in range(1, len(runs) - 1, 2):
            here = (owner == number) & (distance >= runs[k] - 1e-6) & (distance <= runs[k + 1] + 1e-6) & (depth > 0)
            at = s[here]
            if len(at) < 2 or at[-1] - at[0] < 0.05:
                continue
            crest, toe = float(at[0] - zero), float(at[-1] - zero)
            rim, sign = (k, 1.0) if sense == "up" else (k + 1, -1.0)
            climbed = float(np.interp(distance[here][0], runs, sweep.climbs))
            edge = float(level[here][0]) + sign * (float(sweep.climbs[rim]) - climbed)
            widest = max(float(w) for w in np.diff(runs)[1::2])
            wide = bool(runs[k + 1] - runs[k] >= widest - 1e-9 and widest > float(np.diff(runs)[1::2].min()) + 1e-9)
            marks.append(BenchMark(number=(k + 1) // 2, wide=wide, crest=crest, toe=toe, level=edge))
    return tuple(sorted(marks, key=lambda mark: abs(mark.crest)))
