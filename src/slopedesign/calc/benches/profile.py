"""The bench profile: faces and berms from the base line outward, as heights over runs.

Terms. A *riser* (face) climbs from its toe to its crest. The *berm* of the same number lies at the riser's far end;
its outer edge is the crest of the riser, its inner edge the toe of the next one. A berm falls inward, so its inner
edge is lower. The *level* of a bench is that of its outer edge. Riser heights are true heights of the face, toe to
crest, so that no face ever exceeds the height stated; levels therefore rise by the riser less the inward fall.

Progress `p` counts along the profile's own sense: upward from a toe line, downward from a crest line. Both profiles
are the same in `p`: a crest-down berm also falls toward the face above it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.bench_geometry import BERM_DROP, FACE_RUN, OVERALL_ANGLE, PROFILE_HEIGHT
from slopedesign.standards.trace import Traced, total

FloatArray = NDArray[np.float64]

STEEPEST_DEG = 89.0
"""Steeper faces have no plan area to speak of; a surface with one level at each point cannot carry them."""


@dataclass(frozen=True, kw_only=True)
class Riser:
    """One face of the profile."""

    number: int
    height: Traced
    angle: Traced
    run: Traced


@dataclass(frozen=True, kw_only=True)
class Berm:
    """The berm at the far end of the riser of the same number."""

    number: int
    width: Traced
    fall: Traced
    drop: Traced
    wide: bool


@dataclass(frozen=True, kw_only=True)
class BenchProfile:
    """Faces and berms in order from the base line.

    Attributes:
        risers: from the base line; the last one runs on to the ground where `daylight`.
        berms: one after each riser but the last (after the last too where the profile ends in a berm).
        daylight: whether the last riser goes on until it meets the ground.
        height, run, overall_angle: of the profile as stated, last riser at its stated height.
    """

    risers: tuple[Riser, ...]
    berms: tuple[Berm, ...]
    daylight: bool
    height: Traced
    run: Traced
    overall_angle: Traced

    @property
    def set_back(self) -> Traced:
        """How far the crest of the profile lies behind its toe [m]."""
        return self.run

    @cached_property
    def runs(self) -> FloatArray:
        """Distance from the base line of each break: toe, crest 1, inner edge 1, crest 2, ..."""
        steps = [0.0]
        for i, riser in enumerate(self.risers):
            steps.append(float(riser.run))
            if i < len(self.berms):
                steps.append(float(self.berms[i].width))
        return np.cumsum(steps)

    @cached_property
    def climbs(self) -> FloatArray:
        """Progress at each break, inward falls included."""
        steps = [0.0]
        for i, riser in enumerate(self.risers):
            steps.append(float(riser.height))
            if i < len(self.berms):
                steps.append(-float(self.berms[i].drop))
        return np.cumsum(steps)

    @cached_property
    def nominal(self) -> FloatArray:
        """Progress at each break with every berm level at its outer edge: never falling."""
        levels = self.climbs.copy()
        for i in range(len(self.berms)):
            levels[2 * i + 2] = levels[2 * i + 1]
        return levels

    @property
    def last_slope(self) -> float:
        """Rise per run of the last riser."""
        return math.tan(math.radians(float(self.risers[-1].angle)))

    def at(self, distance: FloatArray) -> FloatArray:
        """Progress at a distance from the base line; beyond the last break the last riser runs on, or it is flat."""
        d = np.asarray(distance, float)
        inside = np.interp(d, self.runs, self.climbs)
        beyond = np.maximum(d - self.runs[-1], 0.0)
        return np.asarray(inside + (beyond * self.last_slope if self.daylight else 0.0))


def bench_profile(
    risers: Sequence[tuple[Traced, Traced]],
    berms: Sequence[tuple[Traced, Traced]],
    *,
    wide: Sequence[int] = (),
    daylight: bool = True,
    field: str = "benches",
) -> BenchProfile:
    """The profile of (height, face angle) risers and (width, inward fall) berms, in order from the base line.

    Args:
        wide: numbers of the berms that are the wide ones (for the record; their widths are in `berms`).
        field: path of the design in the project file, for messages.

    Raises:
        InputError: no riser, berms that do not fit between the risers, a face too steep, or a berm that falls by as
            much as the next riser climbs.
    """
    if not risers or len(berms) not in (len(risers) - 1, len(risers)):
        raise InputError(field, f"{len(risers)} / {len(berms)}", message("benches.risers_and_berms"))
    faces, flats = [], []
    for i, (height, angle) in enumerate(risers, 1):
        if float(angle) > STEEPEST_DEG:
            raise InputError(f"{field}.face_angle", float(angle), message("benches.too_steep", limit=STEEPEST_DEG))
        faces.append(Riser(number=i, height=height, angle=angle, run=FACE_RUN.at(H=height, beta=angle)))
    for i, (width, fall) in enumerate(berms, 1):
        drop = BERM_DROP.at(W=width, f=fall)
        next_rise = float(risers[i][0]) if i < len(risers) else math.inf
        if drop.value >= next_rise:
            raise InputError(f"{field}.inward_fall_deg", float(fall), message("benches.fall_too_steep", bench=i))
        if -drop.value >= float(risers[i - 1][0]):
            raise InputError(f"{field}.inward_fall_deg", float(fall), message("benches.fall_too_steep", bench=i))
        flats.append(Berm(number=i, width=width, fall=fall, drop=drop, wide=i in wide))
    height, run, angle = _overall(faces, flats)
    return BenchProfile(
        risers=tuple(faces), berms=tuple(flats), daylight=daylight, height=height, run=run, overall_angle=angle
    )


def _overall(risers: Sequence[Riser], berms: Sequence[Berm]) -> tuple[Traced, Traced, Traced]:
    """Height, run and angle from the base line to the last crest; a berm behind the last riser does not count."""
    between = berms[: len(risers) - 1]
    rises = total({f"H_{r.number}": r.height for r in risers}, "m", "benches.riser_sum")
    drops = total({f"Delta_{b.number}": b.drop for b in between}, "m", "benches.drop_sum")
    height = PROFILE_HEIGHT.at(H_s=rises, Delta_s=drops)
    parts: Mapping[str, Traced] = {f"b_{r.number}": r.run for r in risers} | {f"W_{b.number}": b.width for b in between}
    run = total(parts, "m", "benches.run")
    return height, run, OVERALL_ANGLE.at(H_t=height, B=run)
