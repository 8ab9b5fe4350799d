"""The main window: tree, form, pages in the middle, checks on the right; it wires, it does not compute."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenuBar,
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

from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.background import Background
from slopedesign.gui.checks_panel import ChecksPanel
from slopedesign.gui.collector import Collector
from slopedesign.gui.defects import guarded, write_down
from slopedesign.gui.document import Document
from slopedesign.gui.foot import FootLabel
from slopedesign.gui.forms import RecordForm
from slopedesign.gui.name_combo import NameCombo
from slopedesign.gui.notice import Notice
from slopedesign.gui.page_tabs import PageTabs
from slopedesign.gui.pages import PAGES, make_page
from slopedesign.gui.parts import OPTIONAL_PARTS
from slopedesign.gui.remarks_panel import RemarksPanel
from slopedesign.gui.start_page import StartPage
from slopedesign.gui.telling import told
from slopedesign.gui.tree import Part, ProjectTree
from slopedesign.gui.window_files import new_project
from slopedesign.gui.window_manners import WindowManners
from slopedesign.gui.worker import Answer, Worker
from slopedesign.i18n import Message, text

RECENT = 8
RECOMPUTE_AFTER_MS = 120
UNTAKEN_MS = 12_000


class Window(WindowManners):
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
        self.watch_surveys()

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
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self.show_part_menu)
        self.form_area = QScrollArea()
        self.form_area.setWidgetResizable(True)
        self.form_area.setMinimumWidth(self.fontMetrics().height() * 15)
        self.pages = PageTabs()
        self.pages.made.connect(self._made)
        self.pages.painted.connect(self._make_pages)
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
        self.splitter.setSizes([em * 23, em * 62])
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
        if hasattr(page, "section_wanted"):
            page.section_wanted.connect(self._show_section)
        if hasattr(page, "counted"):
            page.counted.connect(partial(self._count, name))
            page.refresh()  # it has counted before anybody listened

    def _make_pages(self) -> None:
        """The pages nobody has looked at yet; not while the calculation is being loaded, they would wait for it."""
        document = self.document
        if self._empty() or document.design is not None or document.problem is not None:
            self.pages.make_rest()

    def _show_section(self, slope: str, name: str) -> None:
        self.show_page("section")
        page: Any = self.pages.currentWidget()
        page.show_section(slope, name)

    def _count_remarks(self, warnings: int, _: int) -> None:
        title = text("gui.remarks.title", self.language)
        self.verdicts.setTabText(1, f"{title} ({warnings})" if warnings else title)

    def _offer_problem(self) -> bool:
        """Say what keeps the design from being computed, and lead to the field or the plan where it can be mended."""
        problem = self.document.problem
        if problem is None:
            return False
        from slopedesign.gui.checks_data import stands

        words = told(problem, self.document.project, self.language)
        field = problem.field if isinstance(problem, InputError) else ""
        if field and stands(self.document.project, field):
            self.notice.ask(words, "go_to_field", lambda: self.go_to(field))
        else:
            self.notice.ask(words, "show_plan", lambda: self.show_page("plan"))
        return True

    def _advise(self) -> None:
        """The start page while there is nothing; one sentence where a newcomer would be stuck."""
        from slopedesign.gui.guidance import advice

        project = self.document.project
        empty = self._empty()
        self.actions_by_name["export"].setEnabled(not empty)
        self.front.setCurrentWidget(self.start if empty else self.pages)
        found = None if empty else advice(project, self.document.design, self.language)
        steps: dict[str, Callable[[], object]] = {
            "new": self.new_from_survey, "add_slope": self.add_slope, "draw_base": self._show_remarks,
        }  # fmt: skip
        if self._offer_problem():
            return
        if found is None:
            self.notice.ask("", "", lambda: None)
        else:
            self.notice.advise(found.words, found.action, steps[found.action])

    def _empty(self) -> bool:
        """Whether there is nothing to compute."""
        project = self.document.project
        return not (project.surveys or project.slopes or project.roads or project.cover_areas)

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
        dock = self.checks_dock = QDockWidget(text("gui.checks", self.language))
        dock.setObjectName("checks")
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(self.verdicts)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._share_room()

    def _share_room(self) -> None:
        """The checks have a third of a narrow window, of a wide one what their table needs."""
        wide = self.fontMetrics().height() * 25
        room = min(wide, int(self.width() * 0.32)) if self.isVisible() else wide
        self.resizeDocks([self.checks_dock], [room], Qt.Orientation.Horizontal)

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._share_room()

    def _status(self) -> None:
        bar = QStatusBar()
        self.setStatusBar(bar)  # the former one is deleted with all it held
        self.state = QLabel()
        self.state.setMaximumWidth(self.fontMetrics().height() * 30)
        self.problem = FootLabel()  # however long its words are, the window is no wider for them
        self.problem.setObjectName("error")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setMaximumWidth(self.fontMetrics().height() * 8)
        self.progress.setVisible(self.worker.busy)
        self.actions_by_name["cancel"].setEnabled(self.worker.busy)
        bar.addWidget(self.problem, 1)
        bar.addPermanentWidget(self.state)
        bar.addPermanentWidget(self.progress)

    def plan(self) -> dict[str, list[tuple[str, Any, Callable[[], object]] | None]]:
        """Menus with their entries."""
        key = QKeySequence.StandardKey
        return {
            "file": [("new", key.New, self.new_from_survey), ("open", key.Open, self.open), ("recent", None, lambda: 0),
                     None, ("save", key.Save, self.save), ("save_as", key.SaveAs, self.save_as), None,
                     ("export", "Ctrl+E", self.export), ("print", key.Print, self.print_page), None,
                     ("quit", key.Quit, self.close)],
            "edit": [("undo", key.Undo, lambda: self.document.undo()),
                     ("redo", "Ctrl+Y", lambda: self.document.redo()), ("history", "Ctrl+H", self.show_history), None,
                     ("settings", key.Preferences, self.show_settings)],
            "part": [("add_slope", None, self.add_slope), ("add_part", None, lambda: 0), None,
                     ("layout", None, self.lay_out_ditches),
                     ("duplicate_slope", "Ctrl+D", self.duplicate_slope),
                     ("remove_part", "Ctrl+Del", self.remove_part)],
            "compute": [("recompute", "F5", self.recompute), ("cancel", "Esc", self.worker.cancel)],
            "view": [("next_page", "Ctrl+Tab", lambda: self._turn(1)),
                     ("previous_page", "Ctrl+Shift+Tab", lambda: self._turn(-1)), None,
                     ("theme", "Ctrl+T", self.switch_theme), ("language", "Ctrl+L", self.switch_language)],
            "help": [("clause", "F1", self.show_clause), ("conventions", None, self.show_conventions),
                     ("about", None, self.show_about)],
        }  # fmt: skip

    def finish_typing(self) -> None:
        """Take what stands in the field under the cursor as if Enter had been pressed: a shortcut leaves it there."""
        line = self.focusWidget()
        if not isinstance(line, QLineEdit | NameCombo):
            return
        above = line.parentWidget()
        while above is not None and not isinstance(above, QAbstractItemView):
            above = above.parentWidget()
        if above is not None:  # the editor of a cell
            above.commitData(line)
            above.closeEditor(line, QAbstractItemDelegate.EndEditHint.NoHint)
        elif (typed := line.line if isinstance(line, NameCombo) else line).isModified():
            typed.editingFinished.emit()

    # --- the document

    def take(self, document: Document) -> None:
        """Show another document; the old one ends."""
        old = self.document
        with QSignalBlocker(old):
            old.close()
        self.document = document
        self._build()
        self._listen()
        self.watch_surveys()
        old.deleteLater()
        self.recompute()

    def _project_changed(self) -> None:
        self._soon.start()
        self._title()
        self.watch_surveys()

    def recompute(self) -> None:
        """Compute the shown project anew."""
        if not self._empty():
            self.worker.ask(self.document.project, self.document.folder)

    def _answered(self, answer: Answer) -> None:
        if answer.crash:
            self.problem.setText(text("gui.defect", self.language, error=answer.crash))
            self.problem.setToolTip(str(write_down(answer.trace)))
            return
        design = answer.design if answer.design is not None else self.document.design
        self.document.set_design(design, answer.problem)
        self.pages.make_rest()
        self.collector.set_apart()

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.actions_by_name["cancel"].setEnabled(busy)
        self.state.setText(text("cli.working" if busy else "gui.ready", self.language))

    def _progressed(self, stage: Message) -> None:
        self.state.setText(text("cli.stage", self.language, stage=stage))

    def _show_problem(self, problem: SlopeDesignError | None) -> None:
        """What keeps the design from being computed: below, whole in its hint, and beside its field."""
        words = told(problem, self.document.project, self.language) if problem is not None else ""
        self.problem.setText(words)
        self.problem.setToolTip(words)
        if self._form is not None and isinstance(problem, InputError):
            row = self._form.row_of(problem.field)
            if row is not None:
                row.refuse(problem)

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
        if self._form is not None and self._form is self.form_area.widget():
            self._tell_untaken(self._form.untaken())
        old = self.form_area.takeWidget()
        if old is not None:  # it may be the one whose edit brought us here: let it end its work first
            old.hide()
            old.deleteLater()
        self._form, self._part = form, part
        self.form_area.setWidget(form)

    def _tell_untaken(self, texts: list[tuple[str, str]]) -> None:
        """A refused text goes with its form: say which, so that nobody believes it entered."""
        joint = text("gui.check.joint", self.language)
        if texts:
            words = joint.join(text("gui.untaken_one", self.language, field=f, typed=t) for f, t in texts)
            self.statusBar().showMessage(text("gui.untaken", self.language, what=words), UNTAKEN_MS)

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

    def export(self) -> None:
        """The same outputs as the command line writes."""
        from slopedesign.gui.export import ExportDialog

        answer_of(ExportDialog(self.document, self))

    def print_page(self) -> None:
        """Print the page in front."""
        page = self.pages.currentWidget()
        if hasattr(page, "print"):
            page.print()

    def _turn(self, by: int) -> None:
        self.pages.setCurrentIndex((self.pages.currentIndex() + by) % self.pages.count())

    def _tab_order(self) -> None:
        """Tree, form, pages, checks: as the eye goes."""
        QWidget.setTabOrder(self.tree, self.form_area)
        QWidget.setTabOrder(self.form_area, self.pages)
        QWidget.setTabOrder(self.pages, self.checks)

    # --- the end

    @guarded
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
