"""Cut slopes, their risers and their benches (guide 7.2.2.2(4), 7.2.2.3(3)3)②)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from slopedesign.errors import OutOfRange
from slopedesign.i18n import Message, message
from slopedesign.project.ground import MaterialClass
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.gb50330_2013_slopes import FACE_ANGLE, ratio_source, rock_ratio, soil_ratio
from slopedesign.standards.judging import blank, judge
from slopedesign.standards.rules import Fact
from slopedesign.standards.trace import Traced, datum

Profile = Literal["straight", "stepped"]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Risers of one stretch of a slope [-], and its berms made as wide ones, counted from the toe.

    Berm i lies on riser i.
    """

    material: MaterialClass
    risers: Traced
    wide_berms: Collection[int] = ()


def judge_cut_slope(
    *,
    subject: str,
    material: MaterialClass,
    profile: Profile,
    height: Traced,
    risers: Traced | None = None,
    wide_berms: Collection[int] = (),
    steps: Sequence[Steps] = (),
    existing_height: Traced | None = None,
    existing_angle_deg: Traced | None = None,
    scarp: Traced | None = None,
    scarp_allowed: Traced | None = None,
    high_steep: bool | None = None,
    field: str = "",
) -> list[Check]:
    """The rules of a whole cut slope.

    Args:
        material: softest material the slope is judged as.
        height: of the cut slope, toe to crest [m].
        risers, wide_berms: of a slope stepped alike all along, see `Steps`.
        steps: of a slope whose stretches are stepped in several ways.
        existing_height, existing_angle_deg: of the slope before cutting.
        scarp: greatest height of the step where the cut meets the ground at crest and sides [m].
        scarp_allowed: step still taken as a natural join [m]; the default of the reading where None.
        high_steep: whether the designer regards the slope as a high steep rock slope; taken so where None.
        field: path of the bench settings in the project file.
    """
    rock = "rock" if material in guide.ROCK else "soil"
    place: dict[str, Fact] = {"place": "cut_slope", "material": material, "cut_profile": profile}
    checks = [_grading(place, material, profile, existing_height, existing_angle_deg, subject)]
    at_height: dict[str, Fact] = place | {"slope_height_m": guide.without_noise(height.value)}
    stepped = guide.rule(f"cut.stepped.{rock}")
    if profile == "straight":
        both = (guide.rule(f"cut.straight.{rock}"), stepped)
        checks += [judge(rule, at_height, height, subject=subject, field=field) for rule in both]
    elif stepped.trigger is not None and stepped.trigger.on(at_height).value:
        checks.append(
            replace(blank(stepped, subject=subject, field=field), holds=True, found=message("compliance.stepped"),
                    required=stepped.result)
        )  # fmt: skip
    if risers is not None:
        steps = (*steps, Steps(material=material, risers=risers, wide_berms=wide_berms))
    for one in steps if profile == "stepped" else ():
        here = place | {"material": one.material}
        checks.append(_wide_bench(here, one.risers, one.wide_berms, subject, field))
        here |= {"high_steep_slope": True if high_steep is None else high_steep}
        checks.append(
            judge(guide.rule("high.cut_steps"), here, one.risers, subject=subject, field=f"{field}.count".lstrip("."))
        )
    boundary = blank(guide.rule("cut.boundary"), subject=subject, field=field)
    if scarp is None:
        checks.append(replace(boundary, missing=("scarp",)))
    else:
        allowed = scarp_allowed or guide.scarp_height()
        checks.append(replace(boundary, relation=Relation.AT_MOST, found=scarp, required=allowed))
    return checks


def _grading(
    place: dict[str, Fact], material: MaterialClass, profile: Profile, height: Traced | None, angle: Traced | None,
    subject: str,
) -> Check:  # fmt: skip
    rule = guide.rule("cut.grade_trigger.hard" if material == "hard_rock" else "cut.grade_trigger.soil_soft")
    facts = dict(place)
    if height is not None:
        facts["slope_height_m"] = guide.without_noise(height.value)
    if angle is not None:
        facts["slope_angle_deg"] = guide.without_noise(angle.value)
    notes: tuple[Message, ...] = ()
    if height is not None and angle is not None:
        notes = (message("compliance.existing", height=f"{height.value:.2f}", angle=f"{angle.value:.1f}"),)
    check = judge(rule, facts, profile == "stepped", subject=subject, notes=notes)
    if check.holds is None:
        return check
    return replace(check, found=message(f"compliance.{profile}"))


def _wide_bench(place: dict[str, Fact], risers: Traced, wide: Collection[int], subject: str, field: str) -> Check:
    n = round(risers.value)
    runs = _runs(n, wide)
    rule = guide.rule("cut.wide_bench.trigger")
    longest = guide.wide_berm_trigger().value
    middle = math.ceil((n - 1) / 2)
    in_middle = n > 2 * longest or bool({middle, n - middle} & set(wide))
    holds = bool(wide) and max(runs) <= longest and in_middle
    check = judge(rule, place | {"n_risers": float(n)}, holds, subject=subject, field=f"{field}.wide_berm_at")
    if check.holds is None:
        return check
    at = ", ".join(str(i) for i in sorted(wide)) or "-"
    return replace(check, found=message("compliance.wide_at", at=at, run=max(runs)))


def _runs(n: int, wide: Collection[int]) -> list[int]:
    """Risers between wide berms, from the toe; a berm that does not exist (0, or the crest) parts nothing."""
    cuts = [0, *sorted(i for i in set(wide) if 0 < i < n), n]
    return [b - a for a, b in zip(cuts, cuts[1:], strict=False)]


def judge_riser(
    *,
    subject: str,
    material: MaterialClass,
    profile: Profile,
    height: Traced,
    angle_deg: Traced,
    height_field: str = "",
    angle_field: str = "",
) -> list[Check]:
    """Face angle by height and material, and the height between benches of a stepped slope.

    A face higher than every class of the guide has no angle: it fails on its height.
    """
    place: dict[str, Fact] = {"place": "cut_slope", "material": material, "cut_profile": profile}
    facts = place | {"slope_height_m": guide.without_noise(height.value)}
    checks = []
    rule = guide.angle_rule(material, height.value)
    if rule is not None:
        checks.append(judge(rule, facts, angle_deg, subject=subject, field=angle_field))
    else:
        top, _ = guide.face_angle_classes(material)[-1]
        highest = guide.angle_rule(material, top.value)
        assert highest is not None  # the class was read from this very rule
        check = blank(highest, subject=subject, field=height_field, notes=(message("compliance.above_classes"),))
        checks.append(replace(check, relation=Relation.AT_MOST, found=height, required=top))
    if profile == "stepped":
        riser = guide.rule("cut.riser_height.rock" if material in guide.ROCK else "cut.riser_height.soil")
        checks.append(judge(riser, facts, height, subject=subject, field=height_field))
    return checks


def judge_face_ratio(
    *,
    subject: str,
    height: Traced,
    angle_deg: Traced,
    rock_class: str | None = None,
    weathering: str | None = None,
    soil_state: str | None = None,
    calculated: bool = False,
    field: str = "",
) -> Check:
    """A face against the slope ratios of GB 50330-2013, which may be gentler or steeper than the guide's angles.

    Args:
        rock_class, weathering: of rock; soil_state: of soil ("clayey_hard"); see `slopedesign.project.ground`.
        calculated: a stability calculation is attached; the ratios by analogy are then not asked.

    A slope higher than the tables is NOT_JUDGED: the standard asks for a calculation.
    """
    soil = soil_state is not None
    source = ratio_source(soil)
    check = Check(
        id="gb50330.slope_ratio", subject=subject, title=message("compliance.slope_ratio"), source=source,
        strength=Strength.SHOULD, field=field, notes=(message("compliance.slope_ratio_by_analogy"),),
    )  # fmt: skip
    if calculated:
        return replace(check, not_applicable=message("compliance.calculated"))
    if not soil and (rock_class is None or weathering is None):
        named = {"rock_class": rock_class, "weathering": weathering}
        return replace(check, missing=tuple(name for name, value in named.items() if value is None))
    try:
        if soil_state is not None:
            kind, _, state = soil_state.partition("_")
            steep, gentle = soil_ratio(f"{kind}_soil", state, height.value)
        else:
            steep, gentle = rock_ratio(str(rock_class), str(weathering), height.value)
    except OutOfRange:
        beyond = message("compliance.beyond_ratio_table", height=f"{height.value:.2f}")
        return replace(check, missing=("stability_calculation",), notes=(*check.notes, beyond))
    printed = message("rules.printed_range", low=f"1:{steep.value:.2f}", high=f"1:{gentle.value:.2f}", unit="")
    limit: Traced = FACE_ANGLE.at(m=steep) if steep.value > 0 else datum(90.0, "deg", source)
    return replace(check, relation=Relation.AT_MOST, found=angle_deg, required=limit, notes=(*check.notes, printed))


def judge_bench(
    *,
    subject: str,
    material: MaterialClass,
    width: Traced | None,
    wide: bool,
    inward_fall_deg: Traced | None,
    width_field: str = "",
    fall_field: str = "",
) -> list[Check]:
    """Width and inward fall of one bench; `wide`: it is made as the wide bench. Inward falls are positive."""
    facts: dict[str, Fact] = {"place": "cut_bench", "material": material, "bench_is_wide": wide}
    kind = "wide_bench_width" if wide else "bench_width"
    rule = guide.rule(f"cut.{kind}.{'rock' if material in guide.ROCK else 'soil'}")
    notes: tuple[Message, ...] = ()
    if inward_fall_deg is not None and not 1.0 <= inward_fall_deg.value <= 3.0:
        notes = (message("compliance.usual_fall"),)
    return [
        judge(rule, facts, width, subject=subject, field=width_field, asks="berm_width"),
        judge(
            guide.rule("cut.bench_tilt"), facts, inward_fall_deg, subject=subject, field=fall_field,
            asks="inward_fall", notes=notes,
        ),
    ]  # fmt: skip
