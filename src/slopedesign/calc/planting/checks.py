"""Planting (guide 7.2.3.5, tables 7-4 and 7-5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from slopedesign.i18n import Message, message
from slopedesign.project.planting import AreaPlanting, BenchPlanting, Form, PlantingDesign, Species
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Strength
from slopedesign.standards.judging import blank, judge
from slopedesign.standards.rules import joined
from slopedesign.standards.species import FIXING, doubted, fixes_nitrogen, printed_name
from slopedesign.standards.trace import given

FORMS: tuple[Form, ...] = ("tree", "shrub", "climber", "herb")
LAYERED = {"toe_fill": "plant.fill.layers", "fill_bench": "plant.fill.layers"}
"""Places outside the cut benches that the guide wants planted in layers."""


def judge_planting(record: PlantingDesign, places: Mapping[str, str]) -> list[Check]:
    """The rules of planting on a project's schemes and species.

    Args:
        places: kind of place of every area by the path of its scheme ("planting.areas[0]").
    """
    used = _used(record)
    checks = [check for i, species in enumerate(record.species) for check in _stock(species, i) if species.name in used]
    for i, bench in enumerate(record.benches):
        path = f"planting.benches[{i}]"
        rows = [(f"{path}.rows[{j}]", row.species, row.spacing) for j, row in enumerate(bench.rows)]
        checks += [*_spacings(record, rows, path), *_climber_rows(record, bench, path)]
        checks.append(_layers(record, "plant.bench.layers", "cut_bench", bench, path))
    for i, area in enumerate(record.areas):
        path = f"planting.areas[{i}]"
        plants = [(f"{path}.plants[{j}]", p.species, p.spacing) for j, p in enumerate(area.plants)]
        checks += _spacings(record, plants, path)
        if rule := LAYERED.get(places.get(path, "")):
            checks.append(_layers(record, rule, places[path], area, path))
    mine = [species for species in record.species if species.name in used]
    checks += [check for form in FORMS if (check := _fit(form, [s for s in mine if s.form == form])) is not None]
    return checks + _nitrogen(mine)


def forms_of(record: PlantingDesign) -> tuple[str, ...]:
    """The forms that are planted or sown."""
    used = _used(record)
    return tuple(form for form in FORMS if any(s.form == form and s.name in used for s in record.species))


def _used(record: PlantingDesign) -> set[str]:
    """Names of the species that are planted or sown somewhere."""
    schemes: list[BenchPlanting | AreaPlanting] = [*record.benches, *record.areas]
    return {name for scheme in schemes for name in _named(scheme)}


def _named(scheme: BenchPlanting | AreaPlanting) -> list[str]:
    """The species a scheme names."""
    plants = scheme.rows if isinstance(scheme, BenchPlanting) else scheme.plants
    return [entry.species for entry in plants] + [seed.species for seed in scheme.seeds]


def _stock(species: Species, i: int) -> Iterator[Check]:
    """Size of the stock; the clause speaks of trees."""
    if species.form != "tree":
        return
    for name, unit in (("dbh", "cm"), ("height", "m")):
        value = getattr(species, name)
        path = f"planting.species[{i}].{name}"
        yield judge(
            guide.rule(f"plant.tree.{name}"), {"plant_form": "tree"},
            None if value is None else given(value, unit, path, f"planting.{name}"),
            subject=f"planting.species[{i}]", field=path, asks=f"plant_{name}",
        )  # fmt: skip


def _spacings(record: PlantingDesign, rows: Iterable[tuple[str, str, float | None]], subject: str) -> Iterator[Check]:
    """Distance of trees along their row, where the designer states it."""
    rule = guide.rule("plant.tree.spacing")
    for path, name, spacing in rows:
        if record.kind(name).form == "tree":
            found = rule.limit("max") if spacing is None else given(spacing, "m", f"{path}.spacing", "planting.spacing")
            yield judge(
                rule, {"plant_form": "tree"}, found, subject=subject, field=f"{path}.spacing",
                notes=(message("planting.note.species", species=name),),
            )  # fmt: skip


def _climber_rows(record: PlantingDesign, bench: BenchPlanting, path: str) -> Iterator[Check]:
    """Rows of climbers on the outer and on the inner side."""
    for side in ("outer", "inner"):
        rows = [(j, row) for j, row in enumerate(bench.rows)
                if row.side == side and record.kind(row.species).form == "climber"]  # fmt: skip
        field = f"{path}.rows[{rows[0][0]}].rows" if rows else f"{path}.rows"
        yield judge(
            guide.rule("plant.bench.climber_rows"), {"place": "cut_bench"},
            given(sum(row.rows for _, row in rows), "-", field, f"planting.climbers_{side}"),
            subject=path, field=field, notes=(message(f"planting.climbers_{side}"),),
        )  # fmt: skip


def _layers(record: PlantingDesign, id: str, place: str, scheme: BenchPlanting | AreaPlanting, path: str) -> Check:
    there = {record.kind(name).form for name in _named(scheme)}
    check = judge(guide.rule(id), {"place": place}, there == set(FORMS), subject=path, field=path)
    return replace(check, found=_forms(form for form in FORMS if form in there))


def _forms(forms: Iterable[str]) -> Message:
    return joined(message(f"planting.form.{form}") for form in forms)


def _fit(form: Form, species: list[Species]) -> Check | None:
    """Whether table 7-4 prints the species; one it does not print is noted, the table is a help to choose."""
    if not species:
        return None
    rule = guide.rule(f"plant.t74.{form}")
    strange = [s.name for s in species if printed_name(form, s.name, s.alias) is None]
    check = replace(
        blank(rule, subject="planting", field="planting.species"), holds=not strange,
        found=joined(strange or [s.name for s in species]), required=message("planting.in_table_74"),
    )  # fmt: skip
    if not strange:
        return check
    return replace(check, strength=Strength.INFO, notes=(*check.notes, message("planting.note.not_in_table_74")))


def _nitrogen(species: list[Species]) -> list[Check]:
    """Nitrogen-fixing plants among the species: by table 7-5, or stated by the designer; the guide gives no share."""
    if not species:
        return []
    by_table = {s.name: fixes_nitrogen(s.name, s.alias) for s in species}
    stated = [s.name for s in species if s.nitrogen_fixing and by_table[s.name] is None]
    doubt = [s.name for s in species if doubted(s.name, s.alias)]
    printed = {id: [name for name, rule in by_table.items() if rule == id] for id in FIXING}
    checks = []
    for id, other in zip(FIXING, reversed(FIXING), strict=True):
        mine = printed[id] + (stated if id == FIXING[0] else [])
        check = replace(
            blank(guide.rule(id), subject="planting", field="planting.species"), holds=bool(mine),
            found=joined(mine) if mine else message("planting.no_fixer"),
            required=message("planting.one_fixer"),
        )  # fmt: skip
        if id == FIXING[0] and stated:
            note = message("planting.note.not_in_table_75", species=joined(stated))
            check = replace(check, notes=(*check.notes, note))
        if id == FIXING[1] and doubt:
            note = message("planting.note.doubted", species=joined(doubt))
            check = replace(check, notes=(*check.notes, note))
        if not mine and (id == FIXING[1] or printed[other]):
            check = replace(check, not_applicable=message("planting.other_fixer"))
        checks.append(check)
    return checks
