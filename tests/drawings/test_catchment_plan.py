"""The sheet of divides: every catchment with its area, coefficient and time, on the packaged quarry laid out anew."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from slopedesign.calc.water import lines
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.layout import propose
from slopedesign.design import Design
from slopedesign.design.water import designed_grid, designed_surface, named_lines, slope_lines
from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.water_catchments import catchment_plan
from slopedesign.project.water import AutomaticNetwork


@pytest.fixture(scope="module")
def laid_out(design: Design) -> Design:
    """The quarry with its own ditches taken away and a layout asked for."""
    stated = design.project.water
    assert stated is not None
    auto = AutomaticNetwork(
        outlet=(533649.78, 3406388.23), drains_to="out", ditch_type=stated.network.types[0].name, chute_spacing=150.0,
        surface="hard_rock_slope", overland_surface="compacted", slope=0.005,
    )  # fmt: skip
    network = stated.network.model_copy(update={"reaches": (), "outlets": (), "automatic": auto})
    water = stated.model_copy(update={"network": network, "catchments": (), "ponds": (), "irrigation": None})
    surface = designed_surface(design.slopes, design.grounds)
    assert surface is not None
    layout = propose(auto, slope_lines(design.slopes), surface)
    result = design_water(water, designed_grid(surface, water.grid_cell), named_lines(design.slopes), surface, layout)
    project = design.project.model_copy(update={"water": water})
    return dataclasses.replace(design, project=project, water=result)


def test_the_layout_follows_every_bench_of_the_design(laid_out: Design) -> None:
    assert laid_out.water is not None and laid_out.water.layout is not None
    reaches = laid_out.water.layout.reaches
    every = named_lines(laid_out.slopes)
    for name in [name for name in every if "inner edge" in name or name.endswith("/toe")]:
        run = sum(abs((r.to_station or 0.0) - (r.from_station or 0.0)) for r in reaches if r.follows == name)
        assert run == pytest.approx(float(lines.stations_of(every[name])[-1])), name
    kinds = {r.kind for r in reaches}
    assert {"crest", "bench", "chute", "toe", "floor"} <= kinds


def test_every_catchment_is_on_its_sheet_with_its_numbers(laid_out: Design) -> None:
    sheets = catchment_plan(laid_out, None, Phrases("en"), "")
    assert sheets and laid_out.water is not None
    said = " ".join(item.content for sheet in sheets for item in sheet.items if hasattr(item, "content"))
    for c in laid_out.water.catchments:
        area, phi = f"F={c.inflow.area.value * 1e6:.0f} m2", f"phi={c.inflow.phi.value:.2f}"
        time = f"t={c.inflow.t_1.value + c.inflow.t_2.value:.1f} min"
        assert f"{c.record.name} {area} {phi} {time}" in said
    assert "D8" in said
    assert all(sheet.origin is None for sheet in sheets)  # the network's plan lies at the true coordinates


def test_divides_enclose_the_areas_they_are_labelled_with(laid_out: Design) -> None:
    assert laid_out.water is not None
    for c in laid_out.water.catchments:
        assert c.ground is not None
        x, y = (c.ground.divide - c.ground.divide.mean(axis=0)).T
        inside = abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2
        assert inside == pytest.approx(c.ground.area, rel=0.35)  # a divide of many pieces draws the largest


def test_catchments_without_a_place_get_no_sheet(design: Design) -> None:
    assert catchment_plan(design, None, Phrases("en"), "") == []
