"""Ditches laid out by the program: asked for, looked at in plan and in a table, then taken as one edit."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.gui.background import Background, said
from slopedesign.gui.canvas import Canvas, Handle
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document
from slopedesign.gui.foot import FootLabel
from slopedesign.gui.layout_data import PATH, Proposal, asked, first_request, propose_for
from slopedesign.gui.stating import FieldsToState, ListText
from slopedesign.gui.tables import CopiedTable
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text
from slopedesign.project.water import AutomaticNetwork

COLUMNS = ("name", "kind", "length", "top", "foot", "slope", "type")


class LayoutDialog(QDialog):
    """What is asked for at the left; at the right what the program proposes for it. Nothing changes before it is taken.

    The outlet is typed, or its mark dragged in the plan.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.design = document.design
        self.proposal: Proposal | None = None
        language = document.language
        self.background = Background(self)
        self.background.done.connect(self._done)
        self.setWindowTitle(text("gui.layout.title", language))
        request = first_request(document.project, self.design, language)
        self.fields = FieldsToState(AutomaticNetwork, language, request, document.names, PATH, hints=False)
        area = QScrollArea()
        area.setWidgetResizable(True)
        self.fields.setContentsMargins(6, 6, 6, 6)
        area.setWidget(self.fields)
        area.setMinimumWidth(self.fontMetrics().height() * 21)
        self.hint = QLabel(text("gui.layout.hint", language))
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.follow = QCheckBox(text("gui.layout.follow", language))
        self.follow.setToolTip(text("gui.layout.follow_hint", language))
        water = document.project.water
        known = len(water.network.reaches) if water is not None else 0
        self.instead = QCheckBox(text("gui.layout.instead", language, count=known))
        self.instead.setVisible(known > 0)
        self._asked: tuple[dict[str, Any], bool] | None = None
        split = QSplitter()
        split.addWidget(area)
        split.addWidget(self._right(language))
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        column.addWidget(split, 1)
        column.addWidget(self.error)
        column.addWidget(self.instead)
        column.addWidget(self.follow)
        column.addWidget(self._buttons(language))
        em = self.fontMetrics().height()
        self.resize(em * 66, em * 44)
        self.origin = np.zeros(2)
        self._draw()

    def _right(self, language: str) -> QWidget:
        self.canvas = Canvas()
        self.canvas.axes = (text("gui.y_east", language), text("gui.x_north", language))
        self.canvas.setAccessibleName(text("gui.page.plan", language))
        self.here = FootLabel()
        self.canvas.hovered.connect(self.here.setText)
        self.table = CopiedTable(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([text(f"gui.layout.{name}", language) for name in COLUMNS])
        self.table.setAccessibleName(text("gui.layout.title", language))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.5))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemSelectionChanged.connect(self._draw)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas, 3)
        column.addWidget(self.here)
        column.addWidget(self.summary)
        column.addWidget(self.table, 2)
        return right

    def _buttons(self, language: str) -> QDialogButtonBox:
        buttons, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
        self.look = QPushButton(text("gui.layout.look", language))
        buttons.addButton(self.look, role.ActionRole)
        self.look.clicked.connect(self.propose)
        self.look.setDefault(True)
        self.take = buttons.addButton(text("gui.layout.take", language), role.AcceptRole)
        self.take.setEnabled(False)
        buttons.addButton(text("gui.cancel", language), role.RejectRole)
        buttons.accepted.connect(self.adopt)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- asking

    def propose(self) -> None:
        """Have the ditches laid out as asked; what cannot be used is said at its field."""
        self._complain("")
        self.fields.clear_errors()
        try:
            self._asked = self.fields.value(), self.instead.isChecked()
            project = asked(self.document.project, *self._asked)
        except InputError as error:
            self._refused(error)
            return
        design = self.design
        self.look.setEnabled(False)
        self.summary.setText(text("gui.layout.working", self.document.language))
        self.background.ask("layout", lambda: propose_for(project, design))

    def _done(self, _: str, answer: Any, error: Exception | None) -> None:
        self.look.setEnabled(True)
        self.proposal = answer if error is None else None
        self.take.setEnabled(self.proposal is not None)
        if isinstance(error, InputError):
            self._refused(error)
        elif error is not None:
            self._complain(said(error, self.document.language, self.document.project))
        self._fill()
        self._draw()

    def _refused(self, error: InputError) -> None:
        self.proposal = None
        self.take.setEnabled(False)
        self.summary.setText("")
        for one in (error, *error.others):
            name = one.field.removeprefix(PATH).lstrip(".").partition(".")[0].partition("[")[0]
            if name not in self.fields.kinds:
                rule = one.rule if isinstance(one.rule, str) else one.rule.render(self.document.language)
                self._complain(rule)
            elif not self.fields.refuse(name, one):
                self._complain(told(one, self.document.project, self.document.language))

    def _complain(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def adopt(self) -> None:
        """Take what is shown as one edit; where something else is asked for meanwhile, that is shown first."""
        if self.proposal is None:
            return
        try:
            if (self.fields.value(), self.instead.isChecked()) != self._asked:
                self.propose()
                return
            project = self.proposal.adopted(self.follow.isChecked())
        except InputError as error:
            self._refused(error)
            return
        except SlopeDesignError as error:
            self._complain(said(error, self.document.language, self.document.project))
            return
        self.document.edit(project, message("gui.edit.layout"))
        self.accept()

    # --- showing

    def _fill(self) -> None:
        """The table and one sentence on the whole."""
        language = self.document.language
        reaches = self.proposal.reaches if self.proposal is not None else ()
        self.table.setRowCount(len(reaches))
        for i, reach in enumerate(reaches):
            kind = text(f"choice.{reach.kind}", language)
            cells = (reach.name, kind, f"{reach.length:.1f}", f"{reach.top:.2f}", f"{reach.foot:.2f}",
                     f"{100 * reach.slope:.2f}", reach.type)  # fmt: skip
            for j, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if 2 <= j <= 5:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(i, j, item)
        if self.proposal is None:
            return
        layout = self.proposal.layout
        words = [text("gui.layout.said", language, reaches=len(reaches), catchments=len(layout.catchments),
                      length=f"{sum(reach.length for reach in reaches):.0f}")]  # fmt: skip
        words += [remark.text.render(language) for remark in layout.remarks]
        self.summary.setText("\n".join(words))

    def _draw(self) -> None:
        """Slopes, ditches, the outlet."""
        canvas, colours, language = self.canvas, self.canvas.colours, self.document.language
        canvas.clear()
        bounds: list[np.ndarray] = []
        for slope in self.design.slopes if self.design is not None else ():
            if slope.slope.variant_of:
                continue
            lines = [line.points for line in slope.cut.daylight]
            lines += [part for bench in slope.cut.benches for part in (*bench.crest, *bench.toe)]
            bounds += [line[:, :2] for line in lines]
            if not self.origin.any() and bounds:
                self.origin = np.floor(np.vstack(bounds).min(axis=0) / 1000) * 1000
                canvas.axis_origin = (float(self.origin[0]), float(self.origin[1]))
            for k, line in enumerate(lines):
                rim = k < len(slope.cut.daylight)
                pen = canvas.pen(colours.design if rim else colours.quiet, 1.6 if rim else 0.8)
                canvas.add_line(line[:, :2] - self.origin, pen, slope.name if rim else "")
        chosen = {index.row() for index in self.table.selectedIndexes()}
        for i, reach in enumerate(self.proposal.reaches if self.proposal is not None else ()):
            colour = {"chute": colours.slip, "crest": colours.handle}.get(reach.kind, colours.water)
            pen = canvas.pen(colour, 4.5 if i in chosen else 2.2)
            kind = text(f"choice.{reach.kind}", language)
            canvas.add_line(reach.plan - self.origin, pen, f"{kind} {reach.name}  {reach.length:.1f} m")
            bounds.append(reach.plan)
        outlet = self._outlet()
        if outlet is not None:
            bounds.append(np.array([outlet]))
            self._mark(outlet)
        if bounds:
            every = np.vstack(bounds) - self.origin
            (x0, y0), (x1, y1) = every.min(axis=0), every.max(axis=0)
            canvas.set_world((x0, y0, x1, y1))

    def _outlet(self) -> tuple[float, float] | None:
        editor = self.fields.editors["outlet"]
        assert isinstance(editor, ListText)
        try:
            value = editor.value()
        except InputError:
            return None
        return (float(value[0]), float(value[1])) if value and len(value) == 2 else None

    def _mark(self, outlet: tuple[float, float]) -> None:
        """The outlet, to be dragged."""
        words = text("fields.AutomaticNetwork.outlet", self.document.language)
        at = (outlet[0] - float(self.origin[0]), outlet[1] - float(self.origin[1]))
        placed: list[tuple[float, float]] = []

        def moved(x: float, y: float) -> None:
            placed[:] = [(round(x + float(self.origin[0]), 2), round(y + float(self.origin[1]), 2))]
            editor = self.fields.editors["outlet"]
            assert isinstance(editor, ListText)
            editor.show_value(placed[0])
            self._draw()

        self.canvas.add_handle(Handle("outlet", at, words, moved, self.propose, self._draw))
        self.canvas.add_text(at, words, self.canvas.colours.handle, 0.9, "left", (10, -10), on_ground=True)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.fit()

    @guarded
    def done(self, result: int) -> None:
        """Close; what still runs is waited for."""
        self.background.wait()
        super().done(result)
