"""Searches: they find the published minimum, say what they met, and do not depend on their own settings."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.calc.stability.book import calculation
from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.model import prepare
from slopedesign.calc.stability.polylines import ShapeSettings
from slopedesign.calc.stability.search import critical_circle, critical_shape, stated_surface
from slopedesign.calc.stability.section import Crack, Layer, PointLoad, Section
from slopedesign.calc.stability.solve import METHODS, Method, Outcome
from slopedesign.errors import InputError

from .build import GROUND, simple, soil

YAMAGAMI = [[0, 5], [5, 5], [15, 10], [25, 10]]
TALUS = [[0, 15], [35, 15], [73, 34], [128, 34]]


def talus() -> Section:
    """Cohesionless fill on clay (Duncan & Wright 2005, fig. 14.7), in feet and pounds."""
    return Section(
        ground=TALUS, layers=(
            Layer(top=TALUS, material=soil(0.0, 30.0, 124.0)),
            Layer(top=[[0, 15], [128, 15]], material=soil(500.0, 0.0, 98.0)),
        ), base=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "printed"),
    [("ordinary", 0.942), ("bishop", 0.985), ("janbu_corrected", 0.986), ("spencer", 0.984), ("mp", 0.984)],
)
def test_critical_circle_of_acads_1a(method: Method, printed: float) -> None:
    """ACADS EX1(a), as printed by the verification pages of xslope for its own 50 slices."""
    found = critical_circle(simple(), method)
    assert found.fos == pytest.approx(printed, rel=2e-3)
    assert found.change is not None and abs(found.change.relative) < 1e-3
    assert found.trials == sum(found.tally.values())
    assert 0 < found.solved_share <= 1


def test_result_says_what_the_trials_came_to() -> None:
    found = critical_circle(simple(base=24.0), "bishop")
    assert found.tally[Outcome.SOLVED] > 500
    assert set(found.tally) - {Outcome.SOLVED}
    assert found.factor_map is not None
    assert np.nanmin(found.factor_map.fos) >= (found.fos or 0) * (1 - 1e-3)
    assert found.deep is not None and found.deep.points[:, 1].min() >= 24.0 - 1e-6


def test_skin_and_deep_slide_are_two_results() -> None:
    found = critical_circle(talus(), "bishop")
    assert found.skin is not None
    assert found.skin.fos.value == pytest.approx(np.tan(np.radians(30)) * 2.0, rel=1e-9)  # tan 30 / tan 26.57
    assert found.fos == pytest.approx(found.skin.fos.value, rel=2e-3)
    assert "min_depth" in found.on_limits[0]
    assert any("least depth" in remark.text.render("en") for remark in found.remarks)
    # 1.23 by Slide2, 1.223 by xslope
    assert found.deep is not None and found.deep.fos == pytest.approx(1.2265, rel=5e-3)


def test_least_depth_is_obeyed_and_the_factor_rises_with_it() -> None:
    fos = []
    for depth in (0.5, 2.0, 5.0):
        found = critical_circle(talus(), "bishop", SearchSettings(min_depth=depth))
        assert all(surface.depth >= depth * (1 - 1e-6) for surface in found.surfaces)
        fos.append(found.fos)
    assert fos[0] < fos[1] < fos[2]


def test_minimum_on_a_search_limit_is_said() -> None:
    found = critical_circle(simple(), "bishop", SearchSettings(exit_range=(32.0, 45.0)))
    assert "exit_limit" in found.on_limits[0]
    assert any("limit of the search" in remark.text.render("en") for remark in found.remarks)
    free = critical_circle(simple(), "bishop").fos
    assert found.fos is not None and free is not None and found.fos > free


def test_section_without_a_valid_surface_says_so_and_why() -> None:
    flat = simple(ground=[[0.0, 0.0], [100.0, 0.0]])
    found = critical_circle(flat, "bishop", SearchSettings(min_depth=5.0))
    assert found.critical is None and found.fos is None
    assert "no valid slip surface" in found.remarks[0].text.render("en")
    shape = critical_shape(flat, settings=ShapeSettings(min_depth=5.0, rounds=2, polish=0))
    assert shape.critical is None and shape.remarks


def test_narrower_search_never_finds_less() -> None:
    wide, narrow = (
        critical_circle(simple(soil(10.0, 15.0)), "bishop", SearchSettings(entry_range=r)).fos
        for r in (None, (40.0, 60.0))
    )
    assert wide is not None and narrow is not None and narrow >= wide * (1 - 1e-4)


def test_any_shape_finds_the_published_minimum_whatever_the_seed() -> None:
    """Yamagami & Ueta 1988: Slide2 1.325, Greco 1.33, the authors 1.339."""
    section = simple(soil(9.8, 10.0, 17.64), YAMAGAMI, base=0.0)
    found = [
        critical_shape(section, "spencer", ShapeSettings(seed=seed, polish=2)).fos or 9.9 for seed in (1, 2)
    ]  # fmt: skip
    assert max(found) <= 1.325 * 1.005
    assert max(found) / min(found) - 1 < 1e-3
    circle = critical_circle(section, "spencer").fos
    assert circle is not None and max(found) < circle


def test_any_shape_follows_a_weak_seam() -> None:
    seam = [[0.0, 22.0], [90.0, 22.0]]
    under = [[0.0, 21.5], [90.0, 21.5]]
    section = Section(
        ground=GROUND, layers=(
            Layer(top=GROUND, material=soil(15.0, 25.0)), Layer(top=seam, material=soil(0.0, 8.0)),
            Layer(top=under, material=soil(30.0, 30.0)),
        ), base=15.0,
    )  # fmt: skip
    found = critical_shape(section, "spencer", ShapeSettings(rounds=20, polish=1, vertices=(9,)))
    assert found.critical is not None
    in_seam = (found.critical.slices.material == 1) @ found.critical.slices.width / found.critical.slices.width.sum()
    assert in_seam > 0.4
    assert found.fos is not None and found.fos < (critical_circle(section, "spencer").fos or 0)


def test_any_shape_needs_a_method_without_centre() -> None:
    with pytest.raises(InputError, match="centre"):
        critical_shape(simple(), "bishop")


def test_composite_surface_follows_the_rock() -> None:
    section = simple(soil(5.0, 15.0), base=24.0)
    cut_off = critical_circle(section, "spencer", SearchSettings(composite=True))
    whole = critical_circle(section, "spencer")
    assert cut_off.fos is not None and whole.fos is not None
    assert cut_off.fos <= whole.fos * (1 + 1e-3)
    assert cut_off.critical is not None and cut_off.critical.points[:, 1].min() >= 24.0 - 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_calculation_gives_the_factor_slice_by_slice(method: Method) -> None:
    section = simple(
        piezo=[[0, 25], [45, 28], [90, 31]], kh=0.05, crack=Crack(depth=1.0, water=0.5),
        loads=(PointLoad(x=52.0, down=5.0),),
    )  # fmt: skip
    model = prepare(section)
    surface = stated_surface(model, method, circle=(36.0, 50.0, 28.0))
    book = calculation(model, surface, 30)
    assert book.fos.value == pytest.approx(surface.fos, rel=3e-3)
    # lever arms of the arc, slices of its chords: a few 1e-4 with so few slices
    assert book.fos.value == pytest.approx(book.surface.fos, rel=5e-4)
    if "m" in book.slices[0].steps and method != "janbu_corrected":
        assert book.slices[0].steps["m"].inputs["F_s"].value == pytest.approx(book.fos.value, rel=1e-6)
    if book.resisting is not None and book.driving is not None:
        assert len(book.resisting.parts) == len(book.slices)
    else:
        assert abs(book.closing["force"].value) < 1e-6 * book.surface.slices.weight.sum()
    for row in book.slices:
        for step in row.steps.values():
            assert step.plain() and step.latex()


def test_calculation_of_a_dry_circle_is_in_the_rows_of_the_standard() -> None:
    model = prepare(simple())
    book = calculation(model, stated_surface(model, "bishop", circle=(36.0, 50.0, 28.0)), 25)
    assert book.by_standard
    assert str(book.slices[0].steps["R"].formula.source) == "GB 50330-2013 A.0.1-1"
    assert book.fos.value == pytest.approx(book.final_fos, rel=2e-3)
