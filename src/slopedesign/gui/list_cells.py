"""Cells of a list: the words for a value, the value of words, a choice among words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from slopedesign.errors import InputError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.gui.fields import FieldKind
from slopedesign.gui.numbers import normalised, parse_angle, parse_number, shown_number
from slopedesign.i18n import message, text


def cell_of(entry: Any, key: str | int) -> Any:
    """What an entry says under the key of a column; None where it says nothing."""
    if isinstance(entry, dict):
        return entry.get(key)
    if isinstance(entry, list | tuple):
        return entry[key] if isinstance(key, int) and key < len(entry) else None
    return entry


def shown(value: Any, kind: FieldKind | None, language: str) -> str:
    """The words for a value."""
    if value is None:
        return ""
    if kind is not None and kind.shape == "choice":
        return kind.choice(value, language)
    if isinstance(value, bool):
        return text("choice.yes" if value else "choice.no", language)
    return shown_number(value) if isinstance(value, int | float) else str(value)


def parsed(typed: str, kind: FieldKind, where: str, language: str) -> Any:
    """The value of typed words.

    Raises:
        InputError: naming `where`, when they are no number, angle or choice.
    """
    plain = normalised(typed)
    if not plain and kind.optional:
        return None
    match kind.shape:
        case "choice":
            named = {kind.choice(c, language): c for c in kind.choices} | {str(c): c for c in kind.choices}
            return _chosen(plain, named, typed, where, [kind.choice(c, language) for c in kind.choices])
        case "yes_no":
            if not plain and isinstance(kind.default, bool):
                return kind.default
            yes, no = (text(f"choice.{word}", language) for word in ("yes", "no"))
            named = dict.fromkeys((yes, "1", "true", "yes"), True) | dict.fromkeys((no, "0", "false", "no"), False)
            return _chosen(plain.lower(), named, typed, where, [yes, no])
        case "angle":
            return parse_angle(typed, where)
        case "whole" | "number":
            number = parse_number(typed, where)
            return int(number) if kind.shape == "whole" and number == int(number) else number
        case _:
            return typed


def _chosen(plain: str, named: dict[str, Any], typed: str, where: str, allowed: list[str]) -> Any:
    meant = {normalised(words): value for words, value in named.items()}  # full-width brackets stand in words, too
    if plain not in meant:
        raise InputError(where, typed, message("project.error.literal_error", expected=", ".join(allowed)))
    return meant[plain]


class Choices(QStyledItemDelegate):
    """A cell whose value is chosen among words."""

    def __init__(self, kind: FieldKind, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        yes_no = [text(f"choice.{word}", language) for word in ("yes", "no")]
        self._words = yes_no if kind.shape == "yes_no" else [kind.choice(c, language) for c in kind.choices]
        if kind.optional:
            self._words.insert(0, "")

    @guarded_or(None)
    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        combo = CalmCombo()
        combo.setParent(parent)
        combo.addItems(self._words)
        combo.activated.connect(lambda _: self.commitData.emit(combo))
        return combo

    @guarded
    def setEditorData(self, editor: QWidget, index: Any) -> None:
        assert isinstance(editor, CalmCombo)
        editor.setCurrentIndex(max(0, editor.findText(str(index.data() or ""))))

    @guarded
    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        assert isinstance(editor, CalmCombo)
        model.setData(index, editor.currentText())
