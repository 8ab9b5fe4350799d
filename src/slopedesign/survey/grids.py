"""Grids of levels: ESRI ASCII grid and GeoTIFF."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.columns import looks_geographic
from slopedesign.survey.files import MAX_CELLS, row_blocks
from slopedesign.survey.model import FloatArray, Grid
from slopedesign.survey.numbers import read_number
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.raw import Raw
from slopedesign.survey.report import Findings, Severity

_KEYS = ("ncols", "nrows", "xllcorner", "yllcorner", "xllcenter", "yllcenter", "cellsize", "dx", "dy", "nodata_value")


def read_asc(path: Path, options: SurveyOptions, findings: Findings) -> Raw:
    """An ESRI ASCII grid: header lines, then rows of levels from north to south.

    Raises:
        SurveyError: header incomplete, more or fewer values than it says, degrees instead of metres.
    """
    header, header_rows = _header(path)
    columns, rows = (_whole(path, header, key) for key in ("ncols", "nrows"))
    if rows * columns > MAX_CELLS:
        raise SurveyError(path, message("survey.error.too_many_cells", cells=rows * columns, limit=MAX_CELLS))
    size_east, size_north = header.get("dx", header.get("cellsize")), header.get("dy", header.get("cellsize"))
    if size_east is None or size_north is None or not (size_east > 0 and size_north > 0):
        raise SurveyError(path, message("survey.error.asc_header", key="cellsize"))
    east, north = _origin(path, header, "x", size_east), _origin(path, header, "y", size_north)
    _refuse_degrees(path, east, north, max(size_east, size_north))
    z = _values(path, findings, header_rows, rows * columns)
    nodata = header.get("nodata_value", -9999.0)
    z[z == nodata] = np.nan
    grid = Grid(
        east=east, north=north, cell_east=size_east, cell_north=size_north,
        z=np.ascontiguousarray(z.reshape(rows, columns)[::-1]),
    )  # fmt: skip
    columns_note = message(
        "survey.columns.grid", rows=rows, columns=columns, cell=f"{size_east:g}", nodata=f"{nodata:g}"
    )
    return Raw(findings=findings, grid=grid, rows_read=rows * columns, encoding="ascii", columns=columns_note)


def _header(path: Path) -> tuple[dict[str, float], int]:
    """Header values by key, and the number of header rows."""
    found: dict[str, float] = {}
    for block in row_blocks(path, "latin-1"):
        for number, row in enumerate(block):
            words = row.split()
            if not words:
                continue
            key = words[0].casefold()
            if key not in _KEYS:
                return found, number
            value = read_number(words[1])[0] if len(words) == 2 else None
            if value is None:
                raise SurveyError(path, message("survey.error.asc_header", key=key))
            found[key] = value
        break
    raise SurveyError(path, message("survey.error.asc_header", key="-"))


def _whole(path: Path, header: dict[str, float], key: str) -> int:
    value = header.get(key)
    if value is None or value != value or not 1 <= value <= 1e9 or value != round(value):
        raise SurveyError(path, message("survey.error.asc_header", key=key))
    return int(value)


def _origin(path: Path, header: dict[str, float], axis: str, size: float) -> float:
    """Centre of the first cell; the header gives it, or the corner of that cell."""
    centre, corner = header.get(f"{axis}llcenter"), header.get(f"{axis}llcorner")
    if centre is None and corner is None:
        raise SurveyError(path, message("survey.error.asc_header", key=f"{axis}llcorner"))
    value = centre if centre is not None else (corner or 0.0) + size / 2
    if not np.isfinite(value):
        raise SurveyError(path, message("survey.error.asc_header", key=f"{axis}llcorner"))
    return value


def _refuse_degrees(path: Path, east: float, north: float, cell: float) -> None:
    if cell < 0.02 and looks_geographic(east, north):
        raise SurveyError(path, message("survey.error.geographic"))


def _values(path: Path, findings: Findings, header_rows: int, expected: int) -> FloatArray:
    """All levels in file order; a word that is no number is reported with its row and becomes NaN."""
    parts: list[FloatArray] = []
    read = number = 0
    for block in row_blocks(path, "latin-1"):
        rows = block[header_rows - number :] if number < header_rows else block
        first = number + len(block) - len(rows) + 1
        number += len(block)
        for values in _parsed(rows, first, findings):
            parts.append(values)
            read += len(values)
        if read > expected:
            break
    if read != expected:
        raise SurveyError(path, message("survey.error.asc_values", found=read, expected=expected))
    return np.concatenate(parts)


def _parsed(rows: list[str], first: int, findings: Findings) -> list[FloatArray]:
    text = " ".join(rows)
    if "_" not in text and text.isascii():  # numpy would take 1_0 and full-width digits in silence
        try:
            return [np.array(text.split(), dtype=np.float64)]
        except ValueError:
            pass  # a word is no number: find it row by row
    return [_tolerant(row.split(), first + i, findings) for i, row in enumerate(rows)]


def _tolerant(words: list[str], row: int, findings: Findings) -> FloatArray:
    out = np.full(len(words), np.nan)
    for i, word in enumerate(words):
        value, oddity = read_number(word)
        if value is None:
            findings.add("grid_number", row, word)
        else:
            out[i] = value
            if oddity:
                findings.add(oddity, row, word, severity=Severity.WARNING, axis=message("survey.axis.z"), number=value)
    return out


def read_geotiff(path: Path, options: SurveyOptions, findings: Findings) -> Raw:
    """The first band of a GeoTIFF whose axes run east and north.

    Raises:
        SurveyError: rasterio is not installed, degrees instead of metres, a rotated grid, too many cells.
    """
    try:
        import rasterio
        from rasterio.errors import NotGeoreferencedWarning, RasterioError
    except ImportError as reason:
        raise SurveyError(path, message("survey.error.needs_rasterio")) from reason
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # refused below, with a reason
            with rasterio.open(path, driver="GTiff") as source:
                return _band(path, source, findings)
    except (RasterioError, ValueError, MemoryError) as reason:
        raise SurveyError(path, message("survey.error.raster", reason=str(reason)[:200])) from reason


def _band(path: Path, source, findings: Findings) -> Raw:  # type: ignore[no-untyped-def]
    cells = source.width * source.height
    if cells > MAX_CELLS:
        raise SurveyError(path, message("survey.error.too_many_cells", cells=cells, limit=MAX_CELLS))
    place = source.transform
    if place.b or place.d or place.a <= 0 or place.e >= 0:
        raise SurveyError(path, message("survey.error.raster_turned"))
    if place.is_identity:
        raise SurveyError(path, message("survey.error.raster_unplaced"))
    if source.crs is not None and source.crs.is_geographic:
        raise SurveyError(path, message("survey.error.geographic"))
    east, north = place.c + place.a / 2, place.f + place.e * (source.height - 0.5)
    _refuse_degrees(path, east, north, place.a)
    if source.count > 1:
        findings.add("several_bands", None, source.count, severity=Severity.WARNING)
    z = source.read(1, masked=True).astype(np.float64).filled(np.nan)
    scale, offset = source.scales[0], source.offsets[0]
    if (scale, offset) != (1.0, 0.0):
        z = z * scale + offset
        findings.add("band_scale", None, f"{scale:g}", severity=Severity.INFO, offset=f"{offset:g}")
    grid = Grid(
        east=float(east), north=float(north), cell_east=float(place.a), cell_north=float(-place.e),
        z=np.ascontiguousarray(z[::-1]),
    )  # fmt: skip
    note = message(
        "survey.columns.grid", rows=source.height, columns=source.width, cell=f"{place.a:g}", nodata=source.nodata
    )
    return Raw(findings=findings, grid=grid, rows_read=cells, columns=note, unit_declared=_crs_unit(source, findings))


def _crs_unit(source, findings: Findings) -> str:  # type: ignore[no-untyped-def]
    """Unit of the coordinate system; levels are taken to be in the same unit."""
    if source.crs is None:
        return ""
    name = str(source.crs.linear_units).casefold()
    unit = "us_ft" if "us" in name and "f" in name else "ft" if "foot" in name or "feet" in name else "m"
    findings.add("crs", None, source.crs.to_string()[:60], severity=Severity.INFO)
    return unit
