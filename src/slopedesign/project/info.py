"""Who, where and by which system: what fills title blocks and report covers."""

from typing import Literal

from pydantic import Field

from slopedesign.project.base import Record, label, quantity

DesignStage = Literal["feasibility", "master_plan", "preliminary", "construction_drawing", "as_built"]
Mineral = Literal["building_material", "coal", "phosphate", "other"]
TargetUse = Literal[
    "arable", "paddy", "irrigated_arable", "garden", "forest", "grass", "construction", "storage_pond", "fishery",
    "wetland_landscape", "scenic", "any",
]  # fmt: skip


class ProjectInfo(Record):
    """The mine and the people: title block and report."""

    name: str = Field(min_length=1, max_length=120)
    number: str = label("", max_length=60)
    client: str = label()
    designer: str = label()
    location: str = label()
    designed_by: str = label("", max_length=40)
    checked_by: str = label("", max_length=40)
    reviewed_by: str = label("", max_length=40)
    approved_by: str = label("", max_length=40)
    date: str = label("", max_length=20)
    stage: DesignStage = "construction_drawing"
    mine_name: str = label()
    mine_licence: str = label("", max_length=60)
    mineral: Mineral = "building_material"
    mine_method: Literal["opencast", "underground"] = "opencast"
    mine_status: Literal["operating", "closed_enterprise", "abandoned_government"] = "abandoned_government"


class CoordinateSystem(Record):
    """Plane and height systems of the surveys, written on every plan."""

    name: str = label("CGCS2000")
    central_meridian_deg: float | None = quantity("deg", None, ge=0, le=180)
    zone_prefix: int | None = Field(None, ge=1, le=99, json_schema_extra={"unit": "-"})
    heights: str = label("1985 National Height Datum")
    assumed: bool = Field(False, description="a local system with no tie to a national one")
