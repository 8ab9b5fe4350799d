"""Formulas as Office math, from the same tree that prints LaTeX and plain text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from xml.sax.saxutils import escape

from slopedesign.standards.formula import Formula, Printer, Step, Var, plain_symbol, shown

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def run(words: str, *, upright: bool = False) -> str:
    """A run of math text."""
    style = '<m:rPr><m:sty m:val="p"/></m:rPr>' if upright else ""
    return f'<m:r>{style}<m:t xml:space="preserve">{escape(words)}</m:t></m:r>'


def _subscripted(latex: str) -> str:
    """E_{an} as a symbol with a subscript."""
    base, mark, rest = latex.partition("_")
    if not mark:
        return run(plain_symbol(latex))
    return f"<m:sSub><m:e>{run(plain_symbol(base))}</m:e><m:sub>{run(plain_symbol(rest))}</m:sub></m:sSub>"


class _Omml(Printer):
    def __init__(self, variables: Mapping[str, Var], values: Mapping[str, float] | None) -> None:
        super().__init__(variables, values)

    def symbol(self, name: str) -> str:
        return run("π") if name == "pi" else _subscripted(self.variables[name].symbol)

    def bracket(self, inside: str) -> str:
        marks = '<m:begChr m:val="("/><m:endChr m:val=")"/>'
        return f"<m:d><m:dPr>{marks}</m:dPr><m:e>{inside}</m:e></m:d>"

    def visit_Constant(self, node: ast.Constant) -> str:
        return run(super().visit_Constant(node), upright=True)

    def visit_Name(self, node: ast.Name) -> str:
        if self.values is None or node.id == "pi":
            return self.symbol(node.id)
        number = shown(self.values[node.id], self.variables[node.id].digits)
        return run(f"({number})" if self.values[node.id] < 0 else number, upright=True)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str:
        return run("-") + self.grouped(node.operand, 2)

    def visit_BinOp(self, node: ast.BinOp) -> str:
        left, right = node.left, node.right
        match node.op:
            case ast.Div():
                return f"<m:f><m:num>{self.visit(left)}</m:num><m:den>{self.visit(right)}</m:den></m:f>"
            case ast.Pow():
                base = self.visit(left)
                bare = isinstance(left, ast.Name | ast.Constant)
                inside = base if bare else self.bracket(base)
                return f"<m:sSup><m:e>{inside}</m:e><m:sup>{self.visit(right)}</m:sup></m:sSup>"
            case ast.Mult():
                times = run("×") if self.values is not None or isinstance(right, ast.Constant) else run("\u2009")
                return self.grouped(left, 2) + times + self.grouped(right, 2)
            case ast.Add():
                return self.visit(left) + run("+") + self.visit(right)
            case ast.Sub():
                return self.visit(left) + run("-") + self.grouped(right, 2)
            case _:
                return self.generic_visit(node.op)

    def call(self, name: str, arguments: list[str]) -> str:
        match name:
            case "sqrt":
                return f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{arguments[0]}</m:e></m:rad>'
            case "radians" | "degrees":
                return arguments[0]
            case "log" | "log10":
                return run("ln" if name == "log" else "lg", upright=True) + self.bracket(arguments[0])
            case "atan" | "asin" | "acos":
                return run(f"arc{name[1:]}", upright=True) + self.bracket(arguments[0])
            case "exp":
                return f"<m:sSup><m:e>{run('e')}</m:e><m:sup>{arguments[0]}</m:sup></m:sSup>"
            case _:
                return run(name, upright=True) + self.bracket(run(", ").join(arguments))


def expression(formula: Formula, values: Mapping[str, float] | None = None) -> str:
    """Right-hand side of a formula, in symbols or with numbers put in."""
    return _Omml(formula.variables, values).visit(formula.tree)


def step_math(step: Step) -> str:
    """symbol = expression = numbers = result unit, as one `m:oMath` element."""
    f = step.formula
    out = f.variables[f.gives]
    unit = "" if out.unit == "-" else run(f" {out.unit}", upright=True)
    parts = [_subscripted(out.symbol), run("="), expression(f), run("="), expression(f, step.numbers), run("=")]
    result = run(shown(step.value, out.digits), upright=True)
    return f'<m:oMath xmlns:m="{NAMESPACE}">{"".join(parts)}{result}{unit}</m:oMath>'
