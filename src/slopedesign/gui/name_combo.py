"""The field for a name: typed as one likes, or taken from the list of the names there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QStyledItemDelegate, QWidget
from shiboken6 import isValid

from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.i18n import text

Offered = Callable[[], Sequence[str]]


class NameCombo(CalmCombo):
    """A line with a list of names, fresh each time it is entered or the list is opened.

    What is typed stays what was typed: names that hold it are offered below and taken only where one is chosen.
    """

    def __init__(self, name: str, offered: Offered, blank: str = "") -> None:
        super().__init__(name)
        self._offered, self._blank = offered, blank
        self._names: tuple[str, ...] | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(16)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.line.textEdited.connect(lambda _: self._widen(completer.popup()))
        self.line.setAccessibleName(name)
        self.activated.connect(self._picked)

    @property
    def line(self) -> QLineEdit:
        """Where one types."""
        line = self.lineEdit()
        assert line is not None
        return line

    def refill(self) -> None:
        """Offer the names there are now; what stands in the line stays."""
        names = tuple(self._offered())
        if names != self._names:
            self._names = names
            line, typed, modified = self.line, self.currentText(), self.line.isModified()
            at = line.cursorPosition()
            self.blockSignals(True)
            self.clear()
            if self._blank:
                self.addItem(self._blank, "")
            for name in names:
                self.addItem(name, name)
            self.blockSignals(False)
            self.show_text(typed)
            line.setCursorPosition(at)
            line.setModified(modified)
        elif self.currentIndex() < 0 and self.currentText():
            self._find(self.currentText())

    def show_text(self, typed: str) -> None:
        """Put a name into the line; nobody has typed it."""
        self._find(typed)
        if self.line.text() != typed:
            self.setEditText(typed)
        self.line.setModified(False)

    def _find(self, typed: str) -> None:
        """Let the list open at the name, where it has it."""
        at, modified = self.findData(typed) if typed else -1, self.line.isModified()
        if at == self.currentIndex():
            return
        cursor = self.line.cursorPosition()
        self.blockSignals(True)
        self.line.blockSignals(True)
        self.setCurrentIndex(at)
        self.line.setText(typed)
        self.line.setCursorPosition(cursor)
        self.line.setModified(modified)
        self.line.blockSignals(False)
        self.blockSignals(False)

    def _picked(self, at: int) -> None:
        """A choice is as good as typed; the blank one leaves the line empty."""
        if self.itemData(at) == "":
            self.setEditText("")
        self.line.setModified(True)

    @guarded_or(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it offers names, a completer keeps from the line that it is left: what was typed would be lost."""
        if watched is self and isinstance(event, QFocusEvent) and event.lostFocus():
            completer = self.completer()
            popup = completer.popup() if completer is not None and isValid(completer) else None
            if popup is not None and isValid(popup) and event.reason() != Qt.FocusReason.PopupFocusReason:
                popup.hide()
        return False

    @guarded
    def showPopup(self) -> None:
        self.refill()
        super().showPopup()

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.refill()
        super().focusInEvent(event)
        self.installEventFilter(self)  # anew each time: the completer has just put its own before it


class NameCells(QStyledItemDelegate):
    """Cells that hold names of other things; `offered` is asked with the row."""

    def __init__(self, name: str, offered: Callable[[int], Sequence[str]], blank: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._offered, self._blank = name, offered, blank

    @guarded_or(None)
    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        row = index.row()
        combo = NameCombo(self._name, lambda: self._offered(row), self._blank)
        combo.setParent(parent)
        combo.activated.connect(lambda _: self.commitData.emit(combo))
        combo.line.returnPressed.connect(lambda: self.commitData.emit(combo))  # also where names are offered below
        return combo

    @guarded
    def setEditorData(self, editor: QWidget, index: Any) -> None:
        assert isinstance(editor, NameCombo)
        shown = str(index.data() or "")
        if editor.currentText() != shown:
            editor.show_text(shown)
            editor.line.selectAll()

    @guarded
    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        assert isinstance(editor, NameCombo)
        model.setData(index, editor.currentText())


def blank_words(may_be_blank: bool, language: str) -> str:
    """The first entry of the list where a name may be left out."""
    return text("gui.names.blank", language) if may_be_blank else ""
