"""JTG D30-2015: limits for highway retaining walls."""

from __future__ import annotations

from slopedesign.standards.trace import Datum
from slopedesign.standards.wall_tables import pick

STANDARD = "JTG D30-2015"


def limit(table: str, *keys: str) -> Datum:
    """A limit of the standard."""
    return pick("jtg_d30_2015", table, *keys)
