"""The project as a tree: what there is to fill in, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from slopedesign.gui.document import Document
from slopedesign.gui.fields import field_label, holds_records, records_in
from slopedesign.i18n import text
from slopedesign.project.project import Project

PART = Qt.ItemDataRole.UserRole
DEEPEST = 4
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
        nodes = self._nodes()
        shape = tuple((name, part.path if part else "", depth) for name, part, depth in nodes)
        if shape == self._shape:
            return
        self._shape = shape
        at = self.current_path()
        self.blockSignals(True)
        self.clear()
        above: list[QTreeWidgetItem] = []
        for name, part, depth in nodes:
            item = QTreeWidgetItem([name])
            item.setData(0, PART, part)
            del above[depth:]
            if above:
                above[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append(item)
        self.expandToDepth(1)
        self.blockSignals(False)
        if not self.select(at):
            self.select("slopes[0].benches") or self.select("info")

    def _nodes(self) -> list[tuple[str, Part | None, int]]:
        """(title, part, depth) of every node, from the top."""
        project, language = self.document.project, self.document.language
        nodes: list[tuple[str, Part | None, int]] = []
        for name in ("info", "coordinates"):
            nodes += self._record(name, project, "", 0)
        lists = tuple(n for n in Project.model_fields if n not in ("surveys", "materials"))
        nodes.append((text("gui.ground", language), Part("", Project, lists), 0))
        nodes.append((field_label(Project, "slopes", language), None, 0))
        for i, slope in enumerate(project.slopes):
            variant = f"  [{text('gui.variant', language)}]" if slope.variant_of else ""
            nodes.append((f"{slope.name}{variant}", Part(f"slopes[{i}]", type(slope), SLOPE_PARTS), 1))
            for name, _, _ in records_in(type(slope)):
                if name in SLOPE_PARTS:
                    nodes += self._record(name, slope, f"slopes[{i}]", 2)
        for name in ("roads", "soil", "planting", "stability", "walls", "water", "drawings"):
            nodes += self._record(name, project, "", 0)
        others = tuple(n for n in Project.model_fields if n != "cover_areas")
        nodes.append((text("gui.other_parts", language), Part("", Project, others), 0))
        return nodes

    def _record(self, name: str, holder: Any, above: str, depth: int) -> list[tuple[str, Part | None, int]]:
        """The node of a record and, below it, of the records in it that have records or lists of their own."""
        value = getattr(holder, name)
        if not isinstance(value, BaseModel):
            return []
        path = f"{above}.{name}" if above else name
        return self._stated(field_label(type(holder), name, self.document.language), value, path, depth)

    def _stated(self, title: str, value: Any, path: str, depth: int) -> list[tuple[str, Part | None, int]]:
        inside: list[tuple[str, Part | None, int]] = []
        shown: list[str] = []
        record: type[BaseModel] = type(value)
        for name, shape, inner in records_in(record) if depth < DEEPEST else ():
            found = getattr(value, name)
            if found is None or not holds_records(inner):
                continue
            label = field_label(record, name, self.document.language)
            if shape == "record":
                shown.append(name)
                inside += self._stated(label, found, f"{path}.{name}", depth + 1)
            else:
                for i, entry in enumerate(found):
                    entry_name = getattr(entry, "name", "") or f"{label} {i + 1}"
                    inside += self._stated(str(entry_name), entry, f"{path}.{name}[{i}]", depth + 1)
        return [(title, Part(path, type(value), tuple(shown)), depth), *inside]

    def current_path(self) -> str:
        """Path of the selected part."""
        item = self.currentItem()
        part = item.data(0, PART) if item else None
        return part.path if isinstance(part, Part) else ""

    def current_part(self) -> Part | None:
        """The part selected."""
        item = self.currentItem()
        part = item.data(0, PART) if item else None
        return part if isinstance(part, Part) else None

    def current_title(self) -> str:
        """Title of the node selected."""
        item = self.currentItem()
        return item.text(0) if item else ""

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
