"""How the structures of drains, ponds and irrigation are built: thicknesses, foundations, trenches, fittings.

No standard gives these sizes, so none of them has a default that adds material: what a designer does not state is not
counted, and a check says which field is missing.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Record, fault, quantity

Body = Literal["concrete", "mortared_stone"]


class Mouth(Record):
    """A flared mouth: two wing walls, the floor between them, its cut-off; a head wall at a culvert.

    `width` is the clear width at the open end, `angle_deg` the turn of each wing from the axis; wings fall from the
    height at the barrel (or ditch) to `end_height`; their backs lean 1:`batter` (height to width is 1 to batter).
    """

    width: float = quantity("m", gt=0, le=50)
    angle_deg: float = quantity("deg", gt=0, lt=75)
    material: Body = "mortared_stone"
    wall_top: float = quantity("m", gt=0, le=2)
    batter: float = quantity("-", ge=0, le=1)
    end_height: float = quantity("m", gt=0, le=10)
    foundation: float = quantity("m", ge=0, le=5)
    foundation_offset: float = quantity("m", ge=0, le=1)
    floor: float = quantity("m", ge=0, le=2)
    cutoff_depth: float = quantity("m", 0.0, ge=0, le=5)
    cutoff_thickness: float = quantity("m", 0.0, ge=0, le=2)
    head_wall: float = quantity("m", 0.0, ge=0, le=2)
    parapet: float = quantity("m", 0.0, ge=0, le=3)
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)

    @model_validator(mode="after")
    def _floor_within_foundation(self) -> Self:
        if self.floor > self.foundation:
            raise fault("not_below_field", "foundation", self.foundation, a="floor")
        if (self.cutoff_depth > 0) != (self.cutoff_thickness > 0):
            raise fault("together", "cutoff_depth", self.cutoff_depth, a="cutoff_depth", b="cutoff_thickness")
        return self


class CulvertWorks(Record):
    """The barrel of a culvert, its bedding and trench.

    A box states wall, roof and base; a pipe its wall and, for several, the clear gap between them.
    """

    material: Literal["concrete", "precast_concrete", "corrugated"] = "concrete"
    wall: float = quantity("m", gt=0, le=2)
    roof: float | None = quantity("m", None, gt=0, le=2)
    base: float | None = quantity("m", None, gt=0, le=2)
    gap: float | None = quantity("m", None, ge=0, le=10)
    bedding: float = quantity("m", ge=0, le=2)
    bedding_material: Literal["gravel", "concrete"] = "gravel"
    bedding_side: float = quantity("m", 0.0, ge=0, le=2)
    cover: float = quantity("m", ge=0, le=20)
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)
    joint_spacing: float | None = quantity("m", None, gt=0, le=50)
    steel_content: float | None = quantity("kg/m3", None, gt=0, le=400)

    @model_validator(mode="after")
    def _bedding_fits(self) -> Self:
        if self.bedding_side > self.working_width:
            raise fault("not_above_field", "bedding_side", self.bedding_side, a="working_width")
        return self


class BasinWorks(Record):
    """A stilling basin as built; depth, length, width and wall height left out follow the calculation, rounded up."""

    material: Body = "concrete"
    depth: float | None = quantity("m", None, ge=0, le=10)
    length: float | None = quantity("m", None, gt=0, le=100)
    width: float | None = quantity("m", None, gt=0, le=50)
    wall_height: float | None = quantity("m", None, gt=0, le=10)
    wall_top: float = quantity("m", gt=0, le=2)
    wall_base: float = quantity("m", gt=0, le=3)
    floor: float = quantity("m", gt=0, le=3)
    sill: float = quantity("m", gt=0, le=3)
    cutoff_depth: float = quantity("m", 0.0, ge=0, le=5)
    cushion: float = quantity("m", ge=0, le=1)
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)

    @model_validator(mode="after")
    def _leans_outward(self) -> Self:
        if self.wall_base < self.wall_top:
            raise fault("not_below_field", "wall_base", self.wall_base, a="wall_top")
        return self


class DropWorks(Record):
    """A drop as built: one or several equal steps, each a wall, a floor with side walls, and an end sill."""

    material: Body = "mortared_stone"
    steps: int = Field(1, ge=1, le=50, json_schema_extra={"unit": "-"})
    length: float | None = quantity("m", None, gt=0, le=100)
    width: float | None = quantity("m", None, gt=0, le=50)
    sill: float = quantity("m", 0.0, ge=0, le=3)
    sill_thickness: float = quantity("m", 0.0, ge=0, le=3)
    wall_top: float = quantity("m", gt=0, le=3)
    wall_base: float = quantity("m", gt=0, le=5)
    side_height: float | None = quantity("m", None, gt=0, le=10)
    side_top: float = quantity("m", gt=0, le=2)
    side_base: float = quantity("m", gt=0, le=3)
    floor: float = quantity("m", gt=0, le=3)
    cushion: float = quantity("m", ge=0, le=1)
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.wall_base < self.wall_top:
            raise fault("not_below_field", "wall_base", self.wall_base, a="wall_top")
        if self.side_base < self.side_top:
            raise fault("not_below_field", "side_base", self.side_base, a="side_top")
        if (self.sill > 0) != (self.sill_thickness > 0):
            raise fault("together", "sill", self.sill, a="sill", b="sill_thickness")
        return self


class ApronWorks(Record):
    """A riprap apron as built; length, thickness and widths left out follow the calculation."""

    d50: float = quantity("m", gt=0, le=2)
    length: float | None = quantity("m", None, gt=0, le=100)
    thickness: float | None = quantity("m", None, gt=0, le=5)
    start_width: float | None = quantity("m", None, gt=0, le=100)
    end_width: float | None = quantity("m", None, gt=0, le=200)
    filter: float = quantity("m", ge=0, le=1)
    geotextile: bool = False


class ChuteTeeth(Record):
    """Ribs under the floor of a chute that key it into the slope."""

    spacing: float = quantity("m", gt=0, le=50)
    depth: float = quantity("m", gt=0, le=3)
    width: float = quantity("m", gt=0, le=3)


class SpillwayWorks(Record):
    """The channel of a pond's spillway: floor and two side walls of a length along the flow."""

    material: Body = "concrete"
    length: float = quantity("m", gt=0, le=200)
    wall_height: float | None = quantity("m", None, gt=0, le=10)
    wall_top: float = quantity("m", gt=0, le=2)
    wall_base: float = quantity("m", gt=0, le=3)
    floor: float = quantity("m", gt=0, le=2)
    cushion: float = quantity("m", ge=0, le=1)
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)

    @model_validator(mode="after")
    def _leans_outward(self) -> Self:
        if self.wall_base < self.wall_top:
            raise fault("not_below_field", "wall_base", self.wall_base, a="wall_top")
        return self


class StepsWorks(Record):
    """A stair down into a pond: steps on an inclined slab."""

    width: float = quantity("m", gt=0, le=10)
    riser: float = quantity("m", gt=0, le=0.5)
    tread: float = quantity("m", gt=0, le=2)
    slab: float = quantity("m", gt=0, le=1)
    material: Body = "concrete"


class FenceWorks(Record):
    """A fence round a pond, `offset` outside its edge; `length` where the shape of the pond does not say it."""

    height: float = quantity("m", gt=0, le=5)
    post_spacing: float = quantity("m", gt=0, le=10)
    offset: float = quantity("m", ge=0, le=20)
    length: float | None = quantity("m", None, gt=0, le=20_000)


class RackWorks(Record):
    """A rack of round bars across an inlet."""

    width: float = quantity("m", gt=0, le=20)
    height: float = quantity("m", gt=0, le=10)
    angle_deg: float = quantity("deg", gt=0, le=90)
    bar_mm: float = quantity("mm", gt=0, le=100)
    spacing: float = quantity("m", gt=0, le=1)


class TankWorks(Record):
    """Walls, floor, cushion, slab and trench of a sand trap."""

    material: Body = "mortared_stone"
    wall_top: float = quantity("m", gt=0, le=2)
    wall_base: float = quantity("m", gt=0, le=3)
    floor: float = quantity("m", gt=0, le=2)
    cushion: float = quantity("m", ge=0, le=1)
    cover_slab: float = quantity("m", 0.0, ge=0, le=0.5)
    plaster: bool = False
    trench_slope: float = quantity("-", ge=0, le=3)
    working_width: float = quantity("m", ge=0, le=3)

    @model_validator(mode="after")
    def _leans_outward(self) -> Self:
        if self.wall_base < self.wall_top:
            raise fault("not_below_field", "wall_base", self.wall_base, a="wall_top")
        return self


class PondWorks(Record):
    """What a pond has built to it beside its lining; `membrane_area` where its shape does not say it."""

    lining_material: Body = "concrete"
    membrane: bool = False
    membrane_area: float | None = quantity("m2", None, gt=0, le=1_000_000)
    cover_slab: float = quantity("m", 0.0, ge=0, le=0.5)
    spillway: SpillwayWorks | None = None
    steps: StepsWorks | None = None
    fence: FenceWorks | None = None
    trash_rack: RackWorks | None = None
    outlet_length: float | None = quantity("m", None, gt=0, le=500)
    signs: int = Field(0, ge=0, le=50, json_schema_extra={"unit": "piece"})


class PipeTrench(Record):
    """The trench of buried pipes: its bottom is the pipe and the room on both sides."""

    side_room: float = quantity("m", ge=0, le=2)
    slope: float = quantity("-", ge=0, le=3)
    bedding: float = quantity("m", ge=0, le=1)
