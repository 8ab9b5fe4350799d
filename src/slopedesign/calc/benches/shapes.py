"""Names for what is passed around."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

Shape: TypeAlias = Any
"""A shapely geometry. Its type hints cannot follow a geometry through set operations, so none are asked of it."""
