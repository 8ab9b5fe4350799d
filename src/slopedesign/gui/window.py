"""The main window: tree, form, pages in the middle, checks on the right; it wires, it does not compute."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QDockWidget,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QMessageBox,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStatusBar,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from slopedesign.errors import SlopeDesignError
from slopedesign.gui import theme
from slopedesign.gui.background import Background
from slopedesign.gui.checks_panel import ChecksPanel
from slopedesign.gui.collector import Collector
from slopedesign.gui.defects import write_down
from slopedesign.gui.document import Document, Recovery, open_document, recovery_for
from slopedesign.gui.forms import FieldRow, RecordForm
from slopedesign.gui.notice import Notice
from slopedesign.gui.page_tabs import PageTabs
from slopedesign.gui.pages import PAGES, make_page
from slopedesign.gui.parts import OPTIONAL_PARTS, missing_parts, part_seed, slope_seed
from slopedesign.gui.qt_words import translate_qt
from slopedesign.gui.remarks_panel import RemarksPanel
from slopedesign.gui.start_page import StartPage
from slopedesign.gui.tree import Part, ProjectTree
from slopedesign.gui.worker import Answer, Worker
from slopedesign.i18n import LANGUAGES, Message, text
from slopedesign.project.project import Project

RECENT = 8
RECOMPUTE_AFTER_MS = 120


class Window(QMainWindow):
    """One window on one document."""

    def __init__(self, language: str, document: Document | None = None) -> None:
        super().__init__()
        self.language = language
        self.setAcceptDrops(True)
        self.settings = QSettings("slopedesign", "slopedesign")
        self.collector = Collector(self)
        self.collector.start()
        self.worker = Worker(self)
        self.worker.answered.connect(self._answered)
        self.worker.begun.connect(self._answered)
        self.worker.busy_changed.connect(self._busy)
        self.worker.progress.connect(self._progressed)
        self._soon = QTimer(self, interval=RECOMPUTE_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self.recompute)
        self.document = document or Document(new_project(language), None, language)
        self.actions_by_name: dict[str, QAction] = {}
        self._form: RecordForm | None = None
        self._part: Part | None = None
        self._build()
        self._listen()
        self._restore()

    # --- layout

    def _build(self) -> None:
        """All widgets, in the window's language; called again when language or document change."""
        former: ProjectTree | None = getattr(self, "tree", None)
        at = former.current_path() if former is not None else ""
        self.document.language = self.language
        self.document.cancel_preview()  # the view it was dragged in goes
        self.setMenuBar(QMenuBar())  # the former one goes with its menus
        for bar in self.findChildren(QToolBar):
            self.removeToolBar(bar)
            bar.deleteLater()
        self._make_actions()
        self.tree = ProjectTree(self.document)
        self.tree.chosen.connect(self._show_form)
        self.form_area = QScrollArea()
        self.form_area.setWidgetResizable(True)
        self.form_area.setMinimumWidth(self.fontMetrics().height() * 17)
        self.pages = PageTabs()
        self.pages.made.connect(self._made)
        self._add_pages()
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.tree)
        left.addWidget(self.form_area)
        left.setStretchFactor(1, 2)
        self.notice = Notice(self.document)
        self.start = StartPage(self.language, self.new_from_survey, self.open, self.recent(), self._open_recent)
        self.front = QStackedWidget()
        self.front.addWidget(self.start)
        self.front.addWidget(self.pages)
        middle = QWidget()
        stack = QVBoxLayout(middle)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.notice)
        stack.addWidget(self.front, 1)
        self.splitter = QSplitter()
        self.splitter.addWidget(left)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(1, 1)
        em = self.fontMetrics().height()
        left.setSizes([em * 17, em * 35])
        self.splitter.setSizes([em * 21, em * 64])
        self.setCentralWidget(self.splitter)
        self._dock_checks()
        self._status()
        self._title()
        self.tree.select(at) or self.tree.select("slopes[0].benches") or self.tree.select("info")
        part = self.tree.current_part()
        if part is not None:
            self._show_form(part)
        self._tab_order()
        self._show_problem(self.document.problem)
        self._advise()

    def _listen(self) -> None:
        """Hear the document; once for each document, whatever is built anew around it."""
        document, stack = self.document, self.document.undo_stack
        document.project_changed.connect(self._project_changed)
        document.clean_changed.connect(self._title)
        document.path_changed.connect(self._title)
        document.problem_changed.connect(self._show_problem)
        document.design_changed.connect(self._advise)
        stack.indexChanged.connect(self._show_undo)
        stack.cleanChanged.connect(self._show_undo)

    def _show_undo(self) -> None:
        """Undo and redo say what they would do."""
        stack = self.document.undo_stack
        if not isValid(stack):  # it speaks once more while the document ends
            return
        now = (("undo", stack.canUndo(), stack.undoText()), ("redo", stack.canRedo(), stack.redoText()))
        for name, can, what in now:
            action = self.actions_by_name[name]
            action.setEnabled(can)
            words = text(f"gui.action.{name}", self.language)
            action.setToolTip(f"{words}: {what}" if what else words)

    def _add_pages(self) -> None:
        document = self.document
        self.pages.fill(
            [(name, text(f"gui.page.{name}", self.language), partial(make_page, name, document)) for name in PAGES]
        )
        self.page_names = self.pages.names

    def _made(self, name: str, page: Any) -> None:
        """A page has come: hear it."""
        if hasattr(page, "wanted"):
            page.wanted.connect(self.go_to)
        if hasattr(page, "counted"):
            page.counted.connect(partial(self._count, name))
            page.refresh()  # it has counted before anybody listened

    def _count_remarks(self, warnings: int, _: int) -> None:
        title = text("gui.remarks.title", self.language)
        self.verdicts.setTabText(1, f"{title} ({warnings})" if warnings else title)

    def _advise(self) -> None:
        """The start page while there is nothing; one sentence where a newcomer would be stuck."""
        from slopedesign.gui.guidance import advice

        project = self.document.project
        empty = not project.surveys and not project.slopes and project.roads is None and not project.cover_areas
        self.front.setCurrentWidget(self.start if empty else self.pages)
        found = None if empty else advice(project, self.document.design, self.language)
        steps: dict[str, Callable[[], object]] = {
            "new": self.new_from_survey, "add_slope": self.add_slope, "draw_base": self._show_remarks,
        }  # fmt: skip
        if found is None:
            self.notice.ask("", "", lambda: None)
        else:
            self.notice.advise(found.words, found.action, steps[found.action])

    def _show_remarks(self) -> None:
        """What the calculation says about the ground and the base line, beside the plan to draw it in."""
        self.verdicts.setCurrentWidget(self.remarks)
        self.show_page("plan")

    def _count(self, name: str, waiting: int) -> None:
        """A page's tab says how much waits on it."""
        title = text(f"gui.page.{name}", self.language)
        self.pages.setTabText(self.page_names.index(name), f"{title} ({waiting})" if waiting else title)

    def _dock_checks(self) -> None:
        for dock in self.findChildren(QDockWidget):
            self.removeDockWidget(dock)
            dock.deleteLater()
        self.checks = ChecksPanel(self.document)
        self.checks.wanted.connect(self.go_to)
        self.remarks = RemarksPanel(self.document)
        self.remarks.wanted.connect(self.go_to)
        self.verdicts = QTabWidget()
        self.verdicts.setDocumentMode(True)
        self.verdicts.addTab(self.checks, text("gui.checks", self.language))
        self.verdicts.addTab(self.remarks, text("gui.remarks.title", self.language))
        self.remarks.counted.connect(self._count_remarks)
        self.remarks.refresh()
        dock = QDockWidget(text("gui.checks", self.language))
        dock.setObjectName("checks")
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(self.verdicts)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.resizeDocks([dock], [self.fontMetrics().height() * 25], Qt.Orientation.Horizontal)

    def _status(self) -> None:
        bar = QStatusBar()
        self.setStatusBar(bar)  # the former one is deleted with all it held
        self.state = QLabel()
        self.problem = QLabel()
        self.problem.setObjectName("error")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setMaximumWidth(self.fontMetrics().height() * 8)
        self.progress.setVisible(self.worker.busy)
        bar.addWidget(self.problem, 1)
        bar.addPermanentWidget(self.state)
        bar.addPermanentWidget(self.progress)

    def _make_actions(self) -> None:
        for old in self.actions_by_name.values():
            self.removeAction(old)
            old.setShortcut(QKeySequence())
            old.deleteLater()
        self.actions_by_name.clear()
        language = self.language
        key = QKeySequence.StandardKey
        plan: dict[str, list[tuple[str, Any, Callable[[], object]] | None]] = {
            "file": [("new", key.New, self.new_from_survey), ("open", key.Open, self.open), ("recent", None, lambda: 0),
                     None, ("save", key.Save, self.save), ("save_as", key.SaveAs, self.save_as), None,
                     ("export", "Ctrl+E", self.export), ("print", key.Print, self.print_page), None,
                     ("quit", key.Quit, self.close)],
            "part": [("add_slope", None, self.add_slope), ("add_part", None, lambda: 0), None,
                     ("duplicate_slope", "Ctrl+D", self.duplicate_slope),
                     ("remove_part", "Ctrl+Del", self.remove_part)],
            "edit": [("undo", key.Undo, lambda: self.document.undo()),
                     ("redo", "Ctrl+Y", lambda: self.document.redo()), None,
                     ("settings", key.Preferences, self.show_settings)],
            "compute": [("recompute", "F5", self.recompute), ("cancel", "Esc", self.worker.cancel)],
            "view": [("next_page", "Ctrl+Tab", lambda: self._turn(1)),
                     ("previous_page", "Ctrl+Shift+Tab", lambda: self._turn(-1)), None,
                     ("theme", "Ctrl+T", self.switch_theme), ("language", "Ctrl+L", self.switch_language)],
            "help": [("clause", "F1", self.show_clause), ("conventions", None, self.show_conventions),
                     ("about", None, self.show_about)],
        }  # fmt: skip
        bar = QToolBar(text("gui.toolbar", language))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        for menu_name, entries in plan.items():
            menu = self.menuBar().addMenu(text(f"gui.menu.{menu_name}", language))
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                name, shortcut, work = entry
                if name == "add_part":
                    self.part_menu = menu.addMenu(text("gui.action.add_part", language))
                    self.part_menu.aboutToShow.connect(self._fill_parts)
                    continue
                if name == "recent":
                    self.recent_menu = menu.addMenu(text("gui.action.recent", language))
                    self.recent_menu.aboutToShow.connect(self._fill_recent)
                    continue
                action = QAction(text(f"gui.action.{name}", language), self)
                if shortcut is not None:
                    action.setShortcut(shortcut)
                action.triggered.connect(lambda _=False, work=work: self._act(work))
                menu.addAction(action)
                self.actions_by_name[name] = action
        for name in ("new", "open", "save", "undo", "redo", "recompute", "export"):
            bar.addAction(self.actions_by_name[name])
        self.addToolBar(bar)
        self._show_undo()

    def _act(self, work: Callable[[], object]) -> None:
        """An action counts what has been typed so far as entered."""
        self.finish_typing()
        work()

    def finish_typing(self) -> None:
        """Take what stands in the field under the cursor as if Enter had been pressed: a shortcut leaves it there."""
        line = self.focusWidget()
        if not isinstance(line, QLineEdit):
            return
        above = line.parentWidget()
        while above is not None and not isinstance(above, QAbstractItemView):
            above = above.parentWidget()
        if above is not None:  # the editor of a cell
            above.commitData(line)
            above.closeEditor(line, QAbstractItemDelegate.EndEditHint.NoHint)
        elif line.isModified():
            line.editingFinished.emit()

    # --- the document

    def take(self, document: Document) -> None:
        """Show another document; the old one ends."""
        old = self.document
        with QSignalBlocker(old):
            old.close()
        self.document = document
        self._build()
        self._listen()
        old.deleteLater()
        self.recompute()

    def _project_changed(self) -> None:
        self._soon.start()
        self._title()

    def recompute(self) -> None:
        """Compute the shown project anew."""
        if self.document.project.slopes or self.document.project.roads:
            self.worker.ask(self.document.project, self.document.folder)

    def _answered(self, answer: Answer) -> None:
        if answer.crash:
            self.problem.setText(text("gui.defect", self.language, error=answer.crash))
            self.problem.setToolTip(str(write_down(answer.trace)))
            return
        design = answer.design if answer.design is not None else self.document.design
        self.document.set_design(design, answer.problem)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.state.setText(text("cli.working" if busy else "gui.ready", self.language))

    def _progressed(self, stage: Message) -> None:
        self.state.setText(text("cli.stage", self.language, stage=stage))

    def _show_problem(self, problem: SlopeDesignError | None) -> None:
        self.problem.setText(problem.describe(self.language) if problem is not None else "")

    def _title(self, _: object = None) -> None:
        name = self.document.path.name if self.document.path else text("gui.untitled", self.language)
        self.setWindowTitle(f"{name}[*] - {self.document.project.info.name} - slopedesign")
        self.setWindowModified(self.document.dirty)

    # --- going places

    def _show_form(self, part: Part) -> None:
        """The form of a part; the form there is stays where it is of this part already."""
        if self._form is not None and part == self._part and self._form is self.form_area.widget():
            return
        form = RecordForm(part.record, self.document, part.path, part.skip)
        form.setContentsMargins(6, 6, 6, 6)
        old = self.form_area.takeWidget()
        if old is not None:  # it may be the one whose edit brought us here: let it end its work first
            old.hide()
            old.deleteLater()
        self._form, self._part = form, part
        self.form_area.setWidget(form)

    def go_to(self, path: str) -> None:
        """Select the part a path belongs to and put the cursor into its field; a reply on the page of replies."""
        if path.startswith("answers."):
            self.show_page("answers")
            page: Any = self.pages.currentWidget()
            page.go_to(path.removeprefix("answers."))
            return
        root = path.partition(".")[0].partition("[")[0]
        if root in OPTIONAL_PARTS and getattr(self.document.project, root) is None:
            title = text(f"fields.Project.{root}", self.language)
            self.notice.ask(text("gui.notice.part", self.language, part=title), "add_part",
                            lambda: self.add_part(root))  # fmt: skip
            return
        self.tree.select(path)
        found = self._form.go_to(path) if self._form else None
        if found is not None:
            self.form_area.ensureWidgetVisible(found)

    def show_page(self, name: str) -> None:
        """Bring a page of the middle to the front."""
        if name in self.page_names:
            self.front.setCurrentWidget(self.pages)
            self.pages.setCurrentIndex(self.page_names.index(name))
            self.pages.currentWidget()

    # --- files

    def begin(self) -> None:
        """Go on with the document the window was made with."""
        if self.document.path is not None:
            self._remember(self.document.path)
        self.recompute()

    def open_path(self, path: Path) -> bool:
        """Open a project file; what keeps it from opening is said."""
        try:
            document = open_document(path, self.language)
        except SlopeDesignError as error:
            self.complain(error)
            return False
        if self.document.path is not None and self.document.path.resolve() == path.resolve():
            self.document.unlock()  # it is this window that holds it
        if held := document.lock():
            answer = QMessageBox.warning(
                self, "slopedesign", text("gui.held", self.language, who=held),
                QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel,
            )  # fmt: skip
            if answer != QMessageBox.StandardButton.Open:
                return False
        recovery = recovery_for(path)
        if recovery is not None and self._wants(recovery):
            document.edit(recovery.project, text("gui.edit.recovered", self.language))
        self._remember(path)
        self.take(document)
        return True

    def _wants(self, recovery: Recovery) -> bool:
        stamp = "%Y-%m-%d %H:%M:%S"
        said = text(
            "gui.recover", self.language, saved=recovery.saved_at.strftime(stamp),
            file=recovery.file_at.strftime(stamp) if recovery.file_at else "-",
        )  # fmt: skip
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        return QMessageBox.question(self, "slopedesign", said, buttons) == QMessageBox.StandardButton.Yes

    def open(self) -> None:
        """Ask for a project file."""
        if not self._may_leave():
            return
        name, _ = QFileDialog.getOpenFileName(
            self, text("gui.action.open", self.language), str(self.document.folder), text("gui.filter", self.language)
        )
        if name:
            self.open_path(Path(name))

    def save(self) -> bool:
        """Save; the first time ask where."""
        if self.document.path is None:
            return self.save_as()
        return self._save(None)

    def save_as(self) -> bool:
        """Ask where and save."""
        name, _ = QFileDialog.getSaveFileName(
            self, text("gui.action.save_as", self.language), str(self.document.folder / "project.json"),
            text("gui.filter", self.language),
        )  # fmt: skip
        return bool(name) and self._save(Path(name))

    def _save(self, path: Path | None) -> bool:
        try:
            self.document.save(path)
        except SlopeDesignError as error:
            self.complain(error)
            return False
        if self.document.path is not None:
            self._remember(self.document.path)
        self._title()
        return True

    def _may_leave(self) -> bool:
        self.finish_typing()
        if not self.document.dirty:
            return True
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self, "slopedesign", text("gui.unsaved", self.language), button.Save | button.Discard | button.Cancel
        )
        return answer == button.Discard or (answer == button.Save and self.save())

    def new_from_survey(self) -> None:
        """The wizard: from a survey file to a starting project."""
        from slopedesign.gui.wizard import NewProjectWizard

        if not self._may_leave():
            return
        wizard = NewProjectWizard(self.language, self)
        if wizard.exec() and wizard.created is not None:
            self.open_path(wizard.created)

    def export(self) -> None:
        """The same outputs as the command line writes."""
        from slopedesign.gui.export import ExportDialog

        ExportDialog(self.document, self).exec()

    def print_page(self) -> None:
        """Print the page in front."""
        page = self.pages.currentWidget()
        if hasattr(page, "print"):
            page.print()

    def duplicate_slope(self) -> None:
        """A variant of the selected slope's design beside it."""
        from slopedesign.gui.variants import duplicate

        duplicate(self.document, self.tree.current_path())

    def complain(self, error: SlopeDesignError) -> None:
        """Say what is wrong in one box."""
        QMessageBox.warning(self, "slopedesign", error.describe(self.language))

    # --- parts

    def _fill_parts(self) -> None:
        self.part_menu.clear()
        for name in missing_parts(self.document.project):
            title = text(f"fields.Project.{name}", self.language)
            self.part_menu.addAction(title, partial(self.add_part, name))
        self.part_menu.setEnabled(True)

    def add_part(self, name: str) -> None:
        """State a part of the project that was left out."""
        title = text(f"fields.Project.{name}", self.language)
        self._edit(
            lambda: self.document.set_value(name, part_seed(name), text("gui.edit.add", self.language, name=title))
        )
        self.tree.select(name)

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
        name = text("gui.edit.remove", self.language, name=self.tree.current_title())
        if path.endswith("]"):
            self._edit(lambda: self.document.remove_entry(path, name))
        elif path in OPTIONAL_PARTS:
            self._edit(lambda: self.document.set_value(path, None, name))

    def _edit(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SlopeDesignError as error:
            self.complain(error)

    def _turn(self, by: int) -> None:
        self.pages.setCurrentIndex((self.pages.currentIndex() + by) % self.pages.count())

    def _tab_order(self) -> None:
        """Tree, form, pages, checks: as the eye goes."""
        QWidget.setTabOrder(self.tree, self.form_area)
        QWidget.setTabOrder(self.form_area, self.pages)
        QWidget.setTabOrder(self.pages, self.checks)

    def show_settings(self) -> None:
        """What holds for all projects."""
        from slopedesign.gui.settings import SettingsDialog

        dialog = SettingsDialog(self.settings, self.language, self)
        if dialog.exec():
            dialog.keep()
            if dialog.language != self.language:
                self.set_language(dialog.language)

    def offer_unsaved(self) -> None:
        """States of projects that were never saved before their program ended: recover one, or leave them."""
        from slopedesign.gui.document import unsaved_recoveries
        from slopedesign.gui.recovery import RecoveryDialog, is_alive

        found = unsaved_recoveries(is_alive)
        if not found:
            return
        dialog = RecoveryDialog(found, self.language, self)
        dialog.exec()
        if dialog.chosen is not None:
            document = Document(new_project(self.language), None, self.language)
            document.edit(dialog.chosen.project, text("gui.edit.recovered", self.language))
            document.autosave()
            dialog.chosen.autosave.unlink(missing_ok=True)
            self.take(document)

    # --- manners

    def switch_language(self) -> None:
        """The other language, at once."""
        self.set_language(LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)])

    def set_language(self, language: str) -> None:
        """Say everything in this language."""
        self.language = language
        self.settings.setValue("language", language)
        translate_qt(language)
        page = self.pages.currentIndex()
        self._build()
        self.pages.setCurrentIndex(page)
        self.document.design_changed.emit()

    def switch_theme(self) -> None:
        """Dark to light and back."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, "light" if theme.is_dark(application) else "dark")
        self._build()
        self.document.design_changed.emit()

    def show_clause(self) -> None:
        """What the field with the cursor is; elsewhere the clause behind the selected check."""
        from slopedesign.gui.help import ClauseHelp, FieldHelp

        row: QWidget | None = QApplication.focusWidget()
        while row is not None and not isinstance(row, FieldRow):
            row = row.parentWidget()
        if row is not None:
            FieldHelp(row.kind, row.path, self.language, self).exec()
            return
        dialog = ClauseHelp(self.checks.current(), self.language, self, self.document.project)
        dialog.exec()
        if dialog.followed:
            self.checks.follow(dialog.followed)

    def show_conventions(self) -> None:
        """Axes, signs, units."""
        from slopedesign.gui.help import ConventionsHelp

        ConventionsHelp(self.language, self).exec()

    def show_about(self) -> None:
        """What this is."""
        from slopedesign import __version__

        QMessageBox.about(self, "slopedesign", text("gui.about", self.language, version=__version__))

    def _remember(self, path: Path) -> None:
        known = [p for p in self.recent() if p != str(path.resolve())]
        self.settings.setValue("recent", [str(path.resolve()), *known][:RECENT])

    def recent(self) -> list[str]:
        """Files opened lately."""
        found: Any = self.settings.value("recent", [])
        return [found] if isinstance(found, str) else [str(p) for p in found or []]

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for name in self.recent():
            self.recent_menu.addAction(name, partial(self._open_recent, name))

    def _open_recent(self, name: str) -> None:
        if self._may_leave():
            self.open_path(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not files or not self._may_leave():
            return
        event.acceptProposedAction()
        if files[0].suffix.lower() == ".json":
            self.open_path(files[0])
        else:
            from slopedesign.gui.wizard import NewProjectWizard

            wizard = NewProjectWizard(self.language, self, survey=files[0])
            if wizard.exec() and wizard.created is not None:
                self.open_path(wizard.created)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self.settings.setValue("geometry", self.saveGeometry())
        self.stop()
        self.document.close()
        event.accept()

    def stop(self) -> None:
        """End what runs beside the window."""
        self.worker.stop()
        for background in self.findChildren(Background):
            background.wait()
        self.collector.stop()

    def _restore(self) -> None:
        geometry = self.settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        else:
            self.resize(1440, 900)


def new_project(language: str) -> Project:
    """An empty project, with the title block that the settings keep."""
    from slopedesign.gui.settings import kept_info

    info = {"name": text("gui.untitled", language)} | kept_info(QSettings("slopedesign", "slopedesign"))
    return Project.model_validate({"info": info})
