"""Bench sizes: what the designer states, and what the guide's limits propose for the rest, with the reason.

A stated size is never changed. A size left out is proposed for the material and the height at hand: the riser whose
class of the guide gives the steepest whole slope without exceeding the usual number of steps, the steepest face
allowed for that riser, the narrowest berms allowed, and wide berms where the number of risers asks for them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from slopedesign.calc.benches.limits import BenchLimits, wide_berms
from slopedesign.calc.benches.profile import BenchProfile, bench_profile
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import Message, message
from slopedesign.project.base import degrees_of
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchDesign, BenchOverride, Sector
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Datum, Traced, given

MOST_RISERS = 200


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One way to step the slope, worked with the guide's limits."""

    riser: Traced
    angle: Traced
    risers: int
    run: float
    overall_angle_deg: float
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The profile of a sector and how it came about.

    Attributes:
        profile: faces and berms.
        material: that the sizes were chosen for.
        reasons: one remark for each size that was proposed, and for each choice the designer should know of.
        alternatives: the ways that were compared for the riser; empty when it was stated.
    """

    profile: BenchProfile
    material: MaterialClass
    reasons: tuple[Remark, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


def propose(
    design: BenchDesign,
    limits: Mapping[MaterialClass, BenchLimits],
    height: float,
    *,
    sector: Sector | None = None,
    sector_path: str = "",
    room: float | None = None,
    path: str = "benches",
    risers: int | None = None,
) -> Proposal:
    """The profile for a slope of a given height, sizes stated or proposed.

    Args:
        design: the designer's record.
        limits: the guide's limits by material; needed for the materials whose sizes are left out.
        height: from the base line to the top of the cut ground [m].
        sector: stretch of the base line with sizes of its own; one with another material does not take over the
            slope's sizes, it is proposed anew.
        room: height to `top_level`; no bench above it.
        path: path of the design in the project file.
        risers: number of risers, where it was found before.

    Raises:
        InputError: a size is left out and there are no limits to propose it from.
        NoSolution: the riser is higher than any class of the guide, so that no face angle can be proposed.
    """
    material = sector.material if sector and sector.material else design.material
    work = _Sizing(design, limits.get(material), material, sector, path, sector_path or path)
    riser = work.riser(height)
    count = risers or design.count or work.count(height, riser)
    if room is not None and not design.count:
        count = work.count_below(room, riser, count)
    wide = work.wide(count)
    faces = [(work.height_of(i, riser), work.angle_of(i, riser)) for i in range(1, count + 1)]
    berms = [(work.width_of(i, i in wide), work.fall_of(i)) for i in range(1, count)]
    profile = bench_profile(faces, berms, wide=wide, daylight=design.daylight, field=path)
    work.say_overall(profile, height)
    work.say_unused(count)
    return Proposal(
        profile=profile, material=material, reasons=tuple(work.reasons), alternatives=tuple(work.alternatives)
    )


class _Sizing:
    """The sizes of one sector, and the reasons as they come up."""

    def __init__(
        self, design: BenchDesign, limits: BenchLimits | None, material: MaterialClass, sector: Sector | None,
        path: str, sector_path: str,
    ) -> None:  # fmt: skip
        self.design, self.sector, self.path, self.sector_path = design, sector, path, sector_path
        self.own = sector is not None and sector.material not in (None, design.material)
        self._limits, self.material = limits, material
        self.overrides: dict[int, tuple[int, BenchOverride]] = {o.bench: (k, o) for k, o in enumerate(design.overrides)}
        self.reasons: list[Remark] = []
        self.alternatives: list[Alternative] = []
        self._said: set[str] = set()

    def limits(self, field: str) -> BenchLimits:
        if self._limits is None:
            name = message(f"benches.material.{self.material}")
            raise InputError(f"{self.path}.{field}", None, message("benches.no_limits", material=name))
        return self._limits

    def say(self, key: str, /, source: Traced | None = None, level: Level = Level.NOTE, **values: object) -> None:
        text: Message = message(f"benches.why.{key}", material=message(f"benches.material.{self.material}"), **values)
        if repr(text) in self._said:
            return
        self._said.add(repr(text))
        origin = source.source if isinstance(source, Datum) else None
        numbers = {"limit": source} if source is not None else {}
        subject = self.sector_path if self.sector else self.path
        self.reasons.append(Remark(level=level, subject=subject, text=text, source=origin, numbers=numbers))

    def stated(self, field: str) -> Traced | None:
        """A size from the sector, else from the slope unless the sector is of another material."""
        unit = "deg" if field == "face_angle" else "m"
        places: list[tuple[Sector | BenchDesign, str]] = [(self.sector, self.sector_path)] if self.sector else []
        places += [] if self.own else [(self.design, self.path)]
        for record, path in places:
            value = getattr(record, field, None)
            if value is not None:
                number = degrees_of(value) if field == "face_angle" else float(value)
                return given(number, unit, f"{path}.{field}", f"benches.{field}")
        return None

    def override(self, bench: int, field: str) -> Traced | None:
        if bench not in self.overrides:
            return None
        row, record = self.overrides[bench]
        value = getattr(record, field)
        if value is None:
            return None
        number = degrees_of(value) if field == "face_angle" else float(value)
        unit = "deg" if field in ("face_angle", "inward_fall_deg") else "m"
        return given(number, unit, f"{self.path}.overrides[{row}].{field}", f"benches.{field}")

    def say_unused(self, count: int) -> None:
        """What is stated for benches the slope does not reach."""
        for bench in sorted(self.overrides):
            if bench > count:
                self.say("override_unused", level=Level.WARNING, bench=bench, count=count)
        if self.design.wide_berm_at is not None and self.design.wide_berm_at >= count:
            self.say("wide_unused", level=Level.WARNING, bench=self.design.wide_berm_at, count=count)

    def riser(self, height: float) -> Traced:
        stated = self.stated("riser_height")
        if stated is not None:
            return stated
        limits = self.limits("riser_height")
        if limits.straight_to is not None and height <= float(limits.straight_to):
            self.say("straight", limits.straight_to, height=_m(height), limit=_m(limits.straight_to))
        if limits.usual_riser is not None and float(limits.usual_riser) < float(limits.max_riser):
            self.say("usual_riser", limits.usual_riser, riser=_m(limits.usual_riser))
            return limits.usual_riser
        return self._best_riser(limits, height)

    def _best_riser(self, limits: BenchLimits, height: float) -> Traced:
        """The class of the guide that gives the steepest whole slope within the usual number of steps."""
        found: list[tuple[Traced, Traced, int, float, float]] = []
        stated_angle = self.stated("face_angle")
        for top, steepest in limits.angles:
            riser = top if float(top) <= float(limits.max_riser) else limits.max_riser
            angle = stated_angle or steepest
            if any(float(riser) == float(other[0]) for other in found):
                continue
            count = self.count(height, riser)
            widths = [
                float(self._width(i in wide_berms(count, float(limits.wide_above)), limits)) for i in range(1, count)
            ]
            run = height / math.tan(math.radians(float(angle))) + sum(widths)
            found.append((riser, angle, count, run, math.degrees(math.atan2(height, run))))
        usual = float(limits.usual_count) if limits.usual_count is not None else math.inf
        within = [entry for entry in found if entry[2] <= usual]
        best = max(within, key=lambda e: e[4]) if within else min(found, key=lambda e: e[2])
        for entry in found:
            riser, angle, count, run, overall = entry
            self.alternatives.append(
                Alternative(
                    riser=riser, angle=angle, risers=count, run=run, overall_angle_deg=overall, chosen=entry is best
                )
            )  # fmt: skip
            self.say(
                "alternative", angle,
                riser=_m(riser), angle=_deg(angle), count=count, run=_m(run), overall=_deg(overall),
            )  # fmt: skip
        if not within:
            self.say("many_steps", limits.usual_count, Level.WARNING, count=best[2], usual=int(usual))
        self.say("riser", best[0], riser=_m(best[0]), overall=_deg(best[4]), count=best[2])
        return best[0]

    def _levels(self, count: int, riser: Traced) -> list[float]:
        """Level of each crest over the base line: risers less the inward falls of the berms under them."""
        wide, climbed, levels = self.wide(count, quiet=True), 0.0, []
        for i in range(1, count + 1):
            climbed += float(self.height_of(i, riser))
            levels.append(climbed)
            fall = math.tan(math.radians(float(self.fall_of(i))))
            climbed -= float(self.width_of(i, i in wide, quiet=True)) * fall
        return levels

    def count(self, height: float, riser: Traced) -> int:
        """Risers until the profile is as high as the slope, inward falls counted off."""
        for n in range(1, MOST_RISERS + 1):
            if self._levels(n, riser)[-1] >= height - 1e-9:
                return n
        raise NoSolution(
            message("benches.what_count"), message("benches.too_many", most=MOST_RISERS, height=_m(height))
        )

    def count_below(self, room: float, riser: Traced, most: int) -> int:
        """The most risers, no more than `most`, with which no berm lies higher than `room` over the base line."""
        for n in range(most, 1, -1):
            if max(self._levels(n, riser)[:-1]) <= room + 1e-9:
                return n
        return 1

    def wide(self, count: int, *, quiet: bool = False) -> tuple[int, ...]:
        design = self.design
        if design.wide_berm_at is not None:
            return (design.wide_berm_at,) if design.wide_berm_at < count else ()
        if design.wide_every is not None:
            return tuple(range(design.wide_every, count, design.wide_every))
        if self._limits is None:
            return ()
        found = wide_berms(count, float(self._limits.wide_above))
        if found and not quiet:
            self.say(
                "wide_at", self._limits.wide_above, count=count, limit=int(float(self._limits.wide_above)),
                berms=", ".join(map(str, found)),
            )  # fmt: skip
        return found

    def height_of(self, bench: int, riser: Traced) -> Traced:
        return self.override(bench, "riser_height") or riser

    def angle_of(self, bench: int, riser: Traced) -> Traced:
        stated = self.override(bench, "face_angle") or self.stated("face_angle")
        if stated is not None:
            return stated
        height = float(self.height_of(bench, riser))
        limit = self.limits("face_angle").max_angle(height)
        if limit is None:
            raise NoSolution(
                message("benches.what_angle"),
                message("benches.no_angle", height=_m(height), material=message(f"benches.material.{self.material}")),
            )
        self.say("angle", limit, angle=_deg(limit), height=_m(height))
        return limit

    def width_of(self, bench: int, wide: bool, *, quiet: bool = False) -> Traced:
        own = self.override(bench, "berm_width")
        if own is not None:
            return own
        width = self._width(wide, self._limits)
        if not quiet and isinstance(width, Datum):
            self.say("wide_width" if wide else "width", width, width=_m(width))
        return width

    def _width(self, wide: bool, limits: BenchLimits | None) -> Traced:
        ordinary = self.stated("berm_width")
        if not wide:
            return ordinary or self.limits("berm_width").min_width
        stated = None if self.own else self.stated("wide_berm_width")
        if stated is not None:
            return stated
        least = self.limits("wide_berm_width").min_wide_width
        return ordinary if ordinary is not None and float(ordinary) >= float(least) else least

    def fall_of(self, bench: int) -> Traced:
        own = self.override(bench, "inward_fall_deg")
        field = f"{self.path}.inward_fall_deg"
        return own or given(self.design.inward_fall_deg, "deg", field, "benches.inward_fall_deg")

    def say_overall(self, profile: BenchProfile, height: float) -> None:
        self.say(
            "overall", profile.overall_angle, count=len(profile.risers), run=_m(profile.run),
            height=_m(profile.height), overall=_deg(profile.overall_angle),
        )  # fmt: skip


def _m(value: float | Traced) -> str:
    return f"{float(value):.2f}"


def _deg(value: float | Traced) -> str:
    return f"{float(value):.1f}"
