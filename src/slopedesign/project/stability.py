"""Stability sections: where they are cut, what they are made of, their water, and the situations they are judged in.

Offsets run along the section from its toe-side end, elevations as surveyed; what is left out is taken from the slope
the section belongs to.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Record, fault, label, name_of, quantity

GroundClass = Literal["rock_1_2", "rock_3_4", "soil"]
FailureConsequence = Literal["very_serious", "serious", "not_serious"]
StabilitySituationKind = Literal["permanent", "temporary", "rainstorm", "earthquake", "whole_dump"]
SlipMethod = Literal["bishop", "spencer", "mp", "janbu_corrected", "ordinary"]
InterSliceShape = Literal["constant", "half_sine", "clipped_sine", "trapezoid", "fredlund"]
SectionPoint = tuple[float, float]


class ShearStrength(Record):
    """Strength of a material for stability, where it is not the plain cohesion and friction of the material.

    `mohr_coulomb` may grow with depth (cohesion_rate), `power` is tau = a (sigma + d)^b + c, `hoek_brown` the
    generalised criterion of 2018.
    """

    law: Literal["mohr_coulomb", "power", "hoek_brown"] = "mohr_coulomb"
    cohesion: float | None = quantity("kPa", None, ge=0)
    friction_angle_deg: float | None = quantity("deg", None, ge=0, lt=90)
    cohesion_rate: float = quantity("kPa/m", 0.0, ge=-1000, le=1000)
    rate_level: float | None = quantity("m", None)
    power_a: float | None = quantity("-", None, gt=0)
    power_b: float | None = quantity("-", None, gt=0, le=1)
    power_c: float = quantity("kPa", 0.0, ge=0)
    power_d: float = quantity("kPa", 0.0, ge=0)
    intact_strength_mpa: float | None = quantity("MPa", None, gt=0, le=500)
    gsi: float | None = quantity("-", None, gt=0, le=100)
    m_i: float | None = quantity("-", None, gt=0, le=50)
    disturbance: float = quantity("-", 0.7, ge=0, le=1, provenance="recalled")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {
            "mohr_coulomb": ("cohesion", "friction_angle_deg"), "power": ("power_a", "power_b"),
            "hoek_brown": ("intact_strength_mpa", "gsi", "m_i"),
        }[self.law]  # fmt: skip
        if lacking := [name for name in needed if getattr(self, name) is None]:
            raise fault("needed_by_law", lacking[0], choice=self.law)
        return self


class WeakDirection(Record):
    """A plane of weakness inside a material: strength of slip directions between two inclinations."""

    from_deg: float = quantity("deg", ge=-90, le=90)
    to_deg: float = quantity("deg", ge=-90, le=90)
    cohesion: float = quantity("kPa", ge=0)
    friction_angle_deg: float = quantity("deg", ge=0, lt=90)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.to_deg > self.from_deg:
            raise fault("greater_than_field", "to_deg", self.to_deg, a="from_deg")
        return self


class StabilityMaterial(Record):
    """What stability needs of a material of the project beyond its plain parameters."""

    material: str = name_of("materials", default=...)
    strength: ShearStrength | None = None
    wet_strength: ShearStrength | None = Field(None, description="strength in the rainstorm situation (saturated)")
    ru: float | None = quantity("-", None, ge=0, le=1)
    dry: bool = Field(False, description="no pore pressure in this material")
    weak_directions: tuple[WeakDirection, ...] = ()


class StabilityLayer(Record):
    """A layer of a section from the top down: its top as a line, or a depth below the ground."""

    material: str = name_of("materials", default=...)
    top: tuple[SectionPoint, ...] = ()
    top_depth: float | None = quantity("m", None, ge=0)


class WaterTable(Record):
    """Water of a section: a piezometric line, or a depth below the ground, or a pore pressure ratio; open water.

    `dry` says that the investigation found none; where nothing is stated no factor is judged.
    """

    line: tuple[SectionPoint, ...] = ()
    depth: float | None = quantity("m", None, ge=0)
    ru: float = quantity("-", 0.0, ge=0, le=1)
    pond_level: float | None = quantity("m", None)
    dry: bool = Field(False, description="no groundwater was found")

    @property
    def stated(self) -> bool:
        """Whether anything is said of the water."""
        return self.dry or bool(self.line) or self.depth is not None or self.ru > 0 or self.pond_level is not None

    @model_validator(mode="after")
    def _one_line(self) -> Self:
        if self.line and self.depth is not None:
            raise fault("not_both", "depth", self.depth, a="line", b="depth")
        if self.dry and (self.line or self.depth is not None or self.ru > 0):
            raise fault("dry_alone", "dry", self.dry, a="line", b="depth", c="ru")
        return self


class TensionCrack(Record):
    """A vertical tension crack at the head of every slip surface."""

    depth: float = quantity("m", ge=0)
    water: float = quantity("m", 0.0, ge=0)

    @model_validator(mode="after")
    def _water_fits(self) -> Self:
        if self.water > self.depth:
            raise fault("not_above_field", "water", self.water, a="depth")
        return self


class StripLoad(Record):
    """A vertical pressure on the ground between two offsets."""

    from_offset: float = quantity("m")
    to_offset: float = quantity("m")
    from_kpa: float = quantity("kPa", ge=0)
    to_kpa: float = quantity("kPa", ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.to_offset > self.from_offset:
            raise fault("greater_than_field", "to_offset", self.to_offset, a="from_offset")
        return self


class LineLoad(Record):
    """A force on the ground at one offset, per metre: down, and horizontally into the slope (wall, anchor)."""

    offset: float = quantity("m")
    down: float = quantity("kN/m", 0.0)
    inward: float = quantity("kN/m", 0.0)


class StatedSurface(Record):
    """A slip surface the designer wants judged: vertices, a circle, or the contact of a fill or of the rock."""

    name: str = Field(min_length=1, max_length=40)
    kind: Literal["polyline", "circle", "fill_contact", "rock_contact"] = "polyline"
    points: tuple[SectionPoint, ...] = ()
    centre: SectionPoint | None = None
    radius: float | None = quantity("m", None, gt=0)
    cohesion: float | None = quantity("kPa", None, ge=0)
    friction_angle_deg: float | None = quantity("deg", None, ge=0, lt=90)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "polyline" and len(self.points) < 2:
            raise fault("points_at_least", "points", len(self.points), count=2)
        if self.kind == "circle" and (self.centre is None or self.radius is None):
            raise fault("together", "radius" if self.radius is None else "centre", a="centre", b="radius")
        return self


class JointSet(Record):
    """A set of joints in rock."""

    name: str = Field(min_length=1, max_length=40)
    dip_deg: float = quantity("deg", ge=0, le=90)
    dip_direction_deg: float = quantity("deg", ge=0, le=360)
    cohesion: float = quantity("kPa", 0.0, ge=0)
    friction_angle_deg: float = quantity("deg", ge=0, lt=90)


class StabilitySection(Record):
    """One section: cut at a station of a slope, along a line in plan, or typed.

    Attributes:
        layers: left out: the layers of the slope.
        ground_class: rock of class I or II, of III or IV, or soil (table 3.2.1); left out: from the materials.
        dump: a dump or spoil heap, judged by the guide's factor.
    """

    name: str = Field(min_length=1, max_length=40)
    slope: str = name_of("slopes")
    station: float | None = quantity("m", None, ge=0)
    start: tuple[float, float] | None = None
    end: tuple[float, float] | None = None
    ground_before: tuple[SectionPoint, ...] = ()
    ground_after: tuple[SectionPoint, ...] = ()
    layers: tuple[StabilityLayer, ...] = ()
    fill_material: str = name_of("materials")
    base: tuple[SectionPoint, ...] = ()
    base_level: float | None = quantity("m", None)
    water: WaterTable = WaterTable()
    wet_water: WaterTable | None = Field(None, description="water in the rainstorm situation; empty: as otherwise")
    crack: TensionCrack | None = None
    strips: tuple[StripLoad, ...] = ()
    loads: tuple[LineLoad, ...] = ()
    surfaces: tuple[StatedSurface, ...] = ()
    joints: tuple[JointSet, ...] = ()
    face_direction_deg: float | None = quantity("deg", None, ge=0, lt=360)
    ground_class: GroundClass | None = None
    dump: bool = False

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        placed = [self.station is not None, self.start is not None or self.end is not None, bool(self.ground_after)]
        if sum(placed) != 1:
            raise fault("section_place", "station", self.station, a="station", b="start", c="end", d="ground_after")
        if (self.start is None) != (self.end is None):
            raise fault("together", "start" if self.start is None else "end", a="start", b="end")
        if self.station is not None and not self.slope:
            raise fault("needed_beside", "slope", a="station")
        if self.base and self.base_level is not None:
            raise fault("not_both", "base_level", self.base_level, a="base", b="base_level")
        return self


class StabilityLimit(Record):
    """A required factor stated by the designer instead of the standard's."""

    situation: StabilitySituationKind
    factor: float = quantity("-", gt=0, le=10)
    reason: str = label("", max_length=200)


class StabilitySearch(Record):
    """How slip surfaces are sought.

    Attributes:
        min_depth: least depth of a slide; left out: 2 % of the height of the section.
        exits, entries: points tried as ends of circles; left out: as the ground asks for.
        horizontal_at_base: the seismic force acts at the base of the slices (A.0.1), not at their centroid.
    """

    method: SlipMethod = "bishop"
    second_method: SlipMethod | None = "mp"
    function: InterSliceShape = "half_sine"
    any_shape: bool = Field(True, description="seek surfaces of any shape beside circles")
    min_depth: float | None = quantity("m", None, gt=0)
    slices: int = Field(30, ge=10, le=400, json_schema_extra={"unit": "-"})
    final_slices: int = Field(200, ge=50, le=2000, json_schema_extra={"unit": "-"})
    book_slices: int = Field(25, ge=5, le=100, json_schema_extra={"unit": "-"})
    exits: int | None = Field(None, ge=4, le=200, json_schema_extra={"unit": "-"})
    entries: int | None = Field(None, ge=4, le=200, json_schema_extra={"unit": "-"})
    depths: int = Field(10, ge=3, le=60, json_schema_extra={"unit": "-"})
    horizontal_at_base: bool = True
    seed: int = Field(1, ge=0, json_schema_extra={"unit": "-"})


class StabilityDesign(Record):
    """Stability sections and the situations they are judged in.

    Attributes:
        slope_class: safety class 1 to 3; left out: by table 3.2.1 from height, ground and consequence.
        situations: which are worked; earthquake needs `acceleration_g`.
    """

    sections: tuple[StabilitySection, ...] = ()
    materials: tuple[StabilityMaterial, ...] = ()
    slope_class: Literal[1, 2, 3] | None = None
    consequence: FailureConsequence = "serious"
    situations: tuple[StabilitySituationKind, ...] = ("permanent", "rainstorm")
    limits: tuple[StabilityLimit, ...] = ()
    acceleration_g: float | None = quantity("-", None, ge=0, le=1)
    water_weight: float = quantity("kN/m3", 10.0, gt=0, le=12, clause="A.0.1", provenance="read")
    search: StabilitySearch = StabilitySearch()

    @model_validator(mode="after")
    def _names(self) -> Self:
        names = [section.name for section in self.sections]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise fault("name_twice", "sections", twice)
        stated = [limit.situation for limit in self.limits]
        if twice_limit := next((kind for kind in stated if stated.count(kind) > 1), None):
            raise fault("name_twice", "limits", twice_limit)
        return self
