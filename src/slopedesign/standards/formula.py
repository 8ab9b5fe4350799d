"""A formula row: one line of text, read twice.

The text is compiled for the number and walked for the print, so that the sheet and the calculation can never
disagree. Printing keeps the order and grouping in which the clause is written. Three dialects are printed: LaTeX
(matplotlib, reports), plain text (workbook, drawings, terminal) and, elsewhere, Office math from the same tree.

    SLIDING = Formula(
        Source("GB 50330-2013", "11.2.3-1", Provenance.RECALLED), "F_s", "(G_n + E_an)*mu/(E_at - G_t)",
        F_s=Var("F_s", "-"), mu=Var(r"\\mu", "-"), ...)
    step = SLIDING.at(G_n=170.7, G_t=17.1, E_an=23.4, E_at=55.5, mu=friction)   # floats or traced numbers
    step.value, step.latex(), step.plain()
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

from slopedesign.errors import FormulaError, OutOfRange
from slopedesign.standards.trace import Measured, Source, Traced

FUNCTIONS: dict[str, Any] = {
    "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos,
    "atan": math.atan, "exp": math.exp, "log": math.log, "log10": math.log10, "radians": math.radians,
    "degrees": math.degrees, "max": max, "min": min, "abs": abs,
    # counts: 1.0/0.2 may come out a hair off 5 in binary, and a hair is not another bar
    "ceil": lambda x: math.ceil(x - 1e-9), "floor": lambda x: math.floor(x + 1e-9),
    "pi": math.pi,
}  # fmt: skip


_SCOPE: dict[str, Any] = {"__builtins__": {}} | FUNCTIONS  # never written to; a formula's own names come before it


COUNTS = ("-", "piece", "plant", "row")
"""Units of bare numbers and of counts: said by the quantity's name, not printed behind the number."""


@dataclass(frozen=True)
class Var:
    """One symbol of a formula.

    Args:
        symbol: as the standard prints it, in LaTeX.
        unit: "m", "kN/m", "-" for a bare number, "deg" for an angle.
        digits: decimals on the calculation sheet.
        label: phrase key naming the quantity.
    """

    symbol: str
    unit: str
    digits: int = 2
    label: str = ""


class Formula:
    """One closed-form equation of a standard (or of ours), with its clause.

    Args:
        source: standard, clause and provenance.
        gives: name of the result.
        text: right-hand side as a Python expression of the names in `variables`; no conditions in it.
        valid: conditions on the inputs ("phi >= beta"); asking outside them raises `OutOfRange`.
        homogeneous: False for empirical equations whose constants carry units.
        title: phrase key of the formula's name.
        variables: one `Var` for each name, the result included.
    """

    def __init__(
        self,
        source: Source,
        gives: str,
        text: str,
        *,
        valid: tuple[str, ...] = (),
        homogeneous: bool = True,
        title: str = "",
        **variables: Var,
    ) -> None:
        self.source, self.gives, self.text = source, gives, text
        self.valid, self.homogeneous, self.title = valid, homogeneous, title
        self.variables = variables

    def __repr__(self) -> str:
        return f"Formula({self.source}: {self.gives} = {self.text})"

    @cached_property
    def tree(self) -> ast.expr:
        """The expression as a syntax tree."""
        return ast.parse(self.text, mode="eval").body

    @cached_property
    def names(self) -> frozenset[str]:
        """Names the formula takes.

        Raises:
            FormulaError: text and variables disagree.
        """
        used = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)} - FUNCTIONS.keys()
        if wrong := used ^ (self.variables.keys() - {self.gives}):
            raise FormulaError(f"{self.source}: text and variables disagree on {sorted(wrong)}")
        if self.gives not in self.variables:
            raise FormulaError(f"{self.source}: no variable for the result {self.gives}")
        return frozenset(used)

    @cached_property
    def _code(self) -> CodeType:
        return compile(ast.Expression(self.tree), str(self.source), "eval")

    @cached_property
    def _conditions(self) -> tuple[tuple[str, CodeType], ...]:
        return tuple((text, compile(text, str(self.source), "eval")) for text in self.valid)

    def number(self, **values: float) -> float:
        """The bare number, without a trace: for searches and loops.

        Raises:
            FormulaError: names are missing or unknown.
            OutOfRange: the inputs lie outside the range of validity, or the result is not a number.
        """
        if values.keys() != self.names:
            raise FormulaError(f"{self.source} takes {sorted(self.names)}, got {sorted(values)}")
        for text, code in self._conditions:
            if not eval(code, _SCOPE, values):
                shown = ", ".join(f"{name} = {values[name]:g}" for name in sorted(self.names) if name in text)
                raise OutOfRange(str(self.source), shown, text)
        try:
            result = float(eval(self._code, _SCOPE, values))
        except (ArithmeticError, ValueError) as error:
            raise OutOfRange(str(self.source), values, f"{self.text} can be worked ({error})") from error
        if not math.isfinite(result):
            raise OutOfRange(str(self.source), values, f"{self.gives} is finite")
        return result

    def at(self, **values: float | Traced) -> Step:
        """The formula worked once, keeping the numbers put in (plain floats are kept as bare numbers)."""
        parts: dict[str, Traced] = {}
        numbers: dict[str, float] = {}
        for name, value in values.items():
            if isinstance(value, Traced):
                parts[name], numbers[name] = value, value.value
            else:
                numbers[name] = float(value)
        result = self.number(**numbers)
        if len(parts) < len(numbers):
            parts = {name: parts.get(name) or self._bare(name, number) for name, number in numbers.items()}
        out = self.variables[self.gives]
        return Step(value=result, unit=out.unit, label=out.label or self.title, formula=self, values=parts)

    def _bare(self, name: str, value: float) -> Traced:
        return Measured(value=value, unit=self.variables[name].unit, method="trace.bare")

    def latex(self, values: Mapping[str, float] | None = None) -> str:
        """Right-hand side in LaTeX, in symbols or with numbers put in."""
        return _Latex(self.variables, values).visit(self.tree)

    def plain(self, values: Mapping[str, float] | None = None) -> str:
        """Right-hand side as plain text, in symbols or with numbers put in."""
        return _Plain(self.variables, values).visit(self.tree)


@dataclass(frozen=True, kw_only=True)
class Step(Traced):
    """One formula worked once: what the calculation sheet prints as one line."""

    formula: Formula
    values: Mapping[str, Traced]

    @property
    def inputs(self) -> Mapping[str, Traced]:
        return self.values

    @cached_property
    def unverified(self) -> bool:
        own = self.formula.source.provenance.value == "recalled"
        return own or any(part.unverified for part in self.values.values())

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The numbers put in, by name."""
        return {name: part.value for name, part in self.values.items()}

    def latex(self) -> str:
        """symbol = expression = numbers = result unit."""
        f, out = self.formula, self.formula.variables[self.formula.gives]
        unit = "" if out.unit in COUNTS else rf"\ \mathrm{{{latex_unit(out.unit)}}}"
        return f"{out.symbol} = {f.latex()} = {f.latex(self.numbers)} = {shown(self.value, out.digits)}{unit}"

    def plain(self) -> str:
        """symbol = expression = numbers = result unit, without LaTeX."""
        f, out = self.formula, self.formula.variables[self.formula.gives]
        unit = "" if out.unit in COUNTS else f" {out.unit}"
        left = f"{plain_symbol(out.symbol)} = {f.plain()}"
        return f"{left} = {f.plain(self.numbers)} = {shown(self.value, out.digits)}{unit}"


def shown(value: float, digits: int) -> str:
    """A number with `digits` decimals; with as many more as it needs to keep three figures when it is small.

    A count (no decimals asked, none there) stays whole.
    """
    if digits == 0 and value == round(value):
        return f"{value:.0f}"
    if value != 0 and abs(value) < 10.0 ** -(digits - 1):
        digits = min(12, max(digits, 2 - math.floor(math.log10(abs(value)))))
    return f"{value:.{digits}f}"


def latex_unit(unit: str) -> str:
    """ "kN/m2" as LaTeX."""
    return "".join(f"^{{{c}}}" if c.isdigit() else c for c in unit.replace("deg", r"{}^{\circ}"))


_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Delta": "Δ",
    "Sigma": "Σ", "Omega": "Ω", "Phi": "Φ", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ",
}  # fmt: skip


def plain_symbol(latex: str) -> str:
    r"""A LaTeX symbol as plain text: ``\gamma_{sat}`` -> γ_sat."""
    plain = latex
    for name in sorted(_GREEK, key=len, reverse=True):
        plain = plain.replace(f"\\{name}", _GREEK[name])
    for old, new in ((r"\mathrm", ""), (r"\bar", ""), ("{", ""), ("}", ""), ("'", "′"), ("\\", "")):
        plain = plain.replace(old, new)
    return plain.strip()


_RANK = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.USub: 2, ast.Div: 3, ast.Pow: 4}


class Printer(ast.NodeVisitor):
    """Walks an expression tree in the order and grouping in which it was written."""

    times, minus = "*", "-"

    def __init__(self, variables: Mapping[str, Var], values: Mapping[str, float] | None) -> None:
        self.variables, self.values = variables, values

    def visit(self, node: ast.AST) -> str:
        return str(super().visit(node))

    def generic_visit(self, node: ast.AST) -> str:
        raise FormulaError(f"a formula may not contain {type(node).__name__}")

    def symbol(self, name: str) -> str:
        raise NotImplementedError

    def bracket(self, inside: str) -> str:
        raise NotImplementedError

    def grouped(self, node: ast.expr, rank: int) -> str:
        inside = self.visit(node)
        loose = isinstance(node, ast.BinOp | ast.UnaryOp) and _RANK[type(node.op)] < rank
        return self.bracket(inside) if loose else inside

    def visit_Constant(self, node: ast.Constant) -> str:
        value = node.value
        if not isinstance(value, int | float):
            return str(value)
        return f"{value:.0f}" if 1e5 <= abs(value) < 1e12 and value == round(value) else f"{value:g}"

    def visit_Name(self, node: ast.Name) -> str:
        if node.id == "pi":
            return self.symbol("pi")
        if self.values is None:
            return self.symbol(node.id)
        number = shown(self.values[node.id], self.variables[node.id].digits)
        return f"({number})" if self.values[node.id] < 0 else number

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str:
        if not isinstance(node.op, ast.USub):
            return self.generic_visit(node)
        return self.minus + self.grouped(node.operand, 2)

    def visit_Call(self, node: ast.Call) -> str:
        if not isinstance(node.func, ast.Name):
            return self.generic_visit(node)
        return self.call(node.func.id, [self.visit(argument) for argument in node.args])

    def call(self, name: str, arguments: list[str]) -> str:
        raise NotImplementedError


class _Latex(Printer):
    minus = "-"

    def symbol(self, name: str) -> str:
        return r"\pi" if name == "pi" else self.variables[name].symbol

    def bracket(self, inside: str) -> str:
        return rf"\left({inside}\right)"

    def visit_BinOp(self, node: ast.BinOp) -> str:
        left, right = node.left, node.right
        match node.op:
            case ast.Div():
                return rf"\frac{{{self.visit(left)}}}{{{self.visit(right)}}}"
            case ast.Pow():
                base, power = self.visit(left), self.visit(right)
                bare = isinstance(left, ast.Name | ast.Constant) and not base.startswith("(")
                return (base if bare else self.bracket(base)) + f"^{{{power}}}"
            case ast.Mult():
                times = r" \times " if self.values is not None or isinstance(right, ast.Constant) else r" \, "
                return self.grouped(left, 2) + times + self.grouped(right, 2)
            case ast.Add():
                return f"{self.visit(left)} + {self.visit(right)}"
            case ast.Sub():
                return f"{self.visit(left)} - {self.grouped(right, 2)}"
            case _:
                return self.generic_visit(node.op)

    def call(self, name: str, arguments: list[str]) -> str:
        match name:
            case "sqrt":
                return rf"\sqrt{{{arguments[0]}}}"
            case "radians" | "degrees":
                return arguments[0]
            case "abs":
                return rf"\left|{arguments[0]}\right|"
            case "ceil":
                return rf"\lceil {arguments[0]} \rceil"
            case "floor":
                return rf"\lfloor {arguments[0]} \rfloor"
            case "log":
                return rf"\ln\left({arguments[0]}\right)"
            case "log10":
                return rf"\lg\left({arguments[0]}\right)"
            case "atan" | "asin" | "acos":
                return rf"\arc{name[1:]}\left({arguments[0]}\right)"
            case "exp":
                return rf"e^{{{arguments[0]}}}"
            case _:
                return rf"\{name}\left({', '.join(arguments)}\right)"


class _Plain(Printer):
    minus = "-"

    def symbol(self, name: str) -> str:
        return "π" if name == "pi" else plain_symbol(self.variables[name].symbol)

    def bracket(self, inside: str) -> str:
        return f"({inside})"

    def visit_BinOp(self, node: ast.BinOp) -> str:
        left, right = node.left, node.right
        match node.op:
            case ast.Div():
                below = self.visit(right)
                return f"{self.grouped(left, 2)}/{self.bracket(below) if isinstance(right, ast.BinOp) else below}"
            case ast.Pow():
                base, power = self.visit(left), self.visit(right)
                bare = isinstance(left, ast.Name | ast.Constant) and not base.startswith("(")
                return (base if bare else self.bracket(base)) + (
                    f"^{self.bracket(power)}" if isinstance(right, ast.BinOp | ast.UnaryOp) else f"^{power}"
                )
            case ast.Mult():
                return f"{self.grouped(left, 2)}×{self.grouped(right, 2)}"
            case ast.Add():
                return f"{self.visit(left)} + {self.visit(right)}"
            case ast.Sub():
                return f"{self.visit(left)} - {self.grouped(right, 2)}"
            case _:
                return self.generic_visit(node.op)

    def call(self, name: str, arguments: list[str]) -> str:
        match name:
            case "sqrt":
                return f"√({arguments[0]})"
            case "radians" | "degrees":
                return arguments[0]
            case "log":
                return f"ln({arguments[0]})"
            case "log10":
                return f"lg({arguments[0]})"
            case _:
                return f"{name}({', '.join(arguments)})"


def formulas_of(module: object) -> dict[str, Formula]:
    """The formula rows a module declares, by name."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Formula)}
