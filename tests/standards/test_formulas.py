"""Every formula row of the program: it prints, its names and units agree, and it refuses wrong names."""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
from functools import cache

import pytest
import sympy as sp
from matplotlib.mathtext import MathTextParser

import slopedesign.calc
import slopedesign.standards
from slopedesign.errors import FormulaError, OutOfRange
from slopedesign.standards.formula import FUNCTIONS, Formula, Var, formulas_of
from slopedesign.standards.trace import OWN


def _rows() -> dict[str, Formula]:
    """Each row once, by the module that declares it and its name."""
    found: dict[int, tuple[str, Formula]] = {}
    for package in (slopedesign.standards, slopedesign.calc):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = importlib.import_module(info.name)
            for name, row in formulas_of(module).items():
                found.setdefault(id(row), (f"{info.name.removeprefix('slopedesign.')}.{name}", row))
            for holder in vars(module).values():  # rows kept in a mapping
                if isinstance(holder, dict):
                    for key, row in holder.items():
                        if isinstance(row, Formula):
                            found.setdefault(id(row), (f"{info.name.removeprefix('slopedesign.')}[{key}]", row))
    return dict(found.values())


ROWS = _rows()
each_row = pytest.mark.parametrize("name", ROWS)

# units in the base of length, force, time and mass; an angle is a number -------------------------------------------

M, KN, S, KG = sp.symbols("m_ kN_ s_ kg_", positive=True)
_R = sp.Rational
BASE = {
    "m": M, "mm": M / 1000, "cm": M / 100, "km": M * 1000, "hm2": M**2 * 10000, "mu": M**2 * _R(2000, 3),
    "L": M**3 / 1000, "kN": KN, "N": KN / 1000, "MN": KN * 1000, "kPa": KN / M**2, "MPa": KN * 1000 / M**2,
    "Pa": KN / M**2 / 1000, "kW": KN * M / S, "s": S, "min": S * 60, "h": S * 3600, "d": S * 86400,
    "a": S * 86400 * 365, "kg": KG, "t": KG * 1000, "g": KG / 1000,
    "CNY": sp.Symbol("yuan", positive=True),
    "-": sp.Integer(1), "piece": sp.Integer(1), "plant": sp.Integer(1), "row": sp.Integer(1),
    "%": _R(1, 100), "deg": sp.Integer(1), "rad": sp.Integer(1),
}  # fmt: skip


@cache
def dimension(unit: str) -> sp.Expr:
    """A unit ("kN/m3", "m3/s", "kN m/m") as a product of base units."""
    if unit in BASE:
        return BASE[unit]
    above, *below = unit.split("/")
    product = sp.Integer(1)
    for part in above.replace("*", " ").replace("·", " ").split():
        product *= sp.Integer(1) if part == "1" else _power(part)
    for parts in below:
        for part in parts.replace("*", " ").replace("·", " ").strip("()").split():
            product /= _power(part)
    return product


def _power(part: str) -> sp.Expr:
    if part in BASE:
        return BASE[part]
    if part[:-1] in BASE and part[-1].isdigit():
        return BASE[part[:-1]] ** int(part[-1])
    raise KeyError(part)


class UnitError(AssertionError):
    """Two sides of different dimension."""


def unit_of(node: sp.Basic, names: dict[str, sp.Expr]) -> sp.Expr:
    """Dimension of an unevaluated expression.

    Raises:
        UnitError: unlike things are added or compared, or a function takes a quantity that is no number.
    """
    if node.is_Number or node.is_NumberSymbol:
        return sp.Integer(1)
    if isinstance(node, sp.Symbol):
        return names[node.name]
    if isinstance(node, sp.Add | sp.Max | sp.Min) or node.func.__name__ in ("max", "min"):
        units = [unit_of(side, names) for side in node.args if not side.is_zero]
        if any(not sp.simplify(unit / units[0]).is_number for unit in units):
            raise UnitError(f"{node}: {units}")
        return units[0] if units else sp.Integer(1)
    if isinstance(node, sp.Mul):
        return sp.Mul(*(unit_of(side, names) for side in node.args))
    if isinstance(node, sp.Pow):
        base, power = node.args
        if not unit_of(power, names).is_number:
            raise UnitError(f"{node}: a power is a number")
        unit = unit_of(base, names)
        if unit.is_number:
            return sp.Integer(1)
        if not power.is_Number:
            raise UnitError(f"{node}: {base} has a unit and an open power")
        return unit**power
    inner = [unit_of(side, names) for side in node.args]
    kind = node.func.__name__
    if kind in ("sqrt_",):
        return sp.sqrt(inner[0])
    if kind in ("abs_", "Abs"):
        return inner[0]
    if any(not unit.is_number for unit in inner):
        raise UnitError(f"{kind} of {inner}")
    return sp.Integer(1)


def expression(row: Formula) -> sp.Expr:
    """The row's text as sympy reads it, nothing simplified (a difference must not vanish before it is looked at)."""
    scope: dict[str, object] = {name: sp.Symbol(name, positive=True) for name in row.names}
    scope |= {name: sp.Function(f"{name}_" if name in ("sqrt", "abs") else name) for name in FUNCTIONS if name != "pi"}
    scope |= {"pi": sp.pi}
    with sp.evaluate(False):
        return sp.sympify(eval(row.text, {"__builtins__": {}}, scope), evaluate=False)


def test_there_are_rows() -> None:
    assert len(ROWS) > 50


@each_row
def test_names_agree_and_wrong_ones_are_refused(name: str) -> None:
    row = ROWS[name]
    assert row.names | {row.gives} == set(row.variables)
    with pytest.raises(FormulaError):
        row.number(**dict.fromkeys(row.names, 1.0), no_such_name=1.0)
    if row.names:
        with pytest.raises(FormulaError):
            row.number(**dict.fromkeys(list(row.names)[1:], 1.0))


@each_row
def test_row_says_where_it_stands(name: str) -> None:
    row = ROWS[name]
    assert row.source.standard
    assert row.source.provenance.value != "user"


@each_row
def test_row_prints(name: str) -> None:
    row = ROWS[name]
    numbers = dict.fromkeys(row.names, 1.5)
    parser = MathTextParser("agg")
    left = row.variables[row.gives].symbol
    for right in (row.latex(), row.latex(numbers), row.latex(dict.fromkeys(row.names, -1.5))):
        parser.parse(f"${left} = {right}$")
    for text in (row.plain(), row.plain(numbers)):
        assert text and "\\" not in text and "{" not in text


@each_row
def test_units_of_both_sides_agree(name: str) -> None:
    agree(ROWS[name])


def agree(row: Formula) -> None:
    names = {n: dimension(row.variables[n].unit) for n in row.names}
    result = dimension(row.variables[row.gives].unit)
    if not row.homogeneous:
        return
    ratio = sp.simplify(unit_of(expression(row), names) / result)
    assert ratio.is_number, f"{row}: both sides differ by {ratio}"
    if ratio != 1:  # millimetres among metres: the text must hold the constant that turns one into the other
        constants = {abs(sp.nsimplify(n.value)) for n in ast.walk(row.tree) if isinstance(n, ast.Constant) and n.value}
        turned = constants | {1 / n for n in constants}
        turned |= {a * b for a in turned for b in turned}
        assert any(sp.simplify(ratio * n) == 1 for n in turned), f"{row}: {ratio} is lost between its units"


@pytest.mark.parametrize(("text", "units"), [
    ("a + b", {"x": "m", "a": "m", "b": "m2"}), ("a*b", {"x": "m", "a": "m", "b": "m"}),
    ("a", {"x": "m", "a": "mm"}), ("sin(a)", {"x": "-", "a": "m"}), ("max(a, b)", {"x": "m", "a": "m", "b": "kN"}),
    ("a*b - a", {"x": "kN", "a": "kN", "b": "m"}), ("a/1000", {"x": "m", "a": "cm"}),
])  # fmt: skip
def test_wrong_units_are_found(text: str, units: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        agree(Formula(OWN, "x", text, **{n: Var(n, unit) for n, unit in units.items()}))


@each_row
def test_number_is_the_expression_sympy_reads(name: str) -> None:
    """The compiled text and sympy's reading of it give one number (checked at one point inside the range)."""
    row = ROWS[name]
    point = {n: 0.7 + 0.3 * i for i, n in enumerate(sorted(row.names))}
    try:
        number = row.number(**point)
    except OutOfRange:
        return
    functions = {
        name: getattr(sp, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "sqrt")
    }
    functions |= {
        "radians": lambda x: x * sp.pi / 180, "degrees": lambda x: x * 180 / sp.pi, "max": sp.Max, "min": sp.Min,
        "abs": sp.Abs, "ceil": sp.ceiling, "floor": sp.floor, "log10": lambda x: sp.log(x, 10), "pi": sp.pi,
    }  # fmt: skip
    scope = functions | {n: sp.Float(value, 30) for n, value in point.items()}
    read = float(eval(row.text, {"__builtins__": {}}, scope))
    assert math.isclose(number, read, rel_tol=1e-9, abs_tol=1e-9)
