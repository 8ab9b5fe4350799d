"""The rules of planting (guide 7.2.3.5, tables 7-4 and 7-5): met, missed, and not judged where they must not be."""

from __future__ import annotations

from typing import Any

import pytest

from slopedesign.calc.planting.checks import forms_of, judge_planting
from slopedesign.project.planting import PlantingDesign
from slopedesign.standards.check import Check, Verdict
from slopedesign.standards.species import fit_species, fixes_nitrogen, printed_name

TREE = {"name": "香樟", "form": "tree", "dbh": 5.0, "height": 1.5}
SHRUB = {"name": "紫穗槐", "form": "shrub"}
VINE = {"name": "爬山虎", "form": "climber"}
GRASS = {"name": "狗牙根", "form": "herb"}
ALL = (TREE, SHRUB, VINE, GRASS)


def row(species: str, **changed: Any) -> dict[str, Any]:
    return {"species": species, "side": "outer", "offset": 0.2, "rows": 1, "spacing": 2.0} | changed


ROWS = [row("香樟"), row("紫穗槐"), row("爬山虎", spacing=0.5), row("爬山虎", spacing=0.5, side="inner")]
SEEDS = [{"species": "狗牙根", "rate": 30.0}]


def judged(
    species: tuple[dict[str, Any], ...] = ALL, rows: list[dict[str, Any]] = ROWS, seeds: list[dict[str, Any]] = SEEDS
) -> list[Check]:
    bench = {"name": "b", "spare": 0.1, "rows": rows, "seeds": seeds}
    return judge_planting(PlantingDesign.model_validate({"species": species, "benches": [bench]}), {})


def verdicts(checks: list[Check], id: str) -> list[Verdict]:
    return [check.verdict for check in checks if check.id == id]


def one(checks: list[Check], id: str) -> Check:
    return next(check for check in checks if check.id == id)


def test_the_tables_hold_what_the_guide_prints() -> None:
    """38 trees, 27 shrubs, 11 climbers, 21 herbs."""
    assert [len(fit_species(form)) for form in ("tree", "shrub", "climber", "herb")] == [38, 27, 11, 21]


def test_a_scheme_at_the_limits_passes() -> None:
    """5 cm, 1.5 m and 2 m themselves, one row of climbers on each side, all four layers, species of the tables."""
    assert {c.verdict for c in judged()} == {Verdict.PASS, Verdict.NOT_APPLICABLE}
    assert verdicts(judged(), "plant.bench.climber_rows") == [Verdict.PASS, Verdict.PASS]


@pytest.mark.parametrize(
    ("id", "change", "field"),
    [
        ("plant.tree.dbh", {"dbh": 4.9}, "planting.species[0].dbh"),
        ("plant.tree.height", {"height": 1.4}, "planting.species[0].height"),
    ],
)
def test_small_stock_warns_and_stock_not_stated_is_not_judged(id: str, change: dict[str, float], field: str) -> None:
    small = one(judged((TREE | change, SHRUB, VINE, GRASS)), id)
    assert (small.verdict, small.field) == (Verdict.WARN, field)
    unknown = one(judged((TREE | dict.fromkeys(change), SHRUB, VINE, GRASS)), id)
    assert unknown.verdict is Verdict.NOT_JUDGED
    assert unknown.missing == (f"plant_{next(iter(change))}",)


def test_stock_of_shrubs_is_not_asked_for() -> None:
    """The clause begins with trees; a shrub has no diameter at breast height."""
    assert {c.subject for c in judged() if c.id == "plant.tree.dbh"} == {"planting.species[0]"}


def test_trees_farther_apart_than_two_metres_warn() -> None:
    rows = [row("香樟", spacing=2.01), *ROWS[1:]]
    assert verdicts(judged(rows=rows), "plant.tree.spacing") == [Verdict.WARN]
    shrubs = [ROWS[0], row("紫穗槐", spacing=3.0), *ROWS[2:]]
    assert verdicts(judged(rows=shrubs), "plant.tree.spacing") == [Verdict.PASS]


def test_climbers_stand_in_one_or_two_rows_on_either_side() -> None:
    outer = [*ROWS[:2], row("爬山虎", rows=3, row_spacing=0.3), ROWS[3]]
    assert verdicts(judged(rows=outer), "plant.bench.climber_rows") == [Verdict.WARN, Verdict.PASS]
    assert verdicts(judged(rows=ROWS[:3]), "plant.bench.climber_rows") == [Verdict.PASS, Verdict.WARN]
    two = [*ROWS, row("爬山虎", offset=0.5)]
    assert verdicts(judged(rows=two), "plant.bench.climber_rows") == [Verdict.PASS, Verdict.PASS]


def test_a_bench_wants_all_four_layers() -> None:
    check = one(judged(seeds=[]), "plant.bench.layers")
    assert check.verdict is Verdict.WARN
    assert check.found is not None
    assert "草" not in check.found.render("zh_CN")  # type: ignore[union-attr]


@pytest.mark.parametrize(("place", "verdict"), [("fill_bench", Verdict.WARN), ("toe_fill", Verdict.WARN)])
def test_filled_benches_and_toe_fills_want_them_too(place: str, verdict: Verdict) -> None:
    area = {"name": "a", "cover_area": "x", "spare": 0, "seeds": SEEDS}
    record = PlantingDesign.model_validate({"species": ALL, "areas": [area]})
    assert verdicts(judge_planting(record, {"planting.areas[0]": place}), "plant.fill.layers") == [verdict]
    assert verdicts(judge_planting(record, {"planting.areas[0]": "pit_floor"}), "plant.fill.layers") == []
    plants = [{"species": s["name"], "spacing": 2.0, "row_spacing": 2.0} for s in (TREE, SHRUB, VINE)]
    full = PlantingDesign.model_validate({"species": ALL, "areas": [area | {"plants": plants}]})
    assert verdicts(judge_planting(full, {"planting.areas[0]": place}), "plant.fill.layers") == [Verdict.PASS]


@pytest.mark.parametrize(
    ("id", "entry"),
    [("plant.t74.tree", TREE), ("plant.t74.shrub", SHRUB), ("plant.t74.climber", VINE), ("plant.t74.herb", GRASS)],
)
def test_a_species_the_table_does_not_print_is_noted_only(id: str, entry: dict[str, Any]) -> None:
    assert verdicts(judged(), id) == [Verdict.PASS]
    strange = [entry | {"name": "巴山松", "alias": ""} if s is entry else s for s in ALL]
    rows = [r | {"species": "巴山松"} if r["species"] == entry["name"] else r for r in ROWS]
    seeds = [s | {"species": "巴山松"} if s["species"] == entry["name"] else s for s in SEEDS]
    check = one(judged(tuple(strange), rows, seeds), id)
    assert check.verdict is Verdict.INFO
    assert "planting.note.not_in_table_74" in [note.key for note in check.notes]


def test_other_spellings_and_both_forms_of_a_plant_are_known() -> None:
    assert printed_name("shrub", "蜡梅") == "腊梅"
    assert printed_name("shrub", "枸骨") == "构骨"
    assert printed_name("shrub", "冬青") == printed_name("tree", "冬青") == "冬青"
    assert printed_name("tree", "大叶香樟", "香樟") == "香樟"
    assert printed_name("tree", "爬山虎") is None


def test_nitrogen_fixing_plants_by_genus_and_by_word() -> None:
    assert fixes_nitrogen("紫穗槐") == "plant.t75.legume"
    assert fixes_nitrogen("胡颓子") == "plant.t75.nonlegume"
    assert fixes_nitrogen("银杏") is None  # printed, but by the reading not counted
    assert verdicts(judged(), "plant.t75.legume") == [Verdict.PASS]
    assert verdicts(judged(), "plant.t75.nonlegume") == [Verdict.NOT_APPLICABLE]
    bush = {"name": "胡颓子", "form": "shrub"}
    rows = [row("香樟"), row("胡颓子"), *ROWS[2:]]
    other = judged((TREE, bush, VINE, GRASS), rows)
    assert verdicts(other, "plant.t75.legume") == [Verdict.NOT_APPLICABLE]
    assert verdicts(other, "plant.t75.nonlegume") == [Verdict.PASS]
    plain = {"name": "火棘", "form": "shrub"}
    rows = [row("香樟"), row("火棘"), *ROWS[2:]]
    assert verdicts(judged((TREE, plain, VINE, GRASS), rows), "plant.t75.legume") == [Verdict.WARN]
    stated = judged((TREE, plain | {"nitrogen_fixing": True}, VINE, GRASS), rows)
    assert one(stated, "plant.t75.legume").verdict is Verdict.PASS
    assert "planting.note.not_in_table_75" in [note.key for note in one(stated, "plant.t75.legume").notes]


def test_species_nobody_plants_are_not_judged() -> None:
    unused = TREE | {"name": "银杏", "dbh": 1.0}
    checks = judged((*ALL, unused))
    assert {c.verdict for c in checks} == {Verdict.PASS, Verdict.NOT_APPLICABLE}
    record = PlantingDesign.model_validate({"species": [*ALL, unused]})
    assert forms_of(record) == ()
    assert judge_planting(record, {}) == []
