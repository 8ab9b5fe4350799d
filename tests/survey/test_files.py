"""The file before its content: what is not a readable survey file ends in one clear error."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

import slopedesign.survey.delimited as delimited
import slopedesign.survey.files as files
from slopedesign.errors import SurveyError
from slopedesign.survey import SurveyOptions, format_of, read_survey, sha256_of

from .conftest import Reader, hillside


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="does not exist"):
        read_survey(tmp_path / "nothing.dat")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="folder"):
        read_survey(tmp_path)


def test_an_empty_file(read: Reader) -> None:
    with pytest.raises(SurveyError, match="empty"):
        read(b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dat")
    with pytest.raises(SurveyError, match="plain file"):
        read_survey(tmp_path / "pipe.dat")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_link_to_a_device_is_refused_and_a_link_to_a_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "zero.dat").symlink_to("/dev/zero")
    with pytest.raises(SurveyError, match="plain file"):
        read_survey(tmp_path / "zero.dat")
    (tmp_path / "loop.dat").symlink_to(tmp_path / "loop.dat")
    with pytest.raises(SurveyError):
        read_survey(tmp_path / "loop.dat")
    (tmp_path / "s.dat").write_text("\n".join(hillside()))
    (tmp_path / "link.dat").symlink_to(tmp_path / "s.dat")
    assert len(read_survey(tmp_path / "link.dat").survey.points) == 36


def test_a_path_with_a_zero_byte() -> None:
    with pytest.raises(SurveyError):
        read_survey("a\0b.dat")


def test_a_large_file_is_refused_with_its_size(tmp_path: Path) -> None:
    with (tmp_path / "huge.dat").open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)  # sparse: nothing is written
    with pytest.raises(SurveyError, match=str(files.MAX_BYTES)):
        read_survey(tmp_path / "huge.dat")


def test_a_row_without_end_is_refused(read: Reader) -> None:
    with pytest.raises(SurveyError, match="row is longer"):
        read(b"1,2,3 " * 3_000_000)


def test_too_many_points_are_refused(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_POINTS", 30)
    with pytest.raises(SurveyError, match="thin"):
        read(hillside())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"AC1027\0\0\0\0", "DWG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"<html><body>404</body></html>", "LandXML"),
    ],
)
def test_other_formats_are_named(read: Reader, content: bytes, words: str) -> None:
    with pytest.raises(SurveyError, match=words):
        read(content)


def test_a_workbook_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(SurveyError, match="CSV"):
        read_survey(tmp_path / "s.xlsx")


@pytest.mark.parametrize("kind", ["cass", "csv", "asc", "dxf", "landxml", "geotiff", "las"])
def test_a_wrong_stated_format_is_an_error_not_a_crash(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    for content in (b"\0\1\2" * 500, b"hello world\n" * 5, b"<a>" * 40, b"0\nSECTION\n2\nENTITIES\n"):
        path.write_bytes(content)
        with pytest.raises(SurveyError):
            read_survey(path, SurveyOptions(format=kind))


def test_the_format_is_known_by_content_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "survey.dxf").write_text("\n".join(hillside()))
    assert format_of(tmp_path / "survey.dxf") == "csv"
    (tmp_path / "grid.txt").write_text("NCOLS 2\nNROWS 1\n")
    assert format_of(tmp_path / "grid.txt") == "asc"
    (tmp_path / "draw.dat").write_text("999\nmade by hand\n  0\nSECTION\n")
    assert format_of(tmp_path / "draw.dat") == "dxf"


def test_the_digest(read: Reader) -> None:
    found = read(hillside())
    path = found.report.path
    assert found.report.sha256 == sha256_of(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.report.size == path.stat().st_size
    with pytest.raises(SurveyError):
        sha256_of(path.parent / "nothing")


def test_the_report_speaks_both_languages(read: Reader) -> None:
    lines = read([*hillside(), "x,,1,2,y"]).report.lines()
    for language in ("zh_CN", "en"):
        for line in lines:
            words = line.render(language)
            assert "survey." not in words.replace("survey.dat", "")
            assert "{" not in words
            assert "Message(" not in words


def test_arrays_cannot_be_changed(read: Reader) -> None:
    survey = read(hillside()).survey
    with pytest.raises(ValueError, match="read-only"):
        survey.points[0, 0] = 1.0
