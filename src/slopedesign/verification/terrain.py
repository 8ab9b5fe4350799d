"""Published and closed-form terrain and earthwork cases against the program's own functions.

A case is read by the fields of its input; what its name says is never asked. Cases on real surveys need the folder
named by SLOPEDESIGN_SURVEYS and are reported as unusable without it.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from slopedesign.calc.terrain import Tin, build_tin, overlay, tin_from_triangles
from slopedesign.calc.terrain.hand import (
    BANK_SECTION,
    FRUSTUM,
    end_area,
    prismoidal,
    prismoidal_mixed,
    swept_volume,
)
from slopedesign.calc.terrain.midpoint import compare, midpoint_volumes
from slopedesign.calc.terrain.squares import balance_level, balance_level_of_grid, method_of_squares
from slopedesign.calc.terrain.storage import stage_storage
from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.survey import SurveyOptions, read_survey
from slopedesign.verification import terrain_benches
from slopedesign.verification import terrain_shapes as shapes
from slopedesign.verification.common import CaseResult

Case = Mapping[str, Any]

STRINGS = 1e-4  # strings with 64 chords a quarter circle
PLANAR = 1e-9
ROUND_FACETS = 4096


class _MissingFileError(Exception):
    """A survey file of the case is not at hand."""


def run(cases: Sequence[Case]) -> list[CaseResult]:
    """Every expected number of every case."""
    results: list[CaseResult] = []
    for stated in cases:
        case = _plain(stated)
        given = case["input"]
        work = next((work for fits, work in _LAYOUTS if fits(given)), None)
        if work is None:
            results += _not_found(case, "the layout of the case is not known")
            continue
        try:
            found = list(work(case))
            results += found or _not_found(case, "nothing of what the case states is known")
        except _MissingFileError as missing:
            results.append(_unusable(case, str(missing)))
        except (SlopeDesignError, KeyError, ValueError, TypeError, IndexError) as error:
            results += _not_found(case, f"{type(error).__name__}: {error}")
    return results


def _plain(case: Case) -> Case:
    """The case with its inputs also under their names without the unit ("areas_m2" as "areas").

    A case stands in one unit of length throughout, and what is worked scales with it.
    """
    given = dict(case.get("input", case.get("inputs", {})))
    for key in list(given):
        stem, _, unit = key.rpartition("_")
        if unit in ("m", "ft", "m2", "ft2") and stem:
            given.setdefault(stem, given[key])
    return {**case, "input": given, "expected": case.get("expected", case.get("outputs", {}))}


def _result(
    case: Case,
    what: str,
    expected: float,
    found: float | None,
    tolerance: float,
    *,
    absolute: bool = False,
    note: str = "",
) -> CaseResult:
    return CaseResult(
        case=str(case["id"]), what=what, expected=float(expected), found=None if found is None else float(found),
        tolerance=tolerance, source=str(case.get("source", "")), absolute=absolute, note=note,
    )  # fmt: skip


def _unusable(case: Case, why: str, what: str = "") -> CaseResult:
    return CaseResult(
        case=str(case["id"]), what=what, expected=None, found=None, tolerance=0.0,
        source=str(case.get("source", "")), note=why,
    )  # fmt: skip


def _not_found(case: Case, why: str) -> list[CaseResult]:
    """A case that states numbers we could not work: it fails, it is not passed over."""
    stated = [(name, value) for name, value in case.get("expected", {}).items() if isinstance(value, int | float)]
    if not stated:
        return [_result(case, "a number", 1.0, None, 0.0, note=why)]
    return [_result(case, name, value, None, 0.0, note=why) for name, value in stated]


def _file(name: str) -> Path:
    folder = os.environ.get("SLOPEDESIGN_SURVEYS")
    if not folder:
        raise _MissingFileError(f"SLOPEDESIGN_SURVEYS is not set: {name} is not at hand")
    path = Path(folder) / name
    if not path.is_file():
        raise _MissingFileError(f"{name} is not in the folder of SLOPEDESIGN_SURVEYS")
    return path


def _pit(case: Case) -> Iterator[CaseResult]:
    """A pit in level ground: strings, triangulation, overlay; and once more on a grid."""
    given, expected = case["input"], case["expected"]
    floor = shapes.floor_of(given["floor"], given["floor_area"], given["perimeter"])
    if floor is None:
        raise ValueError(f"no floor {given['floor']!r} of the stated area and perimeter")
    profile, starts = shapes.profile_of(given["profile"])
    corner, height = str(given.get("corner", "round")), float(given["ground_height"])
    strings = shapes.pit_strings(floor, profile, corner)
    found = shapes.pit_overlay(strings, height)
    yield _result(case, "cut by overlay, m3", expected["cut_m3"], found.total.cut.value, STRINGS)
    if corner == "round":
        yield _result(
            case, "cut on a 0.5 m grid, m3", expected["cut_m3"], shapes.pit_on_grid(floor, profile, height), STRINGS
        )
    berms = [k for k, word in enumerate(starts) if word == "berm" and profile[k, 1] < height]
    for number, (k, area) in enumerate(zip(berms, expected.get("berm_plan_areas_m2", []), strict=True), 1):
        yield _result(case, f"berm {number} in plan, m2", area, found.zones[k].cut_area.value, STRINGS)
    if "daylight_distance_m" in expected:
        rim = shapely.transform(floor, lambda xy: xy + shapes.CORNER[:2])
        line = found.daylight[0].points[:, :2]
        away = float(shapely.distance(shapely.points(line), rim).max())
        yield _result(case, "daylight from the floor, m", expected["daylight_distance_m"], away, STRINGS)


def _plane(case: Case) -> Iterator[CaseResult]:
    """A profile along a straight toe under sloping ground."""
    ground = shapes.level_of(case["input"]["ground"])
    if ground is None:
        raise ValueError(f"ground {case['input']['ground']!r} cannot be read")
    profile, _ = shapes.profile_of(case["input"]["profile"])
    by_overlay, by_section = shapes.straight_face(ground, profile)
    expected = case["expected"]["section_area_m2_per_m"]
    yield _result(case, "cut by overlay, m2 per m", expected, by_overlay, 1e-6)
    yield _result(case, "cut by sections, m2 per m", expected, by_section, 1e-6)


def _bodies(case: Case) -> Iterator[CaseResult]:
    """Bodies bounded by planes, at the origin, at projected coordinates and high above the sea."""
    given, expected = case["input"], case["expected"]
    for where, shift in (
        ("", (0.0, 0.0, 0.0)),
        (" at E/N", (shapes.E0, shapes.N0, 0.0)),
        (" at E/N, z + 5000", (shapes.E0, shapes.N0, 5000.0)),
    ):
        found = shapes.planar_bodies(str(given["ground"]), str(given["design"]), shift)
        if found is None:
            raise ValueError("ground or design cannot be read")
        values = {"cut": found[0], "fill": found[1], "net": found[0] - found[1]}
        for name, value in expected.items():
            key = next((key for key in values if str(name).lower().startswith(key)), None)
            if key is not None:
                yield _result(case, f"{name}{where}", value, values[key], PLANAR)


def _cone(case: Case) -> Iterator[CaseResult]:
    said = case["input"]["cone"]
    if isinstance(said, Mapping):
        named = {str(key).lower()[:1]: float(value) for key, value in said.items()}
        radius, height, sides = named["r"], named["h"], named.get("n", 360.0)
    else:
        radius, height, sides = (*(float(v) for v in shapes.numbers(said)[:3]), 360.0)[:3]
    for name, value in case["expected"].items():
        facets = re.search(r"(\d+)\s*gon", name)
        if facets:
            flat = int(facets.group(1))
            yield _result(case, f"{name}, m3", value, shapes.cone_volume(radius, height, flat), 1e-12)
            moved = shapes.cone_volume(radius, height, flat, shapes.CORNER)
            yield _result(case, f"{name} at E/N, m3", value, moved, PLANAR)
        elif name.startswith("V"):
            yield _result(case, f"{name}, m3", value, shapes.cone_volume(radius, height, 8 * int(sides)), 1e-5)


def _frustum(case: Case) -> Iterator[CaseResult]:
    given, expected = case["input"], case["expected"]["V"]
    bottom, top, h = float(given["r_bottom"]), float(given["r_top"]), float(given["h"])
    pit = shapes.turned_body(np.array([bottom, top]), np.array([0.0, h]), ROUND_FACETS)
    yield _result(case, "storage to the rim, m3", expected, stage_storage(pit, [h])[0].volume.value, 1e-6)
    yield _result(
        case, "overlay with level ground, m3", expected, overlay(shapes.level_ground(pit, h), pit).total.cut.value, 1e-6
    )
    by_areas = FRUSTUM.number(A_1=math.pi * bottom**2, A_2=math.pi * top**2, L=h)
    yield _result(case, "from the end areas, m3", expected, by_areas, 1e-12)


def _cap(case: Case) -> Iterator[CaseResult]:
    given, expected = case["input"], case["expected"]["V"]
    radius, height = float(given["R"]), float(given["h"])
    angle = math.acos((radius - height) / radius) * np.linspace(0, 1, 201)
    cap = shapes.turned_body(radius * np.sin(angle), radius * np.cos(angle) - (radius - height), 960)
    found = overlay(shapes.level_ground(cap, 0.0), cap).total.fill.value
    yield _result(case, "overlay of a faceted cap, m3", expected, found, 2e-5)
    yield _result(case, "facets lie below the sphere", 1.0, float(found < expected), 0.0)


def _ring(case: Case) -> Iterator[CaseResult]:
    """A section swept around a bend: Pappus, the hand method with and without the bend, and the overlay."""
    given, expected = case["input"], case["expected"]
    radius, sweep = float(given["toe_radius"]), float(given["sweep_deg"])
    area, centroid, base, height = _triangle(str(given["section"]))
    length = math.radians(sweep) * radius
    exact = swept_volume(area, centroid, radius, sweep).value
    plain = end_area([area] * 13, [length / 12] * 12, offsets=[centroid] * 13, radius=radius, corrected=False)
    bent = end_area([area] * 13, [length / 12] * 12, offsets=[centroid] * 13, radius=radius)
    yield _result(case, "along the centre of area, m3", expected["V_exact"], exact, PLANAR)
    yield _result(case, "end areas, bend allowed for, m3", expected["V_exact"], bent.volume.value, PLANAR)
    yield _result(
        case, "overlay of a faceted ring, m3", expected["V_exact"], shapes.ring_body(radius, sweep, base, height), 1e-5
    )
    yield _result(case, "section x toe length, m3", expected["V_section_times_toe_length"], plain.volume.value, PLANAR)
    if "error_pct" in expected:
        share = 100 * (plain.volume.value / exact - 1)
        yield _result(case, "what the bend is worth, %", expected["error_pct"], share, PLANAR)
        yield _result(case, "the bend left out is said", 1.0, float(len(plain.remarks) == 1), 0.0)


def _triangle(said: str) -> tuple[float, float, float, float]:
    """Area, distance of the centre of area from the toe, base and height of a triangle stated by three points."""
    points = np.array([[float(a), float(b)] for a, b in re.findall(r"\((-?[\d.]+)\s*,\s*(-?[\d.]+)\)", said)[:3]])
    triangle = shapely.Polygon(points)
    return triangle.area, triangle.centroid.x, float(np.ptp(points[:, 0])), float(np.ptp(points[:, 1]))


def _bank(case: Case) -> Iterator[CaseResult]:
    """Sections of an embankment from width, side slope and heights; volumes by the hand methods."""
    given, expected = case["input"], case["expected"]
    side = shapes.numbers(str(given["side"]))[0]
    areas = [BANK_SECTION.number(b=float(given["width"]), m=side, h=float(h)) for h in given["heights"]]
    for k, (value, found) in enumerate(zip(expected.get("areas", []), areas, strict=True), 1):
        yield _result(case, f"area of section {k}, m2", value, found, PLANAR)
    yield from _from_areas(case, areas, float(given["spacing"]))


def _contour_areas(case: Case) -> Iterator[CaseResult]:
    given = case["input"]
    spacing = next(float(given[key]) for key in ("spacing", "interval", "h", "dh", "contour_interval") if key in given)
    yield from _from_areas(case, [float(a) for a in given["areas"]], spacing)


def _prismoid(case: Case) -> Iterator[CaseResult]:
    """One body by its ends and its middle, and by its ends alone."""
    given = case["input"]
    first, middle, last, length = (float(given[key]) for key in ("A1", "Am", "A2", "L"))
    for name, value in case["expected"].items():
        if not isinstance(value, int | float):
            continue
        by_ends = "end" in str(name).lower() or "average" in str(name).lower()
        found = end_area([first, last], [length]) if by_ends else prismoidal([first, middle, last], length / 2)
        yield _result(case, f"{name}, m3", value, found.volume.value, PLANAR)


def _from_areas(case: Case, areas: list[float], spacing: float) -> Iterator[CaseResult]:
    """Volumes from equidistant areas; the prismoidal rule over an odd number of intervals must be refused."""
    odd = len(areas) % 2 == 0
    for name, value in case["expected"].items():
        word = str(name).lower()
        if not isinstance(value, int | float):
            continue
        if "trapez" in word or "end" in word:
            found = end_area(areas, [spacing] * (len(areas) - 1)).volume.value
            yield _result(case, f"{name}, m3", value, found, PLANAR)
        elif "mix" in word or "right" in word or "correct" in word:
            yield _result(case, f"{name}, m3", value, prismoidal_mixed(areas, spacing).volume.value, PLANAR)
        elif ("simpson" in word or "prismoid" in word) and odd:
            yield _result(case, f"{name} is refused", 1.0, float(_refuses(areas, spacing)), 0.0)
        elif "simpson" in word or "prismoid" in word:
            yield _result(case, f"{name}, m3", value, prismoidal(areas, spacing).volume.value, PLANAR)


def _refuses(areas: list[float], spacing: float) -> bool:
    try:
        prismoidal(areas, spacing)
    except InputError:
        return True
    return False


def _borrow(case: Case) -> Iterator[CaseResult]:
    """One square between ground levels at its corners and a level target, in feet."""
    given = case["input"]
    levels = np.array(given["levels_ft"], float)
    corners = levels[[0, 1, 3, 2]].reshape(2, 2) if levels.ndim == 1 else levels
    found = method_of_squares(float(given["target"]) - corners, float(given["grid_ft"]))
    for name, value in case["expected"].items():
        moved = found.cut.value if "cut" in name else found.fill.value
        if name.endswith("ft3"):
            yield _result(case, f"{name} by squares", value, moved, PLANAR)
        elif name.endswith("yd3"):
            yield _result(case, f"{name} by squares", value, moved / 27, 0.5, absolute=True)


def _balance(case: Case) -> Iterator[CaseResult]:
    given = case["input"]
    names = {
        "corner": ("corner",),
        "edge": ("edge",),
        "reflex": ("reflex", "concave", "three", "re_entrant"),
        "inner": ("inner", "interior"),
    }
    levels = {role: [float(v) for key in keys for v in given.get(key, [])] for role, keys in names.items()}
    meeting = sum(k * len(levels[role]) for k, role in enumerate(names, 1))
    cells = int(given.get("cells", meeting / 4))
    step = balance_level(levels["corner"], levels["edge"], levels["reflex"], levels["inner"], cells=cells)
    yield _result(case, "balance level, m", case["expected"]["H0"], step.value, 1e-6, absolute=True)


def _balance_of_grid(case: Case) -> Iterator[CaseResult]:
    step = balance_level_of_grid(case["input"]["levels"])
    yield _result(case, "balance level, m", case["expected"]["H0"], step.value, 1e-6, absolute=True)


def _odd_corners(case: Case) -> Iterator[CaseResult]:
    """Corner pieces of squares with one odd corner, found in reading order among all squares."""
    heights = np.array(case["input"]["heights"], float)
    found = method_of_squares(heights, float(case["input"]["a"]))
    signs = np.stack([heights[:-1, :-1], heights[:-1, 1:], heights[1:, 1:], heights[1:, :-1]], axis=-1) > 0
    positive = signs.sum(axis=-1)
    pieces = np.where(positive == 1, found.cell_fill, np.where(positive == 3, found.cell_cut, np.nan)).ravel()
    pieces = pieces[np.isfinite(pieces)]
    for name, values in case["expected"].items():
        if isinstance(values, int | float) and ("cut" in str(name).lower() or "fill" in str(name).lower()):
            whole = found.cut.value if "cut" in str(name).lower() else found.fill.value
            yield _result(case, f"{name}, m3", values, whole, 1e-3)
        if not isinstance(values, list):
            continue
        tolerance = 0.01 if "published" in name else 1e-3
        at = 0
        for k, value in enumerate(values, 1):
            later = np.flatnonzero(np.abs(pieces[at:] - value) <= tolerance)
            pick = at + (int(later[0]) if len(later) else 0)
            piece = pieces[pick] if pick < len(pieces) else None
            at = pick + 1
            yield _result(case, f"{name} {k}, m3", value, piece, tolerance, absolute=True)


def _cut_between_files(case: Case) -> Iterator[CaseResult]:
    """Two surveyed surfaces: the first is the ground, the second what is formed."""
    rule = str(case["input"].get("rule", ""))
    ground, formed = (_surveyed(name, rule) for name in case["input"]["files"][:2])
    found = overlay(ground, formed)
    total = found.total
    values = {"cut": total.cut.value, "fill": total.fill.value, "net": total.net.value, "area": total.area}
    for name, stated in case["expected"].items():
        published = "published" in name
        if isinstance(stated, Mapping):
            for key, value in stated.items():
                if key == "net" or (key in values and not published):
                    kind = "published" if published else "second program"
                    yield _result(case, f"{key}, {kind}", value, values[key], 0.015 if published else 1e-6)
        elif "centres" in name:
            yield _result(case, "net at the published centres, m3", stated, _at_centres(ground, formed), 1e-6)
    second = compare(found, midpoint_volumes(ground, formed))
    yield _result(case, "midpoint against overlay", 0.0, second.relative.value, second.limit, absolute=True)


def _surveyed(name: str, rule: str = "") -> Tin:
    """The surface of a survey file; a rule such as "x<494400" leaves points west of that out."""
    survey = read_survey(_file(name), SurveyOptions(duplicates="first")).survey
    if survey.triangles is not None:
        return tin_from_triangles(survey.points, survey.triangles)
    west = re.search(r"x\s*<\s*(\d+(?:\.\d+)?)", rule)
    points = survey.points[survey.points[:, 0] >= float(west.group(1))] if west else survey.points
    return build_tin(points, survey.breaklines, duplicates="first").tin


def _at_centres(ground: Tin, formed: Tin) -> float:
    """Net volume from depths at the middle of the squares of the published result."""
    rows = _file("openearthwork_result_grid10.txt").read_text(encoding="utf-8").split()[1:]
    centres = np.array([[float(v) for v in row.split(",")[:2]] for row in rows])
    side = float(np.min(np.diff(np.unique(np.round(centres[:, 0], 3)))))
    return float(np.nansum(ground.elevation(centres) - formed.elevation(centres))) * side**2


def _landxml(case: Case) -> Iterator[CaseResult]:
    """Areas in plan and along the slope against those the file's own program wrote, in the unit of the file."""
    for name, (plan, slope) in case["expected"].items():
        feet = name.endswith("_ft")
        try:
            tin = _landxml_surface(name.removesuffix("_ft"), "m" if feet else "auto")
        except _MissingFileError as missing:
            yield _unusable(case, str(missing), name)
            continue
        yield _result(case, f"{name} in plan", plan, tin.plan_area(), PLANAR)
        yield _result(case, f"{name} along the slope", slope, tin.slope_area(), 1e-8 if feet else PLANAR)


def _landxml_surface(name: str, unit: str) -> Tin:
    """`example_clean_A` is surface A of landxml_example_clean.xml, unless a file has the whole name."""
    words = name.split("_")
    for k in range(len(words), 0, -1):
        try:
            path = _file(f"landxml_{'_'.join(words[:k])}.xml")
        except _MissingFileError:
            if k == 1:
                raise _MissingFileError(
                    f"no landxml_{name}.xml, nor one without its last words, in SLOPEDESIGN_SURVEYS"
                ) from None
            continue
        options = SurveyOptions(surface="_".join(words[k:]), duplicates="first", unit=unit)
        survey = read_survey(path, options).survey
        if survey.triangles is None:
            raise ValueError(f"{path.name} holds no faces")
        return tin_from_triangles(survey.points, survey.triangles)
    raise _MissingFileError(name)


def _stages(case: Case) -> Iterator[CaseResult]:
    """Volume of a surveyed pit up to levels."""
    given, expected = case["input"], case["expected"]
    named = given.get("file") or given["files"]
    name = named if isinstance(named, str) else named[0]
    stated = list(_by_level(given.get("levels") or given.get("levels_m") or [], expected))
    tin = _surveyed(str(name), str(given.get("rule", "")))
    for stage, (level, value) in zip(stage_storage(tin, [level for level, _ in stated]), stated, strict=True):
        yield _result(
            case, f"storage to {level:g} m, m3", value, stage.volume.value, max(0.1, 1e-5 * value), absolute=True
        )


def _by_level(levels: Sequence[float], expected: Mapping[str, Any]) -> Iterable[tuple[float, float]]:
    """(level, volume) pairs from a list beside the levels, or from names that are levels."""
    for value in expected.values():
        if isinstance(value, list) and len(value) == len(levels):
            return [(float(a), float(b)) for a, b in zip(levels, value, strict=True)]
    inner = next((value for value in expected.values() if isinstance(value, Mapping)), expected)
    return [(shapes.numbers(key)[0], float(value)) for key, value in inner.items() if shapes.numbers(key)]


def _has(*names: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda given: all(name in given for name in names)


def _landxml_files(given: Mapping[str, Any]) -> bool:
    return "xml" in str(given.get("files", "")).lower()


def _of_projects(case: Case) -> Iterator[CaseResult]:
    """Cases in the records of a project: benches, soil, roads."""
    work = terrain_benches.fits(case["input"])
    assert work is not None  # asked before
    tolerance = float(case.get("tolerance", PLANAR))
    for what, stated, found in work(case):
        yield _result(case, what, stated, found, tolerance)


_LAYOUTS: Sequence[tuple[Callable[[Mapping[str, Any]], bool], Callable[[Case], Iterator[CaseResult]]]] = (
    (lambda given: terrain_benches.fits(given) is not None, _of_projects),
    (_has("floor", "profile"), _pit),
    (_has("ground", "profile"), _plane),
    (_has("ground", "design"), _bodies),
    (_has("cone"), _cone),
    (_has("r_bottom", "r_top", "h"), _frustum),
    (_has("R", "h"), _cap),
    (_has("toe_radius", "sweep_deg", "section"), _ring),
    (_has("width", "side", "heights", "spacing"), _bank),
    (_has("A1", "Am", "A2", "L"), _prismoid),
    (_has("areas"), _contour_areas),
    (_has("levels_ft", "grid_ft", "target"), _borrow),
    (_has("corner", "edge"), _balance),
    (_has("heights", "a"), _odd_corners),
    (_landxml_files, _landxml),
    (lambda given: np.ndim(given.get("levels", 0)) == 2, _balance_of_grid),
    (lambda given: "file" in given or ("files" in given and ("levels" in given or "levels_m" in given)), _stages),
    (lambda given: isinstance(given.get("files"), list) and len(given["files"]) > 1, _cut_between_files),
)
