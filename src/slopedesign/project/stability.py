"""Stability sections and situations."""

from __future__ import annotations

from slopedesign.project.base import Record


class StabilityDesign(Record):
    """Stability sections and situations."""
