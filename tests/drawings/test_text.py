"""Text: spelling for DXF, width bounds against the bundled font, line breaks."""

from __future__ import annotations

import string

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.drawings.text import char_width, dxf_text, in_gbk, shown_text, text_width, wrapped
from slopedesign.fonts import FAMILY, REGULAR


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("V = 12.5 m³", "V = 12.5 m3"), ("A = 3 m²", "A = 3 m2"), ("⌀16@300", "%%c16@300"), ("45°", "45%%d"),
        ("±0.000", "%%p0.000"), ("−1.5", "-1.5"), ("10⁻⁴", "10-4"), ("x^2", "x^ 2"), ("100%", "100%"), ("a%%c", "a%c"),
        ("two\nlines", "two lines"), ("φ ≤ 30", "φ ≤ 30"), ("K₀", "K0"), ("坡顶线", "坡顶线"),
        ("𪨶", "\\U+2AA36"), ("bell\x07", "bell"),
    ],
)  # fmt: skip
def test_spelling(text: str, written: str) -> None:
    assert dxf_text(text) == written


@given(st.text(max_size=40))
def test_written_text_is_gbk_and_one_line(text: str) -> None:
    written = dxf_text(text)
    assert in_gbk(written)
    assert not any(c in written for c in "\n\r\t")


def test_shown_text_resolves_codes() -> None:
    assert shown_text(dxf_text("⌀16 45° ±0.5 x^2")) == "Ø16 45° ±0.5 x^2"


def test_widths_bound_the_bundled_font() -> None:
    """Drawn with full-width characters as wide as high, no character is wider than measured."""
    font = TTFont(REGULAR)
    cmap, advance = font.getBestCmap(), font["hmtx"]
    full = advance[cmap[ord("国")]][0]
    for char in string.printable.strip() + "°±ØαβγφΣ≤≥国土":
        assert advance[cmap[ord(char)]][0] / full <= char_width(char) + 1e-9, char


def test_bundled_font_has_what_sheets_use() -> None:
    font = TTFont(REGULAR)
    cmap = font.getBestCmap()
    assert str(font["name"].getDebugName(1)) == FAMILY
    assert all(ord(c) in cmap for c in "−²³⁻⁰₀⌀Φαβγφ≤≥±°㎡坡黏砼‰①")
    assert all(ord(bytes((0xB0, c)).decode("gb2312")) in cmap for c in range(0xA1, 0xFF))
    assert REGULAR.with_name("OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") == 1


def test_wrapping_keeps_words_and_punctuation() -> None:
    lines = wrapped("挡墙外墙脚距平台外缘 0.50 m，沿平台外缘线布置。", 2.5, 30)
    assert "".join(lines).replace(" ", "") == "挡墙外墙脚距平台外缘0.50m，沿平台外缘线布置。"
    assert all(text_width(line.rstrip("，。"), 2.5) <= 30 for line in lines)
    assert not any(line.startswith(("，", "。")) for line in lines)
    assert any("0.50" in line for line in lines)
    assert wrapped("", 2.5, 30) == [""]
