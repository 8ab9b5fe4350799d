"""Rainfall, catchments, drainage network, ponds, irrigation.

What belongs to a place (map intensities, city constants, rain depths, confluence parameters, quotas) has no default:
what is left out is not worked, or is said to be missing.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Months, Point, Point3, Record, fault, label, name_of, quantity
from slopedesign.project.irrigation import Irrigation
from slopedesign.project.water_works import (
    ApronWorks,
    BasinWorks,
    ChuteTeeth,
    CulvertWorks,
    DropWorks,
    Mouth,
    PondWorks,
    TankWorks,
)

Surface = Literal[
    "asphalt", "concrete", "gravel_road", "coarse_soil_slope", "fine_soil_slope", "hard_rock_slope", "soft_rock_slope",
    "steep_mountain", "rolling_mountain", "grassland", "farmland", "deciduous_forest", "conifer_forest", "paddy_pond",
]  # fmt: skip
OverlandSurface = Literal[
    "smooth_impervious", "compacted", "sparse_grass", "grass", "deciduous_forest", "conifer_forest"
]
Lining = Literal[
    "plastic", "precast_concrete", "concrete", "plastered_masonry", "mortared_stone", "dry_stone", "earth", "gravel",
    "weedy_earth", "corrugated", "rock", "turf",
]  # fmt: skip
ReachKind = Literal["crest", "bench", "chute", "toe", "floor", "culvert"]


TYPES = "water.network.types"
"""Where the types of ditches are stated."""
HEADS, ENDS = "water.network.reaches.from_node", "water.network.reaches.to_node"
OUTLETS, OUTLET = "water.network.outlets", "water.network.automatic.drains_to"
"""Where nodes are named: what a reach begins at, what it ends at, the outlets, the outlet of the proposed ditches."""


class CityFormula(Record):
    """q = 167 A1 (1 + C lg P)/(t + b)^n as the city publishes it."""

    name: str = label("", max_length=120)
    a1: float = quantity("mm/min", gt=0)
    c: float = quantity("-", ge=0)
    b: float = quantity("min", ge=0)
    n: float = quantity("-", gt=0, lt=2)


class Storm(Record):
    """The design storm by up to four ways; what is stated is worked, side by side."""

    return_period: float | None = quantity("a", None, ge=1, le=1000)
    governing: Literal["largest", "duration_factor", "city", "daily_rain", "recorded"] = "largest"
    q_5_10: float | None = quantity("mm/min", None, gt=0, le=20)
    q_5_10_source: str = label()
    region: Literal["south_east", "north_tibet_west_sichuan", "north_west", "north_west_arid"] | None = None
    c_p: float | None = quantity("-", None, gt=0, le=5)
    c60: float | None = quantity("-", None, gt=0, lt=1)
    city: CityFormula | None = None
    h24: float | None = quantity("mm", None, gt=0, le=3000)
    h24_source: str = label()
    annual_maxima: tuple[float, ...] = Field((), description="24-hour maxima of single years [mm]")
    annual_maxima_file: str = label("", max_length=500)
    day_factor: float = quantity("-", 1.0, ge=1, le=1.5, provenance="user")
    cs_over_cv: float | None = quantity("-", None, gt=0, le=10)
    decay: float | None = quantity("-", None, gt=0, lt=1)
    decay_short: float | None = quantity("-", None, gt=0, lt=1)
    losses: float | None = quantity("mm/h", None, ge=0, le=100)
    recorded_minutes: tuple[float, ...] = ()
    recorded_depths: tuple[float, ...] = ()
    pattern: tuple[float, ...] = Field((), description="shares of the 24-hour rain by equal steps, summing to 1")
    peak_position: float = quantity("-", 0.6, gt=0, lt=1, provenance="user")
    pond_return_period: float = quantity("a", 10, ge=1, le=1000, clause="7.2.2.3(4)2)", provenance="guide")
    pond_h24: float | None = quantity("mm", None, gt=0, le=3000)

    @model_validator(mode="after")
    def _series(self) -> Self:
        if len(self.recorded_minutes) != len(self.recorded_depths):
            raise fault("as_many", "recorded_depths", len(self.recorded_depths), a="recorded_minutes")
        for name in ("annual_maxima", "recorded_minutes", "recorded_depths"):
            if wrong := [value for value in getattr(self, name) if value <= 0]:
                raise fault("each_above_zero", name, wrong[0])
        if any(value < 0 for value in self.pattern):
            raise fault("each_not_negative", "pattern", min(self.pattern))
        return self


class SurfaceArea(Record):
    """A part of a catchment with one surface; `polygon` takes its area from the plan."""

    surface: Surface
    area: float | None = quantity("m2", None, gt=0)
    polygon: tuple[Point, ...] = ()
    phi: float | None = quantity("-", None, ge=0, le=1)

    @model_validator(mode="after")
    def _one_area(self) -> Self:
        if (self.area is None) == (not self.polygon):
            raise fault("one_of_two", "area", self.area, a="area", b="polygon")
        return self


class Catchment(Record):
    """What drains to one node or pond: typed areas, or the ground above a point of the terrain."""

    name: str = Field(min_length=1, max_length=60)
    drains_to: str = name_of(
        "water.ponds", HEADS, ENDS, OUTLETS, OUTLET, default=..., description="name of a node or of a pond"
    )
    areas: tuple[SurfaceArea, ...] = ()
    outlet: Point | None = Field(None, description="point of the terrain whose upstream ground this catchment is")
    snap_to: Literal["channel", "ditch", "pond"] = Field("channel", description="what the outlet is moved to")
    snap_distance: float = quantity("m", 20.0, ge=0, le=500)
    above: str = name_of(
        "water.network.reaches", "water.ponds", description="name of the ditch or pond whose uphill ground this is"
    )
    surface: Surface | None = Field(None, description="surface of terrain not covered by a polygon of `areas`")
    phi: float | None = quantity("-", None, ge=0, le=1)
    overland_length: float | None = quantity("m", None, gt=0, le=5000)
    overland_slope: float | None = quantity("-", None, gt=0, le=20)
    overland_surface: OverlandSurface | None = None
    channel_length: float = quantity("m", 0.0, ge=0)
    channel_slope: float | None = quantity("-", None, gt=0, le=20)
    confluence_m: float | None = quantity("-", None, gt=0, le=10)

    @model_validator(mode="after")
    def _stated(self) -> Self:
        on_ground = self.outlet is not None or self.above
        if self.outlet is not None and self.above:
            raise fault("not_both", "above", self.above, a="outlet", b="above")
        if not self.areas and not on_ground:
            raise fault("areas_or_ground", "areas", a="areas", b="outlet", c="above")
        if not on_ground and any(part.polygon for part in self.areas) and any(part.area for part in self.areas):
            raise fault("areas_alike", "areas")
        if on_ground and self.surface is None and self.phi is None:
            raise fault("either", "surface", a="surface", b="phi")
        return self


class LandArea(Record):
    """Land of one surface in plan; every catchment taken from the terrain measures what of it lies inside."""

    name: str = Field(min_length=1, max_length=60)
    surface: Surface
    phi: float | None = quantity("-", None, ge=0, le=1)
    polygon: tuple[Point, ...]

    @model_validator(mode="after")
    def _area(self) -> Self:
        if len(self.polygon) < 3:
            raise fault("points_at_least", "polygon", len(self.polygon), count=3)
        return self


class DitchType(Record):
    """A family of sections the program chooses the smallest fitting one of."""

    name: str = Field(min_length=1, max_length=60)
    shape: Literal["rectangle", "trapezoid", "triangle", "circle", "u"] = "rectangle"
    lining: Lining = "mortared_stone"
    side_slope: float = quantity("-", 0.0, ge=0, le=5)
    widths: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
    heights: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
    roughness: float | None = quantity("-", None, gt=0, le=0.2)
    max_velocity: float | None = quantity("m/s", None, gt=0, le=30)
    wall_top: float = quantity("m", 0.30, ge=0, le=2, provenance="user")
    wall_base: float = quantity("m", 0.30, ge=0, le=2, provenance="user")
    floor: float = quantity("m", 0.30, ge=0, le=2, provenance="user")
    cushion: float = quantity("m", 0.0, ge=0, le=1)
    plaster: bool = False
    cover_slab: float = quantity("m", 0.0, ge=0, le=0.5)
    trench_slope: float = quantity("-", 0.0, ge=0, le=3)
    working_width: float = quantity("m", 0.0, ge=0, le=2)
    joint_spacing: float = quantity("m", 10.0, ge=0.5, le=50, provenance="user")
    weep_spacing: float = quantity("m", 2.0, ge=0.1, le=20, provenance="user")
    weep_sides: Literal[0, 1, 2] = 1

    @model_validator(mode="after")
    def _sizes(self) -> Self:
        for name, sizes in (("widths", self.widths), ("heights", self.heights)):
            if not sizes or any(size <= 0 for size in sizes):
                raise fault("each_above_zero", name, min(sizes, default=None))
        if self.shape in ("trapezoid", "triangle") and self.side_slope == 0:
            raise fault("sides_lean", "side_slope", self.side_slope)
        if self.shape == "rectangle" and self.side_slope > 0:
            raise fault("sides_upright", "side_slope", self.side_slope)
        return self


class Reach(Record):
    """One stretch of ditch, chute or culvert between two nodes."""

    name: str = Field(min_length=1, max_length=60)
    kind: ReachKind
    from_node: str = name_of("water.ponds", ENDS, default=..., free=True)
    to_node: str = name_of("water.ponds", HEADS, OUTLETS, OUTLET, default=...)
    ditch_type: str = name_of("water.network.types")
    follows: str = name_of("slopes/", max_length=120)
    from_station: float | None = quantity("m", None, ge=0)
    to_station: float | None = quantity("m", None, ge=0)
    vertices: tuple[Point | Point3, ...] = Field((), description="without Z: on the designed ground")
    length: float | None = quantity("m", None, gt=0)
    start_level: float | None = quantity("m", None)
    end_level: float | None = quantity("m", None)
    slope: float | None = quantity("-", None, gt=0, le=20)
    width: float | None = quantity("m", None, gt=0, le=20)
    height: float | None = quantity("m", None, gt=0, le=20)
    bend_radius: float | None = quantity("m", None, gt=0)
    dissipator: Literal["none", "basin", "drop", "apron"] | None = None
    tailwater: float | None = quantity("m", None, gt=0, le=20)
    barrel: Literal["box", "pipe"] = "box"
    inlet: str = name_of("=culvert_inlets")
    roughness: float | None = quantity("-", None, gt=0, le=0.2)
    barrels: int = Field(1, ge=1, le=20, json_schema_extra={"unit": "-"})
    allowed_headwater: float | None = quantity("m", None, gt=0, le=30)
    flare_angle_deg: float | None = quantity("deg", None, gt=0, lt=90)
    flare_width: float | None = quantity("m", None, gt=0, le=50)
    soft_ground: bool | None = None
    culvert: CulvertWorks | None = None
    basin: BasinWorks | None = None
    drop: DropWorks | None = None
    apron: ApronWorks | None = None
    teeth: ChuteTeeth | None = None
    upper_mouth: Mouth | None = None
    lower_mouth: Mouth | None = None

    @model_validator(mode="after")
    def _where(self) -> Self:
        if sum((bool(self.follows), bool(self.vertices), self.length is not None)) != 1:
            raise fault("one_of_three", "length", self.length, a="follows", b="vertices", c="length")
        if self.length is not None and self.slope is None and (self.start_level is None or self.end_level is None):
            raise fault("typed_length", "slope", a="length", b="slope", c="start_level", d="end_level")
        if (self.width is None) != (self.height is None):
            raise fault("together", "width" if self.width is None else "height", a="width", b="height")
        if self.vertices and len(self.vertices) < 2:
            raise fault("points_at_least", "vertices", len(self.vertices), count=2)
        if self.lower_mouth is not None and (self.flare_width is not None or self.flare_angle_deg is not None):
            raise fault("mouth_once", "lower_mouth", a="lower_mouth", b="flare_width", c="flare_angle_deg")
        return self


class AutomaticNetwork(Record):
    """Ditches proposed on the designed slopes; a stated reach or catchment of the same name takes the place of one."""

    slopes: tuple[str, ...] = name_of(
        "slopes!variant_of", default=(), description="names of slopes; none: every slope that is built"
    )
    outlet: Point
    drains_to: str = name_of(
        "water.ponds", OUTLETS, HEADS, default="outlet", free=True, description="name of the outlet node, or of a pond"
    )
    outlet_level: float | None = quantity("m", None)
    ditch_type: str = name_of("water.network.types", default=...)
    chute_type: str = name_of("water.network.types")
    crest_ditch: bool = True
    bench_ditches: bool = True
    toe_ditch: bool = True
    chutes: Literal["spacing", "one_end", "both_ends"] = "spacing"
    chute_spacing: float | None = quantity("m", None, ge=20, le=2000)
    slope: float = quantity("-", 0.003, gt=0, le=0.1, clause="16.2", provenance="read")
    depth: float = quantity("m", 0.5, gt=0, le=5, provenance="user")
    step: float = quantity("m", 0.3, ge=0, le=2, provenance="user")
    crest_offset: float = quantity("m", 5.0, ge=0, le=100, clause="16.2", provenance="read")
    crest_lowest: float | None = quantity("m", None)
    crest_leads_to: Literal["toe", "outside"] = "toe"
    surface: Surface | None = None
    phi: float | None = quantity("-", None, ge=0, le=1)
    overland_surface: OverlandSurface

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.chutes == "spacing" and self.bench_ditches and self.chute_spacing is None:
            raise fault("needed_by_choice", "chute_spacing", a="chutes")
        if self.surface is None and self.phi is None:
            raise fault("either", "surface", a="surface", b="phi")
        return self


class Network(Record):
    """The drains: types of section, reaches, and where the water leaves."""

    level: Literal[1, 2, 3] = 2
    freeboard: float | None = quantity("m", None, ge=0, le=2)
    min_width: float | None = quantity("m", None, ge=0, le=5)
    types: tuple[DitchType, ...] = ()
    reaches: tuple[Reach, ...] = ()
    automatic: AutomaticNetwork | None = None
    outlets: tuple[str, ...] = name_of(
        ENDS, "water.ponds", default=(), description="nodes joined to outside drainage; ponds are outlets by name"
    )
    travel: Literal["formula", "section"] = "formula"
    peak: Literal["longest", "partial"] = "longest"


class Fittings(Record):
    """What the pond has; None: not said."""

    trash_rack: bool | None = None
    sand_trap: bool | None = None
    fence: bool | None = None
    sign: bool | None = None
    steps: bool | None = None
    lining: bool | None = None
    off_fill: bool | None = None
    off_hazard: bool | None = None


class SandTrap(Record):
    """The settling basin before a pond's inlet."""

    length: float = quantity("m", gt=0, le=50)
    width: float = quantity("m", gt=0, le=20)
    depth: float = quantity("m", gt=0, le=10)
    efficiency: float = quantity("-", gt=0, le=1)
    clearings_per_year: float = quantity("1/a", gt=0, le=50)
    works: TankWorks | None = None


class Spillway(Record):
    """A broad weir at the normal level."""

    coefficient: float = quantity("-", 0.385, gt=0, le=0.6, clause="10.2", provenance="read")
    width: float | None = quantity("m", None, gt=0, le=200)
    max_head: float | None = quantity("m", None, gt=0, le=5)
    width_step: float = quantity("m", 0.1, ge=0.01, le=5)


class Outlet(Record):
    """A pipe or sluice that draws the pond down, as an orifice."""

    diameter: float = quantity("m", gt=0, le=5)
    invert: float = quantity("m")
    coefficient: float = quantity("-", 0.6, gt=0, le=1, provenance="read")


class Balance(Record):
    """Monthly rain, evaporation and use; January first."""

    rain_typical: Months
    rain_dry: Months | None = None
    evaporation: Months
    coefficient: float = quantity("-", ge=0, le=1)
    seepage: float = quantity("mm/d", ge=0, le=500)
    use: Months | None = Field(None, description="water drawn [m3]; None takes the irrigation demand")
    start_share: float = quantity("-", 0.0, ge=0, le=1)


class Pond(Record):
    """A pond, fish pond, lake or high tank: its shape, storage, spillway and balance."""

    name: str = Field(min_length=1, max_length=60)
    use: Literal["storage_pond", "fishery", "wetland_landscape", "high_tank"] = "storage_pond"
    bottom_level: float | None = quantity("m", None)
    length: float | None = quantity("m", None, gt=0)
    width: float | None = quantity("m", None, gt=0)
    diameter: float | None = quantity("m", None, gt=0)
    side_slope: float = quantity("-", 0.0, ge=0, le=10)
    depth: float | None = quantity("m", None, gt=0, le=100)
    place: Point | None = Field(None, description="middle of a shaped pond on the plan")
    azimuth: float = quantity("deg", 0.0, ge=0, lt=360)
    curve: tuple[tuple[float, float], ...] = Field((), description="[level, area] rows, levels increasing")
    seed: Point | None = Field(None, description="a point of the terrain inside the pond")
    top_level: float | None = quantity("m", None)
    normal_level: float = quantity("m")
    dead_level: float | None = quantity("m", None)
    freeboard: float | None = quantity("m", None, ge=0, le=5)
    silt_modulus: float | None = quantity("t/(hm2 a)", None, ge=0, le=500)
    silt_density: float = quantity("t/m3", 1.3, gt=0, le=3, provenance="read")
    silt_years: float = quantity("a", 1.0, ge=0, le=50)
    safety: float = quantity("-", 1.2, ge=1, le=2, clause="GB/T 16453.4-2008", provenance="recalled")
    stored_share: float = quantity("-", 1.0, gt=0, le=1, provenance="user")
    demand: float | None = quantity("m3", None, ge=0)
    spillway: Spillway | None = Field(Spillway(), description="none: the pond keeps the whole storm, as a pit may")
    outlet: Outlet | None = None
    pump: float | None = quantity("m3/h", None, gt=0, le=100_000)
    drawdown_hours: float | None = quantity("h", None, gt=0)
    wall_thickness: float = quantity("m", 0.0, ge=0, le=2)
    floor_thickness: float = quantity("m", 0.0, ge=0, le=2)
    sand_trap: SandTrap | None = None
    fittings: Fittings = Fittings()
    water_class: Literal["I", "II", "III", "IV", "V", "worse"] | None = None
    irrigates: bool = False
    balance: Balance | None = None
    works: PondWorks | None = None

    @model_validator(mode="after")
    def _shape(self) -> Self:
        rect = self.length is not None or self.width is not None
        if sum((rect, self.diameter is not None, bool(self.curve), self.seed is not None)) != 1:
            raise fault("pond_shape", "length", self.length, a="length", b="width", c="diameter", d="curve", e="seed")
        if rect and (self.length is None or self.width is None):
            raise fault("together", "length" if self.length is None else "width", a="length", b="width")
        if (rect or self.diameter is not None) and (self.bottom_level is None or self.depth is None):
            raise fault("together", "depth" if self.depth is None else "bottom_level", a="bottom_level", b="depth")
        return self


class WaterDesign(Record):
    """Rainfall, catchments, drainage network, ponds, irrigation."""

    storm: Storm = Storm()
    catchments: tuple[Catchment, ...] = ()
    land: tuple[LandArea, ...] = ()
    flow_method: Literal["d8", "d_infinity"] = "d8"
    network: Network = Network()
    ponds: tuple[Pond, ...] = ()
    irrigation: Irrigation | None = None
    grid_cell: float = quantity("m", 2.0, gt=0, le=100, provenance="user")

    @model_validator(mode="after")
    def _names(self) -> Self:
        named = {
            "catchments": [c.name for c in self.catchments], "land": [a.name for a in self.land],
            "network.types": [t.name for t in self.network.types],
            "network.reaches": [r.name for r in self.network.reaches], "ponds": [p.name for p in self.ponds],
        }  # fmt: skip
        for where, names in named.items():
            if twice := [name for name in names if names.count(name) > 1]:
                raise fault("name_twice", where, twice[0])
        types = set(named["network.types"])
        auto = self.network.automatic
        for field, name in (("ditch_type", auto.ditch_type), ("chute_type", auto.chute_type)) if auto else ():
            if name and name not in types:
                raise fault("none_named", f"network.automatic.{field}", name)
        for i, reach in enumerate(self.network.reaches):
            if reach.kind != "culvert" and reach.ditch_type not in types:
                raise fault("none_named", f"network.reaches[{i}].ditch_type", reach.ditch_type)
        return self
