"""What the standard asks of a factor: safety class, required factor by situation, state, verdict.

Every limit can be stated by the designer; those of the standard that are only recalled carry that mark into the check.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from slopedesign.calc.stability.book import Calculation
from slopedesign.calc.stability.solution import SlipSurface
from slopedesign.i18n import Message, message
from slopedesign.project.stability import StabilityDesign, StabilitySituationKind
from slopedesign.standards import gb50330_2013_stability as gb
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.formula import Formula, Step, Var
from slopedesign.standards.trace import Datum, Given, Provenance, Source, Traced, given, measured

State = Literal["unstable", "poor", "basic", "stable"]
CLAUSE = Source(gb.STANDARD, "5.3.2", Provenance.RECALLED)
SEISMIC_SHARE = Formula(
    Source(gb.STANDARD, "5.2.6", Provenance.RECALLED), "alpha_w", "a/4", title="stability.formula.alpha_w",
    alpha_w=Var(r"\alpha_w", "-", 4, "stability.symbol.alpha_w"), a=Var("a", "-", 3, "stability.symbol.a"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """The factor asked for in one situation; `factor` None where a fact is missing, named in `missing`."""

    situation: StabilitySituationKind
    factor: Traced | None
    slope_class: Traced | None
    source: Source
    missing: tuple[str, ...] = ()


def safety_class(design: StabilityDesign, ground: gb.Ground | None, height: float) -> Given | Datum | None:
    """Class stated, or by table 3.2.1; None where neither says."""
    if design.slope_class is not None:
        return given(design.slope_class, "-", "stability.slope_class", "stability.table.safety_class")
    return None if ground is None else gb.slope_class(ground, height, design.consequence)


def requirement(
    design: StabilityDesign, situation: StabilitySituationKind, ground: gb.Ground | None, height: float
) -> Requirement:
    """Required factor of a situation: stated by the designer, else of the standard (of the guide for dumps).

    The rainstorm situation has no factor of its own in the standard; unless one is stated it takes the temporary one.
    """
    for i, limit in enumerate(design.limits):
        if limit.situation == situation:
            factor = given(limit.factor, "-", f"stability.limits[{i}].factor", "stability.symbol.F_st")
            source = Source(gb.STANDARD, "5.3.2", Provenance.USER, limit.reason)
            return Requirement(situation=situation, factor=factor, slope_class=None, source=source)
    if situation == "whole_dump":
        datum = gb.dump_factor()
        return Requirement(situation=situation, factor=datum, slope_class=None, source=datum.source)
    found = safety_class(design, ground, height)
    if found is None:
        missing = ("stability.slope_class",)
        return Requirement(situation=situation, factor=None, slope_class=None, source=CLAUSE, missing=missing)
    row: gb.Situation = "temporary" if situation in ("temporary", "rainstorm") else (
        "earthquake" if situation == "earthquake" else "permanent"
    )  # fmt: skip
    value = gb.required_factor(row, int(found.value))
    return Requirement(situation=situation, factor=value, slope_class=found, source=value.source)


def seismic_coefficient(acceleration_g: float) -> Datum | Step:
    """alpha_w by the table, or a/4 (its own rule) between its rows."""
    for key in gb.tables()["seismic_coefficient"]["values"]:
        if math.isclose(float(key), acceleration_g, abs_tol=1e-9):
            return gb.pick("seismic_coefficient", key)
    return SEISMIC_SHARE.at(a=given(acceleration_g, "-", "stability.acceleration_g"))


def state_of(fos: float, required: float) -> State:
    """State of stability by table 5.3.1."""
    if fos < gb.pick("state", "unstable_below").value:
        return "unstable"
    if fos < gb.pick("state", "poor_below").value:
        return "poor"
    return "basic" if fos < required else "stable"


def traced_fos(surface: SlipSurface, book: Calculation | None, where: Mapping[str, Traced] | None = None) -> Traced:
    """The factor with what stands behind it: the calculation slice by slice where it was written out."""
    parts: dict[str, Traced] = dict(where or {})
    if book is not None:
        parts["F_s"] = book.fos
    return measured(
        surface.fos, "-", f"stability.solved_by.{surface.method}", of="stability.method.search",
        label="stability.symbol.F_s", **parts,
    )  # fmt: skip


def factor_check(
    subject: str, need: Requirement, found: Traced | None, *, scope: Message, notes: tuple[Message, ...] = (),
    missing: tuple[str, ...] = (), field: str = "stability.limits",
) -> Check:  # fmt: skip
    """Verdict on one factor; NOT_JUDGED where a factor, a strength or a class is missing."""
    lacking = (*missing, *need.missing)
    if found is not None and need.factor is not None and not lacking:
        state = state_of(found.value, need.factor.value)
        notes = (message(f"stability.state.{state}"), *notes)
    return Check(
        id=f"stability.fos.{need.situation}", subject=subject,
        title=message("stability.check.fos", scope=scope, situation=message(f"stability.situation.{need.situation}")),
        source=need.source, strength=Strength.MUST, relation=Relation.AT_LEAST, found=found, required=need.factor,
        missing=lacking, field=field, situation=f"stability.situation.{need.situation}", notes=notes,
    )  # fmt: skip
