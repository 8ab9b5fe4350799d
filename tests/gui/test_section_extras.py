"""Ditches where a section crosses them, plants on soil, nothing drawn that is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from driving import section_page

from slopedesign.gui.canvas import _HandleItem
from slopedesign.gui.section_extras import crossings
from slopedesign.gui.section_handles import SectionHandles
from slopedesign.gui.section_scene import draw
from slopedesign.gui.window import Window

Make = Callable[..., Window]


def test_a_path_crosses_a_line_where_geometry_says() -> None:
    path = np.array([[0.0, 10.0, 100.0], [20.0, 10.0, 102.0]])
    line = np.array([[5.0, 0.0], [5.0, 30.0]])
    assert crossings_of(path, line) == [pytest.approx((10.0, 100.5, 1.0))]
    slanted = np.array([[0.0, 0.0], [30.0, 30.0]])
    (at, level, sine), *none = crossings_of(path, slanted)
    assert not none
    assert (at, level, sine) == pytest.approx((10.0 * np.sqrt(2), 101.0, np.sqrt(0.5)))
    assert crossings_of(path, np.array([[0.0, 12.0], [30.0, 12.0]])) == []
    assert crossings_of(path, np.array([[0.0, 9.0], [20.0, 11.0]])) == []  # along the ditch: no cross section of it


def crossings_of(path: np.ndarray, line: np.ndarray) -> list[tuple[float, float, float]]:
    return list(crossings(path, line))


def test_plants_stand_on_the_soil(make_window: Make) -> None:
    window = make_window(walls=True)
    picture = section_page(window).picture
    assert picture.plants
    for (_, feet), cover in zip(picture.plants, picture.covers, strict=True):
        assert np.all((feet[:, 0] > cover[:, 0].min()) & (feet[:, 0] < cover[:, 0].max()))
        assert np.all(feet[:, 1] <= cover[:, 1].max() + 1e-9)


def test_a_section_without_cut_says_so_and_offers_the_line(make_window: Make) -> None:
    window = make_window()
    page = section_page(window)
    bare = replace(page.picture, cut=(), area=0.0)
    draw(page.canvas, bare, "zh_CN")
    assert "无开挖" in page.canvas._heading[1]
    words = [item.text() for item in page.canvas.scene().items() if hasattr(item, "text")]
    assert not any("H =" in one for one in words)
    SectionHandles(page.canvas, window.document, "slopes[0]", None, lambda _: None).place(bare, np.array([0.0, 1.0]))
    names = [i.handle.name for i in page.canvas.scene().items() if isinstance(i, _HandleItem)]
    assert names == ["toe"]
