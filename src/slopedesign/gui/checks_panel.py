"""Every check with demand, capacity, ratio, clause, verdict; a double click leads to the field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui import theme
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.gui.document import Document
from slopedesign.gui.flow import FlowBar
from slopedesign.gui.tables import CopiedView
from slopedesign.gui.telling import told
from slopedesign.gui.units import kept_units
from slopedesign.i18n import message, text
from slopedesign.standards.check import Check, Verdict

COLUMNS = ("verdict", "title", "compared", "ratio")
RANK = {v: i for i, v in enumerate((Verdict.FAIL, Verdict.WARN, Verdict.NOT_JUDGED, Verdict.INFO, Verdict.PASS,
                                    Verdict.NOT_APPLICABLE))}  # fmt: skip
HIDDEN = {
    "open": (Verdict.PASS, Verdict.NOT_APPLICABLE),
    "failed": tuple(v for v in Verdict if v is not Verdict.FAIL),
    "all": (),
}
CHECK = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class ChecksModel(QAbstractTableModel):
    """The checks of a design as a table of two-line rows."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.checks: list[Check] = []
        self.units = kept_units()
        self.verdicts: list[Verdict] = []
        """Of each check; asked for often, worked out once."""
        self._place: Callable[[str], str] = str
        self._said: dict[tuple[int, str], str] = {}

    def show(self, checks: list[Check], place: Callable[[str], str]) -> None:
        """Replace the checks, failures first; `place` says a subject in words."""
        self.beginResetModel()
        judged = sorted(((check.verdict, check) for check in checks), key=lambda one: RANK[one[0]])
        self.verdicts = [verdict for verdict, _ in judged]
        self.checks = [check for _, check in judged]
        self._place = place
        self._said.clear()
        self.units = kept_units()
        self.endResetModel()

    @guarded_or(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.checks)

    @guarded_or(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    @guarded_or(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return text(f"gui.check.{COLUMNS[section]}", self.language)
        return None

    @guarded_or(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        check = self.checks[index.row()]
        column = COLUMNS[index.column()]
        if role == CHECK:
            return check
        if role == SORT:
            return self._order(check, column)
        if role == Qt.ItemDataRole.DisplayRole:
            place = index.row(), column
            if place not in self._said:  # asked for several times at each painting
                self._said[place] = self._text(check, column)
            return self._said[place]
        if role == Qt.ItemDataRole.ForegroundRole and column == "verdict":
            return QColor(theme.now().verdict[check.verdict])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(check)
        return None

    def _order(self, check: Check, column: str) -> Any:
        match column:
            case "verdict":
                return RANK[check.verdict]
            case "ratio":
                return -1.0 if check.ratio is None else check.ratio
            case _:
                return self._text(check, column)

    def _text(self, check: Check, column: str) -> str:
        from slopedesign.gui.checks_data import found_words, required_words
        from slopedesign.reports.verdicts import cited

        language = self.language
        match column:
            case "verdict":
                return text(f"verdict.{check.verdict.value}", language)
            case "title":
                mark = " *" if check.unverified else ""
                where = f"{self._place(check.subject)}  {cited(check.source, language)}"
                return f"{self._title(check)}{mark}\n{where}"
            case "compared":
                required = required_words(check, language, self.units)
                return f"{found_words(check, language, self.units)}\n{required}".rstrip()
            case _:
                return "" if check.ratio is None else f"{check.ratio:.2f}"

    def _title(self, check: Check) -> str:
        situation = f" ({text(check.situation, self.language)})" if check.situation else ""
        return f"{check.title.render(self.language)}{situation}"

    def _tip(self, check: Check) -> str:
        from slopedesign.reports.verdicts import cited, compared

        lines = [self._title(check), compared(check, self.language), cited(check.source, self.language)]
        if check.unverified:
            lines.append(f"* {text('explain.unverified', self.language)}")
        return "\n".join(lines)


class _TwoLines(QStyledItemDelegate):
    """Two lines, each shortened to its room; the second stands back."""

    @guarded
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        lines = str(index.data() or "").split("\n")
        chosen = bool(option.state & type(option.state).State_Selected)  # QStyle itself would hold up the first paint
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        room = option.rect.adjusted(4, 0, -4, 0)
        high = option.fontMetrics.height()
        top = room.center().y() - high * len(lines) // 2
        painter.save()
        for i, line in enumerate(lines):
            painter.setPen(option.palette.color(role) if chosen or i == 0 else QColor(theme.now().quiet))
            place = QRect(room.left(), top + i * high, room.width(), high)
            shown = option.fontMetrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class _RatioBar(QStyledItemDelegate):
    """The ratio as a bar: full at 1.0, in the verdict's colour."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        check = index.data(CHECK)
        if isinstance(check, Check) and check.ratio is not None:
            colour = QColor(theme.now().verdict[check.verdict])
            colour.setAlpha(90)
            rect: QRect = option.rect
            width = int(rect.width() * min(1.0, max(0.0, check.ratio)))
            height = option.fontMetrics.height()
            painter.fillRect(QRect(rect.left(), rect.center().y() - height // 2, width, height), colour)
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
        self.part = CalmCombo(text("gui.check.part", language))
        self.part.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.part.setMinimumContentsLength(5)
        self.part.activated.connect(lambda _: self.proxy.set_part(self.part.currentData() or ""))
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("gui.check.search", language))
        self.search.setAccessibleName(text("gui.check.search", language))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self.table = CopiedView()
        self.table.setModel(self.proxy)
        self.table.setAccessibleName(text("gui.checks", language))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setItemDelegateForColumn(COLUMNS.index("ratio"), _RatioBar(self.table))
        for name in ("title", "compared"):
            self.table.setItemDelegateForColumn(COLUMNS.index(name), _TwoLines(self.table))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for name in ("title", "compared"):  # a narrow panel takes from both
            header.setSectionResizeMode(COLUMNS.index(name), QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        room = self.table.fontMetrics().horizontalAdvance
        em = self.table.fontMetrics().height()
        verdict = max(room(text(f"verdict.{v.value}", language)) for v in Verdict if v is not Verdict.NOT_APPLICABLE)
        for name, width in (("verdict", verdict + em // 2), ("ratio", room("00.00") + em)):
            self.table.setColumnWidth(COLUMNS.index(name), width)
        self.table.verticalHeader().setDefaultSectionSize(int(em * 2.5))
        self.table.activated.connect(self._wanted)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._detail())
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(text("gui.check.detail", language))
        self.detail.setMaximumHeight(em * 14)
        self.detail.setOpenLinks(False)
        self.detail.anchorClicked.connect(lambda url: self.follow(url.toString()))
        bar = FlowBar()
        for widget in (self.only, self.part, self.search):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.summary)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        document.design_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the checks of the design there is; the selected one stays selected."""
        design = self.document.design
        before = self.current()
        checks = list(design.checks) if design is not None else []
        place: Callable[[str], str] = str
        if design is not None:
            from slopedesign.reports.places import places

            place = places(design, self.document.language)
        self.model.show(checks, place)
        self._fill_parts(checks, place)
        counted = Counter(self.model.verdicts)
        colours = theme.now().verdict
        self.summary.setText(
            "&nbsp;&nbsp;".join(
                f'<span style="color:{colours[v]}">{text(f"verdict.{v.value}", self.document.language)}'
                f" <b>{counted[v]}</b></span>"
                for v in RANK
            )
        )
        self._select(before)
        self._detail()

    def _fill_parts(self, checks: list[Check], place: Callable[[str], str]) -> None:
        parts: list[str] = []
        if checks:  # before, nothing has to be loaded for it
            from slopedesign.gui.checks_data import parts_of

            parts = parts_of(checks)
        at = self.part.currentData() or ""
        if not self.part.count() or parts != [self.part.itemData(i) for i in range(1, self.part.count())]:
            self.part.clear()
            self.part.addItem(text("gui.check.all_parts", self.document.language), "")
            for name in parts:
                self.part.addItem(place(name), name)
            self.part.setCurrentIndex(max(0, self.part.findData(at)))
            self.proxy.set_part(self.part.currentData() or "")

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

        self.detail.setHtml(why_html(check, self.document.language, self.document.project))

    def follow(self, link: str) -> None:
        """A link of the detail: a field to go to, or a value that would pass, to be taken."""
        if not link.startswith("apply:"):
            self.wanted.emit(link)
            return
        field, _, value = link.removeprefix("apply:").partition("=")
        check = self.current()
        title = check.title.render(self.document.language) if check is not None else ""
        try:
            self.document.set_value(field, float(value), message("gui.edit.pass", check=title))
        except InputError as error:
            self.detail.append(told(error, self.document.project, self.document.language))

    def _wanted(self, index: QModelIndex) -> None:
        check = index.data(CHECK)
        if isinstance(check, Check):
            from slopedesign.gui.checks_data import target_of

            self.wanted.emit(target_of(check, self.document.project))


class _Filter(QSortFilterProxyModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._only, self._part = "open", ""
        self.setFilterKeyColumn(-1)
        self.setSortRole(SORT)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def set_only(self, only: str) -> None:
        """Show open points, failures, or everything."""
        self._only = only
        self.invalidate()

    def set_part(self, part: str) -> None:
        """Show what speaks of one part of the project; "" for all."""
        self._part = part
        self.invalidate()

    @guarded_or(True)
    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, ChecksModel)
        if model.verdicts[row] in HIDDEN[self._only]:
            return False
        if self._part:
            from slopedesign.gui.checks_data import part_of

            if part_of(model.checks[row]) != self._part:
                return False
        return not self.filterRegularExpression().pattern() or super().filterAcceptsRow(row, parent)
