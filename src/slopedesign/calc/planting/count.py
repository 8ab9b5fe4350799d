"""Planting: rows on benches between wall and ditch, grids on areas, seed; plants, holes and seed counted.

Counts follow the practice of planting tables: along a row one plant more than there are whole spacings in the length
left between the end gaps, for every piece of the bench by itself; on an area the whole number of plants whose cells
(spacing times row spacing) fill it. Plants for replanting come on top, rounded up for each scheme and species.

Holes are dug through the laid soil; what they are deeper than the soil is dug into the ground below. In rock that part
is filled with planting soil, which the soil of the cover does not hold; elsewhere it is filled with what was dug.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from slopedesign.calc.planting.formulas import (
    AREA_COUNT,
    DENSITY,
    FROM_INNER,
    FROM_OUTER,
    HOLES,
    HOLES_BELOW,
    HOLES_IN_SOIL,
    NEXT_ROW,
    ROW_COUNT,
    SEED,
    SPARE,
    STRIP_AREA,
    STRIP_WIDTH,
)
from slopedesign.calc.planting.result import (
    PlantedPlace,
    PlantedRow,
    PlantingResult,
    Plot,
    Points,
    Sown,
    SpeciesTotal,
    Stand,
    Strip,
)
from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.planting import BenchPlanting, PlantingDesign, PlantRow, Species
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Level, Remark, Strength
from slopedesign.standards.trace import OWN, Total, Traced, given, measured, total

LEAST_PIECE = 1.0
"""Shorter pieces of a row are crumbs of the bench's outline, not places for a plant [m]."""
NOISE = 1e-9


def plant(record: PlantingDesign, strips: Sequence[Strip], plots: Mapping[str, Plot]) -> PlantingResult:
    """Count the planting of a project.

    Args:
        strips: the benches that have soil. plots: areas by the path of their scheme ("planting.areas[0]").

    Raises:
        InputError: holes of neighbours meet, or two schemes want one bench.

    A row without room on a bench is not planted there; a check of the result says so.
    """
    remarks: list[Remark] = []
    room: list[Check] = []
    places = [*_benches(record, strips, remarks, room), *_areas(record, plots, remarks)]
    species = tuple(_total(record, i, places) for i in range(len(record.species)))
    layers = {
        form: total({p.name: p.area for p in places if form in p.forms}, "m2", "planting.planted_area")
        for form in ("tree", "shrub", "climber", "herb") if any(form in p.forms for p in places)
    }  # fmt: skip
    pit_soil = {
        f"{p.name} {k + 1} {s.species.name}": s.below
        for p in places if p.rock for k, s in enumerate(p.stands) if s.below is not None
    }  # fmt: skip
    trees = {t.species.name: t.count for t in species if t.species.form == "tree" and t.count is not None}
    return PlantingResult(
        places=tuple(places), species=species, layers=layers, pit_soil=pit_soil,
        trees=total(trees, "plant", "planting.trees"), checks=tuple(room), remarks=tuple(remarks),
    )  # fmt: skip


# --- benches


def _benches(
    record: PlantingDesign, strips: Sequence[Strip], remarks: list[Remark], room: list[Check]
) -> Iterator[PlantedPlace]:
    used: set[int] = set()
    for strip in strips:
        found = [i for i, scheme in enumerate(record.benches) if _means(scheme, strip)]
        used |= set(found)
        if len(found) > 1:
            names = [record.benches[i].name for i in found]
            raise InputError(
                f"planting.benches[{found[1]}].benches", names[1],
                message("planting.error.two_schemes", bench=strip.name, other=names[0]),
            )  # fmt: skip
        for i in found:
            if (place := _strip(record, i, strip, remarks, room)) is not None:
                yield place
    for i, scheme in enumerate(record.benches):
        if i not in used:
            words = message("planting.remark.no_bench", scheme=scheme.name)
            remarks.append(Remark(level=Level.WARNING, subject=f"planting.benches[{i}]", text=words))


def _means(scheme: BenchPlanting, strip: Strip) -> bool:
    return (not scheme.slopes or strip.slope in scheme.slopes) and (
        not scheme.benches or strip.number in scheme.benches
    )


def _strip(
    record: PlantingDesign, i: int, strip: Strip, remarks: list[Remark], room: list[Check]
) -> PlantedPlace | None:
    scheme, path = record.benches[i], f"planting.benches[{i}]"
    ditch = strip.ditch
    if scheme.ditch_width is not None:
        ditch = given(scheme.ditch_width, "m", f"{path}.ditch_width", "planting.ditch_width")
    width = STRIP_WIDTH.at(B=strip.width, a=strip.edge, b=strip.wall, w=ditch)
    area = STRIP_AREA.at(A=strip.area, L=strip.length, w=ditch)
    if width.value <= NOISE or area.value <= 0:
        why = message("planting.error.no_width", bench=strip.name)
        room.append(_room(message("planting.check.strip", bench=strip.name), path, f"{path}.ditch_width", width, why))
        return None
    stands = tuple(
        _row_stand(record, row, f"{path}.rows[{j}]", strip, ditch, width, remarks, room)
        for j, row in enumerate(scheme.rows)
    )
    sown = tuple(
        _sown(record.kind(seed.species), seed.rate, f"{path}.seeds[{j}]", area) for j, seed in enumerate(scheme.seeds)
    )
    return PlantedPlace(
        name=strip.name, subject=strip.subject, place="cut_bench", scheme=scheme.name, field=path,
        spare=given(scheme.spare, "-", f"{path}.spare", "planting.spare_share"), width=width, area=area,
        thickness=strip.thickness, rock=strip.material != "soil", stands=stands, sown=sown,
    )  # fmt: skip


def _row_stand(
    record: PlantingDesign, row: PlantRow, path: str, strip: Strip, ditch: Traced, width: Traced,
    remarks: list[Remark], room: list[Check],
) -> Stand:  # fmt: skip
    species = record.kind(row.species)
    spacing = _spacing(row.spacing, path, remarks)
    if species.hole_length is not None and spacing.value < species.hole_length - NOISE:
        raise InputError(
            f"{path}.spacing", spacing.value,
            message("planting.error.holes_meet", species=species.name, length=f"{species.hole_length:g}"),
        )  # fmt: skip
    tried = [_row(species, row, k, path, strip, ditch, width, spacing, room) for k in range(row.rows)]
    rows = tuple(planted for planted in tried if planted is not None)
    apart = None
    if row.row_spacing is not None:
        apart = given(row.row_spacing, "m", f"{path}.row_spacing", "planting.row_spacing")
    count = total({f"{k + 1}": r.count for k, r in enumerate(rows)}, "plant", "planting.count")
    if rows and count.value == 0:
        words = message("planting.remark.none_fits", bench=strip.name, species=species.name)
        remarks.append(Remark(level=Level.WARNING, subject=path, text=words))
    return _stand(record, species, path, count, spacing, apart, strip.thickness, rows)


def _row(
    species: Species, row: PlantRow, k: int, path: str, strip: Strip, ditch: Traced, width: Traced, spacing: Traced,
    room: list[Check],
) -> PlantedRow | None:  # fmt: skip
    first: Traced = given(row.offset, "m", f"{path}.offset", "planting.offset")
    across = first
    if k and row.row_spacing is not None:
        across = NEXT_ROW.at(
            o=first, k=float(k), c=given(row.row_spacing, "m", f"{path}.row_spacing", "planting.row_spacing")
        )
    room.append(judged := _fits(species, across, k, path, strip, width.value))
    if not judged.met:
        return None
    if row.side == "outer":
        from_edge = FROM_OUTER.at(a=strip.edge, b=strip.wall, x=across)
    else:
        from_edge = FROM_INNER.at(B=strip.width, w=ditch, x=across)
    lines: tuple[Points, ...] = ()
    lengths: list[Traced] = []
    if strip.lines is None:
        lengths = [strip.length]
    else:
        lines = tuple(line for line in strip.lines(from_edge.value) if _length(line) >= LEAST_PIECE)
        lengths = [
            measured(_length(line), "m", "planting.by.row_line", strip.subject, "planting.row_length", D=from_edge)
            for line in lines
        ]
    gap = given(row.end_gap, "m", f"{path}.end_gap", "planting.end_gap")
    counts = {
        f"{p + 1}": ROW_COUNT.at(L=length, e=gap, s=spacing)
        for p, length in enumerate(lengths) if length.value >= 2 * row.end_gap
    }  # fmt: skip
    inward = across.value if row.side == "outer" else width.value - across.value
    return PlantedRow(
        side=row.side, across=inward, from_edge=from_edge, spacing=spacing, end_gap=row.end_gap,
        count=total(counts, "plant", "planting.count"), lines=lines,
    )  # fmt: skip


def _fits(species: Species, across: Traced, k: int, path: str, strip: Strip, width: float) -> Check:
    """Whether the holes of a row reach neither under the wall nor into the ditch."""
    half = (species.hole_width or 0.0) / 2
    why = None
    if across.value - half < -NOISE or across.value + half > width + NOISE:
        if 2 * half > width + NOISE:
            why = message("planting.error.narrow", bench=strip.name, species=species.name, hole=f"{2 * half:g}",
                          width=f"{width:.2f}")  # fmt: skip
        else:
            why = message("planting.error.no_room", bench=strip.name, species=species.name, row=k + 1,
                          need=f"{half:.2f}", most=f"{width - half:.2f}", width=f"{width:.2f}")  # fmt: skip
    title = message("planting.check.row", bench=strip.name, species=species.name, row=k + 1)
    return _room(title, path, f"{path}.offset", across, why)


def _room(title: Message, path: str, field: str, found: Traced, why: Message | None) -> Check:
    """A row or a strip that has room, or the reason why it has none."""
    return Check(
        id="planting.room", subject=path, title=title, source=OWN, strength=Strength.MUST, holds=why is None,
        found=found, required=message("planting.check.within") if why is None else why, field=field,
    )  # fmt: skip


def _length(line: Points) -> float:
    return float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum())


def plants_along(row: PlantedRow) -> Points:
    """Where the plants of a row stand, (n, 2) E, N: as many as it counts."""
    found = []
    for line in row.lines:
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line[:, :2], axis=0).T))])
        if along[-1] < 2 * row.end_gap:
            continue
        count = int((along[-1] - 2 * row.end_gap) / row.spacing.value + NOISE) + 1
        at = row.end_gap + np.arange(count) * row.spacing.value
        found.append(np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])]))
    return np.vstack(found) if found else np.zeros((0, 2))


# --- areas


def _areas(record: PlantingDesign, plots: Mapping[str, Plot], remarks: list[Remark]) -> Iterator[PlantedPlace]:
    for i, scheme in enumerate(record.areas):
        path = f"planting.areas[{i}]"
        plot = plots[path]
        stands = []
        for j, p in enumerate(scheme.plants):
            species, at = record.kind(p.species), f"{path}.plants[{j}]"
            spacing = _spacing(p.spacing, at, remarks)
            apart = given(p.row_spacing, "m", f"{at}.row_spacing", "planting.row_spacing")
            for name, gap, hole in (("spacing", spacing, species.hole_length), ("row_spacing", apart,
                                                                                species.hole_width)):  # fmt: skip
                if hole is not None and gap.value < hole - NOISE:
                    words = message("planting.error.holes_meet", species=species.name, length=f"{hole:g}")
                    raise InputError(f"{at}.{name}", gap.value, words)
            count = AREA_COUNT.at(A=plot.area, s=spacing, c=apart)
            stands.append(_stand(record, species, at, count, spacing, apart, plot.thickness))
            if species.form == "tree":
                remarks.append(_density(spacing, apart, at, plot.name))
        sown = tuple(
            _sown(record.kind(seed.species), seed.rate, f"{path}.seeds[{j}]", plot.area)
            for j, seed in enumerate(scheme.seeds)
        )
        yield PlantedPlace(
            name=plot.name, subject=path, place=plot.place, scheme=scheme.name, field=path,
            spare=given(scheme.spare, "-", f"{path}.spare", "planting.spare_share"), width=None, area=plot.area,
            thickness=plot.thickness, rock=plot.rock, stands=tuple(stands), sown=sown,
        )  # fmt: skip


def _density(spacing: Traced, apart: Traced, path: str, where: str) -> Remark:
    """Trees on a hectare beside what the standard of forest planting usually begins with."""
    found = DENSITY.at(s=spacing, c=apart)
    words = message("planting.remark.density", where=where, density=f"{found.value:.0f}")
    source = guide.source("plant.density_standard")
    return Remark(level=Level.NOTE, subject=path, text=words, source=source, numbers={"density": found})


# --- both


def _spacing(stated: float | None, path: str, remarks: list[Remark]) -> Traced:
    """The spacing stated, or the greatest the guide allows trees."""
    if stated is not None:
        return given(stated, "m", f"{path}.spacing", "planting.spacing")
    rule = guide.rule("plant.tree.spacing")
    limit = rule.limit("max")
    words = message("planting.remark.spacing", spacing=f"{limit.value:g}")
    remark = Remark(level=Level.NOTE, subject=path, text=words, source=rule.source)
    if remark not in remarks:  # said once for the scheme, not for each bench
        remarks.append(remark)
    return limit


def _stand(
    record: PlantingDesign, species: Species, path: str, count: Traced, spacing: Traced, apart: Traced | None,
    thickness: Traced, rows: tuple[PlantedRow, ...] = (),
) -> Stand:  # fmt: skip
    holes = in_soil = below = None
    if species.hole_length is not None and species.hole_width is not None and species.hole_depth is not None:
        at = f"planting.species[{record.species.index(species)}]"
        sizes = {
            "l": given(species.hole_length, "m", f"{at}.hole_length", "planting.hole_length"),
            "w": given(species.hole_width, "m", f"{at}.hole_width", "planting.hole_width"),
            "d": given(species.hole_depth, "m", f"{at}.hole_depth", "planting.hole_depth"),
        }
        holes = HOLES.at(N=count, **sizes)
        in_soil = HOLES_IN_SOIL.at(N=count, t=thickness, **sizes) if thickness.value > 0 else None
        if species.hole_depth > thickness.value + NOISE:
            below = HOLES_BELOW.at(N=count, t=thickness, **sizes)
    return Stand(
        species=species,
        field=path,
        count=count,
        spacing=spacing,
        row_spacing=apart,
        holes=holes,
        in_soil=in_soil,
        below=below,
        rows=rows,
    )


def _sown(species: Species, rate: float, path: str, area: Traced) -> Sown:
    mass = SEED.at(A=area, q=given(rate, "kg/hm2", f"{path}.rate", "planting.rate"))
    return Sown(species=species, field=path, area=area, mass=mass)


def _total(record: PlantingDesign, i: int, places: Sequence[PlantedPlace]) -> SpeciesTotal:
    """One species, by place; those for replanting by scheme."""
    species = record.species[i]
    stands = [(p, s) for p in places for s in p.stands if s.species == species]
    sown = [(p, s) for p in places for s in p.sown if s.species == species]

    def summed(named: Sequence[tuple[str, Traced | None]], unit: str, words: str) -> Total | None:
        parts: dict[str, Traced] = {}
        for name, number in named:
            if number is not None:
                parts[name if name not in parts else f"{name} #{len(parts) + 1}"] = number
        return total(parts, unit, words) if parts else None

    count = summed([(p.name, s.count) for p, s in stands], "plant", "planting.count")
    spare = summed(list(_spares(stands)), "plant", "planting.spare") if count is not None else None
    bought = summed([("net", count), ("spare", spare)], "plant", "planting.bought") if count is not None else None
    return SpeciesTotal(
        species=species, field=f"planting.species[{i}]", count=count, spare=spare, bought=bought,
        sown_area=summed([(p.name, s.area) for p, s in sown], "m2", "planting.sown_area"),
        seed=summed([(p.name, s.mass) for p, s in sown], "kg", "planting.seed"),
        holes=summed([(p.name, s.holes) for p, s in stands], "m3", "planting.holes"),
        below=summed([(p.name, s.below) for p, s in stands], "m3", "planting.holes_below"),
    )  # fmt: skip


def _spares(stands: Sequence[tuple[PlantedPlace, Stand]]) -> Iterator[tuple[str, Traced]]:
    """Plants of one species for replanting, scheme by scheme."""
    for path in dict.fromkeys(p.field for p, _ in stands):
        mine = [(p, s) for p, s in stands if p.field == path]
        number = total({f"{k + 1} {p.name}": s.count for k, (p, s) in enumerate(mine)}, "plant", "planting.count")
        yield mine[0][0].scheme, SPARE.at(N=number, r=mine[0][0].spare)
