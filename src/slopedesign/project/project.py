"""The whole project: one frozen record."""

from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from slopedesign.project.base import Record, label, name_of, quantity
from slopedesign.project.ground import Material, SurveyFile
from slopedesign.project.info import CoordinateSystem, ProjectInfo
from slopedesign.project.planting import PlantingDesign
from slopedesign.project.slopes import Slope
from slopedesign.project.stability import StabilityDesign
from slopedesign.project.walls import WallDesign
from slopedesign.project.water import WaterDesign
from slopedesign.project.works import CoverArea, RoadNetwork, SoilSupply

SCHEMA_VERSION: Literal[1] = 1


class RuleAnswer(Record):
    """What the designer answers to a rule the program cannot judge."""

    rule: str = Field(min_length=1, max_length=80)
    answer: Literal["yes", "no", "not_applicable"]
    note: str = label("", max_length=500)


class LayerChange(Record):
    """What a firm changes in one layer of the sheets; what is left out stays as it is."""

    layer: str = name_of(
        "=drawing_layers", default=..., max_length=40, description="purpose of the layer: crest, toe, wall, ..."
    )
    name: str = label("", max_length=120)
    color: int | None = Field(None, ge=1, le=255, json_schema_extra={"unit": "-"})
    lineweight: float | None = quantity("mm", None, ge=0, le=2.11)


class DrawingSettings(Record):
    """Scales, fonts and DXF flavour of the sheets."""

    plan_scale: int | None = Field(None, ge=50, le=10000, json_schema_extra={"unit": "-"})
    section_scale: int | None = Field(None, ge=20, le=5000, json_schema_extra={"unit": "-"})
    detail_scale: int = Field(50, ge=5, le=200, json_schema_extra={"unit": "-"})
    sheet: Literal["auto", "A0", "A1", "A2", "A3"] = "auto"
    dxf: Literal["R2010", "R2000_GBK"] = "R2010"
    font: Literal["shx", "truetype"] = "shx"
    contour_interval: float | None = quantity("m", None, ge=0.1, le=100)
    layers: tuple[LayerChange, ...] = ()
    language: Literal["zh_CN", "en"] = "zh_CN"


class Project(Record):
    """Everything the designer states."""

    schema_version: Literal[1] = SCHEMA_VERSION
    info: ProjectInfo
    coordinates: CoordinateSystem = CoordinateSystem()
    surveys: tuple[SurveyFile, ...] = ()
    materials: tuple[Material, ...] = ()
    slopes: tuple[Slope, ...] = ()
    roads: RoadNetwork | None = None
    cover_areas: tuple[CoverArea, ...] = ()
    soil: SoilSupply = SoilSupply()
    stability: StabilityDesign | None = None
    walls: WallDesign | None = None
    water: WaterDesign | None = None
    planting: PlantingDesign | None = None
    facts: dict[str, str | float | bool] = Field(
        default_factory=dict, description="site facts the rules ask for, by the variable's name"
    )
    answers: tuple[RuleAnswer, ...] = ()
    comments: dict[str, str] = Field(default_factory=dict, description="notes on fields, by the field's path")
    drawings: DrawingSettings = DrawingSettings()

    @model_validator(mode="after")
    def _names(self) -> Self:
        named: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("surveys", tuple(record.name for record in self.surveys)),
            ("materials", tuple(record.name for record in self.materials)),
            ("slopes", tuple(record.name for record in self.slopes)),
            ("roads.roads", tuple(record.name for record in self.roads.roads) if self.roads else ()),
            ("cover_areas", tuple(record.name for record in self.cover_areas)),
        )
        for what, names in named:
            counted = Counter(names)
            if twice := [name for name, times in counted.items() if times > 1]:
                raise PydanticCustomError(
                    "twice", "{what}: the name {name} is used twice", {"at": what, "what": what, "name": twice[0]}
                )
        originals = {slope.name for slope in self.slopes if not slope.variant_of}
        for i, slope in enumerate(self.slopes):
            if slope.variant_of and slope.variant_of not in originals:
                raise PydanticCustomError(
                    "variant_of", "no built slope named {name}",
                    {"at": f"slopes[{i}].variant_of", "name": slope.variant_of},
                )  # fmt: skip
        self._planted_places()
        surveys = {survey.name for survey in self.surveys}
        materials = {material.name for material in self.materials}
        for i, slope in enumerate(self.slopes):
            if slope.ground and slope.ground not in surveys:
                raise PydanticCustomError(
                    "reference_survey", "no survey named {name}", {"at": f"slopes[{i}].ground", "name": slope.ground}
                )
            for j, layer in enumerate(slope.layers):
                if layer.material not in materials:
                    raise PydanticCustomError(
                        "reference_material", "no material named {name}",
                        {"at": f"slopes[{i}].layers[{j}].material", "name": layer.material},
                    )  # fmt: skip
                if layer.bottom_surface and layer.bottom_surface not in surveys:
                    raise PydanticCustomError(
                        "reference_survey", "no survey named {name}",
                        {"at": f"slopes[{i}].layers[{j}].bottom_surface", "name": layer.bottom_surface},
                    )  # fmt: skip
        return self

    def _planted_places(self) -> None:
        """The places a planting names are there."""
        if self.planting is None:
            return
        slopes = {slope.name for slope in self.slopes}
        areas = {area.name for area in self.cover_areas}
        named = [
            (f"planting.benches[{i}].slopes[{j}]", name, slopes)
            for i, bench in enumerate(self.planting.benches) for j, name in enumerate(bench.slopes)
        ]  # fmt: skip
        for i, area in enumerate(self.planting.areas):
            if area.cover_area:
                named.append((f"planting.areas[{i}].cover_area", area.cover_area, areas))
            else:
                named.append((f"planting.areas[{i}].slope_faces", area.slope_faces, slopes))
        for path, name, known in named:
            if name not in known:
                kind = "reference_slope" if known is slopes else "reference_cover_area"
                raise PydanticCustomError(kind, "nothing of the name {name}", {"at": path, "name": name})

    def survey(self, name: str) -> SurveyFile:
        """The survey of this name (KeyError if there is none)."""
        found = next((survey for survey in self.surveys if survey.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def material(self, name: str) -> Material:
        """The material of this name (KeyError if there is none)."""
        found = next((material for material in self.materials if material.name == name), None)
        if found is None:
            raise KeyError(name)
        return found
