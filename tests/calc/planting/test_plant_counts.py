"""Plants, seed and holes counted by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.calc.planting import PlantedPlace, PlantingResult, Plot, Stand, Strip, plant, plants_along
from slopedesign.errors import InputError
from slopedesign.project.planting import PlantingDesign
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import Provenance, Traced, measured

TREE = {"name": "T", "form": "tree", "hole_length": 0.8, "hole_width": 0.8, "hole_depth": 0.7}
SHRUB = {"name": "S", "form": "shrub", "hole_length": 0.4, "hole_width": 0.4, "hole_depth": 0.4}
VINE = {"name": "V", "form": "climber"}
GRASS = {"name": "G", "form": "herb"}


def m(value: float, unit: str = "m") -> Traced:
    return measured(value, unit, "trace.bare")


def strip(length: float = 100.0, width: float = 3.0, **changed: Any) -> Strip:
    """A bench 3 m wide behind a wall 0.7 m wide that stands 0.5 m from its edge, a ditch taking 0.3 m."""
    facts: dict[str, Any] = {
        "subject": "slopes[0].works[0]", "field": "slopes[0]", "slope": "A", "number": 1, "name": "A B1",
        "material": "hard_rock", "width": m(width), "edge": m(0.5), "wall": m(0.7), "ditch": m(0.3),
        "area": m((width - 1.2) * length, "m2"), "length": m(length), "thickness": m(0.5), "lines": None,
    }  # fmt: skip
    return Strip(**(facts | changed))


def row(species: str, **changed: Any) -> dict[str, Any]:
    return {"species": species, "side": "outer", "offset": 0.75, "rows": 1, "spacing": 2.0} | changed


def design(rows: Sequence[dict[str, Any]] = (), seeds: Sequence[dict[str, Any]] = (), **scheme: Any) -> PlantingDesign:
    bench = {"name": "b", "spare": 0.1, "rows": rows, "seeds": seeds} | scheme
    return PlantingDesign.model_validate({"species": [TREE, SHRUB, VINE, GRASS], "benches": [bench]})


def work(record: PlantingDesign, *strips: Strip) -> PlantingResult:
    return plant(record, strips or (strip(),), {})


def only(found: PlantingResult) -> tuple[PlantedPlace, Stand]:
    return found.places[0], found.places[0].stands[0]


def test_a_row_has_one_plant_more_than_whole_spacings() -> None:
    """100 m at 2 m: 50 spacings, 51 plants; 99.9 m: 49 whole spacings, 50 plants."""
    assert only(work(design([row("T")])))[1].count.value == 51
    assert only(work(design([row("T")]), strip(99.9)))[1].count.value == 50


def test_shrubs_between_the_trees_begin_half_a_spacing_in() -> None:
    """Between 51 trees there are 50 places: floor((100 - 2)/2) + 1 = 50."""
    assert only(work(design([row("S", end_gap=1.0)])))[1].count.value == 50


def test_binary_noise_costs_no_plant() -> None:
    """1.0/0.2 is a hair off 5 in binary: 6 plants in a metre at 0.2 m."""
    assert only(work(design([row("V", spacing=0.2)]), strip(1.0)))[1].count.value == 6


def test_rows_add_up_and_pieces_count_by_themselves() -> None:
    """Two pieces of 30.5 m and 9 m at 2 m: 16 + 5 = 21 in a row, 42 in two; a crumb of 0.4 m holds none."""
    pieces = [np.array([[0.0, 0.0], [x, 0.0]]) for x in (30.5, 9.0, 0.4)]
    found = work(design([row("S", rows=2, row_spacing=0.6, offset=0.3)]), strip(lines=lambda distance: pieces))
    stand = only(found)[1]
    assert stand.count.value == 42
    assert [len(plants_along(line)) for line in stand.rows] == [21, 21]
    assert [line.across for line in stand.rows] == pytest.approx([0.3, 0.9])


def test_width_and_area_are_those_of_the_cover_less_the_ditch() -> None:
    """3.0 - 0.5 - 0.7 - 0.3 = 1.5 m; (3.0 - 1.2) x 100 - 100 x 0.3 = 150 m2; at 60 kg/hm2 0.9 kg of seed."""
    found = work(design([row("V")], [{"species": "G", "rate": 60.0}]))
    place = found.places[0]
    assert place.width is not None
    assert place.width.value == pytest.approx(1.5)
    assert place.area.value == pytest.approx(150.0)
    assert place.sown[0].mass.value == pytest.approx(0.9)
    assert found.layers["herb"].value == pytest.approx(150.0)


def test_a_stated_ditch_takes_the_place_of_the_network_s() -> None:
    found = work(design([row("V")], ditch_width=0.6))
    assert found.places[0].width is not None
    assert found.places[0].width.value == pytest.approx(1.2)


def test_rows_lie_where_they_are_said_to() -> None:
    """Outer: 0.5 + 0.7 + 0.4 = 1.6 m from the edge; inner: 3.0 - 0.3 - 0.4 = 2.3 m."""
    asked: list[float] = []

    def lines(distance: float) -> Sequence[np.ndarray]:
        asked.append(distance)
        return [np.array([[0.0, 0.0], [10.0, 0.0]])]

    work(design([row("S", offset=0.4), row("S", offset=0.4, side="inner")]), strip(lines=lines))
    assert asked == pytest.approx([1.6, 2.3])


def test_holes_are_parted_where_the_soil_ends() -> None:
    """51 holes of 0.8 x 0.8 x 0.7 m in 0.5 m of soil: 22.848 m3, 16.32 in the soil, 6.528 in the rock below."""
    found = work(design([row("T")]))
    stand = only(found)[1]
    assert stand.holes is not None and stand.in_soil is not None and stand.below is not None
    assert stand.holes.value == pytest.approx(22.848)
    assert stand.in_soil.value == pytest.approx(16.32)
    assert stand.below.value == pytest.approx(6.528)
    assert sum(number.value for number in found.pit_soil.values()) == pytest.approx(6.528)


def test_holes_in_soil_are_refilled_with_what_was_dug() -> None:
    found = work(design([row("T")]), strip(material="soil"))
    assert found.pit_soil == {}
    assert only(found)[1].below is not None


def test_holes_within_the_soil_need_none_of_their_own() -> None:
    stand = only(work(design([row("S")])))[1]
    assert stand.below is None
    assert stand.holes is not None
    assert stand.holes.value == pytest.approx(51 * 0.064)


def test_plants_for_replanting_are_rounded_up_scheme_by_scheme() -> None:
    """51 on each of two benches: 102 x 0.1 = 10.2, 11 more, 113 to be bought."""
    found = work(design([row("T")]), strip(), strip(number=2, name="A B2"))
    one = found.species[0]
    assert one.count is not None and one.spare is not None and one.bought is not None
    assert (one.count.value, one.spare.value, one.bought.value) == (102, 11, 113)
    assert found.trees.value == 102


def test_an_area_counts_whole_cells() -> None:
    """9000 m2 at 2 m x 3 m: 1500 plants; 45 kg/hm2: 40.5 kg."""
    record = PlantingDesign.model_validate({
        "species": [TREE, GRASS],
        "areas": [{"name": "a", "cover_area": "floor", "spare": 0.0,
                   "plants": [{"species": "T", "spacing": 2.0, "row_spacing": 3.0}],
                   "seeds": [{"species": "G", "rate": 45.0}]}],
    })  # fmt: skip
    plot = Plot(name="floor", place="pit_floor", rock=True, area=m(9000, "m2"), thickness=m(0.8))
    found = plant(record, (), {"planting.areas[0]": plot})
    assert found.places[0].stands[0].count.value == 1500
    assert found.places[0].sown[0].mass.value == pytest.approx(40.5)
    assert found.remarks[0].numbers["density"].value == pytest.approx(10000 / 6)


def test_spacing_of_trees_may_be_left_to_the_guide() -> None:
    """The guide's 2 m, cited, and said once however many benches there are."""
    found = work(design([row("T", spacing=None)]), strip(), strip(number=2, name="A B2"))
    stand = only(found)[1]
    assert stand.spacing.value == 2.0
    assert stand.spacing.source.provenance is Provenance.GUIDE  # type: ignore[attr-defined]
    assert [remark.text.key for remark in found.remarks] == ["planting.remark.spacing"]


def test_schemes_take_the_slopes_and_benches_they_name() -> None:
    record = PlantingDesign.model_validate({
        "species": [VINE],
        "benches": [{"name": "narrow", "benches": [1], "spare": 0, "rows": [row("V")]},
                    {"name": "other", "slopes": ["B"], "spare": 0, "rows": [row("V")]}],
    })  # fmt: skip
    found = work(record, strip(), strip(number=2, name="A B2"))
    assert [(p.name, p.scheme) for p in found.places] == [("A B1", "narrow")]
    assert [remark.text.key for remark in found.remarks] == ["planting.remark.no_bench"]


def test_two_schemes_for_one_bench_are_refused() -> None:
    both = [{"name": name, "spare": 0, "rows": [row("V")]} for name in ("one", "two")]
    record = PlantingDesign.model_validate({"species": [VINE], "benches": both})
    with pytest.raises(InputError) as error:
        work(record)
    assert error.value.field == "planting.benches[1].benches"


@pytest.mark.parametrize(
    "entry",
    [
        row("T", offset=0.39),  # its hole reaches under the wall
        row("T", offset=1.2),  # and here into the ditch: 1.2 + 0.4 > 1.5
        row("V", offset=0.1, rows=4, row_spacing=0.5),  # the fourth: 1.6 m > 1.5 m
    ],
)
def test_rows_without_room_fail_by_name_and_are_not_planted(entry: dict[str, Any]) -> None:
    found = work(design([entry]))
    missed = [check for check in found.checks if check.verdict is Verdict.FAIL]
    assert [check.field for check in missed] == ["planting.benches[0].rows[0].offset"]
    assert "A B1" in missed[0].title.render("en")
    (stand,) = found.places[0].stands
    assert len(stand.rows) == entry["rows"] - 1
    assert stand.count.value == sum(planted.count.value for planted in stand.rows)


def test_holes_that_meet_are_refused() -> None:
    with pytest.raises(InputError) as error:
        work(design([row("T", offset=0.5, spacing=0.7)]))  # holes of 0.8 m
    assert error.value.field == "planting.benches[0].rows[0].spacing"


def test_a_bench_narrower_than_a_hole_says_so() -> None:
    found = work(design([row("T", offset=0.3)], ditch_width=1.2))  # 0.6 m left for a hole of 0.8 m
    (check,) = (c for c in found.checks if c.verdict is Verdict.FAIL)
    assert "less than the hole" in check.required.render("en")  # type: ignore[union-attr]


def test_a_bench_without_room_is_left_bare_and_fails() -> None:
    found = work(design([row("V", offset=0.0)], ditch_width=1.8))
    assert not found.places
    assert [(c.verdict, c.field) for c in found.checks] == [(Verdict.FAIL, "planting.benches[0].ditch_width")]


def test_a_bench_too_short_for_its_gaps_says_so() -> None:
    found = work(design([row("V", end_gap=6.0)]), strip(10.0))
    assert only(found)[1].count.value == 0
    assert found.remarks[-1].text.key == "planting.remark.none_fits"


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.floats(1.0, 500.0), st.floats(0.1, 10.0), st.floats(0.0, 5.0))
def test_counted_plants_fit_and_one_more_does_not(length: float, spacing: float, gap: float) -> None:
    count = only(work(design([row("V", spacing=spacing, end_gap=gap)]), strip(length)))[1].count.value
    free = length - 2 * gap
    if free < 0:
        assert count == 0
        return
    assert (count - 1) * spacing <= free + 1e-6
    assert count * spacing > free - 1e-6


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.floats(1.5, 40.0), min_size=1, max_size=5), st.floats(0.3, 6.0))
def test_drawn_plants_are_the_counted_ones(lengths: list[float], spacing: float) -> None:
    pieces = [np.array([[0.0, i], [x / 2, i], [x, i]], dtype=float) for i, x in enumerate(lengths)]
    stand = only(work(design([row("V", spacing=spacing)]), strip(lines=lambda distance: pieces)))[1]
    assert len(plants_along(stand.rows[0])) == stand.count.value
    assert stand.count.value == sum(math.floor(x / spacing + 1e-9) + 1 for x in lengths)
