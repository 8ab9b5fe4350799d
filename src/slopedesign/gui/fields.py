"""Widgets of single fields, made from the declaration of the record's field.

A field shows label, value, unit, and a note with the clause its default comes from; what is wrong with a value stands
beside it, and the typed text stays. The wheel never changes a value.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from slopedesign.errors import InputError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.name_combo import NameCombo, blank_words
from slopedesign.gui.numbers import parse_angle, parse_number, shown_number
from slopedesign.i18n import has, text
from slopedesign.project.naming import is_free, sources_of


@dataclass(frozen=True)
class FieldKind:
    """What a record's field declares.

    Attributes:
        names: what it names, where it is the name of another thing; `free` where that may be new.
    """

    name: str
    record: type[BaseModel]
    shape: Literal["number", "whole", "text", "choice", "yes_no", "angle", "record", "list", "other"]
    optional: bool
    unit: str
    clause: str
    provenance: str
    choices: tuple[Any, ...] = ()
    inner: type[BaseModel] | None = None
    low: float | None = None
    low_open: bool = False
    high: float | None = None
    high_open: bool = False
    default: Any = None
    names: tuple[str, ...] = ()
    free: bool = False

    def label(self, language: str) -> str:
        """Name of the field in the reader's language."""
        return field_label(self.record, self.name, language)

    def choice(self, value: Any, language: str) -> str:
        """A choice in words: of this record where the word differs from elsewhere, else the common one."""
        own, common = f"choice_of.{self.record.__name__}.{value}", f"choice.{value}"
        key = own if has(own, language) else common
        return text(key, language) if has(key, language) else str(value)

    def shown_unit(self, language: str) -> str:
        """The unit as it stands beside the field; counted things by their word."""
        if self.unit in ("", "-"):
            return ""
        for key in (f"gui.unit_of.{self.record.__name__}.{self.name}", f"gui.unit.{self.unit.replace('/', '_')}"):
            if has(key, language):
                return text(key, language)
        powers = {"m2": "m²", "m3": "m³", "km2": "km²", "hm2": "hm²", "deg": "°"}
        return "/".join(powers.get(part, part) for part in self.unit.split("/"))

    def range_text(self, language: str) -> str:
        """What is physically possible, "0 < x ≤ 90 °"; "" where everything is."""
        if self.shape == "angle":
            return text("gui.range_angle", language)
        if self.low is None and self.high is None:
            return ""
        low = "" if self.low is None else f"{shown_number(self.low)} {'<' if self.low_open else '≤'} "
        high = "" if self.high is None else f" {'<' if self.high_open else '≤'} {shown_number(self.high)}"
        return f"{low}x{high} {self.shown_unit(language)}".strip()

    def default_text(self, language: str) -> str:
        """What holds where nothing else is stated."""
        if self.optional and self.default is None:
            return text("gui.by_program", language) if self.shape != "record" else ""
        if isinstance(self.default, bool):
            return text("choice.yes" if self.default else "choice.no", language)
        if self.shape == "choice" and self.default in self.choices:
            return self.choice(self.default, language)
        if isinstance(self.default, int | float):
            return f"{shown_number(self.default)} {self.shown_unit(language)}".strip()
        return str(self.default) if isinstance(self.default, str) else ""

    def note(self, language: str) -> str:
        """Clause of the default and, where it is only recalled, the mark."""
        parts = [self.clause] if self.clause else []
        if self.provenance == "recalled":
            parts.append(text("explain.unverified", language))
        return " ".join(parts)

    def help_lines(self, language: str) -> list[str]:
        """Name, range, default, clause: what the reader of a field wants to know."""
        lines = [self.label(language)]
        for key, words in (("range", self.range_text(language)), ("default", self.default_text(language)),
                           ("clause", self.note(language))):  # fmt: skip
            if words:
                lines.append(text(f"gui.help.{key}", language, words=words))
        return lines


def field_label(record: type[BaseModel], name: str, language: str) -> str:
    """Name of a record's field in the reader's language."""
    return text(f"fields.{record.__name__}.{name}", language)


@cache
def field_kinds(record: type[BaseModel]) -> tuple[FieldKind, ...]:
    """The fields of a record in their order."""
    return tuple(_kind(record, name, info) for name, info in record.model_fields.items())


@cache
def holds_records(record: type[BaseModel]) -> bool:
    """Whether a record holds records or lists: too much for a row of a table."""
    return any(
        _inner(_without_none(info.annotation)[0])[0] in ("record", "list") for info in record.model_fields.values()
    )


@cache
def records_in(record: type[BaseModel]) -> tuple[tuple[str, Literal["record", "list"], type[BaseModel]], ...]:
    """Name, shape and kind of the records and lists of records in a record."""
    found = []
    for name, info in record.model_fields.items():
        shape, inner = _inner(_without_none(info.annotation)[0])
        if shape != "other" and inner is not None:
            found.append((name, shape, inner))
    return tuple(found)


def _inner(annotation: Any) -> tuple[Literal["record", "list", "other"], type[BaseModel] | None]:
    """Whether a declaration is a record or a list, and of which records."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "record", annotation
    if get_origin(annotation) is tuple:
        first = get_args(annotation)[0]
        return "list", first if isinstance(first, type) and issubclass(first, BaseModel) else None
    return "other", None


def _kind(record: type[BaseModel], name: str, info: FieldInfo) -> FieldKind:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    annotation, optional = _without_none(info.annotation)
    common: dict[str, Any] = {
        "name": name, "record": record, "optional": optional, "unit": str(extra.get("unit", "")),
        "clause": str(extra.get("clause", "")), "provenance": str(extra.get("provenance", "")),
        "default": None if info.is_required() else info.get_default(call_default_factory=False),
        "names": sources_of(info), "free": is_free(info),
    } | _bounds(info)  # fmt: skip
    if extra.get("also") == "1:m" or _is_angle(info.annotation):
        return FieldKind(shape="angle", **(common | {"unit": "deg"}))
    if get_origin(annotation) is Literal:
        return FieldKind(shape="choice", choices=get_args(annotation), **common)
    if annotation is bool:
        return FieldKind(shape="yes_no", **common)
    if annotation is int:
        return FieldKind(shape="whole", **common)
    if annotation is float:
        return FieldKind(shape="number", **common)
    if annotation is str:
        return FieldKind(shape="text", **common)
    shape, inner = _inner(annotation)
    return FieldKind(shape=shape, inner=inner, **common)


def _bounds(info: FieldInfo) -> dict[str, Any]:
    """The range a declaration states."""
    found: dict[str, Any] = {}
    for limit in info.metadata:
        for name, end, is_open in (("gt", "low", True), ("ge", "low", False), ("lt", "high", True),
                                   ("le", "high", False)):  # fmt: skip
            if (value := getattr(limit, name, None)) is not None:
                found |= {end: float(value), f"{end}_open": is_open}
    return found


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (typing.Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        if len(kept) == 1:
            return kept[0], True
    return annotation, False


def _is_angle(annotation: Any) -> bool:
    if get_origin(annotation) in (typing.Union, types.UnionType):
        kept = {one for one in get_args(annotation) if one is not type(None)}
        return kept == {float, str} or any(_is_angle(one) for one in kept)
    return any(isinstance(extra, FieldInfo) and _also(extra) for extra in getattr(annotation, "__metadata__", ()))


def _also(info: FieldInfo) -> bool:
    extra = info.json_schema_extra
    return isinstance(extra, dict) and extra.get("also") == "1:m"


class FieldEditor(QObject):
    """One field's widget; `committed` carries the new value as plain data.

    Args:
        offered: the names there are, for a field that names another thing.
    """

    committed = Signal(object)
    refused = Signal(object)

    def __init__(
        self, kind: FieldKind, language: str, parent: QWidget | None = None,
        offered: Callable[[], Sequence[str]] = tuple,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.kind, self.language = kind, language
        self.widget: QWidget
        self._value: Any = None
        if kind.shape == "choice":
            self.widget = self._combo()
        elif kind.shape == "yes_no":
            box = QCheckBox(parent)
            box.clicked.connect(lambda checked: self._commit(lambda: bool(checked)))
            self.widget = box
        elif kind.names:
            self.widget = self._names(offered)
        else:
            line = QLineEdit(parent)
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance("0000.00") + 2 * line.fontMetrics().height())
            line.setClearButtonEnabled(kind.optional)
            line.editingFinished.connect(self._typed)
            if kind.optional:
                line.setPlaceholderText(text("gui.by_program", language))
            if kind.shape in ("number", "whole", "angle"):
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.widget = line
        self.widget.setAccessibleName(kind.label(language))
        self.widget.setObjectName(kind.name)
        self.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def line(self) -> QLineEdit | None:
        """Where one types; None in a field of choices."""
        if isinstance(self.widget, NameCombo):
            return self.widget.line
        return self.widget if isinstance(self.widget, QLineEdit) else None

    def _names(self, offered: Callable[[], Sequence[str]]) -> QWidget:
        combo = NameCombo(self.kind.label(self.language), offered, blank_words(self.kind.default == "", self.language))
        combo.activated.connect(lambda _: self._commit(combo.currentText))
        combo.line.editingFinished.connect(self._typed)
        return combo

    def _combo(self) -> QWidget:
        combo = CalmCombo()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(4)
        if self.kind.optional:
            combo.addItem(text("gui.by_program", self.language), None)
        for choice in self.kind.choices:
            combo.addItem(self.kind.choice(choice, self.language), choice)
        combo.activated.connect(lambda _: self._commit(combo.currentData))
        return combo

    def same(self, value: Any) -> bool:
        """Whether this is the value shown already."""
        return bool(value == self._value)

    def show_value(self, value: Any) -> None:
        """Show what the project holds; a text being typed is replaced only when the value changed."""
        if value == self._value and self.line is not None and self.line.isModified():
            return
        self._value = value
        match self.widget:
            case NameCombo():
                self.widget.show_text(self._as_text(value))
            case QComboBox():
                self.widget.setCurrentIndex(max(0, self.widget.findData(value)))
            case QCheckBox():
                self.widget.setChecked(bool(value))
            case QLineEdit():
                self.widget.setText(self._as_text(value))
                self.widget.setModified(False)

    def _as_text(self, value: Any) -> str:
        if value is None:
            return ""
        return shown_number(value) if isinstance(value, int | float) else str(value)

    def _typed(self) -> None:
        line = self.line
        assert line is not None
        if line.isModified() and line.text() != self._as_text(self._value):
            self._commit(self._parsed)

    def _parsed(self) -> Any:
        assert self.line is not None
        typed, kind = self.line.text(), self.kind
        if kind.shape == "text":
            return typed
        if not typed.strip() and kind.optional:
            return None
        if kind.shape == "angle":
            return parse_angle(typed, kind.name)
        number = parse_number(typed, kind.name)
        return int(number) if kind.shape == "whole" and number == int(number) else number

    def value(self) -> Any:
        """What stands in the widget, as plain data; None for nothing.

        Raises:
            InputError: it cannot be read.
        """
        match self.widget:
            case QComboBox() if self.line is None:
                return self.widget.currentData()
            case QCheckBox():
                return self.widget.isChecked()
            case _:
                found = self._parsed()
                return None if found == "" and self.kind.default in (None, "") else found

    def _commit(self, value: Callable[[], Any]) -> None:
        try:
            self.committed.emit(value())
        except InputError as error:
            self.refused.emit(error)
