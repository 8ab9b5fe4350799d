"""Point clouds: LAS and LAZ, points of the ground class."""

from __future__ import annotations

import struct
from collections import Counter
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.files import MAX_POINTS, head, opened
from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.raw import Raw
from slopedesign.survey.report import Findings, Severity

MAX_RECORDS = 1 << 26  # bytes in front of the points
_CHUNK_BYTES = 1 << 25
_RECORD = 54  # bytes of a variable length record without its content


def read_las(path: Path, options: SurveyOptions, findings: Findings) -> Raw:
    """Points of the wanted classes; "rows" are the numbers of the points in the file, from 1.

    Raises:
        SurveyError: damaged, no point of the wanted classes (the message lists the classes), too many points.
    """
    import laspy

    _check_header(path)
    try:
        with laspy.open(str(path), read_evlrs=False, laz_backend=laspy.LazBackend.Lazrs) as source:
            count = int(source.header.point_count)
            parts, numbers, classes = _chunks(path, source, options)
    except SurveyError:
        raise
    except BaseException as reason:
        if not isinstance(reason, Exception) and type(reason).__name__ != "PanicException":  # of the LAZ decoder
            raise
        raise SurveyError(path, message("survey.error.las", reason=str(reason)[:200])) from reason
    read = sum(classes.values())
    if read < count:
        findings.add("truncated", None, severity=Severity.WARNING)
    if not parts:
        listed = ", ".join(f"{c} ({n})" for c, n in sorted(classes.items())) or "-"
        wanted = ", ".join(str(c) for c in options.classes)
        raise SurveyError(path, message("survey.error.no_class", wanted=wanted, found=listed))
    findings.add("no_unit", None, severity=Severity.INFO)
    other = read - sum(len(p) for p in parts)
    if other:
        findings.add("other_classes", None, other, severity=Severity.INFO)
    return Raw(
        findings=findings, points=np.concatenate(parts), rows=np.concatenate(numbers), rows_read=read,
        columns=message("survey.columns.las", classes=", ".join(f"{c}: {n}" for c, n in sorted(classes.items()))),
    )  # fmt: skip


def _check_header(path: Path) -> None:
    """Refuses counts that cannot fit the file, before anybody allocates for them.

    Source: ASPRS LAS 1.4 R15, public header block; LASzip record "laszip encoded" 22204.
    """
    size = path.stat().st_size
    start = head(path, 375)
    if len(start) < 227:
        raise SurveyError(path, message("survey.error.las_header"))
    header, data, records = struct.unpack_from("<HII", start, 94)
    point_format, point_size = struct.unpack_from("<BH", start, 104)
    if not 227 <= header <= data <= size or records * _RECORD > data - header or data > MAX_RECORDS or point_size < 20:
        raise SurveyError(path, message("survey.error.las_header"))
    if point_format & 0x80:
        _check_laz(path, header, data, records, point_size)


def _check_laz(path: Path, header: int, data: int, records: int, point_size: int) -> None:
    """The compression record must describe points of the stated size, the chunk table must fit the file."""
    whole = head(path, data + 8)
    at, items = header, b""
    for _ in range(records):
        record_id, length = struct.unpack_from("<HH", whole, at + 18) if at + _RECORD <= data else (0, 0)
        if record_id == 22204:
            items = whole[at + _RECORD : min(at + _RECORD + length, data)]
        at += _RECORD + length
    count = struct.unpack_from("<H", items, 32)[0] if len(items) >= 34 else 0
    sizes = [struct.unpack_from("<H", items, 36 + 6 * i)[0] for i in range(count) if len(items) >= 40 + 6 * i]
    if len(whole) < data + 8 or not count or len(sizes) != count or sum(sizes) != point_size:
        raise SurveyError(path, message("survey.error.las_header"))
    size = path.stat().st_size
    table = struct.unpack_from("<q", whole, data)[0]
    with opened(path) as file:
        if table == -1:  # written as a stream: the place of the table stands at the very end
            file.seek(size - 8)
            table = struct.unpack("<q", file.read(8))[0]
        if not data + 8 <= table <= size - 8:
            raise SurveyError(path, message("survey.error.las_header"))
        file.seek(table)
        chunks = struct.unpack("<II", file.read(8))[1]
    if chunks > size // point_size + 1:  # each chunk begins with one whole point
        raise SurveyError(path, message("survey.error.las_header"))


def _chunks(path: Path, source, options: SurveyOptions) -> tuple[list[FloatArray], list[IntArray], Counter[int]]:  # type: ignore[no-untyped-def]
    parts: list[FloatArray] = []
    numbers: list[IntArray] = []
    classes: Counter[int] = Counter()
    read = kept = 0
    portion = max(_CHUNK_BYTES // max(int(source.header.point_format.size), 1), 1)
    while len(chunk := source.read_points(portion)):
        of_point = np.asarray(chunk.classification)
        classes.update({int(c): int(n) for c, n in zip(*np.unique(of_point, return_counts=True), strict=True)})
        chosen = np.nonzero(np.isin(of_point, options.classes))[0]
        if len(chosen):
            xyz = np.column_stack((np.asarray(chunk.x), np.asarray(chunk.y), np.asarray(chunk.z)))[chosen]
            parts.append(xyz.astype(np.float64))
            numbers.append((chosen + read + 1).astype(np.int64))
            kept += len(chosen)
        read += len(of_point)
        if kept > MAX_POINTS:
            raise SurveyError(path, message("survey.error.too_many", limit=MAX_POINTS))
    return parts, numbers, classes
