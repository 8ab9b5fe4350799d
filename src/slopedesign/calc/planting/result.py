"""What planting takes of benches and areas, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from slopedesign.project.planting import Species
from slopedesign.standards.check import Check, Remark
from slopedesign.standards.trace import Total, Traced

Points = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """What planting needs of one bench.

    Attributes:
        subject: its path in the results; field: path of its slope in the project.
        number: of the bench; name: within the project.
        width, edge, wall, ditch: of the bench, to the wall, of the wall at its base, of what the ditch takes [m].
        area, length, thickness: soil in plan [m2], its length along the wall [m], its thickness [m].
        lines: lines at a distance inside the outer edge, (n, 2 or 3) E, N; None where the bench has no place in plan.
    """

    subject: str
    field: str
    slope: str
    number: int
    name: str
    material: str
    width: Traced
    edge: Traced
    wall: Traced
    ditch: Traced
    area: Traced
    length: Traced
    thickness: Traced
    lines: Callable[[float], Sequence[Points]] | None


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What planting needs of an area: soil of a cover area, or the faces of a slope."""

    name: str
    place: str
    rock: bool
    area: Traced
    thickness: Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class PlantedRow:
    """One row on one bench.

    Attributes:
        across: from the wall's back inward [m], wherever it is measured from.
        lines: pieces it runs along, (n, 2 or 3) E, N; empty for a bench without a place in plan.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("lines",)

    side: str
    across: float
    from_edge: Traced
    spacing: Traced
    end_gap: float
    count: Total
    lines: tuple[Points, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stand:
    """The plants of one species in one place: how many, and their holes, parted into laid soil and ground below it."""

    species: Species
    field: str
    count: Traced
    spacing: Traced
    row_spacing: Traced | None
    holes: Traced | None
    in_soil: Traced | None
    below: Traced | None
    rows: tuple[PlantedRow, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Sown:
    """The seed of one species in one place."""

    species: Species
    field: str
    area: Traced
    mass: Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class PlantedPlace:
    """One bench or area as planted.

    Attributes:
        subject: path of the bench in the results, or of the scheme of an area.
        scheme, field: name and path of its scheme.
        spare: share of plants bought for replanting.
        width: room for plants across the bench [m]; None on areas.
        area: planted [m2], in plan on benches, along the slope on areas.
        rock: whether the ground below the soil is rock.
    """

    name: str
    subject: str
    place: str
    scheme: str
    field: str
    spare: Traced
    width: Traced | None
    area: Traced
    thickness: Traced
    rock: bool
    stands: tuple[Stand, ...]
    sown: tuple[Sown, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Forms that grow here."""
        return tuple(dict.fromkeys([s.species.form for s in self.stands] + [s.species.form for s in self.sown]))


@dataclass(frozen=True, kw_only=True, eq=False)
class SpeciesTotal:
    """One species over the whole project; None where it is not planted, not sown, or goes without holes."""

    species: Species
    field: str
    count: Total | None
    spare: Total | None
    bought: Total | None
    sown_area: Total | None
    seed: Total | None
    holes: Total | None
    below: Total | None


@dataclass(frozen=True, kw_only=True, eq=False)
class PlantingResult:
    """The planting of the whole project.

    Attributes:
        layers: planted area by form [m2].
        pit_soil: planting soil of the part of holes that lies in rock, by place and species [m3].
        trees: plants of trees, without those for replanting.
    """

    places: tuple[PlantedPlace, ...]
    species: tuple[SpeciesTotal, ...]
    layers: Mapping[str, Total]
    pit_soil: Mapping[str, Traced]
    trees: Total
    checks: tuple[Check, ...] = ()
    remarks: tuple[Remark, ...] = field(default_factory=tuple)
