"""Anything at all may be handed to the readers: they answer with a survey or with one clear error, soon."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slopedesign.errors import SurveyError
from slopedesign.survey import (
    SurveyOptions,
    read_polylines_dxf,
    read_sections_csv,
    read_sections_dxf,
    read_survey,
)

from .conftest import hillside
from .test_grids import LEVELS, asc, write_las, write_tiff
from .test_landxml import landxml, surface

MOST_SECONDS = 20.0
FORMATS = ("auto", "cass", "csv", "dxf", "landxml", "asc", "geotiff", "las")

fuzz = settings(
    max_examples=40, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


def answered(read: Callable[[], Any]) -> None:
    """The reader answers in time, with finite numbers or a SurveyError that can be said in both languages."""
    begin = time.monotonic()
    try:
        found = read()
    except SurveyError as error:
        assert error.describe("zh_CN")
        assert "survey.error" not in error.describe("en")
    else:
        if hasattr(found, "survey"):
            survey = found.survey
            assert np.isfinite(survey.points).all()
            assert all(np.isfinite(line).all() and len(line) > 1 for line in survey.breaklines)
            assert survey.triangles is None or survey.triangles.max() < len(survey.points)
            assert not survey.names or len(survey.names) == len(survey.points)
            assert not survey.codes or len(survey.codes) == len(survey.points)
            assert len(survey.rows) == len(survey.points)
            for line in found.report.lines():
                assert line.render("zh_CN")
    assert time.monotonic() - begin < MOST_SECONDS


@cache
def seeds() -> dict[str, bytes]:
    """One small valid file of each kind."""
    import tempfile

    doc = ezdxf.new("R2000", units=6)
    for i in range(12):
        doc.modelspace().add_point((511000 + 5 * (i % 4), 3398000 + 5 * (i // 4), 50 + i), dxfattribs={"layer": "GCD"})
    doc.modelspace().add_lwpolyline([(1, 2), (3, 4, 0, 0, 0.5), (5, 6)], dxfattribs={"layer": "DGX", "elevation": 9})
    doc.modelspace().add_text("1-1 K0+020", dxfattribs={"insert": (1, 1)})
    text = io.StringIO()
    doc.write(text)
    dxf = text.getvalue()
    entities = dxf[dxf.index("ENTITIES") - 20 :]
    out = {
        "cass": "\n".join(hillside()).encode(),
        "gbk": "\n".join(row.replace("P", "坑顶") for row in hillside()).encode("gbk"),
        "csv": "点号;X;Y;H\n1;3398000,5;511000,5;50,1\n2;3398001,5;511002,5;51,1\n".encode("utf-8-sig"),
        "dxf": ("0\nSECTION\n2\n" + entities[entities.index("ENTITIES") :]).encode(),
        "landxml": landxml(surface()).encode(),
        "asc": asc(NODATA_value=-9999).encode(),
        "sections": b"A,K0+005,0,1\nA,K0+005,1,2\nB,6,0,1\nB,6,1,2\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        points = np.random.default_rng(0).uniform(0, 100, (50, 3)) + np.array([511_000, 3_398_000, 50])
        for suffix in ("las", "laz"):
            out[suffix] = write_las(Path(folder) / f"a.{suffix}", points, np.full(50, 2)).read_bytes()
        try:
            import rasterio  # noqa: F401

            out["geotiff"] = write_tiff(Path(folder) / "a.tif", LEVELS).read_bytes()
        except ImportError:
            pass
    return out


INSERTS = (b"9" * 40, b"nan", b"-", b"1e308", b"\xff\xfe", b"\n", b"<", b"\0")
KINDS = ("cass", "gbk", "csv", "dxf", "landxml", "asc", "sections", "las", "laz", "geotiff")


def every_reader(path: Path, kind: str = "auto") -> None:
    answered(lambda: read_survey(path, SurveyOptions(format=kind, duplicates="mean", text_levels=True)))
    if kind in ("auto", "dxf"):
        answered(lambda: read_sections_dxf(path))
        answered(lambda: read_polylines_dxf(path))
    if kind == "auto":
        answered(lambda: read_sections_csv(path))


@fuzz
@given(content=st.binary(min_size=0, max_size=2000), kind=st.sampled_from(FORMATS))
def test_random_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "fuzz"
    path.write_bytes(content)
    every_reader(path, kind)


@fuzz
@given(content=st.text(alphabet="0123456789.,;-+eE \t\n\r\"'#ANK，。１\ufeff\0_xn", max_size=600))
def test_random_rows(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fuzz"
    path.write_bytes(content.encode())
    every_reader(path)


@pytest.mark.parametrize("kind", KINDS)
@fuzz
@given(data=st.data())
def test_truncated_files(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    content = seeds().get(kind, b"")
    path = tmp_path / "fuzz"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    every_reader(path)


@pytest.mark.parametrize("kind", KINDS)
@fuzz
@given(data=st.data())
def test_mutated_files(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    """A valid file with some bytes changed, a piece doubled or a piece taken out."""
    content = bytearray(seeds().get(kind, b"x"))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        change = data.draw(st.sampled_from(("byte", "insert", "cut", "double")))
        size = data.draw(st.integers(1, 60))
        if change == "byte":
            content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
        elif change == "insert":
            content[at:at] = data.draw(st.sampled_from(INSERTS))
        elif change == "cut":
            del content[at : at + size]
        else:
            content[at:at] = content[at : at + size]
    path = tmp_path / "fuzz"
    path.write_bytes(bytes(content))
    every_reader(path)


def test_many_points_on_one_spot_take_no_longer(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("511000,3398000,50\n" * 200_000 + "511001,3398001,51\n511002,3398003,52\n")
    answered(lambda: read_survey(tmp_path / "a.csv"))


def test_a_scribble_of_crossing_lines_is_bounded(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    ends = rng.uniform(0, 1000, (4000, 4)).round(3)
    rows = [
        f"{i}{p},{'K0' if p == 'a' else '+'},{511000 + e},{3398000 + n},{50 + i % 9}"
        for i, (a, b, c, d) in enumerate(ends.tolist())
        for p, e, n in (("a", a, b), ("b", c, d))
    ]
    (tmp_path / "a.dat").write_text("\n".join(rows))
    begin = time.monotonic()
    found = read_survey(tmp_path / "a.dat", SurveyOptions(duplicates="mean"))
    assert found.report.counts["crossings_many"] == 1
    assert time.monotonic() - begin < MOST_SECONDS


def test_many_contours_without_level_take_no_longer(tmp_path: Path) -> None:
    entity = "0\nLWPOLYLINE\n8\nDGX\n38\n{z}\n10\n{x}\n20\n1.5\n10\n{x}\n20\n9.5\n"
    body = "".join(entity.format(z=0 if i % 2 else 80, x=5 * i + 3) for i in range(20_000))
    (tmp_path / "a.dxf").write_text(f"0\nSECTION\n2\nENTITIES\n{body}0\nENDSEC\n0\nEOF\n")
    begin = time.monotonic()
    found = read_survey(tmp_path / "a.dxf")
    assert found.report.counts["zero_contour"] == 10_000
    assert time.monotonic() - begin < MOST_SECONDS
