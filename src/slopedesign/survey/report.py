"""What was read and what was not: findings with file rows, and the report they add up to.

A finding never repairs in silence: it names the row, the value, the reason, and whether the row was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from slopedesign.i18n import Message, message
from slopedesign.survey.model import Extent

LISTED_PER_KIND = 200
"""Findings of one kind listed one by one; beyond that they are counted only."""


FURTHER_FILE = 10**12
"""Row numbers of the k-th break-line file are counted from k times this, so that no two files share a row."""


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"  # nothing is wrong; the reader should know how the file was understood
    WARNING = "warning"  # kept as it is; somebody should look
    ERROR = "error"  # the row or item was left out


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing noticed in a file.

    Attributes:
        row: row of the file (1 is the first; for LAS the point's number); None: the whole file.
        kind: short name of what was found ("number", "zero_point", "duplicate", ...).
        value: what stood there, shortened.
        message: place, reason and what was done about it.
        file: name of the file where it is not the survey file itself (a break-line file).
    """

    row: int | None
    kind: str
    value: str
    message: Message
    severity: Severity
    file: str = ""

    @property
    def left_out(self) -> bool:
        """Whether the row or item is missing from the survey."""
        return self.severity is Severity.ERROR


class Findings:
    """Collects findings in bounded memory: the first of each kind one by one, the rest by number."""

    def __init__(self, place: str = "row", file: str = "") -> None:
        self.place, self.file = place, file
        self.further: list[str] = []
        self.listed: list[Finding] = []
        self.counts: Counter[str] = Counter()

    def where(self, row: int | None) -> Message | str:
        """The place of a finding in words."""
        if row is None:
            return ""
        file, number = self.file_of(row), row % FURTHER_FILE
        place = message(f"survey.place.{self.place}", row=number)
        return message("survey.place.file", file=file, place=place) if file else place

    def file_of(self, row: int | None) -> str:
        """Name of the break-line file a row belongs to, "" for the survey file itself."""
        number = (row or 0) // FURTHER_FILE
        return self.further[number - 1] if number else self.file

    def add(
        self, kind: str, row: int | None, value: object = "", *, severity: Severity = Severity.ERROR, **values: object
    ) -> None:
        """Notes a finding; its phrase is `survey.finding.<kind>`, with {place} and {value} filled in."""
        self.counts[kind] += 1
        if self.counts[kind] > LISTED_PER_KIND:
            return
        shown = shorten(value)
        words = message(f"survey.finding.{kind}", place=self.where(row), value=shown, **values)
        self.listed.append(
            Finding(
                row=None if row is None else row % FURTHER_FILE,
                kind=kind,
                value=shown,
                message=words,
                severity=severity,
                file=self.file_of(row),
            )
        )

    def extend(self, other: Findings) -> None:
        """Takes over the findings of another file."""
        self.counts.update(other.counts)
        self.listed.extend(other.listed)


def shorten(value: object, most: int = 60) -> str:
    """A value as text that fits a line, control characters made visible."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value)[: most + 1])
    return text if len(text) <= most else f"{text[:most]}..."


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What was understood of a survey file, what was left out, what looks odd.

    Attributes:
        path, sha256, size: the file, its digest and its size in bytes.
        format, encoding, unit: as recognised or as stated in the options.
        columns: how the columns were understood; None for formats without columns.
        rows_read: rows (text), entities (DXF), points (LandXML, LAS) or cells (grids) looked at.
        points: points in the survey, or cells with a level.
        left_out: rows not in the survey because of an error (blank and comment rows are not counted).
        merged: points merged into another one on the same spot.
        findings: in file order; at most `LISTED_PER_KIND` of a kind.
        counts: how often each kind was found, listed or not.
        extent: box around the survey [m].
        spacing: median distance to the nearest point in plan, or the cell size [m].
        datum_hints: what the numbers suggest about the coordinate system: hints, never facts.
        surface, surfaces: LandXML surface taken, and all the file has.
        layers: DXF layers with the number of their entities that could be terrain.
        declared_area_2d, declared_area_3d: areas the file itself states for the surface [m2].
        area_2d, area_3d: areas of the visible faces as read [m2].
    """

    path: Path
    sha256: str
    size: int
    format: str
    encoding: str
    unit: str
    columns: Message | None
    rows_read: int
    points: int
    breaklines: int
    triangles: int
    left_out: int
    merged: int
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    extent: Extent
    spacing: float | None
    datum_hints: tuple[Message, ...]
    surface: str = ""
    surfaces: tuple[str, ...] = ()
    layers: Mapping[str, int] = field(default_factory=dict)
    declared_area_2d: float | None = None
    declared_area_3d: float | None = None
    area_2d: float | None = None
    area_3d: float | None = None

    def of_kind(self, kind: str) -> tuple[Finding, ...]:
        """The listed findings of one kind."""
        return tuple(f for f in self.findings if f.kind == kind)

    def rows_of(self, kind: str) -> tuple[int, ...]:
        """File rows of the listed findings of one kind."""
        return tuple(f.row for f in self.of_kind(kind) if f.row is not None)

    def worst(self) -> Severity:
        """The gravest finding; INFO where there is none."""
        order = list(Severity)
        return max((f.severity for f in self.findings), key=order.index, default=Severity.INFO)

    def not_listed(self) -> Mapping[str, int]:
        """How many findings of each kind were counted but not listed."""
        listed = Counter(f.kind for f in self.findings)
        return {kind: n - listed[kind] for kind, n in self.counts.items() if n > listed[kind]}

    def lines(self) -> list[Message]:
        """The report as lines to show, the findings last."""
        e = self.extent
        out = [
            message("survey.report.file", path=str(self.path), format=self.format, encoding=self.encoding or "-",
                    unit=self.unit, size=self.size),
            message("survey.report.digest", sha256=self.sha256),
            message("survey.report.read", rows=self.rows_read, points=self.points, left_out=self.left_out,
                    merged=self.merged),
            message("survey.report.extent", north_min=f"{e.north_min:.3f}", north_max=f"{e.north_max:.3f}",
                    east_min=f"{e.east_min:.3f}", east_max=f"{e.east_max:.3f}", z_min=f"{e.z_min:.3f}",
                    z_max=f"{e.z_max:.3f}", height=f"{e.height:.1f}", width=f"{e.width:.1f}"),
        ]  # fmt: skip
        if self.columns is not None:
            out.append(self.columns)
        if self.spacing is not None:
            out.append(message("survey.report.spacing", spacing=f"{self.spacing:.2f}"))
        if self.breaklines or self.triangles:
            out.append(message("survey.report.lines", breaklines=self.breaklines, triangles=self.triangles))
        if self.area_2d is not None and self.area_3d is not None:
            out.append(message("survey.report.areas", plan=f"{self.area_2d:.3f}", slope=f"{self.area_3d:.3f}"))
        out.extend(self.datum_hints)
        out.extend(f.message for f in self.findings)
        out.extend(
            message("survey.report.not_listed", kind=message(f"survey.kind.{kind}"), number=n)
            for kind, n in self.not_listed().items()
        )
        return out
