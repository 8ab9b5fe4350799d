"""Rows of a table that are not in the project as they stand: begun ones, and stored ones in which something is refused.

They stay in the table, beside the rows that show the project's entries, until they are taken or removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class OpenRow:
    """One row that the project does not hold as it stands.

    Attributes:
        begun: no entry of the project stands behind it.
        words: what its cells say.
        typed: something was typed or pasted into it; before that it does not count.
        entry: what its cells do not show goes with this entry: the one it was copied from, or the one refused a change.
    """

    begun: bool
    words: tuple[str, ...]
    typed: bool = False
    entry: Any = None


@dataclass(frozen=True)
class OpenRows:
    """The open rows by their number in the table; every change makes another."""

    rows: dict[int, OpenRow] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def typed(self) -> list[int]:
        """The rows that ask to be taken, in their order."""
        return sorted(row for row, one in self.rows.items() if one.typed)

    def begun(self, row: int) -> bool:
        """Whether a row was only begun."""
        return row in self.rows and self.rows[row].begun

    def place(self, row: int) -> int:
        """How many entries of the project stand above a row: the place of its own entry, where it has one."""
        return row - sum(r < row and one.begun for r, one in self.rows.items())

    def row_of(self, place: int) -> int:
        """The row of the entry at a place of the project's list."""
        row = place
        for r in sorted(r for r, one in self.rows.items() if one.begun):
            row += r <= row
        return row

    def inserted(self, at: int, one: OpenRow) -> OpenRows:
        """With one more row, the rows from there on moved down."""
        return OpenRows({r + (r >= at): other for r, other in self.rows.items()} | {at: one})

    def put(self, row: int, one: OpenRow) -> OpenRows:
        """With the row as open as this."""
        return OpenRows(self.rows | {row: one})

    def without(self, taken: Collection[int]) -> OpenRows:
        """After rows were taken as they stand."""
        return OpenRows({r: one for r, one in self.rows.items() if r not in taken})

    def removed(self, gone: Collection[int]) -> OpenRows:
        """After rows were taken out of the table."""
        return OpenRows({r - sum(g < r for g in gone): one for r, one in self.rows.items() if r not in gone})

    def among(self, entries: Sequence[Any]) -> tuple[list[tuple[Any, tuple[str, ...] | None]], OpenRows]:
        """The rows of a table of the project's entries as they are now.

        A row begun stays below as many entries as before. A refusal stays with its row as long as the entry is the one
        that refused it.

        Returns:
            Entry and words of each row (None: what the entry says), and the open ones among them.
        """
        begun = [(min(self.place(r), len(entries)), self.rows[r]) for r in sorted(self.rows) if self.rows[r].begun]
        refused = {self.place(r): one for r, one in self.rows.items() if not one.begun}
        laid: list[tuple[Any, tuple[str, ...] | None]] = []
        still: dict[int, OpenRow] = {}
        for place in range(len(entries) + 1):
            for one in (one for at, one in begun if at == place):
                still[len(laid)] = one
                laid.append((one.entry, one.words))
            if place < len(entries):
                kept = refused.get(place)
                if kept is not None and kept.entry == entries[place]:
                    still[len(laid)] = kept
                    laid.append((kept.entry, kept.words))
                else:
                    laid.append((entries[place], None))
        return laid, OpenRows(still)
