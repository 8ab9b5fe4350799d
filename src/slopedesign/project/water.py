"""Rainfall, catchments, drainage network, ponds, irrigation."""

from __future__ import annotations

from slopedesign.project.base import Record


class WaterDesign(Record):
    """Rainfall, catchments, drainage network, ponds, irrigation."""
