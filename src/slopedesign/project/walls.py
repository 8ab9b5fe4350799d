"""Soils, bases and situations of the retaining walls, and the toe walls of fills and dumps."""

from __future__ import annotations

from slopedesign.project.base import Record


class WallDesign(Record):
    """Soils, bases and situations of the retaining walls, and the toe walls of fills and dumps."""
