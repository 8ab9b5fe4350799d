"""One slope: its ground, its benches, the wall on each bench edge, the soil on each bench."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from slopedesign.project.base import Record, SlopeAngle, fault, label, name_of, quantity
from slopedesign.project.ground import GroundSection, Layer, MaterialClass
from slopedesign.project.info import TargetUse


class BaseLine(Record):
    """The line benches grow from, as vertices [E, N] or [E, N, Z] or taken from a DXF polyline.

    `uphill` says on which side of the line (walking along it) the slope rises; "auto" asks the ground.
    `elevation` puts the whole line at one level, whatever Z its vertices carry; without elevation and Z the line lies
    on the ground.
    `ends`: how the cut runs out beyond the ends of an open line. "round" sweeps the profile around the end point, so
    that the sides rise like the face; "square" stops at the normals through the end points. "auto" is round for a toe
    line and square for a crest line.
    """

    vertices: tuple[tuple[float, float] | tuple[float, float, float], ...] = ()
    closed: bool = False
    elevation: float | None = quantity("m", None)
    uphill: Literal["auto", "left", "right"] = "auto"
    ends: Literal["auto", "round", "square"] = "auto"
    file: str = label("", max_length=500)
    layer: str = label("", max_length=120)

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if bool(self.vertices) == bool(self.file):
            raise PydanticCustomError("base_line", "give vertices, or file (and layer), not both")
        if self.vertices and len(self.vertices) < (3 if self.closed else 2):
            raise PydanticCustomError("base_line", "needs at least 2 vertices (3 when closed)")
        return self


class BenchOverride(Record):
    """Differences of one bench, counted from the base line (1 is the first riser and the berm at its far end)."""

    bench: int = Field(ge=1, le=200, json_schema_extra={"unit": "-"})
    riser_height: float | None = quantity("m", None, gt=0)
    face_angle: SlopeAngle | None = None
    berm_width: float | None = quantity("m", None, ge=0)
    inward_fall_deg: float | None = quantity("deg", None, ge=-30, le=30)


class Sector(Record):
    """A stretch of the base line, by station, with its own material and bench sizes."""

    name: str = Field(min_length=1, max_length=40)
    from_station: float = quantity("m", ge=0)
    to_station: float = quantity("m", gt=0)
    material: MaterialClass | None = None
    riser_height: float | None = quantity("m", None, gt=0)
    face_angle: SlopeAngle | None = None
    berm_width: float | None = quantity("m", None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.to_station > self.from_station:
            raise fault("greater_than_field", "to_station", self.to_station, a="from_station")
        return self


class BenchDesign(Record):
    """Bench-terrace cutting. What is left out (None) the program proposes from the guide and says why."""

    mode: Literal["toe_up", "crest_down", "fixed_levels"] = "toe_up"
    material: MaterialClass = "hard_rock"
    riser_height: float | None = quantity("m", None, gt=0, le=100)
    face_angle: SlopeAngle | None = None
    berm_width: float | None = quantity("m", None, gt=0, le=100)
    wide_berm_width: float | None = quantity("m", None, gt=0, le=100)
    wide_berm_at: int | None = Field(None, ge=1, le=200, json_schema_extra={"unit": "-"})
    wide_every: int | None = Field(None, ge=2, le=50, json_schema_extra={"unit": "-"})
    inward_fall_deg: float = quantity("deg", 2.0, ge=-30, le=30, provenance="user")
    count: int | None = Field(None, ge=1, le=200, json_schema_extra={"unit": "-"})
    daylight: bool = Field(True, description="the last riser runs on until it meets the ground")
    top_level: float | None = Field(
        None, description="no bench above this level (below it for crest_down)", json_schema_extra={"unit": "m"}
    )
    levels: tuple[float, ...] = Field((), description="bench levels of mode fixed_levels, ascending")
    along: Literal["level", "base_line"] = Field(
        "level",
        description="where the base line climbs: benches stay level and the first riser takes up the difference, or "
        "benches climb with the base line",
    )
    corner: Literal["round", "mitre"] = "round"
    segments_per_quadrant: int = Field(32, ge=8, le=256, json_schema_extra={"unit": "-"})
    min_usable_width: float | None = quantity("m", None, gt=0)
    overrides: tuple[BenchOverride, ...] = ()
    sectors: tuple[Sector, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.mode == "fixed_levels" and not self.levels:
            raise PydanticCustomError("levels", "mode fixed_levels needs levels")
        if any(not b > a for a, b in zip(self.levels, self.levels[1:], strict=False)):
            raise PydanticCustomError("levels", "levels must be ascending")
        stated = [override.bench for override in self.overrides]
        if twice := next((bench for bench in stated if stated.count(bench) > 1), None):
            raise PydanticCustomError("override_twice", "bench {bench} stands twice", {"bench": twice})
        return self


class BenchWall(Record):
    """The retaining piece on each bench edge (guide 7.2.2.3(3)3)②)."""

    kind: Literal["masonry", "c25_concrete", "stacked_rock", "none"] = "masonry"
    freeboard: float = quantity("m", 0.10, ge=0, le=1, clause="7.2.3.4(1)②", provenance="guide")
    min_height: float = quantity("m", 0.60, gt=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    height: float | None = quantity("m", None, gt=0, le=5)
    edge_offset: float = quantity("m", 0.5, ge=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    top_width: float = quantity("m", 0.5, gt=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    base_width: float = quantity("m", 0.7, gt=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    thickness: float = quantity("m", 0.4, gt=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    stone_grade: float = quantity("MPa", 30, gt=0, clause="7.2.2.3(3)3)②", provenance="guide")
    mortar_grade: float = quantity("MPa", 5, gt=0, clause="7.2.2.3(3)3)②", provenance="guide")
    concrete_grade: Literal["C20", "C25", "C30", "C35"] = "C25"
    vertical_bar_mm: float = quantity("mm", 16, gt=0, le=50, clause="7.2.2.3(3)3)②", provenance="guide")
    vertical_spacing_mm: float = quantity("mm", 300, gt=0, le=2000, clause="7.2.2.3(3)3)②", provenance="guide")
    horizontal_bar_mm: float = quantity("mm", 8, gt=0, le=50, clause="7.2.2.3(3)3)②", provenance="guide")
    horizontal_spacing_mm: float = quantity("mm", 200, gt=0, le=2000, clause="7.2.2.3(3)3)②", provenance="guide")
    bar_faces: Literal[1, 2] = 1
    anchor_depth: float = quantity("m", 0.4, gt=0, le=5, clause="7.2.2.3(3)3)②", provenance="guide")
    bar_cover: float = quantity("m", 0.05, gt=0, le=0.3, clause="7.2.2.3(3)3)②", provenance="guide")
    joint_spacing: float = quantity("m", 15.0, ge=0.5, le=50, clause="GB 50330-2013 11.3", provenance="recalled")
    weep_hole_spacing: float = quantity("m", 2.5, ge=0.1, le=10, clause="GB 50330-2013 11.3", provenance="recalled")
    weep_hole_diameter: float = quantity("m", 0.10, gt=0, le=0.5, clause="GB 50330-2013 11.3", provenance="recalled")
    weep_hole_level: float = quantity("m", 0.20, ge=0, le=2, clause="GB 50330-2013 11.3", provenance="recalled")
    filter_thickness: float = quantity("m", 0.30, gt=0, le=1, clause="GB 50330-2013 11.3", provenance="recalled")
    embedment: float = quantity("m", 0.0, ge=0, le=3)
    end_setback: float = quantity("m", 0.0, ge=0, le=20)
    batter: Literal["inner", "outer"] = Field("inner", description="which face of the masonry wall leans")
    joint_width: float = quantity("m", 0.02, gt=0, le=0.1, clause="GB 50330-2013 11.3", provenance="recalled")
    hole_diameter: float = quantity("m", 0.04, gt=0, le=0.2, provenance="user")
    bar_stock_length: float = quantity("m", 9.0, gt=1, le=18, provenance="user")


class Cover(Record):
    """Soil laid on benches (guide 7.2.3.4(1)②)."""

    thickness: float = quantity("m", 0.50, gt=0, le=5, clause="7.2.3.4(1)②", provenance="guide")
    use: TargetUse = "forest"
    undulation: float | None = quantity("m", None, ge=0, le=2)
    face_cover: float = quantity("m", 0.0, ge=0, le=2)


class SectionLine(Record):
    """Where a section is cut: a line in plan, toe side first."""

    name: str = Field(min_length=1, max_length=40)
    start: tuple[float, float]
    end: tuple[float, float]


class Sections(Record):
    """Which sections are drawn and used for the section method."""

    spacing: float | None = quantity("m", 20.0, ge=0.5)
    outward: float = quantity("m", 15.0, ge=0)
    inward: float | None = quantity("m", None, gt=0)
    lines: tuple[SectionLine, ...] = ()


class Slope(Record):
    """A slope to be cut in benches.

    Its ground is a survey (`ground`), or typed sections alone (`typed_sections`): then the classic hand method is used,
    the base line standing at offset 0 of every section.
    """

    name: str = Field(min_length=1, max_length=60)
    variant_of: str = name_of(
        "slopes!variant_of", description="a variant is compared with its slope, not built or counted"
    )
    ground: str = name_of("surveys")
    typed_sections: tuple[GroundSection, ...] = ()
    sections_file: str = label("", max_length=500)
    toe_curvature_radius: float | None = quantity("m", None, gt=0)
    toe_is_convex: bool = Field(False, description="the slope stands on the inner side of the bend, as on a nose")
    toe_bend: Literal["concave", "convex"] = Field(
        "concave",
        description="of a slope on sections alone: concave where the slope stands on the outer side of the bend",
    )
    toe_level: float | None = Field(
        None, description="of a slope on sections alone; None: the ground's level at offset 0 of each section",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip
    layers: tuple[Layer, ...] = ()
    base_line: BaseLine | None = None
    benches: BenchDesign = BenchDesign()
    wall: BenchWall = BenchWall()
    cover: Cover = Cover()
    sections: Sections = Sections()

    @model_validator(mode="after")
    def _one_ground(self) -> Self:
        stated = [bool(self.ground), bool(self.typed_sections), bool(self.sections_file)]
        if sum(stated) != 1:
            raise fault("one_of_three", "ground", self.ground, a="ground", b="typed_sections", c="sections_file")
        if self.ground and self.base_line is None:
            raise fault("needed_beside", "base_line", a="ground")
        depths = [layer.bottom_depth for layer in self.layers if layer.bottom_depth is not None]
        if any(not below > above for above, below in zip(depths, depths[1:], strict=False)):
            raise PydanticCustomError("layer_depths", "bottom_depth must grow from layer to layer")
        return self
