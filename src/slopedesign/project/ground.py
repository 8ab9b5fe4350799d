"""The ground: survey files by role, materials and their layers, typed sections."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from slopedesign.project.base import Point, Record, fault, label, name_of, quantity

MaterialClass = Literal["soil", "soft_rock", "hard_rock"]


class SurveyFile(Record):
    """One survey file and how to read it."""

    name: str = Field(min_length=1, max_length=60, description="name the project uses for it")
    path: str = Field(min_length=1, max_length=500, description="relative to the project file")
    sha256: str = Field("", pattern=r"^([0-9a-f]{64})?$", description="of the file when it was last accepted")
    format: Literal["auto", "cass", "csv", "dxf", "landxml", "asc", "geotiff", "las"] = "auto"
    encoding: Literal["auto", "utf-8", "gbk"] = "auto"
    column_order: Literal["auto", "E,N,Z", "N,E,Z"] = "auto"
    unit: Literal["auto", "m", "ft", "us_ft"] = "auto"
    layers: tuple[str, ...] = Field((), description="DXF layers taken as terrain; empty: the usual survey layers")
    surface: str = label("", max_length=120)
    text_levels: bool = Field(False, description="DXF texts that are numbers are levels at their insertion point")
    breaklines: tuple[str, ...] = Field((), description="files with 3D break lines (CASS with line codes, CSV, DXF)")
    drop: tuple[str, ...] = Field((), description="point names or row numbers ('row 12') left out on purpose")
    duplicates: Literal["ask", "first", "last", "mean", "highest", "lowest"] = "ask"
    max_edge: float | None = quantity("m", None, gt=0)
    boundary: tuple[Point, ...] = Field((), description="edge of the trusted ground; nothing beyond it is used")


RockClass = Literal["I", "II", "III", "IV"]
Weathering = Literal["slight", "moderate", "strong"]
SoilState = Literal["gravelly_dense", "gravelly_medium_dense", "gravelly_slightly_dense", "clayey_hard", "clayey_stiff"]


class Material(Record):
    """One kind of ground.

    `rock_class` and `weathering` (rock), or `soil_state` (soil) find the slope ratios of GB 50330-2013 14.2.
    """

    name: str = Field(min_length=1, max_length=60)
    kind: MaterialClass
    unit_weight: float | None = quantity("kN/m3", None, gt=0, le=40)
    saturated_unit_weight: float | None = quantity("kN/m3", None, gt=0, le=40)
    cohesion: float | None = quantity("kPa", None, ge=0)
    friction_angle_deg: float | None = quantity("deg", None, ge=0, lt=90)
    rock_class: RockClass | None = None
    weathering: Weathering | None = None
    soil_state: SoilState | None = None
    quota_class: str = label("", max_length=20)
    note: str = label()


class Layer(Record):
    """One layer of the ground, from the surface down; the last one has no bottom.

    Its bottom is a surveyed surface, or lies a fixed depth under the ground.
    """

    material: str = name_of("materials", default=..., max_length=None)
    bottom_surface: str = name_of("surveys")
    bottom_depth: float | None = quantity("m", None, gt=0)

    @model_validator(mode="after")
    def _one_bottom(self) -> Self:
        if self.bottom_surface and self.bottom_depth is not None:
            raise fault("not_both", "bottom_depth", self.bottom_depth, a="bottom_surface", b="bottom_depth")
        return self


class GroundSection(Record):
    """A ground line measured as a section: offsets across the slope (toe side first) and levels."""

    name: str = Field(min_length=1, max_length=40)
    station: float = quantity("m", ge=-100_000, le=100_000)
    points: tuple[Point, ...] = Field(min_length=2, description="[offset, elevation], offsets increasing")
    origin: Point | None = None
    azimuth_deg: float | None = quantity("deg", None, ge=0, lt=360)

    @model_validator(mode="after")
    def _increasing(self) -> Self:
        offsets = [offset for offset, _ in self.points]
        for i, (a, b) in enumerate(zip(offsets, offsets[1:], strict=False)):
            if not b > a:
                raise PydanticCustomError(
                    "section_offsets", "points[{row}]: offset {value} must be greater than the one before it",
                    {"row": i + 1, "value": b},
                )  # fmt: skip
        return self
