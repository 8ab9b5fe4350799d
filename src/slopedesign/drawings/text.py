"""Text of a sheet: what DXF readers can show, how wide it comes out, and in which style it is written.

CAD programs here read Chinese by code page GBK, and the Chinese SHX fonts hold little beyond it. So every string passes
`dxf_text` before it is written: signs outside GBK are spelt with the codes all readers know (%%c, %%d, %%p) or plainly.

Widths are upper bounds for the fonts a sheet may meet (gbenor + gbcbig, and the bundled TrueType font drawn with its
full-width characters as wide as they are high), so that text measured free of overlap stays free of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

HorizontalAlign = Literal["left", "center", "right"]
VerticalAlign = Literal["base", "middle", "top"]

_SPELT = {
    "²": "2", "³": "3", "¹": "1", "⁰": "0", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-",
    "⁺": "+", "ⁿ": "n", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9", "−": "-", "‑": "-", "‐": "-", "⌀": "%%c", "Ø": "%%c", "ø": "%%c", "°": "%%d", "±": "%%p", "㎥": "m3",
    "µ": "μ", "ϕ": "φ", "ϵ": "ε", "•": "·", "⋅": "·", "≦": "≤", "≧": "≥", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
    "✓": "√", "–": "-", "↑": "↑",
}  # fmt: skip
_CODES = {"c": "Ø", "d": "°", "p": "±"}

_NARROW, _HALF = set("iIjl.,:;'!|"), set('()[]{}/\\-"*frt ')
_WIDE = set("WMmw@%&")
_CLOSING = set("\uff0c\u3002\uff1b\uff1a\u3001\uff09\u3011\u300b\u201d\u2019%")
SMALLEST = 2.5
"""Height of the smallest text of a sheet [mm]; what is lower does not survive copying."""
CAP_TO_TOP, BASE_TO_BOTTOM = 1.15, 0.25
"""How far glyphs reach above and below the baseline, in text heights (Chinese characters overshoot the capitals)."""


def dxf_text(text: str) -> str:
    """A string as it is written into a DXF file: one line, GBK or %% codes only.

    A character neither in GBK nor in our list of spellings is written as \\U+XXXX, which CAD programs resolve.
    """
    plain = " ".join(text.split())
    plain = re.sub("%{2,}", "%", plain).replace("^", "^ ")
    return "".join(_written(c) for c in plain)


@cache
def _written(char: str) -> str:
    if char in _SPELT:
        return _SPELT[char]
    if unicodedata.category(char).startswith("C"):
        return ""
    return char if in_gbk(char) else f"\\U+{ord(char):04X}"


def in_gbk(text: str) -> bool:
    """Whether the code page of Chinese CAD holds every character."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def shown_text(written: str) -> str:
    """What a reader sees of a written string: %% codes and \\U+ escapes resolved."""
    shown = re.sub(r"%%([cdpCDP])", lambda match: _CODES[match[1].lower()], written)
    shown = re.sub(r"\\U\+([0-9A-Fa-f]{4,5})", lambda match: chr(int(match[1], 16)), shown)
    return shown.replace("^ ", "^")


@cache
def char_width(char: str) -> float:
    """Widest advance of a character, in text heights."""
    if ord(char) > 0x7F:
        return 0.55 if char == "°" else 1.0
    if char in _NARROW:
        return 0.42
    if char in _HALF:
        return 0.52
    if char in _WIDE:
        return 1.0
    return 0.78 if char.isupper() else 0.70


def text_width(text: str, height: float) -> float:
    """Width of one line of text [same unit as `height`]; an upper bound over the fonts a sheet may meet."""
    return height * sum(char_width(c) for c in shown_text(dxf_text(text)))


def wrapped(text: str, height: float, width: float) -> list[str]:
    """The text in lines no wider than `width`; Chinese breaks anywhere, words and numbers stay whole.

    Closing punctuation never starts a line.
    """
    pieces = re.findall(r"[!-~]+ ?|\s|[^!-~\s]", text)
    lines, line = [], ""
    for piece in pieces:
        room = text_width(line + piece.rstrip(), height) <= width
        if line and not room and piece not in _CLOSING:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


@dataclass(frozen=True)
class TextStyle:
    """A text style of the file: SHX pair or TrueType font, and the width factor it is drawn with."""

    name: str
    font: str
    bigfont: str = ""
    width: float = 1.0
    family: str = ""


BODY, TITLE = "SD-TEXT", "SD-TITLE"


def text_styles(font: str) -> tuple[TextStyle, ...]:
    """The styles of a file, for the choice "shx" (national-standard pair) or "truetype"."""
    if font == "truetype":
        return (
            TextStyle(BODY, "simfang.ttf", width=0.7, family="FangSong"),
            TextStyle(TITLE, "simhei.ttf", width=0.7, family="SimHei"),
        )
    return (
        TextStyle(BODY, "gbenor.shx", "gbcbig.shx"),
        TextStyle(TITLE, "gbenor.shx", "gbcbig.shx"),
    )
