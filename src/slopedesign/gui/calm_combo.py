"""A choice that is not changed by accident."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QToolTip

from slopedesign.gui.defects import guarded, guarded_or

WIDEST_EMS = 14


class CalmCombo(QComboBox):
    """A choice that the wheel does not change, named for those who hear it.

    Words longer than the field are read whole in the list and in its hint.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def bound(self) -> None:
        """Take no more room than a bar of tools can spare, however long a name is."""
        self.setMaximumWidth(self.fontMetrics().height() * WIDEST_EMS)

    @guarded_or(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.shortened():
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (self.currentText(), self.toolTip()))), self)
            return True
        return super().event(event)

    def shortened(self) -> bool:
        """Whether the words do not fit into the field."""
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox  # QStyle itself would hold up the first paint

        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        return self.fontMetrics().horizontalAdvance(self.currentText()) > room.width()

    @guarded
    def showPopup(self) -> None:
        self._widen(self.view())
        super().showPopup()

    def _widen(self, view: QAbstractItemView | None) -> None:
        """Names longer than the field are read whole in the list."""
        if view is None:
            return
        beside = view.verticalScrollBar().sizeHint().width() + view.fontMetrics().averageCharWidth() * 2
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + beside, view.fontMetrics().averageCharWidth() * 80))
