"""Soil cover by place (guide 7.2.3.4(1)②-⑧, 7.3.3.3)."""

from __future__ import annotations

from dataclasses import replace

from slopedesign.i18n import message
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.judging import blank, judge
from slopedesign.standards.rules import Fact
from slopedesign.standards.trace import Traced, measured


def judge_cover(
    *,
    subject: str,
    place: str,
    thickness: Traced | None,
    ground: str | None = None,
    use: str | None = None,
    method: str = "cover",
    long_term: bool | None = None,
    retained: bool | None = False,
    undulation: Traced | None = None,
    field: str = "",
) -> list[Check]:
    """The rules of soil on one area.

    Args:
        place: kind of place ("cut_bench", "industrial_site", "mine_road", "dump", ...).
        thickness: of the cover, or depth of loosening where `method` is "loosen" [m].
        ground: "rock", "soil", "mud_bound_road" under the cover; use: land use aimed at.
        long_term: whether a dump stays for long; retained: whether a road is kept in use.
        undulation: roughness of a covered bench from its design plane [m].
        field: path of the area in the project file.

    Returns:
        No check where the guide asks for no cover (a dump soon to be cleared, a place it does not name).
    """
    path = f"{field}.thickness".lstrip(".")
    stated: dict[str, Fact | None] = {
        "place": place, "ground": ground, "target_use": use, "cover_method": method, "long_term": long_term,
        "retained": retained,
    }  # fmt: skip
    facts = {name: value for name, value in stated.items() if value is not None}
    rule, missing = guide.cover_rule(
        place, ground=ground, use=use, method=method, long_term=long_term, retained=retained
    )
    checks: list[Check] = []
    if rule is not None and missing:
        checks.append(replace(blank(rule, subject=subject, field=path), missing=missing))
    elif rule is not None and method == "loosen" and not rule.id.startswith("soil.loosen."):
        laid = measured(0.0, "m", "soil.loosened", path, "soil.thickness")  # loosened ground is no cover
        notes = (message("compliance.loosened_is_no_cover"),)
        checks.append(judge(rule, facts, laid, subject=subject, field=f"{field}.method".lstrip("."), notes=notes))
    elif rule is not None:
        checks.append(judge(rule, facts, thickness, subject=subject, field=path, asks="cover_thickness"))
    elif (assumed := guide.assumed_cover(place, use)) is not None:
        checks.append(_assumed(place, thickness, assumed, subject, path))
    if place == "cut_bench":
        rough = guide.rule("soil.undulation.cut_bench")
        where = f"{field}.undulation".lstrip(".")
        checks.append(judge(rough, facts, undulation, subject=subject, field=where, asks="undulation"))
    return checks


def _assumed(place: str, thickness: Traced | None, required: Traced, subject: str, field: str) -> Check:
    """A place whose clause refers to a standard for the number: judged against the reading's value, as advice."""
    spoil = place == "spoil_dump"
    rule = guide.rule("ug.spoil.cover.arable" if spoil else "soil.pit.arable_garden")
    check = replace(
        blank(rule, subject=subject, field=field, notes=(message("compliance.assumed_cover"),)),
        id="soil.cover.spoil_other" if spoil else "soil.cover.pit_floor",
        title=message("compliance.spoil_cover" if spoil else "compliance.pit_cover"), strength=Strength.SHOULD,
    )  # fmt: skip
    if thickness is None:
        return replace(check, missing=("cover_thickness",))
    return replace(check, relation=Relation.AT_LEAST, found=thickness, required=required)
