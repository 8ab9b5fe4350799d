"""The Chinese font that ships with the program (a subset of Noto Sans CJK SC under the SIL Open Font License 1.1).

Window, previews, reports and tests use it, so that no machine shows boxes where Chinese should stand.
"""

from __future__ import annotations

from pathlib import Path

FAMILY = "SlopeDesign Sans SC"
REGULAR = Path(__file__).parent / "SlopeDesignSansSC-Regular.otf"
