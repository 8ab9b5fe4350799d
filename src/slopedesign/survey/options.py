"""How a survey file is to be read; the names are those of the project's survey record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from slopedesign.errors import InputError
from slopedesign.i18n import message

FORMATS = ("auto", "cass", "csv", "dxf", "landxml", "asc", "geotiff", "las")
ENCODINGS = ("auto", "utf-8", "gbk")
COLUMN_ORDERS = ("auto", "E,N,Z", "N,E,Z")
UNITS = ("auto", "m", "ft", "us_ft")
DUPLICATES = ("ask", "first", "last", "mean", "highest", "lowest")


@dataclass(frozen=True, kw_only=True)
class SurveyOptions:
    """Choices of the designer; "auto" lets the file's content decide, and the report says what was decided.

    Attributes:
        layers: DXF layers taken as terrain, `*` and `?` allowed; empty: DGX, GCD, DMTZ.
        surface: name of the LandXML surface; needed where the file has several.
        breaklines: further files with 3D break lines (CASS with line codes, CSV, DXF).
        drop: point names, or rows as "row 12", left out on purpose.
        duplicates: which level holds where two points share a spot: "ask" stops and names them.
        text_levels: DXF TEXT whose content is a number is a level at its insertion point.
        classes: LAS classes taken as ground; 2 is ground.
    """

    format: str = "auto"
    encoding: str = "auto"
    column_order: str = "auto"
    unit: str = "auto"
    layers: tuple[str, ...] = ()
    surface: str = ""
    breaklines: tuple[Path | str, ...] = ()
    drop: tuple[str, ...] = ()
    duplicates: str = "ask"
    text_levels: bool = False
    classes: tuple[int, ...] = (2,)

    def __post_init__(self) -> None:
        allowed: Mapping[str, tuple[str, ...]] = {
            "format": FORMATS, "encoding": ENCODINGS, "column_order": COLUMN_ORDERS, "unit": UNITS,
            "duplicates": DUPLICATES,
        }  # fmt: skip
        for name, choices in allowed.items():
            if getattr(self, name) not in choices:
                raise InputError(name, getattr(self, name), message("survey.error.choice", choices=", ".join(choices)))
