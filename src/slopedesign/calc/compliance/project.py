"""Rules of the project as a whole: what the designer answers, and the drawings and tables delivered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from slopedesign.calc.compliance.typed import judge_typed
from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.project import Project
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Relation
from slopedesign.standards.judging import Answer, Answers, blank, demanded, judge_by_designer
from slopedesign.standards.rules import Fact, Facts, Rule, guide_rules, joined
from slopedesign.standards.trace import Traced, datum

DESIGN_MODULES = ("bench", "wall", "soil", "road", "hazard", "stability", "drawing", "quantity")
WATER_MODULES = ("drain", "reservoir", "irrigation")
PLANT_MODULES = ("plant",)
"""Modules of the rules a design of benches, walls, cover and roads answers to."""


def answers_of(project: Project) -> Answers:
    """The designer's answers by rule id, or rule id and item ("bench.retaining#2").

    Raises:
        InputError: no such rule or item, or one answered twice.
    """
    answers: dict[str, Answer] = {}
    rules = guide_rules()
    for i, answer in enumerate(project.answers):
        path = f"answers[{i}].rule"
        id, _, item = answer.rule.partition("#")
        if not rules.has(id):
            raise InputError(path, answer.rule, message("rules.unknown_rule"))
        if item and not (item.isdigit() and 1 <= int(item) <= len(rules.rule(id).items)):
            raise InputError(path, answer.rule, message("rules.unknown_item"))
        if answer.rule in answers:
            raise InputError(path, answer.rule, message("rules.answered_twice"))
        answers[answer.rule] = Answer(answer.answer, answer.note, f"answers[{i}].answer")
    return answers


def stated_of(project: Project) -> Facts:
    """Facts of the project file under a rule's id: values the designer states for that rule."""
    return {name: value for name, value in project.facts.items() if guide_rules().has(name)}


def facts_of(project: Project) -> dict[str, Fact]:
    """Facts about the whole project: from its description and its `facts`.

    Raises:
        InputError: a fact the guide does not know, or with a value it cannot have.
    """
    info = project.info
    known: dict[str, Fact] = {
        "mineral": info.mineral, "mine_method": info.mine_method, "mine_status": info.mine_status,
        "design_stage": info.stage,
    }  # fmt: skip
    if project.slopes:
        known["restoration_mode"] = "rebuild"  # benches are cut: table 6-2; a stated mode takes its place
    return known | guide_rules().checked(project.facts)


def places_of(project: Project) -> tuple[str, ...]:
    """Kinds of place the project works on."""
    places = ["cut_slope", "cut_bench", "slope_face"] if project.slopes else []
    places += [area.place for area in project.cover_areas]
    return tuple(dict.fromkeys(places))


def materials_of(project: Project) -> tuple[str, ...]:
    """Kinds of ground the project cuts."""
    found = [slope.benches.material for slope in project.slopes] + [material.kind for material in project.materials]
    return tuple(dict.fromkeys(found))


def judge_project(
    *,
    places: Collection[str],
    facts: Facts,
    answers: Answers,
    stated: Facts | None = None,
    materials: Collection[str] = (),
    forms: Collection[str] = (),
    modules: Collection[str] | None = DESIGN_MODULES,
    subject: str = "project",
) -> list[Check]:
    """Rules the program does not measure: each answered by the designer, or NOT_JUDGED naming what is asked.

    Args:
        places: kinds of place the project works on; a rule is kept if it speaks of any of them.
        facts: facts about the whole project.
        answers, stated: what the designer answers, and values stated under rule ids.
        materials: kinds of ground the project cuts.
        forms: forms of plants the project plants or sows.
        modules: modules whose rules are listed; None for the whole guide.
    """
    checks, scenes = [], _scenes(places, materials, forms, facts)
    for state in guide.rule_states():
        if state.state not in (guide.State.ANSWERED, guide.State.NOT_YET):
            continue
        rule = state.rule
        if modules is not None and rule.module not in modules:
            continue
        scene = _scene(rule, scenes)
        if scene is None:
            continue
        typed = stated or {}
        by_values = (
            judge_typed(rule, scene, typed, subject=subject) if rule.id in typed or rule.id not in answers else None
        )
        check = by_values or judge_by_designer(rule, scene, answers, typed, subject=subject)
        if state.state is guide.State.NOT_YET and check.missing:
            check = replace(check, notes=(*check.notes, message("compliance.not_yet")))
        checks.append(check)
    return checks


def _scenes(
    places: Collection[str], materials: Collection[str], forms: Collection[str], facts: Facts
) -> list[dict[str, Fact]]:
    """The facts at every place, in every ground, of every form of plants."""
    grounds: list[dict[str, Fact]] = [{"material": material} for material in materials] or [{}]
    spots: list[dict[str, Fact]] = [{"place": place} for place in places] or [{}]
    plants: list[dict[str, Fact]] = [{"plant_form": form} for form in forms] or [{}]
    return [{**ground, **spot, **plant, **facts} for spot in spots for ground in grounds for plant in plants]


def _scene(rule: Rule, scenes: Sequence[dict[str, Fact]]) -> dict[str, Fact] | None:
    """The first of the scenes the rule speaks of, else the first it may speak of; None where it speaks of none.

    Scenes alike in all the rule asks for are asked once.
    """
    asked = [name for name in ("place", "material", "plant_form") if name in rule.applies_when.names]
    apart: dict[tuple[Fact | None, ...], dict[str, Fact]] = {}
    for scene in scenes:
        apart.setdefault(tuple(scene.get(name) for name in asked), scene)
    truths = [(rule.applies_when.on(scene).value, scene) for scene in apart.values()]
    for wanted in (True, None):
        for value, scene in truths:
            if value is wanted:
                return scene
    return None


_SHEET_ITEMS = ("deployment", "plan_section", "effect", "computation", "details", "others")
_TABLE_ITEMS = ("quantity", "budget", "important")
_OUTLINE_TABLES = ("quantity", "important")


def judge_drawings(
    *,
    stage: str,
    sheets: Mapping[str, Traced | None],
    tables: Collection[str],
    survey_scale: Traced | None = None,
    answers: Answers | None = None,
) -> list[Check]:
    """Scales of the sheets, and whether the drawings and tables the guide asks for are there.

    Args:
        stage: design stage of the project.
        sheets: sheets delivered and their scale denominators (500 for 1:500), by kind: problems, deployment,
            monitoring, construction, plan_section, details, effect, computation, others; None where it has no scale.
        tables: tables delivered: quantity, budget, important.
        survey_scale: scale denominator of the survey map.
        answers: what is delivered apart from the program ("design.drawings#3" for the effect view).
    """
    said_by = answers or {}
    checks = [_sheet_scale(kind, scale, stage) for kind, scale in sheets.items() if scale is not None]
    checks = [check for check in checks if check is not None]
    survey = blank(guide.rule("survey.scales"), subject="surveys", field="facts.survey.scales")
    allowed = guide.stage_scales(stage)
    if survey_scale is None:
        survey = replace(survey, missing=("survey_scale",))
    else:
        coarsest = datum(float(max(allowed)), "-", survey.source)
        survey = replace(survey, relation=Relation.AT_MOST, found=survey_scale, required=coarsest)
    delivered = (
        _delivered(guide.rule("design.drawings"), _SHEET_ITEMS, set(sheets), said_by, optional="others"),
        _delivered(guide.rule("design.tables"), _TABLE_ITEMS, set(tables), said_by),
        _delivered(guide.rule("appA.tables"), _OUTLINE_TABLES, set(tables), said_by),
    )
    return [*(check for check in checks if check is not None), survey, *delivered]


def _sheet_scale(kind: str, scale: Traced, stage: str) -> Check | None:
    rule = guide.rule("appA.drawings")
    limits = guide.drawing_scales(kind) if any(row["key"] == kind for row in rule.rows) else None
    if limits is None:
        return None
    finest, coarsest = limits
    printed = f"1:{finest}" if finest == coarsest else f"1:{finest} - 1:{coarsest}"
    notes: tuple[Message, ...] = (message("rules.printed_value", value=printed),)
    if kind == "deployment" and scale.value > max(guide.stage_scales(stage)):
        notes += (message("compliance.scale_conflict", scales=joined(f"1:{n}" for n in guide.stage_scales(stage))),)
    check = blank(rule, subject=f"drawings.{kind}", field="drawings", notes=notes)
    return replace(check, relation=Relation.AT_MOST, found=scale, required=datum(float(coarsest), "-", rule.source))


def _delivered(rule: Rule, kinds: tuple[str, ...], there: set[str], answers: Answers, optional: str = "") -> Check:
    """Each item is delivered by the program, or the designer says it is there; what nobody knows is named."""
    check = replace(
        blank(rule, subject="drawings" if rule.module == "drawing" else "tables", field=f"answers[{rule.id}]"),
        required=demanded(rule),
    )
    whole = answers.get(rule.id)
    unknown: list[int] = []
    refused: list[int] = []
    for i, kind in enumerate(kinds, start=1):
        answer = answers.get(f"{rule.id}#{i}", whole)
        if kind in there or kind == optional or (answer is not None and answer.value != "no"):
            continue
        (refused if answer is not None else unknown).append(i)
    items = [rule.items[i - 1] for i in refused or unknown]
    words = joined(item.text for item in items)
    if refused:
        return replace(check, holds=False, found=message("rules.refused_items", items=words))
    if unknown:
        note = message("compliance.not_delivered", items=words)
        return replace(check, missing=tuple(f"{rule.id}#{i}" for i in unknown), notes=(*check.notes, note))
    return replace(check, holds=True, found=message("rules.yes"))
