"""Formulas as Office math, from the same tree that prints LaTeX and plain text."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from slopedesign.standards.formula import COUNTS, Formula, Printer, Step, Var, plain_symbol, shown

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


PIECE = 40
"""Parts of a formula no longer than this are not broken."""
LINE = 74
"""Characters of a formula that fit a line of the book, fractions counted by their longer half."""


def run(said: str, *, upright: bool = False) -> str:
    """A run of math text."""
    style = '<m:rPr><m:sty m:val="p"/></m:rPr>' if upright else ""
    return f'<m:r>{style}<m:t xml:space="preserve">{escape(said)}</m:t></m:r>'


def words(said: str) -> str:
    """A run of plain text in math: a bracket closed on another line, a sign without its other side."""
    return f'<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve">{escape(said)}</m:t></m:r>'


def _enclosed(pieces: list[str], opening: str) -> list[str]:
    pieces = [words(opening) + pieces[0], *pieces[1:]]
    return [*pieces[:-1], pieces[-1] + words("]")]


def _subscripted(latex: str) -> str:
    """E_{an} as a symbol with a subscript."""
    if found := re.fullmatch(r"\|(.+)\|(.*)", latex):
        return _absolute(_subscripted(found[1])) + run(plain_symbol(found[2]))
    base, mark, rest = latex.partition("_")
    if not mark:
        return run(plain_symbol(latex))
    return f"<m:sSub><m:e>{run(plain_symbol(base))}</m:e><m:sub>{run(plain_symbol(rest))}</m:sub></m:sSub>"


def _absolute(inside: str) -> str:
    return _between("|", inside, "|")


def _between(opening: str, inside: str, closing: str) -> str:
    marks = f'<m:begChr m:val="{opening}"/><m:endChr m:val="{closing}"/>'
    return f"<m:d><m:dPr>{marks}</m:dPr><m:e>{inside}</m:e></m:d>"


class _Omml(Printer):
    def __init__(self, variables: Mapping[str, Var], values: Mapping[str, float] | None) -> None:
        super().__init__(variables, values)

    def symbol(self, name: str) -> str:
        return run("π") if name == "pi" else _subscripted(self.variables[name].symbol)

    def bracket(self, inside: str) -> str:
        return _between("(", inside, ")")

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

    def pieces(self, node: ast.expr) -> list[str]:
        """What may stand on lines of their own: sums at their signs, products of sums, a long root as a bracket."""
        content = self.visit(node)
        if _breadth(content) <= PIECE:
            return [content]
        match node:
            case ast.BinOp(op=ast.Add()):
                right = self.pieces(node.right)
                return [*self.pieces(node.left), run("+") + right[0], *right[1:]]
            case ast.BinOp(op=ast.Sub()):
                right = self._factor(node.right)
                return [*self.pieces(node.left), run("-") + right[0], *right[1:]]
            case ast.BinOp(op=ast.Mult()):
                left, right = self._factor(node.left), self._factor(node.right)
                times = words("×") if self.values is not None or isinstance(node.right, ast.Constant) else ""
                return [*left[:-1], left[-1] + times, *right]
            case ast.Call(func=ast.Name(id="sqrt")):
                return _enclosed(self.pieces(node.args[0]), "√[")
            case _:
                return [content]

    def _factor(self, node: ast.expr) -> list[str]:
        """The pieces of a factor, a sum in brackets."""
        summed = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
        if _breadth(self.visit(node)) <= PIECE:
            return [self.grouped(node, 2)]
        return _enclosed(self.pieces(node), "[") if summed else self.pieces(node)

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
            case "abs":
                return _absolute(arguments[0])
            case "ceil":
                return _between("\N{LEFT CEILING}", arguments[0], "\N{RIGHT CEILING}")
            case "floor":
                return _between("\N{LEFT FLOOR}", arguments[0], "\N{RIGHT FLOOR}")
            case "exp":
                return f"<m:sSup><m:e>{run('e')}</m:e><m:sup>{arguments[0]}</m:sup></m:sSup>"
            case _:
                return run(name, upright=True) + self.bracket(run(", ").join(arguments))


def expression(formula: Formula, values: Mapping[str, float] | None = None) -> str:
    """Right-hand side of a formula, in symbols or with numbers put in."""
    return _Omml(formula.variables, values).visit(formula.tree)


def step_maths(step: Step) -> list[str]:
    """symbol = expression = numbers = result unit, as one `m:oMath` element, or as one for each line where it is long.

    Word breaks a long line by itself, other programs cut it off.
    """
    f = step.formula
    out = f.variables[f.gives]
    unit = {"deg": "\N{DEGREE SIGN}"}.get(out.unit, "" if out.unit in COUNTS else f" {raised(out.unit)}")
    result = run("=") + run(shown(step.value, out.digits), upright=True) + (run(unit, upright=True) if unit else "")
    name = _subscripted(out.symbol) + run("=")
    symbols, worked = name + expression(f), expression(f, step.numbers)
    lengths = (_length(f.plain()), _length(f.plain(step.numbers)))
    if sum(lengths) + 16 <= LINE:
        return [_math(symbols + run("=") + worked + result)]
    if max(lengths) <= LINE:
        return [_math(symbols), _math(name + worked + result)]
    return [_math(line) for line in (*_broken(f, None, name, ""), *_broken(f, step.numbers, name, result))]


def _broken(formula: Formula, values: Mapping[str, float] | None, name: str, result: str) -> list[str]:
    """A right-hand side on as many lines as it needs, broken before plus and minus; a broken bracket is plain text."""
    pieces = _Omml(formula.variables, values).pieces(formula.tree)
    pieces = [name + pieces[0], *pieces[1:]]
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if _breadth(lines[-1]) + _breadth(piece) <= LINE:
            lines[-1] += piece
        else:
            lines.append(piece)
    if result and _breadth(lines[-1]) + _breadth(result) > LINE:
        lines.append(words("= ") + result.removeprefix(run("=")))
    else:
        lines[-1] += result
    return lines


def _breadth(content: str) -> int:
    """Characters math is about wide: the longer half of a fraction counts."""
    inner = re.compile(r"<m:f><m:num>((?:(?!<m:f>).)*?)</m:num><m:den>((?:(?!<m:f>).)*?)</m:den></m:f>")
    while found := inner.search(content):
        longer = max(found.groups(), key=_letters)
        content = content[: found.start()] + f"<m:t>{'x' * _letters(longer)}</m:t>" + content[found.end() :]
    return _letters(content)


def _letters(content: str) -> int:
    return sum(map(len, re.findall(r"<m:t[^>]*>([^<]*)</m:t>", content))) + 2 * content.count("<m:d>")


def raised(unit: str) -> str:
    """A unit with its powers raised: "m3/s" as printed in a book."""
    return re.sub(r"(?<=[a-z])[23](?![0-9])", lambda power: "\u00b2" if power[0] == "2" else "\u00b3", unit)


def _length(plain: str) -> int:
    """Characters a printed formula is about wide: the parts of a fraction stand above each other."""
    over, _, under = plain.partition("/")
    return max(len(over), len(under)) + 4 if under and "/" not in under else len(plain)


def _math(content: str) -> str:
    return f'<m:oMath xmlns:m="{NAMESPACE}">{content}</m:oMath>'
