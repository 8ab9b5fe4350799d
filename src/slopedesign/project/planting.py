"""What is planted where: the species with their stock, rows on benches, grids and seeds on areas and faces.

Nothing here has a default that the guide does not print: sizes of stock may be left out (their clauses are then not
judged), the spacing of trees may be left to the guide, everything else that counts plants is stated.
"""

from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from slopedesign.project.base import Record, fault, label, name_of, quantity

Form = Literal["tree", "shrub", "climber", "herb"]


class Species(Record):
    """One kind and size of plant; the same kind in two sizes stands here twice, under two names.

    `alias` is another name the tables of the guide may know it by. `hole_*` is the hole dug for one plant; left out
    where plants go into the laid soil without one.
    """

    name: str = Field(min_length=1, max_length=40)
    form: Form
    alias: str = name_of("=species", max_length=40)
    dbh: float | None = quantity("cm", None, gt=0, le=200)
    height: float | None = quantity("m", None, gt=0, le=40)
    crown: float | None = quantity("m", None, gt=0, le=30)
    stock: str = label("", max_length=60)
    nitrogen_fixing: bool = False
    hole_length: float | None = quantity("m", None, gt=0, le=5)
    hole_width: float | None = quantity("m", None, gt=0, le=5)
    hole_depth: float | None = quantity("m", None, gt=0, le=5)

    @model_validator(mode="after")
    def _whole_hole(self) -> Self:
        stated = sum(size is not None for size in (self.hole_length, self.hole_width, self.hole_depth))
        if stated not in (0, 3):
            raise PydanticCustomError("hole", "give hole_length, hole_width and hole_depth together, or none")
        return self


class PlantRow(Record):
    """Rows of one species along a bench.

    `offset` of the first row is measured across the bench: from the wall's back ("outer", further rows inward), or from
    the ditch, or the foot of the face where there is none ("inner", further rows outward). `end_gap` is left free at
    both ends of every piece; half a spacing puts plants between those of a row without it.
    """

    species: str = name_of("planting.species", default=..., max_length=40)
    side: Literal["outer", "inner"]
    offset: float = quantity("m", ge=0, le=100)
    rows: int = Field(ge=1, le=50, json_schema_extra={"unit": "row"})
    row_spacing: float | None = quantity("m", None, gt=0, le=100)
    spacing: float | None = quantity("m", None, gt=0, le=100)
    end_gap: float = quantity("m", 0.0, ge=0, le=100)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.rows > 1 and self.row_spacing is None:
            raise PydanticCustomError("row_spacing", "more than one row needs row_spacing")
        return self


class SeedRate(Record):
    """Seed of one species, by weight on the area sown."""

    species: str = name_of("planting.species", default=..., max_length=40)
    rate: float = quantity("kg/hm2", gt=0, le=5000)


class BenchPlanting(Record):
    """How benches are planted.

    `slopes` and `benches` name the slopes and the numbers of their benches; empty for all of them. `spare` is the share
    of plants bought for replanting. `ditch_width` is what a ditch takes of the bench at its inner edge; left out, it is
    taken from the drainage network where one of its ditches follows that edge.
    """

    name: str = Field(min_length=1, max_length=60)
    slopes: tuple[str, ...] = name_of("slopes!variant_of", default=())
    benches: tuple[int, ...] = ()
    spare: float = quantity("-", ge=0, le=1)
    ditch_width: float | None = quantity("m", None, ge=0, le=50)
    rows: tuple[PlantRow, ...] = ()
    seeds: tuple[SeedRate, ...] = ()


class AreaPlant(Record):
    """Plants of one species in a grid over an area."""

    species: str = name_of("planting.species", default=..., max_length=40)
    spacing: float | None = quantity("m", None, gt=0, le=100)
    row_spacing: float = quantity("m", gt=0, le=100)


class AreaPlanting(Record):
    """How an area with soil, or the faces of a slope, are planted."""

    name: str = Field(min_length=1, max_length=60)
    cover_area: str = name_of("cover_areas")
    slope_faces: str = name_of("slopes!variant_of")
    spare: float = quantity("-", ge=0, le=1)
    plants: tuple[AreaPlant, ...] = ()
    seeds: tuple[SeedRate, ...] = ()

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.cover_area) == bool(self.slope_faces):
            raise fault("one_of_two", "cover_area", self.cover_area, a="cover_area", b="slope_faces")
        return self


class PlantingDesign(Record):
    """The planting of the whole project."""

    species: tuple[Species, ...] = ()
    benches: tuple[BenchPlanting, ...] = ()
    areas: tuple[AreaPlanting, ...] = ()

    @model_validator(mode="after")
    def _names(self) -> Self:
        for what, names in (
            ("planting.species", [s.name for s in self.species]),
            ("planting.benches", [b.name for b in self.benches]),
            ("planting.areas", [a.name for a in self.areas]),
        ):
            if twice := [name for name, times in Counter(names).items() if times > 1]:
                raise PydanticCustomError(
                    "twice", "{what}: the name {name} is used twice", {"at": what, "what": what, "name": twice[0]}
                )
        forms = {species.name: species.form for species in self.species}
        for path, name, spaced in self._used():
            if name not in forms:
                raise PydanticCustomError(
                    "reference_species", "no species named {name}", {"at": f"{path}.species", "name": name}
                )
            if not spaced and forms[name] != "tree":
                raise PydanticCustomError(
                    "plant_spacing", "spacing is to be stated", {"at": f"{path}.spacing", "name": None}
                )
        return self

    def _used(self) -> list[tuple[str, str, bool]]:
        """Path of every mention of a species, its name, and whether its spacing is stated (or not asked for)."""
        found: list[tuple[str, str, bool]] = []
        for i, bench in enumerate(self.benches):
            at = f"planting.benches[{i}]"
            found += [(f"{at}.rows[{j}]", row.species, row.spacing is not None) for j, row in enumerate(bench.rows)]
            found += [(f"{at}.seeds[{j}]", seed.species, True) for j, seed in enumerate(bench.seeds)]
        for i, area in enumerate(self.areas):
            at = f"planting.areas[{i}]"
            found += [(f"{at}.plants[{j}]", p.species, p.spacing is not None) for j, p in enumerate(area.plants)]
            found += [(f"{at}.seeds[{j}]", seed.species, True) for j, seed in enumerate(area.seeds)]
        return found

    def kind(self, name: str) -> Species:
        """The species of this name (KeyError if there is none)."""
        found = next((species for species in self.species if species.name == name), None)
        if found is None:
            raise KeyError(name)
        return found
