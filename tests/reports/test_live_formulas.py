"""A number in the workbook, worked again by a spreadsheet, stays the number it was."""

from __future__ import annotations

import importlib
import math
import pkgutil
import random
import re

import pytest

import slopedesign.calc
import slopedesign.standards
from slopedesign.calc.roads import DENSITY
from slopedesign.errors import OutOfRange
from slopedesign.reports.excel_formula import live_formula
from slopedesign.standards.formula import Formula, Var, formulas_of
from slopedesign.standards.trace import OWN
from spreadsheet import Sheets


def _rows() -> dict[str, Formula]:
    found: dict[str, Formula] = {}
    for package in (slopedesign.standards, slopedesign.calc):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, row in formulas_of(importlib.import_module(info.name)).items():
                found[f"{info.name.removeprefix('slopedesign.')}.{name}"] = row
    return found


ROWS = _rows()


@pytest.mark.parametrize("name", ROWS)
def test_every_formula_row_reads_the_same_in_a_spreadsheet(name: str) -> None:
    row, numbers, worked = ROWS[name], random.Random(name), 0
    for attempt in range(300):
        widest = (1.0, 3.0, 30.0)[attempt % 3]
        try:
            step = row.at(**{variable: numbers.uniform(0.05, widest) for variable in row.names})
        except OutOfRange:
            continue
        formula = live_formula(step, {})
        assert formula is not None
        assert Sheets({}).work(formula) == pytest.approx(step.value, rel=1e-9, abs=1e-9), formula
        worked += 1
        if worked == 5:
            return


def test_a_density_is_kilometres_over_square_kilometres() -> None:
    """The guide's anchor: 1.30 km of road on 0.40 km2 are 3.25 km/km2."""
    formula = live_formula(DENSITY.at(L=1300.0, A=400_000.0), {})
    assert formula is not None
    assert Sheets({}).work(formula) == pytest.approx(3.25, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "worth"),
    [("a/(b/c)", 12 / (6 / 3)), ("a/(b*c)", 12 / (6 * 3)), ("a/b/c", 12 / 6 / 3), ("a - (b - c)", 12 - (6 - 3)),
     ("a/(b*c**2/d)", 12 / (6 * 9 / 2)), ("a*(b/c)", 12 * (6 / 3)), ("-d**2", -4.0), ("(-d)**2", 4.0),
     ("d**c**d", 2.0**9), ("(d**c)**d", 8.0**2), ("a**-d", 1 / 144), ("2 - -c", 5.0),
     ("ceil(a/b/d)", 1.0), ("floor(b/c)", 2.0),
     ("ceil(-a/(b*c))", 0.0), ("floor(-a/(b*c))", -1.0)],
)  # fmt: skip
def test_brackets_stand_where_a_spreadsheet_needs_them(text: str, worth: float) -> None:
    used = {name: Var(name, "-") for name in "abcd" if name in re.findall(r"\w+", text)}
    row = Formula(OWN, "y", text, homogeneous=False, y=Var("y", "-"), **used)
    given = {"a": 12.0, "b": 6.0, "c": 3.0, "d": 2.0}
    formula = live_formula(row.at(**{name: given[name] for name in row.names}), {})
    assert formula is not None
    assert Sheets({}).work(formula) == pytest.approx(worth, rel=1e-12)


def test_a_hair_over_a_whole_number_is_not_another_piece() -> None:
    row = Formula(OWN, "n", "ceil(L/s)", homogeneous=False, n=Var("n", "-"), L=Var("L", "m"), s=Var("s", "m"))
    formula = live_formula(row.at(L=2.1, s=0.7), {})  # 3.0000000000000004 in binary
    assert formula is not None and math.ceil(2.1 / 0.7) == 4
    assert Sheets({}).work(formula) == 3.0
