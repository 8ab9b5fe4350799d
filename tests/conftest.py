"""Shared fixtures: an offscreen window system, seeded property tests, the survey files where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "seeded", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("seeded")


@pytest.fixture(scope="session")
def surveys() -> Path:
    """Folder of the real surveys, named by SLOPEDESIGN_SURVEYS; the test is skipped where it is unset."""
    folder = os.environ.get("SLOPEDESIGN_SURVEYS")
    if not folder:
        pytest.skip("SLOPEDESIGN_SURVEYS is not set: the real surveys are not at hand")
    return Path(folder)
