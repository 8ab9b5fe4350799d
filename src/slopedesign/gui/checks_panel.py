"""Every check with demand, capacity, ratio, clause, verdict; a double click leads to the field."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui import theme
from slopedesign.gui.document import Document
from slopedesign.gui.fields import CalmCombo
from slopedesign.i18n import text
from slopedesign.standards.check import Check, Verdict

COLUMNS = ("verdict", "title", "compared", "ratio", "subject", "clause")
RANK = {v: i for i, v in enumerate((Verdict.FAIL, Verdict.WARN, Verdict.NOT_JUDGED, Verdict.INFO, Verdict.PASS,
                                    Verdict.NOT_APPLICABLE))}  # fmt: skip
CHECK = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ChecksModel(QAbstractTableModel):
    """The checks of a design as a table."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.checks: list[Check] = []

    def show(self, checks: list[Check]) -> None:
        """Replace the checks, failures first."""
        self.beginResetModel()
        self.checks = sorted(checks, key=lambda check: RANK[check.verdict])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.checks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return text(f"gui.check.{COLUMNS[section]}", self.language)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        check = self.checks[index.row()]
        column = COLUMNS[index.column()]
        if role == CHECK:
            return check
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(check, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == "verdict":
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            return QColor(theme.colours(application).verdict[check.verdict])
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._text(check, "compared"), self._text(check, "clause"))))
        return None

    def _text(self, check: Check, column: str) -> str:
        from slopedesign.reports.verdicts import cited, compared

        match column:
            case "verdict":
                return text(f"verdict.{check.verdict.value}", self.language)
            case "title":
                situation = f" ({text(check.situation, self.language)})" if check.situation else ""
                mark = " *" if check.unverified else ""
                return f"{check.title.render(self.language)}{situation}{mark}"
            case "compared":
                return compared(check, self.language)
            case "ratio":
                return "" if check.ratio is None else f"{check.ratio:.2f}"
            case "subject":
                return check.subject
            case _:
                return cited(check.source, self.language)


class _RatioBar(QStyledItemDelegate):
    """The ratio as a bar: full at 1.0, in the verdict's colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        check = index.data(CHECK)
        if isinstance(check, Check) and check.ratio is not None:
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            colour = QColor(theme.colours(application).verdict[check.verdict])
            colour.setAlpha(90)
            rect: QRect = option.rect
            width = int(rect.width() * min(1.0, max(0.0, check.ratio)))
            painter.fillRect(QRect(rect.left(), rect.top() + 2, width, rect.height() - 4), colour)
        super().paint(painter, option, index)


class ChecksPanel(QWidget):
    """The verdicts, filtered; what is behind the selected one below.

    Signals:
        wanted: path of the field or part a double click asks for.
    """

    wanted = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        language = document.language
        self.model = ChecksModel(language)
        self.proxy = _Filter(self)
        self.proxy.setSourceModel(self.model)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.RichText)
        self.summary.setWordWrap(True)
        self.only = CalmCombo(text("gui.check.only", language))
        for name in ("open", "failed", "all"):
            self.only.addItem(text(f"gui.check.show_{name}", language), name)
        self.only.currentIndexChanged.connect(lambda _: self.proxy.set_only(self.only.currentData()))
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("gui.check.search", language))
        self.search.setAccessibleName(text("gui.check.search", language))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self.proxy)
        self.table.setAccessibleName(text("gui.checks", language))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(COLUMNS.index("ratio"), _RatioBar(self.table))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        em = self.table.fontMetrics().height()
        for j, width in enumerate((4, 12, 10, 4, 12, 12)):
            self.table.setColumnWidth(j, em * width)
        self.table.verticalHeader().setDefaultSectionSize(int(em * 1.5))
        self.table.doubleClicked.connect(self._wanted)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._detail())
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(text("gui.check.detail", language))
        self.detail.setMaximumHeight(em * 14)
        self.detail.setOpenLinks(False)
        self.detail.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))
        bar = QHBoxLayout()
        bar.addWidget(self.only)
        bar.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.summary)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        document.design_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the checks of the design there is; the selected one stays selected."""
        design = self.document.design
        before = self.current()
        checks = list(design.checks) if design is not None else []
        self.model.show(checks)
        counted = Counter(check.verdict for check in checks)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        colours = theme.colours(application).verdict
        self.summary.setText(
            "&nbsp;&nbsp;".join(
                f'<span style="color:{colours[v]}">{text(f"verdict.{v.value}", self.document.language)}'
                f" <b>{counted[v]}</b></span>"
                for v in RANK
            )
        )
        self._select(before)
        self._detail()

    def _select(self, wanted: Check | None) -> None:
        """Select the check on the same thing as before, else the first."""
        for row in range(self.proxy.rowCount()):
            check = self.proxy.index(row, 0).data(CHECK)
            if wanted is not None and (check.id, check.subject, check.situation) == (
                wanted.id, wanted.subject, wanted.situation,
            ):  # fmt: skip
                self.table.selectRow(row)
                return
        if self.proxy.rowCount():
            self.table.selectRow(0)

    def current(self) -> Check | None:
        """The selected check."""
        index = self.table.currentIndex()
        check = index.data(CHECK) if index.isValid() else None
        return check if isinstance(check, Check) else None

    def _detail(self) -> None:
        check = self.current()
        if check is None:
            self.detail.clear()
            return
        from slopedesign.gui.why import why_html

        self.detail.setHtml(why_html(check, self.document.language))

    def _wanted(self, index: QModelIndex) -> None:
        check = index.data(CHECK)
        if isinstance(check, Check):
            self.wanted.emit(check.field or check.subject)


class _Filter(QSortFilterProxyModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._only = "open"
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def set_only(self, only: str) -> None:
        """Show open points, failures, or everything."""
        self._only = only
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        check = self.sourceModel().index(row, 0, parent).data(CHECK)
        hidden = {
            "open": (Verdict.PASS, Verdict.NOT_APPLICABLE),
            "failed": tuple(v for v in Verdict if v is not Verdict.FAIL),
            "all": (),
        }[self._only]
        return check.verdict not in hidden and super().filterAcceptsRow(row, parent)
