"""A formula row read a third time: as a spreadsheet formula on the cells that hold its inputs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping

from slopedesign.standards.formula import Printer, Step
from slopedesign.standards.trace import Total, Traced

MAX_LENGTH = 8000
"""Spreadsheets take formulas of at most 8192 characters."""

_NAMES = {
    "sqrt": "SQRT", "sin": "SIN", "cos": "COS", "tan": "TAN", "asin": "ASIN", "acos": "ACOS", "atan": "ATAN",
    "exp": "EXP", "log": "LN", "log10": "LOG10", "radians": "RADIANS", "degrees": "DEGREES", "max": "MAX",
    "min": "MIN", "abs": "ABS",
}  # fmt: skip

_RANK = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.Pow: 3}
"""How tightly a spreadsheet binds: x and / alike, worked from the left, so that a/(b/c) keeps its brackets."""


class _Excel(Printer):
    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__({}, None)
        self.places = places

    def symbol(self, name: str) -> str:
        return "PI()" if name == "pi" else self.places[name]

    def bracket(self, inside: str) -> str:
        return f"({inside})"

    def visit_Constant(self, node: ast.Constant) -> str:
        return repr(node.value)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str:
        return f"(-{self.bracket(self.visit(node.operand))})"

    def visit_BinOp(self, node: ast.BinOp) -> str:
        signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
        sign = signs.get(type(node.op))
        if sign is None:
            return self.generic_visit(node.op)
        rank = _RANK[type(node.op)]
        return f"{self._operand(node.left, rank)}{sign}{self._operand(node.right, rank + (sign in '-/^'))}"

    def _operand(self, node: ast.expr, rank: int) -> str:
        """An operand, in brackets where the sheet would otherwise work it later than the formula does."""
        inside = self.visit(node)
        return self.bracket(inside) if isinstance(node, ast.BinOp) and _RANK[type(node.op)] < rank else inside

    def call(self, name: str, arguments: list[str]) -> str:
        if name in ("ceil", "floor"):  # a hair off a whole number is not another piece, as in the formula row
            whole = f"ROUND({arguments[0]},9)"
            return f"(-INT(-{whole}))" if name == "ceil" else f"INT({whole})"
        return f"{_NAMES[name]}({','.join(arguments)})"


def live_formula(number: Traced, cells: Mapping[int, str]) -> str | None:
    """Spreadsheet formula of a number, on cells where its inputs stand; None where it is a plain number.

    Args:
        cells: `id` of a traced number -> the cell that holds it ("'walls'!D5").
    """
    if isinstance(number, Step | Total):
        text = _expression(number, cells, top=True)
        return f"={text}" if len(text) <= MAX_LENGTH else None
    return None


def _expression(number: Traced, cells: Mapping[int, str], *, top: bool = False) -> str:
    if not top and id(number) in cells:
        return cells[id(number)]
    if isinstance(number, Step):
        places = {name: _expression(part, cells) for name, part in number.values.items()}
        text = _Excel(places).visit(number.formula.tree)
        return text if top else f"({text})"
    if isinstance(number, Total):
        if not number.parts:
            return "0"
        text = _sum([_expression(part, cells) for part in number.parts.values()])
        return text if top else f"({text})"
    return repr(number.value) if number.value >= 0 else f"({number.value!r})"


_CELL = re.compile(r"('[^']+'!)([A-Z]+)(\d+)$")


def _sum(places: Iterable[str]) -> str:
    """a + b + c, with runs of one column drawn together into ranges."""
    found: list[str] = []
    run: list[tuple[str, str, int]] = []

    def close() -> None:
        if run:
            (sheet, column, first), last = run[0], run[-1][2]
            one = f"{sheet}{column}{first}"
            found.append(one if first == last else f"SUM({one}:{column}{last})")
            run.clear()

    for place in places:
        match = _CELL.match(place)
        if match is None:
            close()
            found.append(place)
            continue
        cell = (match[1], match[2], int(match[3]))
        if run and (cell[:2] != run[-1][:2] or cell[2] != run[-1][2] + 1):
            close()
        run.append(cell)
    close()
    return "+".join(found)
