"""Soils, bases and situations of the retaining walls, and the toe walls of fills and dumps."""

from typing import Literal, Self

from pydantic import Field, model_validator

from slopedesign.project.base import Point, Record, fault, name_of, quantity
from slopedesign.project.ground import MaterialClass

CodeFamily = Literal["GB50330", "SL379", "JTG_D30"]
WallMaterial = Literal["masonry", "rubble_concrete", "C20", "C25", "C30", "C35", "gabion"]
WallKind = Literal["gravity", "semi_gravity", "cantilever", "gabion"]
FrictionClass = Literal[
    "clay_soft", "clay_stiff", "clay_hard", "silt", "sand", "gravel", "soft_rock", "hard_rock"
]  # fmt: skip


FLATTEST_BATTER = 2.0
"""No leaning face of a wall is flatter, horizontal to vertical."""


class Backfill(Record):
    """Soil behind a wall, drained and wet. Wet values left out equal the drained ones."""

    name: str = Field("planting_soil", min_length=1, max_length=60)
    unit_weight: float = quantity("kN/m3", 18.0, gt=0, le=40, provenance="recalled")
    saturated_unit_weight: float = quantity("kN/m3", 19.5, gt=0, le=40, provenance="recalled")
    friction_angle_deg: float = quantity("deg", 25.0, ge=0, lt=60, provenance="recalled")
    cohesion: float = quantity("kPa", 0.0, ge=0, le=500)
    wet_friction_angle_deg: float | None = quantity("deg", None, ge=0, lt=60)
    wet_cohesion: float | None = quantity("kPa", None, ge=0, le=500)
    wall_friction: float = quantity("-", 0.33333333333333, ge=0, le=1, clause="6.2.3", provenance="recalled")
    wet_wall_friction: float = quantity("-", 0.0, ge=0, le=1)
    cohesive: bool = Field(True, description="clay or silt; chooses the friction on a rock face")
    planting_soil: bool = True
    min_fluid_weight: float | None = quantity("kN/m3", None, gt=0, le=10)

    @model_validator(mode="after")
    def _heavier_when_wet(self) -> Self:
        if self.saturated_unit_weight < self.unit_weight:
            raise fault("not_below_field", "saturated_unit_weight", self.saturated_unit_weight, a="unit_weight")
        return self


class WallBase(Record):
    """Ground under a wall."""

    name: str = Field("bench_rock", min_length=1, max_length=60)
    kind: MaterialClass = "hard_rock"
    friction: float | None = quantity("-", None, gt=0, le=1.5)
    friction_class: FrictionClass | None = None
    bearing: float | None = quantity("kPa", None, gt=0)
    eta_b: float = quantity("-", 0.0, ge=0, le=5)
    eta_d: float = quantity("-", 0.0, ge=0, le=5)
    unit_weight: float = quantity("kN/m3", 18.0, gt=0, le=40, provenance="recalled")
    friction_angle_deg: float | None = quantity("deg", None, ge=0, lt=60)
    cohesion: float | None = quantity("kPa", None, ge=0)
    passive_share: float = quantity("-", 0.0, ge=0, le=1)
    stress_class: Literal["soft", "medium", "firm"] = "medium"
    bond: float | None = quantity("MPa", None, gt=0, le=5)
    weathered: bool = Field(False, description="strongly weathered rock at the bench edge")
    outward_dip_deg: float | None = quantity("deg", None, ge=0, lt=90)
    joint_friction_deg: float | None = quantity("deg", None, ge=0, lt=90)


class Limits(Record):
    """Limits of one situation; what is left out follows from the code family."""

    sliding: float | None = quantity("-", None, gt=0, le=10)
    overturning: float | None = quantity("-", None, gt=0, le=10)
    eccentricity: float | None = quantity("-", None, gt=0, le=0.5)
    stress_ratio: float | None = quantity("-", None, ge=1)


class Situation(Record):
    """Whether a design situation is checked, and with which limits."""

    on: bool = True
    limits: Limits = Limits()


class BlockedSituation(Situation):
    """Weep holes blocked: water stands behind the wall, and lifts it.

    Its level above the toe is `water_level`; left out, it is `water_share` of the height of the soil behind the wall.
    """

    water_level: float | None = quantity("m", None, ge=0, le=50)
    water_share: float = quantity("-", 1.0, ge=0, le=1)
    uplift_share: float = quantity("-", 1.0, ge=0, le=1)


class EarthquakeSituation(Situation):
    """Earthquake by the basic acceleration; checked from 0.10 g on, as the standards ask."""

    acceleration: float = quantity("g", 0.05, ge=0, le=1, provenance="recalled")
    lever_share: float = quantity("-", 0.6, gt=0, lt=1, provenance="recalled")
    inertia: bool = True


class ConstructionSituation(Situation):
    """Fill half way up under a roller, dowels not yet grouted."""

    roller: float = quantity("kN/m2", 10.0, ge=0, le=200, provenance="user")
    fill_share: float = quantity("-", 0.5, gt=0, le=1, provenance="user")


class Situations(Record):
    """The design situations of every wall."""

    normal: Situation = Situation()
    rainstorm: Situation = Situation()
    blocked: BlockedSituation = BlockedSituation()
    earthquake: EarthquakeSituation = EarthquakeSituation()
    construction: ConstructionSituation = ConstructionSituation()
    raised: Situation = Situation()


class BarSet(Record):
    """Bars of one face: diameter, spacing, concrete cover."""

    diameter_mm: float = quantity("mm", 12.0, gt=0, le=50)
    spacing_mm: float = quantity("mm", 200.0, gt=0, le=2000)
    cover_mm: float = quantity("mm", 40.0, gt=0, le=300)
    grade: Literal["HPB300", "HRB400", "HRB500"] = "HRB400"


class BackStep(Record):
    """A step of the back: below `level` (above the toe) the wall is wider by `width`."""

    level: float = quantity("m", gt=0, le=50)
    width: float = quantity("m", gt=0, le=20)


class WallShape(Record):
    """Section of a wall.

    Heights from the front bottom edge (the toe). `face_batter` and `back_batter` are horizontal per vertical; a
    positive back batter widens the wall into the soil downwards, a negative one leans the back into the fill.
    `base_slope` is the fall of the base from toe to heel; `end_cover` is the concrete over the ends of bars.
    """

    kind: WallKind = "gravity"
    material: WallMaterial = "masonry"
    height: float = quantity("m", gt=0, le=50)
    top_width: float = quantity("m", 0.5, gt=0, le=20)
    face_batter: float = quantity("-", 0.0, ge=0, le=FLATTEST_BATTER)
    back_batter: float = quantity("-", 0.0, ge=-1, le=FLATTEST_BATTER)
    back_steps: tuple[BackStep, ...] = ()
    base_slope: float = quantity("-", 0.0, ge=0, le=1)
    toe_step_width: float = quantity("m", 0.0, ge=0, le=10)
    toe_step_height: float = quantity("m", 0.0, ge=0, le=10)
    key_depth: float = quantity("m", 0.0, ge=0, le=5)
    key_width: float = quantity("m", 0.0, ge=0, le=10)
    key_distance: float = quantity("m", 0.0, ge=0, le=20)
    toe: float = quantity("m", 0.0, ge=0, le=20)
    heel: float = quantity("m", 0.0, ge=0, le=20)
    slab: float = quantity("m", 0.0, ge=0, le=5)
    embedment: float = quantity("m", 0.0, ge=0, le=20)
    freeboard: float = quantity("m", 0.0, ge=0, le=5)
    stone_grade: float = quantity("MPa", 30, gt=0)
    mortar_grade: float = quantity("MPa", 5, ge=0)
    unit_weight: float | None = quantity("kN/m3", None, gt=0, le=40)
    stem_bars: BarSet | None = None
    toe_bars: BarSet | None = None
    heel_bars: BarSet | None = None
    level_bars: BarSet | None = None
    end_cover: float = quantity("m", 0.05, gt=0, le=0.3, clause="GB 50010-2010 8.2.1", provenance="user")


class StripLoad(Record):
    """A load on a strip of the ground along the wall, distances from the top of the back."""

    start: float = quantity("m", ge=0)
    width: float = quantity("m", gt=0)
    pressure: float = quantity("kN/m2", gt=0)


class LineLoad(Record):
    """A load along a line parallel to the wall."""

    distance: float = quantity("m", ge=0)
    load: float = quantity("kN/m", gt=0)


class FillLayer(Record):
    """A level layer of the fill, from the ground down; the last one runs on to the wall's foot."""

    backfill: str = name_of("walls.backfills", default=...)
    thickness: float = quantity("m", gt=0, le=100)


class RockFaceInput(Record):
    """A stable rock face behind the fill."""

    distance: float = quantity("m", 0.0, ge=0)
    angle_deg: float = quantity("deg", gt=0, lt=90)
    friction_deg: float | None = quantity("deg", None, ge=0, lt=90)


class HeightClass(Record):
    """Wall height along a stretch of a toe wall."""

    from_station: float = quantity("m", ge=0)
    to_station: float = quantity("m", gt=0)
    height: float = quantity("m", gt=0, le=50)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.to_station > self.from_station:
            raise fault("greater_than_field", "to_station", self.to_station, a="from_station")
        return self


class ToeWall(Record):
    """Retaining wall at the toe of a fill, a spoil or waste dump.

    `ground` is the line of the fill behind the wall, (distance, height) from the top of the soil at the wall's back;
    `raised_ground` the line after the dump is raised. A wall with no `shape` is sized by the program.
    """

    name: str = Field(min_length=1, max_length=60)
    use: Literal["toe_fill", "dump"] = "toe_fill"
    length: float = quantity("m", gt=0, le=20_000)
    heights: tuple[HeightClass, ...] = ()
    shape: WallShape
    size: bool = Field(False, description="let the program find the base width, batters and base slope")
    backfill: str = name_of("walls.backfills")
    base: str = name_of("walls.bases")
    slope_deg: float = quantity("deg", 0.0, ge=-30, lt=60)
    layers: tuple[FillLayer, ...] = ()
    state: Literal["active", "at_rest"] = "active"
    ground: tuple[Point, ...] = ()
    raised_ground: tuple[Point, ...] = ()
    surcharge: float | None = quantity("kN/m2", None, ge=0, le=500)
    strips: tuple[StripLoad, ...] = ()
    lines: tuple[LineLoad, ...] = ()
    rock: RockFaceInput | None = None
    water_share: float | None = quantity("-", None, ge=0, le=1)
    joint_spacing: float = quantity("m", 15.0, ge=0.5, le=50, clause="GB 50330-2013 11.3", provenance="recalled")
    weep_hole_spacing: float = quantity("m", 2.5, ge=0.1, le=10, clause="GB 50330-2013 11.3", provenance="recalled")
    weep_hole_level: float = quantity("m", 0.3, ge=0, le=5, clause="GB 50330-2013 11.3", provenance="recalled")
    filter_thickness: float = quantity("m", 0.3, gt=0, le=2, clause="GB 50330-2013 11.3", provenance="recalled")
    seal_thickness: float = quantity("m", 0.3, ge=0, le=2, clause="GB 50330-2013 11.3", provenance="recalled")
    working_space: float = quantity("m", 0.3, ge=0, le=3, provenance="user")
    trench_slope: float = quantity("-", 0.33, ge=0, le=3, provenance="user")
    edge_distance: float | None = quantity("m", None, ge=0)
    edge_slope_deg: float | None = quantity("deg", None, gt=0, le=90)


class SizingGrid(Record):
    """What the sizing may vary."""

    width_step: float = quantity("m", 0.05, ge=0.01, le=1)
    max_width_per_height: float = quantity("-", 1.5, gt=0, le=5)
    face_batters: tuple[float, ...] = (0.0, 0.05, 0.10, 0.20)
    back_batters: tuple[float, ...] = (-0.25, -0.20, 0.0, 0.10, 0.25)
    base_slopes: tuple[float, ...] = (0.0, 0.1, 0.2)
    toe_steps: tuple[float, ...] = (0.0, 0.2)
    key_depths: tuple[float, ...] = (0.0,)


class UnitWeights(Record):
    """Unit weights of wall bodies."""

    masonry: float = quantity("kN/m3", 22.0, gt=0, le=40, provenance="recalled")
    rubble_concrete: float = quantity("kN/m3", 23.0, gt=0, le=40, provenance="recalled")
    concrete: float = quantity("kN/m3", 24.0, gt=0, le=40, provenance="recalled")
    reinforced: float = quantity("kN/m3", 25.0, gt=0, le=40, provenance="recalled")
    gabion: float = quantity("kN/m3", 17.0, gt=0, le=40, provenance="recalled")
    water: float = quantity("kN/m3", 10.0, gt=0, le=11)


class WallDesign(Record):
    """Soils, bases and situations of the retaining walls, and the toe walls of fills and dumps."""

    code: CodeFamily = "GB50330"
    grade: Literal[1, 2, 3, 4] = Field(4, json_schema_extra={"unit": "-"})
    situations: Situations = Situations()
    surcharge: float = quantity("kN/m2", 2.0, ge=0, le=500, provenance="user")
    backfills: tuple[Backfill, ...] = ()
    bases: tuple[WallBase, ...] = ()
    bench_backfill: Backfill = Backfill()
    bench_state: Literal["active", "at_rest"] = "active"
    bench_base: WallBase | None = Field(None, description="base of bench walls; left out: by the bench's material")
    toe_walls: tuple[ToeWall, ...] = ()
    unit_weights: UnitWeights = UnitWeights()
    sizing: SizingGrid = SizingGrid()
    environment: Literal["1", "2a", "2b"] = "2a"
    class_step: float = quantity("m", 0.2, ge=0.05, le=5)

    @model_validator(mode="after")
    def _references(self) -> Self:
        soils = {backfill.name for backfill in self.backfills}
        bases = {base.name for base in self.bases}
        for i, wall in enumerate(self.toe_walls):
            named = [(soils, wall.backfill, "backfill"), (bases, wall.base, "base")]
            named += [(soils, layer.backfill, f"layers[{k}].backfill") for k, layer in enumerate(wall.layers)]
            for known, name, what in named:
                if name and name not in known:
                    raise fault("none_named", f"toe_walls[{i}].{what}", name)
        return self
