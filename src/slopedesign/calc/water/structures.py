"""What stands at the feet of reaches and how it is built: basins, drops, aprons, mouths, culverts, ribs of chutes.

A structure takes a length of the reaches it stands on; there the ditch is not built, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.water import chute, ditch_quantities
from slopedesign.calc.water.chute import Apron, Drop, StillingBasin
from slopedesign.calc.water.ditch_quantities import ReachQuantities
from slopedesign.calc.water.lines import Bed
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.result import ReachStructures
from slopedesign.calc.water.section import Trapezoid, UShape
from slopedesign.calc.water.works.aprons import built_apron, built_teeth
from slopedesign.calc.water.works.basins import BuiltBasin, built_basin
from slopedesign.calc.water.works.common import Works, lacking
from slopedesign.calc.water.works.culverts import built_culvert
from slopedesign.calc.water.works.drops import BuiltDrop, built_drop
from slopedesign.calc.water.works.mouths import built_mouth
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Traced, given, measured

Floats = NDArray[np.float64]


def work_all(solved: NetworkResult) -> tuple[ReachStructures, ...]:
    """Structures and amounts of every reach of a network, in its order."""
    feet = [_foot_of(reach, solved) for reach in solved.reaches]
    taken = _taken(solved, feet)
    return tuple(
        _finished(reach, foot, taken.get(reach.name)) for reach, foot in zip(solved.reaches, feet, strict=True)
    )


@dataclass(frozen=True)
class _Foot:
    """What stands on one reach before its ditch is measured."""

    basin: StillingBasin | None = None
    drop: Drop | None = None
    apron: Apron | None = None
    flare: Traced | None = None
    built: BuiltBasin | None = None
    built_drop: BuiltDrop | None = None
    works: tuple[Works, ...] = ()


def _foot_of(reach: ReachResult, solved: NetworkResult) -> _Foot:
    if reach.culvert is not None:
        return _culvert(reach, solved)
    if reach.sized is None or reach.sized.depth is None:
        return _Foot()
    record, path = reach.input.record, reach.input.path
    basin, fallen, apron, built, dropped = None, None, None, None, None
    tail, foot = _tailwater(reach, solved), _at_foot(reach)
    works: list[Works] = []
    what = record.dissipator or ("basin" if reach.kind == "chute" else "none")
    if what == "drop":
        if record.drop is None:
            fallen = chute.drop(reach.flow.value / foot.width, reach.input.bed.fall)
            works.append(lacking("drop", reach.name, f"{path}.drop"))
        else:
            dropped = built_drop(
                record.drop, reach.name, path, reach.flow.value, _fall(reach), _clear_width(reach, foot.width), tail,
                _ground(reach, solved), reach.sized.demand.freeboard,
            )  # fmt: skip
            fallen = dropped.step
            works.append(dropped.works)
    elif what != "none" and tail is not None and foot.froude > 1.0:
        if what == "basin":
            energy = foot.depth + foot.speed**2 / (2 * G)
            basin = chute.settled_basin(reach.flow.value / foot.width, energy, tail.value, phi=1.0)
            if basin.needed or record.basin is not None:
                built = built_basin(
                    basin, record.basin, reach.name, path, measured(foot.width, "m", "water.note.foot_width", path),
                    tail, _ground(reach, solved), reach.sized.demand.freeboard, energy,
                )  # fmt: skip
                works.append(built.works)
        else:
            apron = chute.riprap_apron(reach.flow.value, reach.sized.height, tail.value)
            works.append(built_apron(apron, record.apron, reach.name, path, _height(reach)))
    flare = _flare(reach, foot.width)
    works += _mouths(reach, _clear_width(reach, foot.width), _height(reach))
    return _Foot(basin, fallen, apron, flare, built, dropped, tuple(works))


def _flare(reach: ReachResult, narrow: float) -> Traced | None:
    record = reach.input.record
    if record.lower_mouth is not None:
        return chute.flare_length(record.lower_mouth.width, narrow, record.lower_mouth.angle_deg)
    if record.flare_width is not None and record.flare_angle_deg is not None:
        return chute.flare_length(record.flare_width, narrow, record.flare_angle_deg)
    return None


def _mouths(
    reach: ReachResult, width: Traced, height: Traced, opening: Traced | None = None, outer: Traced | None = None
) -> list[Works]:
    record, found = reach.input.record, []
    for kind, mouth in (("upper_mouth", record.upper_mouth), ("lower_mouth", record.lower_mouth)):
        if mouth is not None:
            path = f"{reach.input.path}.{kind}"
            found.append(built_mouth(kind, mouth, reach.name, path, width, height, opening, outer))
    if record.flare_width is not None and record.lower_mouth is None:
        found.append(lacking("lower_mouth", reach.name, f"{reach.input.path}.lower_mouth"))
    return found


def _culvert(reach: ReachResult, solved: NetworkResult) -> _Foot:
    """Barrels, both mouths, and an apron below where one is asked for."""
    assert reach.culvert is not None
    record, path, rating = reach.input.record, reach.input.path, reach.culvert.rating
    barrel = built_culvert(reach)
    works, apron = [barrel], None
    if not barrel.missing:
        section, n = reach.culvert.culvert.section, reach.culvert.culvert.barrels
        open_area = measured(n * section.area(section.height), "m2", "water.note.barrels_open", path)
        clear = measured(
            barrel.sizes["outer_width"].value - 2 * barrel.sizes["wall"].value, "m", "water.note.between_outer_walls",
            path, W=barrel.sizes["outer_width"], t=barrel.sizes["wall"],
        )  # fmt: skip
        above = measured(
            section.height + (barrel.sizes["roof"].value if "roof" in barrel.sizes else barrel.sizes["wall"].value),
            "m", "water.note.over_barrel", path,
        )  # fmt: skip
        works += _mouths(reach, clear, above, open_area, barrel.sizes["outer_width"])
    if record.dissipator == "apron":
        tail = _tailwater(reach, solved)
        rise = given(section_height(reach), "m", f"{path}.height")
        apron = chute.riprap_apron(rating.flow / reach.culvert.culvert.barrels, rise.value,
                                   0.0 if tail is None else tail.value)  # fmt: skip
        works.append(built_apron(apron, record.apron, reach.name, path, rise))
    return _Foot(apron=apron, flare=_culvert_flare(reach), works=tuple(works))


def section_height(reach: ReachResult) -> float:
    """Rise of a culvert [m]."""
    assert reach.culvert is not None
    return reach.culvert.culvert.section.height


def _culvert_flare(reach: ReachResult) -> Traced | None:
    record = reach.input.record
    if record.flare_width is None or record.flare_angle_deg is None or record.width is None:
        return None
    return chute.flare_length(record.flare_width, record.width * record.barrels, record.flare_angle_deg)


@dataclass(frozen=True)
class _AtFoot:
    """Flow at the foot of a reach: depth, width [m], Froude number, velocity [m/s]."""

    depth: float
    width: float
    froude: float
    speed: float


def _at_foot(reach: ReachResult) -> _AtFoot:
    sized = reach.sized
    assert sized is not None and sized.depth is not None and sized.velocity is not None and sized.froude is not None
    if sized.chute is not None:
        depth, speed, fr = sized.chute.foot_depth, sized.chute.foot_velocity, sized.chute.froude
    else:
        depth, speed, fr = sized.depth.value, sized.velocity.value, sized.froude.value
    return _AtFoot(depth, sized.section.area(depth) / depth, fr, speed)


def _clear_width(reach: ReachResult, mean: float) -> Traced:
    """Clear width where a structure joins: the bottom of a rectangle, else the mean width of the flow [m]."""
    assert reach.sized is not None
    section = reach.sized.section
    if isinstance(section, Trapezoid) and section.z_left == section.z_right == 0:
        return measured(section.bottom, "m", "water.note.section_width", reach.input.path)
    if isinstance(section, UShape):
        return measured(2 * section.radius, "m", "water.note.section_width", reach.input.path)
    return measured(mean, "m", "water.note.foot_width", reach.input.path)


def _height(reach: ReachResult) -> Traced:
    assert reach.sized is not None
    return measured(reach.sized.height, "m", "water.note.section_height", reach.input.path)


def _fall(reach: ReachResult) -> Traced:
    return measured(reach.input.bed.fall, "m", "water.note.fall_of_bed", reach.input.path)


def _ground(reach: ReachResult, solved: NetworkResult) -> Traced:
    """Height of the ground over the bed of the channel below [m]: its bank, or the reach's own at an outlet."""
    below = solved.below(reach)
    one = below if below is not None and below.sized is not None else reach
    assert one.sized is not None
    return measured(one.sized.height, "m", "water.note.bank_as_ground", one.input.path)


def _tailwater(reach: ReachResult, solved: NetworkResult) -> Traced | None:
    """Depth below the foot of a reach: stated, or the normal depth of the reach that goes on."""
    record = reach.input.record
    if record.tailwater is not None:
        return given(record.tailwater, "m", f"{reach.input.path}.tailwater")
    below = solved.below(reach)
    if below is None or below.sized is None or below.sized.depth is None:
        return None
    return below.sized.depth


# What structures take of the ditches ----------------------------------------------------------------------------------


def _taken(solved: NetworkResult, feet: Sequence[_Foot]) -> dict[str, dict[str, Traced]]:
    """Lengths structures take, by the reach they are taken from: below basins and aprons, at mouths of culverts."""
    found: dict[str, dict[str, Traced]] = {}
    for reach, foot in zip(solved.reaches, feet, strict=True):
        for works in foot.works:
            if works.missing:
                continue
            key = f"{works.name} {works.kind}"
            for other, size in _stands_on(reach, works, solved):
                found.setdefault(other.name, {})[key] = works.sizes[size]
        if foot.built_drop is not None:
            found.setdefault(reach.name, {})[f"{reach.name} drop"] = foot.built_drop.run
    return found


def _stands_on(reach: ReachResult, works: Works, solved: NetworkResult) -> list[tuple[ReachResult, str]]:
    """The reaches a structure stands on, and the size that says how much of them it takes."""
    below = solved.below(reach)
    crossing = reach.culvert is not None
    if works.kind == "upper_mouth":
        return [(r, "length") for r in (solved.into(reach.input.record.from_node) if crossing else [reach])]
    size = {"basin": "whole", "apron": "length"} | ({"lower_mouth": "length"} if crossing else {})
    return [(below, size[works.kind])] if below is not None and works.kind in size else []


def _finished(reach: ReachResult, foot: _Foot, taken: dict[str, Traced] | None) -> ReachStructures:
    amounts, works = None, foot.works
    if reach.sized is not None and reach.input.kind is not None:
        amounts = _ditch(reach, foot, taken or {})
        record = reach.input.record
        if record.teeth is not None and amounts is not None:
            shape = amounts.outline.outer
            low = shape[:, 1].min()
            across = shape[abs(shape[:, 1] - low) < 1e-9, 0]
            foot_width = measured(float(across.max() - across.min()), "m", "water.note.outer_foot", reach.input.path)
            works = (*works, built_teeth(record.teeth, reach.name, reach.input.path, amounts.length, foot_width,
                                         reach.input.kind.lining))  # fmt: skip
    return ReachStructures(
        reach.name, foot.basin, foot.drop, foot.apron, foot.flare, amounts, works=works, built_basin=foot.built,
        built_drop=foot.built_drop,
    )  # fmt: skip


def _ditch(reach: ReachResult, foot: _Foot, taken: dict[str, Traced]) -> ReachQuantities | None:
    """Amounts of the ditch on the length structures leave; None where they leave nothing."""
    assert reach.sized is not None and reach.input.kind is not None
    length, slope = reach.input.length, reach.input.slope.value
    if taken:
        kept = length.value - sum(t.value for t in taken.values())
        if foot.built_drop is not None:
            if kept <= 1e-9:
                return None
            slope = 0.0  # the fall is taken by the drop
        elif kept <= 0:
            raise InputError(f"{reach.input.path}.name", reach.name,
                             message("water.error.no_room", structures=", ".join(taken)))  # fmt: skip
        parts = {f"L_{i + 1}": t for i, t in enumerate(taken.values())}
        length = measured(kept, "m", "water.note.less_structures", reach.input.path, "water.quantity.length", L=length,
                          **parts)  # fmt: skip
    return ditch_quantities.quantities(
        reach.input.kind, reach.sized.section, length, slope, reach.input.path, ground_over(reach.input.bed, slope),
        reach.input.kind_path,
    )  # fmt: skip


def ground_over(bed: Bed, slope: float) -> Floats | None:
    """Station and height of the ground over the bed, square to it, (m, 2).

    None where no ground is known, or none but the line of the bed itself.
    """
    line = bed.ground_line
    if len(line) < 2:
        return None
    over = line[:, 1] - np.interp(line[:, 0], bed.stations, bed.points[:, 2])
    return None if np.abs(over).max() < 1e-6 else np.column_stack((line[:, 0], over / np.hypot(1.0, slope)))
