"""Watering of the planting: demand, source, pipes, emitters.

Quotas and waterings belong to a place and have no default.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Months, Record, fault, name_of, quantity
from slopedesign.project.water_works import PipeTrench


class Planting(Record):
    """Plants to be watered: an area by depth, or trees by volume.

    Where `trees` is left blank beside `litres`, the trees are those the planting of the project counts.
    """

    name: str = Field(min_length=1, max_length=60)
    area: float | None = quantity("m2", None, gt=0)
    depth: float | None = quantity("mm", None, gt=0, le=500)
    trees: int | None = Field(None, ge=1, json_schema_extra={"unit": "piece"})
    litres: float | None = quantity("L/piece", None, gt=0, le=1000)
    waterings: Months = Field(description="waterings in each month")
    interval_days: float = quantity("d", gt=0, le=365)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        by_area = self.area is not None and self.depth is not None
        by_tree = self.trees is not None and self.litres is not None
        if by_area == (by_tree or self.as_planted):
            raise fault("area_or_trees", "area", self.area, a="area", b="depth", c="litres")
        return self

    @property
    def as_planted(self) -> bool:
        """Whether its trees are those the planting counts."""
        return self.litres is not None and self.trees is None and self.area is None and self.depth is None


class Pipe(Record):
    """A pipe of the irrigation system."""

    name: str = Field(min_length=1, max_length=60)
    after: str = name_of("water.irrigation.pipes")
    material: Literal["steel", "hard_plastic", "aluminium", "concrete_013", "concrete_014", "concrete_015"]
    length: float = quantity("m", gt=0)
    diameter: float | None = quantity("mm", None, gt=0, le=3000)
    flow: float = quantity("m3/h", gt=0)
    rise: float = quantity("m", 0.0)
    fixed: bool = True
    burial: float | None = quantity("m", None, ge=0, le=10)
    outlets: int = Field(1, ge=1, le=1000, json_schema_extra={"unit": "-"})
    first_outlet: float = quantity("-", 1.0, gt=0, le=1)
    lateral: bool = False
    working_head: float | None = quantity("m", None, gt=0, le=200)
    valves: int = Field(0, ge=0, le=1000, json_schema_extra={"unit": "piece"})
    count: int = Field(1, ge=1, le=1000, json_schema_extra={"unit": "piece"}, description="equal pipes of this kind")


class Sprinkler(Record):
    """A sprinkler and its layout."""

    flow: float = quantity("m3/h", gt=0, le=100)
    pressure_head: float = quantity("m", gt=0, le=200)
    nozzle_mm: float | None = quantity("mm", None, gt=0, le=60)
    radius: float = quantity("m", gt=0, le=100)
    spacing_on_lateral: float = quantity("m", gt=0, le=100)
    spacing_of_laterals: float = quantity("m", gt=0, le=100)
    efficiency: float = quantity("-", gt=0, le=1)
    uniformity: float | None = quantity("-", None, gt=0, le=1)
    soil: Literal["sand", "sandy_loam", "loam", "clay_loam", "clay"]
    ground_slope_deg: float = quantity("deg", 0.0, ge=0, lt=60)
    area: float | None = quantity("m2", None, gt=0)


class Drip(Record):
    """Drippers or micro-sprays and their layout."""

    kind: Literal["drip", "micro_spray"] = "drip"
    flow: float = quantity("L/h", gt=0, le=500)
    spacing: float = quantity("m", gt=0, le=20)
    line_spacing: float = quantity("m", gt=0, le=20)
    depth: float = quantity("mm", gt=0, le=200)
    peak_use: float = quantity("mm/d", gt=0, le=20)
    efficiency: float = quantity("-", gt=0, le=1)
    uniformity: float | None = quantity("-", None, gt=0, le=1)
    area: float | None = quantity("m2", None, gt=0)


class Well(Record):
    """A well as source."""

    name: str = Field(min_length=1, max_length=60)
    discharge: float = quantity("m3/h", gt=0, le=5000)
    hours_per_day: float = quantity("h", gt=0, le=24)
    depth: float | None = quantity("m", None, gt=0, le=1000)
    diameter: float | None = quantity("mm", None, gt=0, le=3000)


class Pump(Record):
    """The pump that lifts the water."""

    flow: float = quantity("m3/h", gt=0)
    efficiency: float = quantity("-", gt=0, le=1)
    drive_efficiency: float = quantity("-", 0.95, gt=0, le=1, provenance="read")
    reserve: float = quantity("-", 1.1, ge=1, le=2, provenance="read")
    end_head: float = quantity("m", ge=0, le=300)
    lift: float = quantity("m")
    rated_head: float | None = quantity("m", None, gt=0, le=1000)
    hours_per_day: float | None = quantity("h", None, gt=0, le=24)
    units: int = Field(1, ge=1, le=20, json_schema_extra={"unit": "piece"})


class Irrigation(Record):
    """Watering of the planting: demand, source, pipes, emitters."""

    plantings: tuple[Planting, ...] = ()
    efficiency: float = quantity("-", gt=0, le=1)
    sources: tuple[Literal["well", "spring", "river", "reservoir", "pond"], ...] = ()
    pipes: tuple[Pipe, ...] = ()
    sprinkler: Sprinkler | None = None
    drip: Drip | None = None
    wells: tuple[Well, ...] = ()
    pump: Pump | None = None
    local_loss: float | None = quantity("-", None, ge=0, le=1)
    water_short: bool | None = None
    trench: PipeTrench | None = None

    @model_validator(mode="after")
    def _counted_once(self) -> Self:
        by_tree = [i for i, one in enumerate(self.plantings) if one.area is None or one.depth is None]
        blank = next((i for i in by_tree if self.plantings[i].as_planted), None)
        if blank is not None and len(by_tree) > 1:
            raise fault("trees_parted", f"plantings[{blank}].trees")
        return self

    @property
    def as_planted(self) -> bool:
        """Whether it waters the trees that the planting counts."""
        return any(one.as_planted for one in self.plantings)
