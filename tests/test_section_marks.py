"""Sections of several slopes on one site are numbered apart."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from slopedesign.design.slopes import section_mark


def slope(name: str, ground: str = "G", spacing: float | None = 20.0, variant_of: str = "") -> Any:
    return SimpleNamespace(name=name, ground=ground, variant_of=variant_of, sections=SimpleNamespace(spacing=spacing))


def marks(*slopes: Any) -> list[str]:
    return [section_mark(cast(Any, slopes), one) for one in slopes]


def test_one_slope_has_plain_numbers() -> None:
    assert marks(slope("N")) == [""]
    assert marks(slope("N"), slope("N2", variant_of="N")) == ["", ""]


def test_several_slopes_have_letters_and_variants_those_of_their_slope() -> None:
    assert marks(slope("N"), slope("S"), slope("S2", variant_of="S")) == ["A", "B", "B"]


def test_slopes_without_numbered_sections_take_no_letter() -> None:
    assert marks(slope("N"), slope("T", ground=""), slope("D", spacing=None), slope("S")) == ["A", "", "", "B"]


def test_no_two_of_many_are_alike() -> None:
    many = [slope(str(i)) for i in range(60)]
    assert len(set(marks(*many))) == 60
