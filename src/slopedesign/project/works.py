"""Roads, soil supply and other areas to be covered."""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Point, Record, fault, label, quantity
from slopedesign.project.info import TargetUse

RoadClass = Literal["field", "production", "forest_fire", "scenic", "other"]
CoverPlace = Literal[
    "cut_bench", "toe_fill", "fill_bench", "industrial_site", "mine_road", "dump", "subsidence_area", "gangue_dump",
    "spoil_dump", "pit_floor", "borrow_pit", "flat_area",
]  # fmt: skip


class PavementLayer(Record):
    """One layer of a road, from the top."""

    material: str = Field(min_length=1, max_length=60)
    thickness: float = quantity("m", gt=0, le=2)
    extra_width: float = quantity("m", 0.0, ge=0, le=5)


class Road(Record):
    """A road by its polyline, or by its typed length."""

    name: str = Field(min_length=1, max_length=60)
    road_class: RoadClass
    width: float = quantity("m", gt=0, le=30)
    length: float | None = quantity("m", None, gt=0)
    vertices: tuple[Point, ...] = ()
    file: str = label("", max_length=500)
    layer: str = label("", max_length=120)
    subgrade_height: float | None = quantity("m", None, ge=0, le=5)
    side_drain: bool = False
    layers: tuple[PavementLayer, ...] = ()

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if sum((self.length is not None, bool(self.vertices), bool(self.file))) != 1:
            raise fault("one_of_three", "length", self.length, a="length", b="vertices", c="file")
        return self


class RoadNetwork(Record):
    """The roads of the project and the area they serve; nothing is judged before there is one."""

    served_area: float = quantity("m2", gt=0)
    roads: tuple[Road, ...] = ()


class CoverArea(Record):
    """An area outside the benches that gets soil."""

    name: str = Field(min_length=1, max_length=60)
    place: CoverPlace
    ground: Literal["rock", "soil", "mud_bound_road"] = "rock"
    method: Literal["cover", "loosen"] = "cover"
    use: TargetUse = "forest"
    thickness: float = quantity("m", gt=0, le=5)
    area: float | None = quantity("m2", None, gt=0)
    polygon: tuple[Point, ...] = ()
    slope_deg: float = quantity("deg", 0.0, ge=0, lt=90)
    long_term: bool | None = None

    @model_validator(mode="after")
    def _one_area(self) -> Self:
        if (self.area is None) == (not self.polygon):
            raise fault("one_of_two", "area", self.area, a="area", b="polygon")
        return self


FactorSet = Literal["hydraulic_quota", "building_quota", "rural_road_quota", "own"]


class SoilSupply(Record):
    """Where the planting soil comes from, and by which factors volumes in place, bank and loose relate."""

    stripping_area: float = quantity("m2", 0.0, ge=0)
    stripping_depth: float = quantity("m", 0.0, ge=0, le=5)
    stripping_loss: float | None = quantity("-", None, ge=0, lt=1)
    settlement: float | None = quantity("-", None, ge=0, lt=1)
    haul_km: float | None = quantity("km", None, ge=0)
    factor_set: FactorSet = "hydraulic_quota"
    loose_per_bank: float | None = quantity("-", None, gt=0, le=5)
    compacted_per_bank: float | None = quantity("-", None, gt=0, le=5)
