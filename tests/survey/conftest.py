"""Small survey files written by the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from slopedesign.survey import SurveyImport, SurveyOptions, read_survey

Reader = Callable[..., SurveyImport]


def hillside(rows: int = 6, columns: int = 6, east: float = 511_000.0, north: float = 3_398_000.0) -> list[str]:
    """CASS rows of an inclined plane z = 50 + 0.2 dE + 0.1 dN, points 5 m apart, names P1, P2, ..."""
    return [
        f"P{i * columns + j + 1},,{east + 5 * j:.3f},{north + 5 * i:.3f},{50 + j + 0.5 * i:.3f}"
        for i in range(rows)
        for j in range(columns)
    ]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Writes rows (or bytes) to a file and reads it as a survey."""

    def run(
        content: list[str] | str | bytes, name: str = "survey.dat", encoding: str = "utf-8", **options: object
    ) -> SurveyImport:
        path = tmp_path / name
        if isinstance(content, list):
            content = "\n".join(content) + "\n"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_survey(path, SurveyOptions(**options))  # type: ignore[arg-type]

    return run
