"""The project as a tree: what there is to fill in, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from slopedesign.gui.document import Document
from slopedesign.gui.fields import field_kinds
from slopedesign.i18n import text
from slopedesign.project.project import Project

PART = Qt.ItemDataRole.UserRole
SLOPE_PARTS = ("base_line", "benches", "wall", "cover", "sections")


@dataclass(frozen=True)
class Part:
    """A node of the tree: the record it stands for and where that is in the project."""

    path: str
    record: type[BaseModel]
    skip: tuple[str, ...] = ()


class ProjectTree(QTreeWidget):
    """The parts of the project; `chosen` carries the part selected."""

    chosen = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.setHeaderHidden(True)
        self.setAccessibleName(text("gui.tree", document.language))
        self._shape: tuple[object, ...] = ()
        self.currentItemChanged.connect(self._selected)
        document.project_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Build the tree anew where parts came, went or were renamed."""
        project = self.document.project
        shape = (tuple(s.name for s in project.slopes), project.roads is None, project.stability is None,
                 project.walls is None, project.water is None)  # fmt: skip
        if shape == self._shape:
            return
        self._shape = shape
        at = self.current_path()
        self.blockSignals(True)
        self.clear()
        self._fill(project)
        self.expandAll()
        self.blockSignals(False)
        if not self.select(at):
            self.select("slopes[0].benches") or self.select("info")

    def _fill(self, project: Project) -> None:
        language = self.document.language
        kinds = {kind.name: kind for kind in field_kinds(Project)}

        def add(name: str, parent: QTreeWidgetItem | None = None, part: Part | None = None) -> QTreeWidgetItem:
            item = QTreeWidgetItem([name])
            item.setData(0, PART, part)
            if parent is None:
                self.addTopLevelItem(item)
            else:
                parent.addChild(item)
            return item

        def record_part(name: str) -> None:
            inner = kinds[name].inner
            if inner is not None and getattr(project, name) is not None:
                add(kinds[name].label(language), None, Part(name, inner))

        record_part("info")
        record_part("coordinates")
        lists = tuple(n for n in kinds if n not in ("surveys", "materials"))
        add(text("gui.ground", language), None, Part("", Project, lists))
        slopes = add(kinds["slopes"].label(language))
        for i, slope in enumerate(project.slopes):
            own = ("base_line", "benches", "wall", "cover", "sections")
            node = add(slope.name, slopes, Part(f"slopes[{i}]", type(slope), own))
            for kind in field_kinds(type(slope)):
                if kind.name in SLOPE_PARTS and kind.inner is not None and getattr(slope, kind.name) is not None:
                    add(kind.label(language), node, Part(f"slopes[{i}].{kind.name}", kind.inner))
        for name in ("roads", "soil", "stability", "walls", "water", "drawings"):
            record_part(name)
        others = tuple(n for n in kinds if n not in ("cover_areas", "answers"))
        add(text("gui.other_parts", language), None, Part("", Project, others))

    def current_path(self) -> str:
        """Path of the selected part."""
        item = self.currentItem()
        part = item.data(0, PART) if item else None
        return part.path if isinstance(part, Part) else ""

    def select(self, path: str) -> bool:
        """Select the part that holds a path; the nearest one above it."""
        best: QTreeWidgetItem | None = None
        length = -1
        for item in self._items():
            part = item.data(0, PART)
            if isinstance(part, Part) and _holds(part.path, path) and len(part.path) > length:
                best, length = item, len(part.path)
        if best is None or not path:
            return False
        self.setCurrentItem(best)
        return True

    def _items(self) -> list[QTreeWidgetItem]:
        found = []
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(i) for i in range(item.childCount())]
        return found

    def _selected(self, item: QTreeWidgetItem | None) -> None:
        part = item.data(0, PART) if item else None
        if isinstance(part, Part):
            self.chosen.emit(part)


def _holds(outer: str, path: str) -> bool:
    return bool(outer) and (path == outer or path.startswith((f"{outer}.", f"{outer}[")))
