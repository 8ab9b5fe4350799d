"""The window's menus and tool bar, and what they do to the parts of a project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QToolBar

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.parts import OPTIONAL_PARTS, missing_parts, slope_seed
from slopedesign.gui.tree import ProjectTree
from slopedesign.gui.window_files import WindowFiles
from slopedesign.i18n import text
from slopedesign.project.project import Project

if TYPE_CHECKING:
    from pydantic import BaseModel
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QLabel

    from slopedesign.gui.stating import StateDialog

PARTED = ("duplicate_slope", "remove_part")
"""What is done with the selected part."""
SAID_MS = 6000
TOOLS = ("new", "open", "save", "undo", "redo", "recompute", "export")


class WindowActions(WindowFiles):
    """Menus, shortcuts, and the edits of whole parts; the window itself gives the rest."""

    actions_by_name: dict[str, QAction]
    tree: ProjectTree
    problem: QLabel

    def plan(self) -> dict[str, list[tuple[str, Any, Callable[[], object]] | None]]:
        """Menus with their entries: name, shortcut, work; None is a line between."""
        raise NotImplementedError

    def _make_actions(self) -> None:
        for old in self.actions_by_name.values():
            self.removeAction(old)
            old.setShortcut(QKeySequence())
            old.deleteLater()
        self.actions_by_name.clear()
        bar = QToolBar(text("gui.toolbar", self.language))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        for menu_name, entries in self.plan().items():
            menu = self.menuBar().addMenu(text(f"gui.menu.{menu_name}", self.language))
            if menu_name == "part":
                self._fits_the_selection(menu)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                else:
                    self._add(menu, *entry)
        for name in TOOLS:
            bar.addAction(self.actions_by_name[name])
        self.addToolBar(bar)
        self._show_undo()

    def _add(self, menu: QMenu, name: str, shortcut: Any, work: Callable[[], object]) -> None:
        if name in ("add_part", "recent"):
            inner = menu.addMenu(text(f"gui.action.{name}", self.language))
            if name == "recent":
                self.recent_menu = inner
            inner.aboutToShow.connect(partial(self._fill_parts, inner) if name == "add_part" else self._fill_recent)
            return
        action = QAction(text(f"gui.action.{name}", self.language), self)
        if shortcut is not None:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda _=False: self._act(work))
        menu.addAction(action)
        self.actions_by_name[name] = action

    def _act(self, work: Callable[[], object]) -> None:
        """An action counts what has been typed so far as entered."""
        self.finish_typing()
        work()

    def _show_undo(self) -> None:
        """Undo and redo say what they would do, in the menu and in the hint of the tool bar."""
        from shiboken6 import isValid

        stack = self.document.undo_stack
        if not isValid(stack):  # it speaks once more while the document ends
            return
        now = (("undo", stack.canUndo(), stack.undoText()), ("redo", stack.canRedo(), stack.redoText()))
        for name, can, what in now:
            action = self.actions_by_name[name]
            words = text(f"gui.action.{name}", self.language)
            action.setEnabled(can)
            action.setText(f"{words} {what}" if what else words)
            action.setIconText(words)
            action.setToolTip(f"{words}: {what}" if what else words)

    def show_history(self) -> None:
        """Every step since the project was opened; a click goes back or forth to it."""
        from slopedesign.gui.history import HistoryDialog

        answer_of(HistoryDialog(self.document, self))

    # --- parts

    def _fill_parts(self, menu: QMenu) -> None:
        menu.clear()
        for name in missing_parts(self.document.project):
            menu.addAction(text(f"fields.Project.{name}", self.language), partial(self.add_part, name))
        menu.setEnabled(True)

    def _fits_the_selection(self, menu: QMenu) -> None:
        """A menu of the parts offers what can be done with the selected one; shortcuts say for themselves."""
        menu.aboutToShow.connect(lambda: self._enable(self._can))
        menu.aboutToHide.connect(lambda: self._enable(lambda _: True))

    def _enable(self, can: Callable[[str], bool]) -> None:
        for name in PARTED:
            self.actions_by_name[name].setEnabled(can(name))

    def _can(self, name: str) -> bool:
        """Whether an action has something to work on."""
        path = self.tree.current_path()
        return path.startswith("slopes[") if name == "duplicate_slope" else path.endswith("]") or path in OPTIONAL_PARTS

    def _cannot(self, name: str) -> None:
        self.statusBar().showMessage(text(f"gui.cannot.{name}", self.language), SAID_MS)

    def show_part_menu(self, where: QPoint) -> None:
        """What can be done with the parts, where the tree is clicked with the right button."""
        item = self.tree.itemAt(where)
        if item is not None:
            self.tree.setCurrentItem(item)
        menu = QMenu(self)
        self._fits_the_selection(menu)
        menu.addAction(self.actions_by_name["add_slope"])
        inner = menu.addMenu(text("gui.action.add_part", self.language))
        self._fill_parts(inner)
        inner.setEnabled(bool(inner.actions()))
        menu.addSeparator()
        menu.addAction(self.actions_by_name["layout"])
        menu.addAction(self.actions_by_name["duplicate_slope"])
        menu.addAction(self.actions_by_name["remove_part"])
        menu.popup(self.tree.viewport().mapToGlobal(where))

    def add_part(self, name: str) -> None:
        """State a part of the project that was left out; one that cannot begin empty asks for what it needs."""
        from slopedesign.gui.fields import records_in
        from slopedesign.gui.stating import begins_empty

        title = text(f"fields.Project.{name}", self.language)
        words = text("gui.edit.add", self.language, name=title)
        record = next(inner for key, _, inner in records_in(Project) if key == name)
        if begins_empty(record):
            self._edit(lambda: self.document.set_value(name, {}, words))
        else:
            answer_of(self.stating_part(name, record, title, words))
        self.tree.select(name)

    def stating_part(self, name: str, record: type[BaseModel], title: str, words: str) -> StateDialog:
        """The dialog that states a part which cannot begin empty."""
        from slopedesign.gui.stating import StateDialog

        return StateDialog(
            record,
            title,
            name,
            lambda value: self.document.set_value(name, value, words),
            self.language,
            self,
            names=self.document.names,
        )

    def add_slope(self) -> None:
        """A slope more, on the ground of the first survey."""
        entry = slope_seed(self.document.project, self.language, self.document.design)
        if entry is None:
            self.problem.setText(text("gui.no_survey", self.language))
            return
        self._edit(
            lambda: self.document.add_entry("slopes", entry, text("gui.edit.add", self.language, name=entry["name"]))
        )
        self.tree.select(f"slopes[{len(self.document.project.slopes) - 1}]")

    def remove_part(self) -> None:
        """Take the selected slope, entry or part away; undo brings it back."""
        path = self.tree.current_path()
        if not self._can("remove_part"):
            self._cannot("remove_part")
            return
        name = text("gui.edit.remove", self.language, name=self.tree.current_title())
        if path.endswith("]"):
            self._edit(lambda: self.document.remove_entry(path, name))
        else:
            self._edit(lambda: self.document.set_value(path, None, name))

    def lay_out_ditches(self) -> None:
        """Ditches proposed on the designed slopes, to be looked at and taken."""
        from slopedesign.gui.layout_dialog import LayoutDialog

        design = self.document.design
        if design is None or not design.slopes:
            QMessageBox.information(self, "slopedesign", text("gui.layout.none", self.language))
            return
        answer_of(LayoutDialog(self.document, self))

    def duplicate_slope(self) -> None:
        """A variant of the selected slope's design beside it."""
        from slopedesign.gui.variants import duplicate

        if not self._can("duplicate_slope"):
            self._cannot("duplicate_slope")
            return
        self._edit(lambda: duplicate(self.document, self.tree.current_path()))

    def _edit(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SlopeDesignError as error:
            self.complain(error)
