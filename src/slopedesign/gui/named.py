"""What a field may name now, and what is said of a name that nothing bears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slopedesign.errors import InputError
from slopedesign.i18n import text
from slopedesign.project.edit import parse_path
from slopedesign.project.naming import LINES, Made, Path, borne, present
from slopedesign.project.water import ENDS, HEADS, OUTLETS

if TYPE_CHECKING:
    from slopedesign.gui.document import Document
    from slopedesign.gui.fields import FieldKind

MOST = 8
"""So many names are told in a hint; the list of the field has them all."""


class Names:
    """The names of a document's project, and those its design has made."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: tuple[Any, Made | None] = (None, None)
        self._known: dict[tuple[str, ...], frozenset[str]] = {}
        self._known_of: tuple[Any, Any] = (None, None)

    def offered(self, kind: FieldKind, path: str) -> tuple[str, ...]:
        """What a field may name, in its order."""
        return present(self._document.project, kind.names, _parts(path), self.made())

    def hint(self, kind: FieldKind, path: str, typed: str, typing: bool = False, refused: bool = False) -> str:
        """What is to be said of a name; "" where something bears it, or, while it is typed, might.

        Args:
            refused: beside a refusal, which says itself that there is none; then only what there is.
        """
        if not kind.names or kind.free or not typed:
            return ""
        if typed in self._all(kind.names) or borne(self._document.project, kind.names, typed, (), self.made()):
            return ""
        known, language = self.offered(kind, path), self._document.language
        if typing and any(typed.casefold() in name.casefold() for name in known):
            return ""
        what = thing(kind, language)
        if not known:
            return "" if refused else text("gui.names.none_at_all", language, name=typed, what=what)
        some = text("gui.names.comma", language).join(known[:MOST]) + ("\N{HORIZONTAL ELLIPSIS}" * (len(known) > MOST))
        if refused:
            return text("gui.names.known", language, known=some)
        return text("gui.names.none", language, name=typed, what=what, known=some)

    def _all(self, sources: tuple[str, ...]) -> frozenset[str]:
        """The names of sources, kept as long as the project and the design are the same: a table asks for each cell."""
        now = (self._document.project, self._document.design)
        if self._known_of[0] is not now[0] or self._known_of[1] is not now[1]:
            self._known, self._known_of = {}, now
        if sources not in self._known:
            self._known[sources] = frozenset(present(now[0], sources, (), self.made()))
        return self._known[sources]

    def made(self) -> Made | None:
        """The names of the design, as long as it is one of slopes and ditches of these names."""
        design, project = self._document.design, self._document.project
        if design is None:
            return None
        made = self._of(design)
        same = [slope.name for slope in design.project.slopes] == [slope.name for slope in project.slopes]
        asked = [one.water.network.automatic if one.water is not None else None for one in (design.project, project)]
        return made if same and asked[0] == asked[1] else None

    def _of(self, design: Any) -> Made | None:
        if self._made[0] is not design:
            from slopedesign.design.water import named_lines  # loaded with the first design

            found: dict[str, tuple[str, ...]] = {LINES: tuple(named_lines(design.slopes))}
            layout = design.water.layout if design.water is not None else None
            if layout is not None:
                found["water.network.reaches"] = tuple(reach.name for reach in layout.reaches)
                found[HEADS] = tuple(reach.from_node for reach in layout.reaches)
                found[ENDS] = tuple(reach.to_node for reach in layout.reaches)
                found[OUTLETS] = tuple(layout.outlets)
            self._made = (design, found)
        return self._made[1]


def thing(kind: FieldKind, language: str) -> str:
    """What a field names, in words: "node or pond"."""
    keys = (source.partition("!")[0].strip("=").replace("/", "_lines").replace(".", "_") for source in kind.names)
    words = dict.fromkeys(text(f"gui.names.of.{key}", language) for key in keys)
    return text("gui.names.or", language).join(words)


def _parts(path: str) -> Path:
    try:
        return parse_path(path)
    except InputError:
        return ()
