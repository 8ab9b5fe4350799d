"""A monkey at the window: it types, drags, draws, pastes, saves, opens, exports at random, and keeps its own books.

The books are a plain list of the projects that ought to be reachable by undo. What a gesture must lead to is worked
out beside the window from the value that was typed; so an edit that gets lost, comes twice or cannot be undone is
noticed. A watcher in a thread of its own looks at the stack of the window's thread whenever that does not come back
to its event loop.
"""

from __future__ import annotations

import faulthandler
import os
import random
import re
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from driving import write_survey
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl, qInstallMessageHandler
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)
from shiboken6 import isValid

from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.gui.background import Background
from slopedesign.gui.canvas import Canvas, _HandleItem
from slopedesign.gui.document import Document, recovery_for
from slopedesign.gui.export import ExportDialog, _Stopped
from slopedesign.gui.forms import FieldRow
from slopedesign.gui.list_cells import cell_of
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.name_combo import NameCombo
from slopedesign.gui.window import Window
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.project.edit import value_at
from slopedesign.project.file import dump_project, load_project
from slopedesign.project.project import Project
from slopedesign.project.renaming import with_followers

WORDS = ("1", "12", "0.5", "-3", "abc", "", "1:0.75", "90", "1e9", "45", "2,5", "face", "\uff11\uff12\uff0e\uff15")
LEFT = Qt.MouseButton.LeftButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LOOK_S = 0.25
"""A stay away from the event loop that is longer is noted with what was done meanwhile."""
DEAD_S = 180.0
"""After this the program is frozen for good: all stacks are printed and the process ends."""


class Books:
    """The projects that ought to be reachable by undo and redo, and which of them ought to be shown."""

    def __init__(self, document: Document) -> None:
        self.start(document)

    def start(self, document: Document) -> None:
        """A document as it is now; what can be undone in it is seen once it is undone."""
        self.document = document
        self.at = document.undo_stack.index()
        self.states: dict[int, Project] = {self.at: document.project}

    def pushed(self, document: Document, project: Project) -> None:
        """An edit has been asked for."""
        if document is self.document and project != self.states.get(self.at):
            self.at += 1
            self.states = {i: state for i, state in self.states.items() if i < self.at} | {self.at: project}

    def moved(self, index: int) -> None:
        """Undo or redo."""
        self.at = index

    def check(self) -> None:
        """The window must show what the books say."""
        index = self.document.undo_stack.index()
        assert index == self.at, f"undo stack at {index}, books at {self.at}"
        known = self.states.setdefault(self.at, self.document.project)
        assert self.document.project == known, f"another project than after step {self.at}"
        assert self.document._before_preview is None, "a preview was left behind"


class Watcher(threading.Thread):
    """Looks at the window's thread from outside."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.main = threading.main_thread().ident or 0
        self.seen = time.monotonic()
        self.ended = False
        self.gaps: list[float] = []
        self.longest: tuple[float, str] = (0.0, "")
        self.places: Counter[str] = Counter()
        self.doing = ""
        """Name of the act."""

    def beat(self) -> None:
        """The event loop runs."""
        now = time.monotonic()
        gap, self.seen = now - self.seen, now
        self.gaps.append(gap)

    def _look(self) -> str:
        """Where the window's thread is; without holding its frames, which would keep its painters alive."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            faulthandler.dump_traceback(file, all_threads=True)
            file.seek(0)
            threads = file.read().split("\n\n")
        main = next((words for words in threads if f"0x{self.main:016x}" in words), "")
        calls = re.findall(r'File ".*?slopedesign/(?:\w+/)*(\w+\.py)", line (\d+) in (\S+)', main)
        return " < ".join(f"{name}:{line}:{function}" for name, line, function in calls[:3])

    def run(self) -> None:
        last, place = 0.0, ""
        while not self.ended:
            time.sleep(0.05)
            gap = time.monotonic() - self.seen
            if gap < LOOK_S:
                if last > LOOK_S:
                    self.places[place] += 1
                    if last > self.longest[0]:
                        self.longest = (last, place)
                last = 0.0
                continue
            if last < LOOK_S or gap > 2 * last:
                place = f"{self.doing}: {self._look()}"
            last = max(gap, last)
            if gap > DEAD_S:
                faulthandler.dump_traceback()
                os._exit(70)


class Monkey:
    """Acts at random on one window.

    Args:
        folder: where it may write.
        others: project files it may open besides its own.
        log: file that says what it did.
    """

    def __init__(
        self, window: Window, folder: Path, seed: int, others: tuple[Path, ...] = (), log: Path | None = None
    ) -> None:
        self.window, self.folder, self.others = window, folder, others
        self.hand = random.Random(seed)
        self.log = log.open("a", encoding="utf-8") if log is not None else None
        self.trouble: list[str] = []
        self.counts: Counter[str] = Counter()
        self.books = Books(window.document)
        self.watcher = Watcher()
        self.said = ""
        self.survey = write_survey(folder / "monkey.csv")
        self.exported = self.asked = 0
        often: dict[Callable[[], None], int] = {
            self.type: 8, self.type_and_go: 4, self.garbage: 3, self.cell: 6, self.paste: 2, self.rows: 2, self.part: 6,
            self.page: 3, self.undo: 4, self.redo: 3, self.button: 6, self.action: 5, self.drag: 8, self.draw: 3,
            self.vertex: 3, self.wheel: 3, self.key: 3, self.choose: 4, self.resize: 1, self.save: 2, self.save_as: 1,
            self.open: 1, self.drop: 1, self.autosave: 2, self.export: 1, self.manners: 2, self.variants: 2,
            self.parts: 2, self.wait: 3, self.settle: 1,
        }  # fmt: skip
        self.acts = [act for act, times in often.items() for _ in range(times)]

    # --- the frame

    def run(self, seconds: float) -> int:
        """Act until the time is over; number of acts."""
        end, count = time.monotonic() + seconds, 0
        with self._watched():
            while time.monotonic() < end:
                self.once(self.hand.choice(self.acts))
                count += 1
        return count

    def once(self, act: Callable[[], None]) -> None:
        """One act, and a look into the books after it."""
        self.said = ""
        name = act.__name__
        self._note(f"> {name}")
        self.watcher.doing = name
        self.counts[name] += 1
        try:
            act()
            self._tidy()
            self.books.check()
        except Exception:  # noqa: BLE001 - every trouble is noted, the monkey goes on
            self._trouble(f"{name} {self.said}\n{traceback.format_exc()}")
            self._let_go()
        self._note(f"{name} {self.said}")

    def _note(self, words: str) -> None:
        if self.log is not None:
            self.log.write(f"{time.strftime('%H:%M:%S')} {words}\n")
            self.log.flush()

    def _trouble(self, words: str) -> None:
        self.trouble.append(words)
        self._note(f"TROUBLE {words}")

    def _let_go(self) -> None:
        """After a trouble: start from what is there."""
        for canvas in self.window.findChildren(Canvas):
            canvas._dragged = None
        self.window.document.cancel_preview()
        self.books.start(self.window.document)

    def _tidy(self) -> None:
        """Close what stands open; let the event loop run."""
        for _ in range(20):
            self._loop(1)
            popup = QApplication.activePopupWidget()
            if popup is None:
                break
            popup.close()
        for _ in range(50):  # after a dialog; a window that is not active gets no keys
            if self.window.isActiveWindow():
                break
            self.window.activateWindow()
            self._loop(5)
        if self.window.document is not self.books.document:
            self.books.start(self.window.document)
        box = next((w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()), None)
        if box is not None:
            box.close()

    def _loop(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Exceptions, words of Qt, crashes of the workers, edits and stalls are all seen meanwhile."""
        hook, edit, moved = sys.excepthook, Document.edit, Background._take
        books, monkey = self.books, self
        inside = [0]

        def failed(kind: Any, error: BaseException, trace: Any) -> None:
            self._trouble(self.said + "\n" + "".join(traceback.format_exception(kind, error, trace)))

        def edited(document: Document, project: Project, name: Any) -> None:
            inside[0] += 1
            try:
                edit(document, project, name)
            finally:
                inside[0] -= 1
            books.pushed(document, project)

        def index_changed(document: Document) -> None:
            if not inside[0] and document is books.document and isValid(document.undo_stack):
                books.moved(document.undo_stack.index())

        def taken(background: Background, name: str, number: int, answer: Any, error: Exception | None) -> None:
            if error is not None and not isinstance(error, SlopeDesignError | _Stopped):
                monkey._trouble(f"{name}: " + "".join(traceback.format_exception(error)))
            moved(background, name, number, answer, error)

        def answered(answer: Any) -> None:
            if answer.crash:
                self._trouble(f"the calculation ended with {answer.trace}")
                kept = self.folder / f"crash{len(self.trouble)}.json"
                kept.write_text(dump_project(self.window.document.project), encoding="utf-8")

        def words(kind: Any, context: Any, said: str) -> None:
            if not any(known in said for known in ("propagateSizeHints", "This plugin does not support")):
                self._trouble(f"Qt: {said}")

        show = Window._listen

        def listen(window: Window) -> None:
            show(window)
            document = window.document
            document.undo_stack.indexChanged.connect(lambda _: index_changed(document))

        hand = QTimer(interval=40)
        hand.timeout.connect(self._answer)
        beat = QTimer(interval=20)
        beat.timeout.connect(self.watcher.beat)
        document = self.window.document
        document.undo_stack.indexChanged.connect(lambda _: index_changed(document))
        before = qInstallMessageHandler(words)
        sys.excepthook = failed
        Document.edit, Background._take, Window._listen = edited, taken, listen  # type: ignore[method-assign,assignment]
        self.window.worker.answered.connect(answered)
        self.window.worker.begun.connect(answered)
        hand.start()
        beat.start()
        self.watcher.seen = time.monotonic()
        self.watcher.start()
        try:
            yield
        finally:
            self.watcher.ended = True
            self.watcher.join()
            hand.stop()
            beat.stop()
            self.window.worker.answered.disconnect(answered)
            self.window.worker.begun.disconnect(answered)
            Document.edit, Background._take, Window._listen = edit, moved, show  # type: ignore[method-assign]
            sys.excepthook = hook
            qInstallMessageHandler(before)

    # --- what opens over the window is answered by a timer, as its event loop is one of its own

    def _answer(self) -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            actions = [a for a in popup.actions() if a.isEnabled() and not a.isSeparator() and a.menu() is None]
            if actions and self.hand.random() < 0.5:
                action = self.hand.choice(actions)
                self.said += f" menu {action.text()!r}"
                popup.close()
                action.trigger()
            else:
                popup.close()
            return
        if popup is not None:
            QTest.keyClick(popup, self.hand.choice((Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape)))
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            button = self.hand.choice(dialog.buttons())
            self.said += f" box {button.text()!r}"
            self.asked += 1
            QTest.mouseClick(button, LEFT)
        elif isinstance(dialog, ExportDialog):
            self._export(dialog)
        elif isinstance(dialog, NewProjectWizard):
            self._wizard(dialog)
        elif isinstance(dialog, QDialog):
            self.said += f" dialog {type(dialog).__name__}"
            line = self._pick(QLineEdit, within=dialog)
            if line is not None and line.isEnabled() and self.hand.random() < 0.5:
                _write(line, self.hand.choice(WORDS))
            box = self._pick(QComboBox, within=dialog)
            if box is not None and box.count() and self.hand.random() < 0.3:
                box.setCurrentIndex(self.hand.randrange(box.count()))
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            if dialog.isVisible():
                dialog.done(self.hand.choice((0, 1)))

    def _export(self, dialog: ExportDialog) -> None:
        if not dialog.go.isEnabled():  # it writes now
            if self.hand.random() < 0.05:
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
            return
        if self.hand.random() < 0.5:
            dialog.reject()
            return
        if self.hand.random() < 0.3 and self.watcher.doing != "type_and_go":
            row = self._pick(FieldRow, within=dialog)
            if row is not None:
                self._type_into(row)
            return
        dialog.folder.setText(str(self.folder / f"out{self.hand.randrange(3)}"))
        self.exported += 1
        self.said += " write"
        QTest.mouseClick(dialog.go, LEFT)

    def _wizard(self, dialog: NewProjectWizard) -> None:
        dialog.survey.setText(str(self.survey if self.hand.random() < 0.7 else self.folder / "none.dat"))
        dialog.survey.editingFinished.emit()
        dialog.name.setText(f"w{self.hand.randrange(1_000_000)}")
        if self.hand.random() < 0.6:
            dialog.write()
        if dialog.isVisible():
            dialog.reject()

    def _pick(self, *kinds: type[QWidget], within: QWidget | None = None) -> Any:
        found = [
            w for w in (within or self.window).findChildren(QWidget)
            if isinstance(w, kinds) and w.isVisible() and w.isEnabled()
        ]  # fmt: skip
        return self.hand.choice(found) if found else None

    # --- forms

    def type(self) -> None:
        """A field gets a value that is known; afterwards the project holds it, or refused it and is as before."""
        row = self._pick(FieldRow)
        if row is not None:
            self._type_into(row)

    def _type_into(self, row: FieldRow, end: Callable[[QWidget], None] | None = None) -> None:
        row.editor.widget.setFocus()  # another field with a text of its own is left, and may take it
        document = self.window.document
        before = document.project
        value, act = self._gesture(row)
        if act is None:
            return
        self.said += f" {row.path} := {value!r}"
        try:
            wanted = with_followers(before, row.path, value).project
        except InputError:
            wanted = before
        act()
        if end is None:
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            key = keys[0] if row.window() is not self.window else self.hand.choice(keys)
            self.said += f" {key.name}"
            QTest.keyClick(row.editor.widget, key)
        else:
            end(row.editor.widget)
        shown = self.window.document.project
        if shown != wanted:
            focus = QApplication.focusWidget()
            raise AssertionError(
                f"{row.path} := {value!r} ended as {_at(shown, row.path)!r}; said {row.error.text()!r}; "
                f"focus {focus and focus.objectName()} {focus}, window active {self.window.isActiveWindow()}; "
                f"{_apart(shown, wanted)}"
            )

    def _gesture(self, row: FieldRow) -> tuple[Any, Callable[[], None] | None]:
        """A value and how to put it into the row's editor by hand."""
        kind, widget = row.kind, row.editor.widget
        if isinstance(widget, NameCombo):
            if self.hand.random() < 0.5:
                return self._pick_name(widget)
            widget = widget.line
        if isinstance(widget, QComboBox):
            at = self.hand.randrange(widget.count())
            value = widget.itemData(at)

            def pick() -> None:
                widget.setFocus()
                widget.setCurrentIndex(at)
                widget.activated.emit(at)

            return value, pick
        if isinstance(widget, QAbstractButton):
            return (not widget.isChecked()), lambda: QTest.keyClick(widget, Qt.Key.Key_Space)
        if not isinstance(widget, QLineEdit) or widget.isReadOnly():
            return None, None
        value, typed = self._value(kind.shape, _at(self.window.document.project, row.path), kind.optional)

        def write() -> None:
            widget.setFocus()
            widget.selectAll()
            QTest.keyClick(widget, Qt.Key.Key_Delete)
            _write(widget, typed)

        return value, write

    def _pick_name(self, combo: NameCombo) -> tuple[Any, Callable[[], None] | None]:
        """A name of the list that opens."""
        combo.setFocus()
        combo.refill()
        if not combo.count():
            return None, None
        at = self.hand.randrange(combo.count())

        def pick() -> None:
            combo.showPopup()
            combo.setCurrentIndex(at)
            combo.activated.emit(at)
            combo.hidePopup()

        return combo.itemData(at), pick

    def _value(self, shape: str, now: Any, optional: bool) -> tuple[Any, str]:
        """A value for a field and one of the ways to write it."""
        if optional and self.hand.random() < 0.15:
            return None, ""
        if shape == "text":
            words = self.hand.choice(("north", "S1", "rock", "ground", "face 2", "S1/toe", str(now)))
            return words, words
        if shape == "angle" and self.hand.random() < 0.3:
            words = self.hand.choice(("1:0.5", "1:0.75", "1:1"))
            return words, words
        if shape == "whole":
            whole = self.hand.randint(0, 9)
            return whole, str(whole)
        near = float(now) if isinstance(now, int | float) and now else 5.0
        number = round(near * self.hand.uniform(0.7, 1.4), 2)
        wide = str(number).translate(
            str.maketrans("0123456789.", "".join(chr(0xFF10 + i) for i in range(10)) + "\uff0e")
        )
        return number, self.hand.choice((str(number), str(number), f" {number} ", str(number).replace(".", ","), wide))

    def type_and_go(self) -> None:
        """A field is typed into and, without Enter, something else is done: what was typed must not be lost."""
        row = self._pick(FieldRow)
        if row is None or row.editor.line is None:
            return
        going = self.hand.choice(("tree", "save", "page", "language", "theme", "export", "checks", "next_page"))
        self.said += f" then {going}"

        def go(widget: QWidget) -> None:
            match going:
                case "tree":
                    tree = self.window.tree
                    item = self.hand.choice(tree._items())
                    tree.scrollToItem(item)
                    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(item).center())
                    if widget.hasFocus():  # the item was covered
                        tree.setFocus()
                case "checks":
                    self.window.checks.table.setFocus()
                case "page":
                    self.window.pages.setFocus()
                    self.window.show_page(self.hand.choice(self.window.page_names))
                case _:
                    self.window.actions_by_name[going].trigger()

        self._type_into(row, go)
        if going == "save" and self.window.document.path is not None and not self.window.document.dirty:
            assert load_project(self.window.document.path) == self.window.document.project

    def garbage(self) -> None:
        """Anything into any line."""
        line = self._pick(QLineEdit)
        if line is not None and not line.isReadOnly():
            self.said += line.accessibleName()
            line.setFocus()
            line.selectAll()
            _write(line, self.hand.choice(WORDS))
            QTest.keyClick(line, Qt.Key.Key_Return)

    def choose(self) -> None:
        """Any entry of any choice."""
        box = self._pick(QComboBox)
        if box is not None and box.count():
            box.setCurrentIndex(self.hand.randrange(box.count()))
            box.activated.emit(box.currentIndex())

    def cell(self) -> None:
        """A cell of a list gets a value that is known."""
        table = self._pick(ListTable)
        if table is None or not table.table.rowCount() or not table.columns:
            return
        table.table.setFocus()  # another field with a text of its own is left, and may take it
        entries = table.entries()
        row, column = self.hand.randrange(table.table.rowCount()), self.hand.randrange(len(table.columns))
        item = table.table.item(row, column)
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        if row in table.open or table._block:  # something begun or refused stands in it, or it waits for other rows
            return
        entry, others = table.open.place(row), table.open.typed()
        key, _, kind = table.columns[column]
        now = cell_of(entries[entry], key)
        shape = kind.shape if kind is not None else "number" if isinstance(now, int | float) else ""
        if shape not in ("number", "text", "whole") or now is None:
            return
        value, typed = self._value(shape, now, False)
        path = (table.path if table.shape.whole else f"{table.path}[{entry}]") + (
            ""
            if not isinstance(entries[entry], dict | list | tuple)
            else f"[{key}]"
            if isinstance(key, int)
            else f".{key}"
        )
        self.said += f" {path} := {value!r}"
        before = self.window.document.project
        try:
            wanted = with_followers(before, path, value).project
        except InputError:
            wanted = before
        table.table.setCurrentCell(row, column)
        table.table.editItem(item)
        editor = QApplication.focusWidget()
        if not isinstance(editor, QLineEdit | NameCombo) or not table.table.isAncestorOf(editor):
            return
        (editor.line if isinstance(editor, NameCombo) else editor).selectAll()
        _write(editor, typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self._loop(1)  # the table takes it in its own time
        shown = self.window.document.project
        if others:  # another row that waits may have been taken with it
            assert _at(shown, path) == _at(wanted, path) or shown == before, (
                f"{path} := {typed!r} {table.error.text()!r}"
            )
            return
        assert shown == wanted, (
            f"{path} := {typed!r} ended as {_at(shown, path)!r}; said {table.error.text()!r}; {_apart(shown, wanted)}"
        )

    def paste(self) -> None:
        """Something from a spreadsheet, good or not."""
        table = self._pick(ListTable)
        if table is None:
            return
        rows = self.hand.randint(1, 4)
        cells = [[self.hand.choice((*WORDS, "100", "500040", "3400050")) for _ in table.columns] for _ in range(rows)]
        if table.table.rowCount() and self.hand.random() < 0.5:
            table.table.selectAll()
            table.copy()
        else:
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in cells))
        if table.table.rowCount():
            table.table.setCurrentCell(self.hand.randrange(table.table.rowCount()), 0)
        table.paste()

    def rows(self) -> None:
        """Rows come and go."""
        table = self._pick(ListTable)
        if table is None:
            return
        if self.hand.random() < 0.5 or not table.table.rowCount():
            table.add_row()
        else:
            row = self.hand.randrange(table.table.rowCount())
            entries, before = table.entries(), self.window.document.project
            begun, place = table.open.begun(row), table.open.place(row)
            table.table.clearSelection()
            table.table.setCurrentCell(row, 0)
            table.remove_rows()
            if begun or self.window.document.project != before:
                assert table.entries() == [e for i, e in enumerate(entries) if begun or i != place]

    # --- going about

    def part(self) -> None:
        """Another part of the tree."""
        items = self.window.tree._items()
        self.window.tree.setCurrentItem(self.hand.choice(items))
        self.said += self.window.tree.current_path()

    def page(self) -> None:
        """Another page."""
        self.said += (name := self.hand.choice(self.window.page_names))
        self.window.show_page(name)

    def undo(self) -> None:
        """Undo, up to three times."""
        for _ in range(self.hand.randint(1, 3)):
            self.window.actions_by_name["undo"].trigger()

    def redo(self) -> None:
        """Redo, up to three times."""
        for _ in range(self.hand.randint(1, 3)):
            self.window.actions_by_name["redo"].trigger()

    def button(self) -> None:
        """Any button."""
        button = self._pick(QAbstractButton)
        if button is not None and button.rect().isValid():
            self.said += button.text() or button.accessibleName()
            QTest.mouseClick(button, LEFT)

    def action(self) -> None:
        """Any action but the one that ends the program."""
        self.said += (name := self.hand.choice(sorted(set(self.window.actions_by_name) - {"quit"})))
        self.window.actions_by_name[name].trigger()

    def wheel(self) -> None:
        """The wheel turns over something; no value may follow it."""
        widget = self._pick(QComboBox, QLineEdit, Canvas)
        if widget is None:
            return
        before = self.window.document.project
        target = widget.viewport() if isinstance(widget, Canvas) else widget
        center, turn = QPointF(target.rect().center()), QPoint(0, self.hand.choice((-120, 120)))
        event = QWheelEvent(
            center, QPointF(target.mapToGlobal(center.toPoint())), QPoint(0, 0), turn, Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)
        assert self.window.document.project == before

    def key(self) -> None:
        """Any key where the cursor is."""
        widget = QApplication.focusWidget() or self.window
        keys = (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
                Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Z)  # fmt: skip
        QTest.keyClick(widget, self.hand.choice(keys), self.hand.choice((NONE, NONE, CONTROL)))

    def resize(self) -> None:
        """Another size of the window."""
        self.window.resize(self.hand.randint(900, 1700), self.hand.randint(560, 1000))

    def manners(self) -> None:
        """The other language or theme."""
        self.said += (name := self.hand.choice(("language", "theme")))
        self.window.finish_typing()
        before = self.window.document.project
        self.window.actions_by_name[name].trigger()
        assert self.window.document.project == before

    def wait(self) -> None:
        """Let the calculation begin."""
        self._loop(self.hand.randint(20, 400))

    def settle(self) -> None:
        """The calculation must come to an end and belong to what is shown."""
        window = self.window
        end = time.monotonic() + 120
        while (window.worker.busy or window._soon.isActive()) and time.monotonic() < end:
            self._loop(50)
        assert not window.worker.busy, "no answer for two minutes"

    # --- mouse

    def drag(self) -> None:
        """A handle or the view is dragged; what was shown last is what stays, as one step."""
        canvas = self._pick(Canvas)
        if canvas is not None:
            self._drag(canvas, self.hand.choice(("", "", "", "undo", "escape", "away")))

    def _drag(self, canvas: Canvas, amid: str = "") -> None:
        view, document = canvas.viewport(), self.window.document
        canvas.setFocus()
        handles = [i for i in canvas.scene().items() if isinstance(i, _HandleItem)]
        if handles and self.hand.random() < 0.8:
            chosen = self.hand.choice(handles)
            start = canvas.mapFromScene(chosen.pos())
            self.said += f" {chosen.handle.name} {amid}"
        else:
            start = self._somewhere(view)
        before, steps = document.project, document.undo_stack.index()
        QTest.mousePress(view, LEFT, pos=start)
        held = canvas.dragging
        for _ in range(self.hand.randint(1, 6)):
            QTest.mouseMove(view, start + QPoint(self.hand.randint(-60, 60), self.hand.randint(-60, 60)))
            if self.hand.random() < 0.3:
                self._loop(2)
        if amid and held:
            match amid:
                case "undo":
                    self.window.actions_by_name["undo"].trigger()
                case "escape":
                    QTest.keyClick(canvas, Qt.Key.Key_Escape)
                case "away":
                    self.window.show_page(self.hand.choice(self.window.page_names))
        last = document.project
        QTest.mouseRelease(view, LEFT, pos=start)
        assert not canvas.dragging, "the handle sticks to the mouse"
        if held and document is self.window.document and not amid:
            assert document.project == last, "the release changed the project"
            assert document.undo_stack.index() == steps + (last != before), "not one step"

    def _somewhere(self, view: QWidget) -> QPoint:
        return QPoint(self.hand.randrange(max(1, view.width())), self.hand.randrange(max(1, view.height())))

    def draw(self) -> None:
        """A base line or a section line is drawn in the plan; it is there afterwards."""
        self.window.show_page("plan")
        page: Any = self.window.pages.currentWidget()
        what = self.hand.choice(("base", "section"))
        at = page.slope_box.currentIndex()
        if at < 0 or at >= len(self.window.document.project.slopes):
            return
        slope = self.window.document.project.slopes[at]
        QTest.mouseClick(page.buttons[f"draw_{what}"], LEFT)
        if not page.buttons[f"draw_{what}"].isChecked():
            return
        view, canvas = page.canvas.viewport(), page.canvas
        places: list[tuple[float, float]] = []
        for _ in range(self.hand.randint(2, 5)):
            spot = self._somewhere(view)
            places.append(canvas.snapped(QPointF(spot)))
            QTest.mouseClick(view, LEFT, pos=spot)
            QTest.mouseMove(view, self._somewhere(view))
        places = list(dict.fromkeys(places))
        self.said += f" {what} {len(places)}"
        if self.hand.random() < 0.25:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
            QTest.keyClick(canvas, Qt.Key.Key_Return)
            assert self.window.document.project.slopes[at] == slope, "a dropped line was taken"
            return
        QTest.keyClick(canvas, Qt.Key.Key_Return)
        drawn = self.window.document.project.slopes[at]
        if drawn == slope:
            assert len(places) < 2 or page.said.text(), "a drawn line was lost"
        elif what == "base":
            assert drawn.base_line is not None
            assert len(drawn.base_line.vertices) == len(places)
        else:
            assert len(drawn.sections.lines) == len(slope.sections.lines) + 1

    def vertex(self) -> None:
        """A vertex of the base line is dragged, put in or taken out."""
        self.window.show_page("plan")
        page: Any = self.window.pages.currentWidget()
        if not page.buttons["edit_base"].isChecked():
            QTest.mouseClick(page.buttons["edit_base"], LEFT)
        self._loop(1)
        if self.hand.random() < 0.5:
            self._drag(page.canvas)
        else:
            page._menu(self._somewhere(page.canvas.viewport()))

    # --- files

    def save(self) -> None:
        """The file holds the project."""
        self.window.actions_by_name["save"].trigger()
        document = self.window.document
        if document.path is not None and not document.dirty:
            assert load_project(document.path) == document.project, "the file holds another project"

    def save_as(self) -> None:
        """Under another name."""
        self.window.actions_by_name["save_as"].trigger()

    def open(self) -> None:
        """Another project; an unsaved one may have been saved, left, or kept."""
        self.window.actions_by_name["open"].trigger()

    def drop(self) -> None:
        """Files are dropped."""
        file = self.hand.choice((*self._files(), self.survey, self.folder / "none.txt"))
        self.said += file.name
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        where, copy = QPoint(200, 200), Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(where, copy, mime, LEFT, NONE))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(where), copy, mime, LEFT, NONE))

    def _files(self) -> list[Path]:
        return [*sorted(self.folder.glob("*.json")), *self.others]

    def file_to_open(self) -> str:
        """What a file dialog answers."""
        return str(self.hand.choice((*self._files(), self.folder / "none.json", "")))

    def file_to_save(self) -> str:
        """What a file dialog answers."""
        return str(
            self.hand.choice((self.folder / f"m{self.hand.randrange(4)}.json", self.folder / "no" / "no.json", ""))
        )

    def autosave(self) -> None:
        """What is kept for a crash is what is shown."""
        document = self.window.document
        document.autosave()
        if document.path is None or not document.dirty:
            return
        found = recovery_for(document.path, lambda _: False)  # also that of a second program on the file
        if found is not None:
            assert found.project == document.project, "the autosave holds another project"
        else:
            assert load_project(document.path) == document.project, "nothing was autosaved"

    def export(self) -> None:
        """All outputs."""
        self.window.actions_by_name["export"].trigger()

    # --- parts and variants

    def parts(self) -> None:
        """A part is stated or taken away."""
        self.said += (name := self.hand.choice(("add_slope", "remove_part", "roads", "stability", "walls", "water")))
        if name in self.window.actions_by_name:
            self.window.actions_by_name[name].trigger()
        elif getattr(self.window.document.project, name) is None:
            self.window.add_part(name)

    def variants(self) -> None:
        """A variant is made, chosen or dropped."""
        self.window.show_page("variants")
        page: Any = self.window.pages.currentWidget()
        if page.table.columnCount():
            page.table.setCurrentCell(0, self.hand.randrange(page.table.columnCount()))
        QTest.mouseClick(self.hand.choice((page.add, page.choose, page.remove)), LEFT)


def _apart(shown: Any, wanted: Any, path: str = "") -> str:
    """The first place where two projects differ."""
    if hasattr(type(shown), "model_fields") and type(shown) is type(wanted):
        for name in type(shown).model_fields:
            if found := _apart(getattr(shown, name), getattr(wanted, name), f"{path}.{name}"):
                return found
        return ""
    if isinstance(shown, tuple) and isinstance(wanted, tuple) and len(shown) == len(wanted):
        return next(
            filter(None, (_apart(a, b, f"{path}[{i}]") for i, (a, b) in enumerate(zip(shown, wanted, strict=True)))), ""
        )
    return "" if shown == wanted else f"{path}: {shown!r} for {wanted!r}"


def _at(project: Project, path: str) -> Any:
    try:
        return value_at(project, path)
    except InputError:
        return None


def _write(widget: QWidget, words: str) -> None:
    """Type words; QTest itself knows ASCII only."""
    for letter in words:
        if letter.isascii():
            QTest.keyClick(widget, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))
