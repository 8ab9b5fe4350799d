"""What was measured: points, break lines, a triangulated surface or a grid, in metres east, north, elevation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from slopedesign.i18n import Message

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

METRES_PER = {"m": 1.0, "ft": 0.3048, "us_ft": 1200.0 / 3937.0}
"""Length of one unit in metres; the foot is the international one, `us_ft` the US survey foot."""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """The box around the points, in metres."""

    east_min: float
    east_max: float
    north_min: float
    north_max: float
    z_min: float
    z_max: float

    @property
    def width(self) -> float:
        """East-west size [m]."""
        return self.east_max - self.east_min

    @property
    def height(self) -> float:
        """North-south size [m]."""
        return self.north_max - self.north_min

    @classmethod
    def of(cls, points: FloatArray) -> Extent:
        """Box around points (n, 3); n >= 1."""
        low, high = points.min(axis=0), points.max(axis=0)
        return cls(
            east_min=float(low[0]), east_max=float(high[0]), north_min=float(low[1]), north_max=float(high[1]),
            z_min=float(low[2]), z_max=float(high[2]),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Levels at the centres of square or rectangular cells.

    Attributes:
        east, north: centre of cell [0, 0], the south-west one [m].
        cell_east, cell_north: cell size [m], > 0.
        z: levels (rows, columns) [m], row 0 is the southernmost, NaN where nothing was measured.
    """

    east: float
    north: float
    cell_east: float
    cell_north: float
    z: FloatArray

    def points(self) -> FloatArray:
        """Cell centres with a level, (n, 3) as E, N, Z."""
        rows, columns = np.nonzero(np.isfinite(self.z))
        return np.column_stack(
            (self.east + columns * self.cell_east, self.north + rows * self.cell_north, self.z[rows, columns])
        )

    @property
    def extent(self) -> Extent:
        """Box around the centres of the cells that have a level."""
        known = np.isfinite(self.z)
        rows, columns = np.nonzero(known.any(axis=1))[0], np.nonzero(known.any(axis=0))[0]
        return Extent(
            east_min=self.east + float(columns[0]) * self.cell_east,
            east_max=self.east + float(columns[-1]) * self.cell_east,
            north_min=self.north + float(rows[0]) * self.cell_north,
            north_max=self.north + float(rows[-1]) * self.cell_north,
            z_min=float(np.nanmin(self.z)),
            z_max=float(np.nanmax(self.z)),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Boundary:
    """An edge given with a surface: "outer" limits it, "void" cuts a hole, other kinds as the file calls them."""

    kind: str
    vertices: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Survey:
    """One survey, checked: every number finite, no two points on one spot unless it carries its own triangles.

    Attributes:
        points: every vertex (n, 3) as E, N, Z in m, those of the break lines among them; (0, 3) for a grid.
        names, codes: one per point, or empty where the file has none; for DXF the handle and the layer.
        rows: row of the file each point came from (n,); rows of break-line files count on from 10**12.
        breaklines: polylines (k, 3) the surface must follow; their vertices are points of `points`, same level.
        triangles: (m, 3) indices into `points`, counter-clockwise in plan, where the file carries its own surface
            (LandXML faces, 3DFACE); invisible faces are left out. Such points may share a spot (steep faces).
        grid: levels of a DEM.
        boundaries: edges given with the surface.
        unit: unit the file was in; everything here is in metres.
        datum_hints: what the numbers suggest about the coordinate system: hints, never facts.
    """

    points: FloatArray
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    rows: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    breaklines: tuple[FloatArray, ...] = ()
    triangles: IntArray | None = None
    grid: Grid | None = None
    boundaries: tuple[Boundary, ...] = ()
    unit: str = "m"
    datum_hints: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        _freeze([self.points, self.rows, *self.breaklines, *(b.vertices for b in self.boundaries)])
        if self.triangles is not None:
            _freeze([self.triangles])
        if self.grid is not None:
            _freeze([self.grid.z])

    @property
    def extent(self) -> Extent:
        """Box around everything measured."""
        return self.grid.extent if self.grid is not None else Extent.of(self.points)


def _freeze(arrays: Iterable[npt.NDArray[np.generic]]) -> None:
    for array in arrays:
        array.setflags(write=False)


def surface_areas(points: FloatArray, triangles: IntArray) -> tuple[float, float]:
    """Area in plan and area along the surface of a triangulation [m2].

    Source: half the cross product of two edges, coordinates taken from the first point so that no digits are lost.
    """
    local = points - points[0]
    a, b, c = (local[triangles[:, i]] for i in range(3))
    normal = np.cross(b - a, c - a)
    return float(np.abs(normal[:, 2]).sum() / 2), float(np.sqrt((normal**2).sum(axis=1)).sum() / 2)
