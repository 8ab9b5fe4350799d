"""Grids of levels: ESRI ASCII and GeoTIFF; point clouds."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slopedesign.errors import SurveyError
from slopedesign.survey import SurveyOptions, read_survey

from .conftest import Reader

LEVELS = np.array([[13.0, 14.0, 15.0], [10.0, 11.0, -9999.0]])  # as in the file: north row first


def asc(head: str = "", values: np.ndarray | str = LEVELS, **header: object) -> str:
    rows, columns = (2, 3) if isinstance(values, str) else values.shape
    keys = {"ncols": columns, "nrows": rows, "xllcorner": 511000, "yllcorner": 3398000, "cellsize": 2} | header
    body = values if isinstance(values, str) else "\n".join(" ".join(f"{v:g}" for v in row) for row in values)
    return head + "".join(f"{k} {v}\n" for k, v in keys.items() if v is not None) + body + "\n"


def test_an_ascii_grid(read: Reader) -> None:
    found = read(asc(NODATA_value=-9999), name="g.asc")
    grid = found.survey.grid
    assert grid is not None
    assert (grid.east, grid.north, grid.cell_east, grid.cell_north) == (511_001.0, 3_398_001.0, 2.0, 2.0)
    np.testing.assert_array_equal(grid.z, [[10, 11, np.nan], [13, 14, 15]])
    assert found.report.points == 5
    assert found.survey.points.shape == (0, 3)
    assert grid.points()[0].tolist() == [511_001.0, 3_398_001.0, 10.0]
    extent = found.survey.extent
    assert (extent.east_max, extent.north_max, extent.z_min, extent.z_max) == (511_005.0, 3_398_003.0, 10.0, 15.0)


def test_cell_centres_and_other_header_forms(read: Reader) -> None:
    found = read(asc(xllcorner=None, yllcorner=None, xllcenter=511000, yllcenter=3398000), name="g.asc")
    assert found.survey.grid is not None
    assert (found.survey.grid.east, found.survey.grid.north) == (511_000.0, 3_398_000.0)
    found = read(asc(cellsize=None, dx=2, dy=3), name="g.asc")
    assert found.survey.grid is not None
    assert (found.survey.grid.cell_north, found.survey.grid.north) == (3.0, 3_398_001.5)


def test_values_may_wrap_over_rows(read: Reader) -> None:
    found = read(asc(values="13 14\n15 10 11\n12"), name="g.asc")
    assert found.survey.grid is not None
    np.testing.assert_array_equal(found.survey.grid.z, [[10, 11, 12], [13, 14, 15]])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (asc(values="13 14 15 10 11"), "5 or more"),
        (asc(values="13 14 15 10 11 12 13"), "7 or more"),
        (asc(ncols=0), "ncols"),
        (asc(ncols="x"), "ncols"),
        (asc(ncols="nan"), "ncols"),
        (asc(nrows=2.5), "nrows"),
        (asc(cellsize=-1), "cellsize"),
        (asc(cellsize=None), "cellsize"),
        (asc(xllcorner=None), "xllcorner"),
        (asc(ncols=100_000, nrows=100_000), "10000000000 cells"),
        (asc(values="-9999 -9999 -9999\n-9999 -9999 -9999"), "usable level"),
        (asc(xllcorner=111.2, yllcorner=30.7, cellsize=0.000833), "degrees"),
        ("ncols 3\n", "header"),
    ],
)
def test_damaged_grids_are_refused(read: Reader, content: str, words: str) -> None:
    with pytest.raises(SurveyError, match=words):
        read(content, name="g.asc")


def test_odd_cells_are_reported_with_their_row(read: Reader) -> None:
    found = read(asc(values="13 1_4 15\n１０ 11 abc"), name="g.asc")
    assert found.report.rows_of("grid_number") == (6, 7, 7)
    found = read(asc(values="130 140 0\n131 141 99999"), name="g.asc")
    assert found.report.counts["grid_zero"] == 1
    assert found.report.counts["grid_impossible"] == 1
    assert found.report.left_out == 2


def test_a_grid_in_feet(read: Reader) -> None:
    grid = read(asc(), name="g.asc", unit="ft").survey.grid
    assert grid is not None
    assert grid.cell_east == pytest.approx(0.6096)
    assert np.nanmax(grid.z) == pytest.approx(15 * 0.3048)


def write_tiff(path: Path, values: np.ndarray, **profile: Any) -> Path:
    rasterio = pytest.importorskip("rasterio")
    from rasterio.transform import from_origin

    base = {
        "driver": "GTiff", "width": values.shape[1], "height": values.shape[0], "count": 1, "dtype": "float32",
        "nodata": -9999.0, "transform": from_origin(511_000, 3_398_004, 2, 2), "crs": "EPSG:4546",
    }  # fmt: skip
    with rasterio.open(path, "w", **(base | profile)) as target:
        target.write(values.astype(np.float32), 1)
    return path


def test_a_geotiff_equals_the_ascii_grid(read: Reader, tmp_path: Path) -> None:
    plain = read(asc(NODATA_value=-9999), name="g.asc").survey.grid
    found = read_survey(write_tiff(tmp_path / "g.tif", LEVELS))
    grid = found.survey.grid
    assert grid is not None
    assert plain is not None
    np.testing.assert_array_equal(grid.z, plain.z)
    assert (grid.east, grid.north, grid.cell_east) == (plain.east, plain.north, plain.cell_east)
    assert found.report.of_kind("crs")[0].value == "EPSG:4546"


def test_geotiffs_that_cannot_serve(tmp_path: Path) -> None:
    pytest.importorskip("rasterio")
    from rasterio.transform import Affine, from_origin

    with pytest.raises(SurveyError, match="degrees"):
        read_survey(write_tiff(tmp_path / "a.tif", LEVELS, crs="EPSG:4490", transform=from_origin(111, 31, 1e-3, 1e-3)))
    with pytest.raises(SurveyError, match="rotated"):
        read_survey(write_tiff(tmp_path / "b.tif", LEVELS, transform=Affine(2, 0.1, 511000, 0, -2, 3398000)))
    whole = write_tiff(tmp_path / "c.tif", np.full((200, 200), 5.0)).read_bytes()
    (tmp_path / "d.tif").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SurveyError):
        read_survey(tmp_path / "d.tif")


def test_without_rasterio_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "g.tif").write_bytes(b"II*\0" + bytes(100))
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("rasterio"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SurveyError, match=r"slopedesign\[raster\]"):
        read_survey(tmp_path / "g.tif")


def write_las(path: Path, points: np.ndarray, classes: np.ndarray) -> Path:
    laspy = pytest.importorskip("laspy")
    header = laspy.LasHeader(point_format=3, version="1.2")
    header.offsets, header.scales = points.min(axis=0), np.full(3, 0.001)
    las = laspy.LasData(header)
    las.x, las.y, las.z = points.T
    las.classification = classes
    las.write(str(path))
    return path


@pytest.mark.parametrize("suffix", ["las", "laz"])
def test_point_clouds_of_the_ground_class(tmp_path: Path, suffix: str) -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 100, (500, 3)).round(3) * [1, 1, 0.1] + [511_000, 3_398_000, 50]
    classes = np.where(np.arange(500) % 5 == 0, 2, 5)
    found = read_survey(write_las(tmp_path / f"c.{suffix}", points, classes))
    np.testing.assert_allclose(found.survey.points, points[::5], atol=6e-4)
    assert found.survey.rows[:3].tolist() == [1, 6, 11]
    assert found.report.of_kind("other_classes")[0].value == "400"
    both = read_survey(tmp_path / f"c.{suffix}", SurveyOptions(classes=(2, 5)))
    assert len(both.survey.points) == 500
    with pytest.raises(SurveyError, match=r"2 \(100\), 5 \(400\)"):
        read_survey(tmp_path / f"c.{suffix}", SurveyOptions(classes=(9,)))


def test_a_real_cloud(surveys: Path) -> None:
    """Point counts by class as the file's authors test them: 1065 points, 276 of class 2."""
    found = read_survey(surveys / "laspy_simple.las")
    assert found.report.rows_read == 1065
    assert len(found.survey.points) == 276
    in_feet = read_survey(surveys / "laspy_simple.las", SurveyOptions(unit="ft"))
    np.testing.assert_allclose(in_feet.survey.points, found.survey.points * 0.3048, rtol=1e-15)


def test_a_cloud_that_lies_about_its_size(tmp_path: Path) -> None:
    points = np.random.default_rng(0).uniform(0, 100, (200, 3)) + np.array([511_000, 3_398_000, 50])
    whole = bytearray(write_las(tmp_path / "a.las", points, np.full(200, 2)).read_bytes())
    for at, value in ((100, 0xFFFFFFFF), (96, 0xFFFFFFF0), (94, 0)):
        lie = bytearray(whole)
        lie[at : at + (2 if at == 94 else 4)] = value.to_bytes(2 if at == 94 else 4, "little")
        (tmp_path / "b.las").write_bytes(lie)
        with pytest.raises(SurveyError, match="header"):
            read_survey(tmp_path / "b.las")
    whole[107:111] = (4_000_000_000).to_bytes(4, "little")
    (tmp_path / "c.las").write_bytes(whole)
    found = read_survey(tmp_path / "c.las")
    assert found.report.counts["truncated"] == 1
    assert len(found.survey.points) == 200
