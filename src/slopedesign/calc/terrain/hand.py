"""Volumes from section areas: the classic hand methods, each line with its formula.

Sections must stand square to the line they are spaced along. On a curved line the mass beyond the line travels farther
(or less far) than the line itself; the correction (Pappus) is part of the method, or its absence is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.formula import Formula, Step, Var
from slopedesign.standards.trace import OWN, Total, Traced, total

_AREAS: dict[str, Any] = {"A_1": Var("A_1", "m2", 3), "A_2": Var("A_2", "m2", 3)}
_VOLUME = Var("V", "m3", 3, "terrain.volume")
_SPACING = Var("L", "m", 3)

END_AREA = Formula(OWN, "V", "(A_1 + A_2)/2*L", V=_VOLUME, L=_SPACING, **_AREAS)
SIMPSON = Formula(OWN, "V", "L/3*(A_1 + 4*A_m + A_2)", V=_VOLUME, L=_SPACING, A_m=Var("A_m", "m2", 3), **_AREAS)
FRUSTUM = Formula(OWN, "V", "L/3*(A_1 + A_2 + sqrt(A_1*A_2))", V=_VOLUME, L=_SPACING, **_AREAS)
CURVED_END_AREA = Formula(
    OWN, "V", "(A_1*(1 + e_1/R) + A_2*(1 + e_2/R))/2*L",
    V=_VOLUME, L=_SPACING, e_1=Var("e_1", "m", 3), e_2=Var("e_2", "m", 3), R=Var("R", "m", 2), **_AREAS,
)  # fmt: skip
SWEPT = Formula(
    OWN, "V", "A*radians(theta)*(R + e)", V=_VOLUME, A=Var("A", "m2", 3), theta=Var(r"\theta", "deg", 3),
    R=Var("R", "m", 2), e=Var("e", "m", 3),
)  # fmt: skip
BANK_SECTION = Formula(
    OWN, "A", "b*h + m*h**2", A=Var("A", "m2", 3, "terrain.section_area"), b=Var("b", "m", 2), m=Var("m", "-", 2),
    h=Var("h", "m", 2),
)  # fmt: skip

CURVATURE_MATTERS = 0.005  # share of the volume


@dataclass(frozen=True, kw_only=True)
class SectionVolume:
    """A volume from section areas.

    Attributes:
        volume: the sum; its parts are the lines of the calculation.
        remarks: what the reader must know about the method.
    """

    volume: Total
    remarks: tuple[Remark, ...] = ()


def end_area(
    areas: Sequence[Traced | float],
    spacings: Sequence[float],
    *,
    offsets: Sequence[float] = (),
    radius: float | None = None,
    corrected: bool = True,
) -> SectionVolume:
    """Average end areas.

    Args:
        areas: n section areas, m2.
        spacings: n - 1 distances along the line, m.
        offsets: distance of each section's centre of area from the line, m; positive away from the centre of the bend.
        radius: radius of the bend of the line, m; None for a straight line.
        corrected: whether the bend is allowed for; where it is not, a remark says what is missing.

    Raises:
        InputError: numbers of areas, spacings or offsets do not fit; a spacing or the radius is not positive.
    """
    if len(areas) < 2 or len(spacings) != len(areas) - 1:
        raise InputError("spacings", len(spacings), message("terrain.one_less", count=len(areas)))
    if wrong := [i for i, length in enumerate(spacings) if not length > 0]:
        raise InputError(f"spacings[{wrong[0]}]", spacings[wrong[0]], message("terrain.positive_length"))
    pairs = list(zip(areas[:-1], areas[1:], spacings, strict=True))
    if radius is None:
        return SectionVolume(volume=_sum([END_AREA.at(A_1=a, A_2=b, L=length) for a, b, length in pairs]))
    if not radius > 0:
        raise InputError("radius", radius, message("terrain.positive_length"))
    if len(offsets) != len(areas):
        raise InputError("offsets", len(offsets), message("terrain.as_many", count=len(areas)))
    bent = [
        CURVED_END_AREA.at(A_1=a, A_2=b, L=length, e_1=e, e_2=f, R=radius)
        for (a, b, length), e, f in zip(pairs, offsets[:-1], offsets[1:], strict=True)
    ]
    if corrected:
        return SectionVolume(volume=_sum(bent))
    plain = _sum([END_AREA.at(A_1=a, A_2=b, L=length) for a, b, length in pairs])
    return SectionVolume(volume=plain, remarks=_bend_remarks(plain.value, sum(step.value for step in bent)))


def prismoidal(areas: Sequence[Traced | float], spacing: float) -> SectionVolume:
    """Prismoidal rule (Simpson) over sections at equal spacing.

    Raises:
        InputError: an even number of sections, that is an odd number of intervals: the rule does not apply; see
            `prismoidal_mixed`.
    """
    _equal_spacing(areas, spacing)
    if len(areas) % 2 == 0:
        raise InputError("areas", len(areas), message("terrain.odd_intervals", count=len(areas) - 1))
    return SectionVolume(volume=_sum(_simpson(areas, spacing)))


def prismoidal_mixed(areas: Sequence[Traced | float], spacing: float) -> SectionVolume:
    """Prismoidal rule over as many intervals as it can take; average end areas for the last one left over."""
    _equal_spacing(areas, spacing)
    if len(areas) % 2 == 1:
        return prismoidal(areas, spacing)
    steps = [*_simpson(areas[:-1], spacing), END_AREA.at(A_1=areas[-2], A_2=areas[-1], L=spacing)]
    return SectionVolume(volume=_sum(steps), remarks=(_remark("terrain.mixed_rule"),))


def swept_volume(area: Traced | float, offset: float, radius: float, sweep_deg: float) -> Step:
    """Volume of one section swept around a bend (Pappus): `offset` of its centre of area beyond the line's radius."""
    return SWEPT.at(A=area, theta=sweep_deg, R=radius, e=offset)


def _equal_spacing(areas: Sequence[Traced | float], spacing: float) -> None:
    if len(areas) < 2:
        raise InputError("areas", len(areas), message("terrain.two_sections"))
    if not spacing > 0:
        raise InputError("spacing", spacing, message("terrain.positive_length"))


def _simpson(areas: Sequence[Traced | float], spacing: float) -> list[Step]:
    triples = zip(areas[:-2:2], areas[1:-1:2], areas[2::2], strict=True)
    return [SIMPSON.at(A_1=a, A_m=m, A_2=b, L=spacing) for a, m, b in triples]


def _sum(steps: Sequence[Step]) -> Total:
    return total({f"{i + 1}": step for i, step in enumerate(steps)}, "m3", "terrain.volume")


def _bend_remarks(plain: float, bent: float) -> tuple[Remark, ...]:
    missing = (bent - plain) / bent if bent else 0.0
    if abs(missing) <= CURVATURE_MATTERS:
        return ()
    return (_remark("terrain.bend_ignored", share=f"{-missing:+.1%}"),)


def _remark(key: str, **values: object) -> Remark:
    return Remark(level=Level.WARNING, subject="terrain", text=message(key, **values))
