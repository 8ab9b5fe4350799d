"""Published slope stability cases against the program's own functions.

A case is read by its fields alone: section cases by ground, layers or zones, water, loads and the kind of surface;
rock cases by `kind`. Numbers are worked in the units of the case (all equations are homogeneous).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from slopedesign.calc.stability import search
from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.polylines import ShapeSettings
from slopedesign.calc.stability.rock.plane import PlaneSlide, plane_slide
from slopedesign.calc.stability.rock.toppling import Columns, topple_factor
from slopedesign.calc.stability.rock.wedge import Joint, wedge
from slopedesign.calc.stability.section import Crack, Facing, Layer, PointLoad, Section, Surcharge, Zone
from slopedesign.calc.stability.solution import SlipSurface
from slopedesign.calc.stability.solve import Method
from slopedesign.calc.stability.strength import HoekBrown, Material, MohrCoulomb, PowerCurve, Strength
from slopedesign.calc.stability.transfer import (
    Block,
    Form,
    back_cohesion,
    explicit_factor,
    thrust_curve,
    transfer_factor,
)  # fmt: skip
from slopedesign.errors import SlopeDesignError
from slopedesign.verification.common import CaseResult

AGREES = 0.005  # share within which two programs are said to agree
CLOSED_FORM = 0.001
_METHODS: dict[str, Method] = {
    "oms": "ordinary", "ordinary": "ordinary", "fellenius": "ordinary", "bishop": "bishop", "janbu_simplified": "janbu",
    "janbu": "janbu", "janbu_corrected": "janbu_corrected", "spencer": "spencer", "mp": "mp", "mp_gle": "mp",
    "gle": "mp",
}  # fmt: skip
_OTHER_METHODS = {
    "bishop_simplified": "bishop", "simplified_bishop": "bishop", "swedish": "oms", "ordinary_method_of_slices": "oms",
    "janbu_corr": "janbu_corrected", "corrected_janbu": "janbu_corrected", "simplified_janbu": "janbu",
    "morgenstern_price": "mp", "m_p": "mp", "gle_morgenstern_price": "mp",
}  # fmt: skip
_SAME = {
    "cohesion": "c", "c_prime": "c", "cu": "c", "su": "c", "s_u": "c", "undrained_strength": "c", "friction": "phi",
    "phi_prime": "phi", "friction_angle": "phi", "unit_weight": "gamma", "gamma_unsat": "gamma",
    "saturated_unit_weight": "gamma_sat", "weight": "G", "theta": "theta_deg", "alpha": "theta_deg", "length": "l",
    "height": "H", "slope_height": "H", "k_h": "kh", "dip_dir": "dip_direction", "dipdir": "dip_direction",
    "direction": "dip_direction", "azimuth": "dip_direction",
}  # fmt: skip
_UNITS = ("_deg", "_kpa", "_psf", "_pcf", "_kn_m3", "_kn_m", "_kn", "_ft", "_m")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A record under the names used here: other usual names and units in them do not matter."""
    found = dict(row)
    for name, value in row.items():
        bare = name
        while unit := next((u for u in _UNITS if bare.lower().endswith(u)), ""):
            bare = bare[: -len(unit)]
        for usual in (bare, _SAME.get(bare), _SAME.get(bare.lower())):
            if usual is not None:
                found.setdefault(usual, value)
    return found


_NAME = re.compile(r"^(?P<method>[a-z_]+?)(?P<shape>_nc|_circ)?(?P<rest>\W.*)?$")


def run(cases: Sequence[Mapping[str, Any]]) -> list[CaseResult]:
    """Every target of every case, and every published value of a method the program has."""
    results: list[CaseResult] = []
    for case in cases:
        kind = str(case.get("kind") or _kind_of(case)).lower()
        worker = next((work for word, work in _KINDS.items() if word in kind), None)
        if worker is None:
            results += _unknown(case, f"kind {kind!r} is not known")
            continue
        if "target" not in case and "ground" not in case:
            case = {**case, "target": _printed(case)}
        try:
            results += worker(case)
        except (SlopeDesignError, KeyError, ValueError, TypeError, IndexError) as error:
            results += [_failed(case, what, error) for what in case.get("target", {})]
    return results


def _printed(case: Mapping[str, Any]) -> dict[str, Any]:
    """What a case prints, as targets, where it names none: plain numbers, or those of the first source that has any."""
    published = case.get("published", {})
    rows = [published, *(row for row in published.values() if isinstance(row, Mapping))]
    found = [{k: v for k, v in r.items() if isinstance(v, int | float) and not isinstance(v, bool)} for r in rows]
    return next((row for row in found if row), {})


def _kind_of(case: Mapping[str, Any]) -> str:
    """What a case that does not say it must be, by what it holds."""
    marks = (("ground", "section"), ("blocks", "transfer"), ("planes", "wedge"), ("plane", "plane"))
    return next((kind for mark, kind in marks if mark in case), "")


def _unknown(case: Mapping[str, Any], why: str) -> list[CaseResult]:
    """A case that states targets we cannot work: each fails, none is passed over."""
    stated = case.get("target", {})
    if not stated:
        return [_unusable(case, "layout", why)]
    return [_failed(case, what, ValueError(why)) for what in stated]


def _failed(case: Mapping[str, Any], what: str, error: Exception) -> CaseResult:
    expected, tolerance, band = _target(case["target"][what])
    return CaseResult(
        case=case["id"], what=what, expected=expected, found=None, tolerance=tolerance, band=band,
        source=str(case.get("source", "")), note=f"{type(error).__name__}: {error}",
    )  # fmt: skip


def _unusable(case: Mapping[str, Any], what: str, why: str) -> CaseResult:
    return CaseResult(
        case=str(case["id"]), what=what, expected=None, found=None, tolerance=0.0, source=str(case.get("source", "")),
        note=why,
    )  # fmt: skip


def _target(entry: Any) -> tuple[float, float, tuple[float, float] | None]:
    """Expected value, relative tolerance and band of a target entry."""
    if isinstance(entry, Mapping):
        if "fos" in entry:
            return float(entry["fos"]), float(entry.get("tol_percent", 0.5)) / 100.0, None
        low, high = float(entry.get("min", 0.0)), float(entry.get("max", math.inf))
        return (0.5 * (low + high) if math.isfinite(high) else low), 0.0, (low, high)
    return float(entry), AGREES, None


def _result(case: Mapping[str, Any], what: str, found: float | None, note: str = "") -> CaseResult:
    expected, tolerance, band = _target(case["target"][what])
    return CaseResult(
        case=case["id"], what=what, expected=expected, found=found, tolerance=tolerance, band=band,
        source=str(case.get("source", "")), note=note,
    )  # fmt: skip


# sections ------------------------------------------------------------------------------------------------------------


def _sections(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    pools = case.get("pool")
    levels = pools if isinstance(pools, list) else [pools]
    for level in levels:
        tag = f" (pool {level:g})" if len(levels) > 1 else ""
        section = section_of(case, pond=level)
        found = _Found(case, section)
        for what in case.get("target", {}):
            value, note = found(what)
            yield replace(_result(case, what, value, note), what=what + tag)
        if len(levels) == 1:
            yield from _literature(case, found)


def _method_name(what: str) -> str:
    """A method's name as used here, what follows it left as it is."""
    words = re.match(r"(.+?)(\s*(?:R\s*=|\().*)?$", what)
    if words is None:
        return what
    bare = re.sub(r"[^a-z]+", "_", words[1].lower().replace("'s", "")).strip("_")
    return _OTHER_METHODS.get(bare, words[1].lower()) + (words[2] or "")


class _Found:
    """Factors of one case, worked once each."""

    def __init__(self, case: Mapping[str, Any], section: Section) -> None:
        self.case, self.section = case, section
        self.known: dict[str, tuple[float | None, str]] = {}

    def __call__(self, what: str) -> tuple[float | None, str]:
        if what not in self.known:
            try:
                self.known[what] = self._work(what)
            except (SlopeDesignError, KeyError, ValueError) as error:
                self.known[what] = None, f"{type(error).__name__}: {error}"
        return self.known[what]

    def _work(self, what: str) -> tuple[float | None, str]:
        if "plane" in what and "closed" in what:
            return _closed_plane(self.case), ""
        parts = _NAME.match(_method_name(what))
        method = _METHODS.get(parts["method"]) if parts else None
        if what in ("any", "fos"):
            method = "spencer"
        if parts is None or method is None:
            return None, f"{what!r} is no method of the program"
        surface = self.case.get("surface", "circular search")
        rest = parts["rest"] or ""
        if isinstance(surface, Mapping):
            return self._stated(method, surface, rest)
        if re.match(r"\s*specified", surface):
            line = path_points(surface)
            return search.stated_surface(self.section, method, polyline=line).fos, ""
        round_too = re.search(r"(^|[^-])\bcircular", surface.replace("non-circular", "")) is not None
        shape = parts["shape"] == "_nc" or (parts["shape"] is None and "non-circular" in surface and not round_too)
        if shape:
            return _of(search.critical_shape(self.section, method, ShapeSettings()))
        return _of(search.critical_circle(self.section, method, SearchSettings()), "infinite slope" in surface)

    def _stated(self, method: Method, surface: Mapping[str, Any], rest: str) -> tuple[float | None, str]:
        if "composite_circle" in surface:
            section = self.section
            if "floor" in surface:
                section = replace(section, base=surface["floor"])
            return _solved(search.stated_surface(section, method, circle=surface["composite_circle"], follow_base=True))
        if "circles" in surface:
            radius = re.search(r"R\s*=\s*([\d.]+)", rest)
            rows = [c for c in surface["circles"] if radius is None or math.isclose(c[2], float(radius[1]))]
            return _solved(search.stated_surface(self.section, method, circle=tuple(rows[0])))
        if "circle" in surface:
            return _solved(search.stated_surface(self.section, method, circle=_circle(surface["circle"])))
        return _solved(search.stated_surface(self.section, method, polyline=surface["polyline"]))


def _circle(given: Any) -> tuple[float, float, float]:
    """Centre and radius, listed or named."""
    if not isinstance(given, Mapping):
        x, y, radius = given
        return float(x), float(y), float(radius)
    named = {name.lower(): value for name, value in given.items()}
    centre = named.get("centre", named.get("center"))
    if centre is None:
        centre = [next(named[name] for name in names if name in named) for names in (("x", "xc"), ("y", "yc"))]
    x, y = centre
    return float(x), float(y), float(named["r"] if "r" in named else named["radius"])


def _of(found: search.SlipResult, skin: bool = False) -> tuple[float | None, str]:
    """The deep minimum (the skin of a cohesionless face is a result of its own), or the lowest where there is none.

    Args:
        skin: the case asks for the skin.
    """
    surface = (found.critical if skin else found.deep) or found.critical
    note = ""
    if found.skin is not None and surface is not None:
        note = f"skin (infinite slope) {found.skin.fos.value:.4f}"
    if surface is None:
        return None, "; ".join(remark.text.render("en") for remark in found.remarks)
    return surface.fos, note


def _solved(surface: SlipSurface) -> tuple[float | None, str]:
    return (surface.fos, "") if surface.solved else (None, surface.outcome.name.lower())


def _literature(case: Mapping[str, Any], found: _Found) -> Iterator[CaseResult]:
    """Each method against all that is printed for it: Slide2 first, a band where the sources differ among themselves.

    A search for a surface of any shape is judged on one side only: a lower minimum is the better search. Methods that
    are printed but are no target of the case are shown, not judged.
    """
    printed: dict[str, dict[str, tuple[float, float]]] = {}
    for source, values in case.get("published", {}).items():
        for name, value in values.items():
            parts = _NAME.match(name)
            spread = _numbers(value)
            if parts and parts["method"] in _METHODS and spread and "custom" not in name and "plateau" not in name:
                label = _label(parts["method"], parts["shape"] or "", parts["rest"] or "")
                printed.setdefault(label, {}).setdefault(source, spread)
    for label, sources in printed.items():
        value, note = found(label)
        shown = ", ".join(f"{name} {v[0]:g}" + (f"-{v[1]:g}" if v[1] > v[0] else "") for name, v in sources.items())
        low, high = min(v[0] for v in sources.values()), max(v[1] for v in sources.values())
        first = next((v for name, v in sources.items() if name.startswith("Slide2") and "block" not in name), None)
        reference = 0.5 * sum(first or next(iter(sources.values())))
        judged = any(label == _label(*_parts(what)) for what in case.get("target", {}))
        apart = (high - low) / reference > AGREES
        band = (low, high) if apart else None
        if label.endswith("_nc") or _only_shapes(case):
            band, note = (0.0, reference), note or "one-sided: a lower minimum is the better search"
        elif apart:
            note = note or "band: the sources differ among themselves"
        if not judged:
            note = f"printed, no target of the case: {shown}" + (f"; {note}" if note else "")
        yield CaseResult(
            case=case["id"], what=f"{label}, printed", expected=reference if judged else None, found=value,
            tolerance=AGREES, band=band if judged else None, source=shown, note=note,
        )  # fmt: skip


def _parts(what: str) -> tuple[str, str, str]:
    parts = _NAME.match(what)
    return (parts["method"], parts["shape"] or "", parts["rest"] or "") if parts else (what, "", "")


def _only_shapes(case: Mapping[str, Any]) -> bool:
    surface = case.get("surface", "")
    return isinstance(surface, str) and surface.startswith("non-circular")


def _label(method: str, shape: str, rest: str) -> str:
    alias = {"mp_gle": "mp", "gle": "mp", "ordinary": "oms"}.get(method, method)
    return alias + ("_nc" if shape == "_nc" else "") + (rest if "=" in rest else "")


def _numbers(value: Any) -> tuple[float, float] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value), float(value)
    if match := re.fullmatch(r"\s*([\d.]+)\s*-\s*([\d.]+)\s*", str(value)):
        return float(match[1]), float(match[2])
    return None


def section_of(case: Mapping[str, Any], pond: float | None = None) -> Section:
    """The section a case states."""
    feet = str(case.get("units", "m")).startswith("ft")
    ground = np.asarray(case["ground"], dtype=float)
    crack = case.get("tension_crack")
    uphill = ground[-1, 1] >= ground[0, 1]
    facing: Facing = case.get("facing") or ("left" if uphill else "right")
    return Section(
        ground=ground, layers=_layers(case, ground), zones=tuple(
            Zone(polygon=z["poly"], material=_material(z)) for z in case.get("zones", ())
        ), facing=facing, base=case.get("base"), piezo=case.get("piezo"), ru=float(case.get("ru", 0.0)), pond=pond,
        water_weight=float(case.get("gamma_w", 62.4 if feet else 9.81)),
        crack=Crack(depth=float(crack["depth"]), water=float(crack.get("water", 0.0))) if crack else None,
        surcharges=tuple(
            Surcharge(x_from=s[0], x_to=s[1], from_kpa=s[2], to_kpa=s[3]) for s in case.get("surcharge", ())
        ),
        loads=tuple(PointLoad(x=p["x"], down=float(p.get("q_kN_per_m", p.get("q", 0.0))))
                    for p in _listed(case.get("line_load", ()))),
        kh=float(case.get("kh", 0.0)), kv=float(case.get("kv", 0.0)), name=str(case["id"]),
    )  # fmt: skip


def _listed(value: Any) -> Sequence[Any]:
    return [value] if isinstance(value, Mapping) else list(value)


def _layers(case: Mapping[str, Any], ground: np.ndarray) -> tuple[Layer, ...]:
    """Layers from the top down: tops drawn on level to the ends of the section and never above the one before."""
    out: list[Layer] = []
    above = ground
    listed = case.get("layers") or _listed(case.get("soil") or case.get("material") or ())
    if case.get("zones"):
        return ()
    for i, row in enumerate(listed):
        if i > 0 and row.get("top") is None:
            raise ValueError(f"layer {i + 1} states no top")
        top = (
            ground
            if i == 0 or row.get("top") is None
            else _lower_of(above, _to_ends(np.asarray(row["top"], dtype=float), ground))
        )
        out.append(Layer(top=top, material=_material(row)))
        above = top
    return tuple(out)


def _to_ends(top: np.ndarray, ground: np.ndarray) -> np.ndarray:
    left, right = ground[0, 0], ground[-1, 0]
    inner = top[(top[:, 0] > left) & (top[:, 0] < right)]
    ends = np.array([[x, np.interp(x, top[:, 0], top[:, 1])] for x in (left, right)])
    return np.vstack((ends[:1], inner, ends[1:]))


def _lower_of(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    x = np.union1d(a[:, 0], b[:, 0])
    gap = np.interp(x, *a.T) - np.interp(x, *b.T)
    i = np.flatnonzero(gap[:-1] * gap[1:] < 0)
    x = np.union1d(x, x[i] + (x[i + 1] - x[i]) * gap[i] / (gap[i] - gap[i + 1]))
    return np.column_stack((x, np.minimum(np.interp(x, *a.T), np.interp(x, *b.T))))


def _material(given: Mapping[str, Any]) -> Material:
    row = _plain(given)
    return Material(
        name=str(row.get("name", "")), unit_weight=float(row["gamma"]), strength=_law(row),
        saturated_unit_weight=row.get("gamma_sat"), ru=row.get("ru"),
    )  # fmt: skip


def _law(row: Mapping[str, Any]) -> Strength:
    if row.get("c") is not None:
        rate = float(row.get("c_rate", 0.0))
        return MohrCoulomb(
            cohesion=float(row["c"]), friction_deg=float(row.get("phi") or 0.0), rate=rate,
            rate_level=row.get("c_ref_y") if rate else None,
        )  # fmt: skip
    if "gsi" in row:
        return HoekBrown(
            intact_strength=float(row.get("sigma_ci", row.get("sci", 0.0))), gsi=float(row["gsi"]),
            m_i=float(row.get("mi", row.get("m_i", 0.0))), disturbance=float(row.get("D", 0.0)),
        )  # fmt: skip
    power = row.get("power") or row
    if "a" in power and "b" in power:
        return PowerCurve(a=float(power["a"]), b=float(power["b"]))
    text = re.search(r"tau\s*=\s*([\d.]+)\s*\*\s*\w+\s*\^\s*([\d.]+)", str(row.get("name", "")))
    if text is None:
        raise ValueError(f"layer {row.get('name')!r} states no strength")
    return PowerCurve(a=float(text[1]), b=float(text[2]))


_PAIR = r"\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\)"


def path_points(text: str, steps: int = 40) -> np.ndarray:
    """Vertices of a surface told in words: points, "arc centre (x,y) R=r" and "arc to (x,y)", "line to (x,y)"."""
    points: list[tuple[float, float]] = []
    centre: tuple[float, float] | None = None
    radius = 0.0
    for part in text.split("->"):
        pairs = [(float(x), float(y)) for x, y in re.findall(_PAIR, part)]
        if "centre" in part or "center" in part:
            centre = pairs[0]
            found = re.search(r"R\s*=\s*([\d.]+)", part)
            radius = float(found[1]) if found else math.dist(centre, points[-1])
            if "tangent" in part and points:
                points.append(_tangent(points[-1], centre, radius))
            if len(pairs) > 1:
                points += _arc(points[-1], pairs[-1], centre, steps)
        elif "arc to" in part and centre is not None:
            points += _arc(points[-1], pairs[-1], centre, steps)
        else:
            points += pairs
    line = np.array(points)
    line = line[np.argsort(line[:, 0], kind="stable")]
    keep = np.concatenate(([True], np.diff(line[:, 0]) > 1e-9))
    return line[keep]


def _tangent(point: tuple[float, float], centre: tuple[float, float], radius: float) -> tuple[float, float]:
    """Where the line from a point touches the lower side of a circle."""
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    far = math.hypot(dx, dy)
    base, half = math.atan2(dy, dx), math.acos(min(1.0, radius / far))
    touching = [(centre[0] + radius * math.cos(base + s * half), centre[1] + radius * math.sin(base + s * half))
                for s in (1, -1)]  # fmt: skip
    return min(touching, key=lambda p: p[1])


def _arc(
    start: tuple[float, float], end: tuple[float, float], centre: tuple[float, float], steps: int
) -> list[tuple[float, float]]:  # fmt: skip
    a, b = (math.atan2(p[1] - centre[1], p[0] - centre[0]) for p in (start, end))
    if b < a:
        b += 2 * math.pi
    if b - a > math.pi:
        b -= 2 * math.pi
    radius = math.dist(start, centre)
    angles = np.linspace(a, b, steps + 1)[1:]
    return [(centre[0] + radius * math.cos(t), centre[1] + radius * math.sin(t)) for t in angles[:-1]] + [end]


def _closed_plane(case: Mapping[str, Any]) -> float:
    """A.0.2 on a straight surface: weight from the section, water from its lines."""
    surface = case["surface"]
    line = surface.get("polyline") or surface.get("plane")
    found = search.stated_surface(section_of(case), "janbu", polyline=line)
    table = found.slices
    crack = case.get("tension_crack") or {}
    feet = str(case.get("units", "m")).startswith("ft")
    water = float(crack.get("water", 0.0))
    law = section_of(case).materials[int(table.material[0])].strength
    if not isinstance(law, MohrCoulomb):
        raise ValueError("the closed form needs one cohesion and one friction angle")
    plane = PlaneSlide(
        height=1.0, face_deg=90.0, dip_deg=abs(float(table.angle_deg[0])), cohesion=law.cohesion,
        friction_deg=law.friction_deg, unit_weight=1.0, crack_depth=float(crack.get("depth", 0.0)), water=water,
        added=float((table.vertical - table.weight).sum()), kh=float(case.get("kh", 0.0)),
        water_weight=float(case.get("gamma_w", 62.4 if feet else 9.81)), weight=float(table.weight.sum()),
        length=float(table.length.sum()),
    )  # fmt: skip
    return plane_slide(plane).fos.value


# rock ----------------------------------------------------------------------------------------------------------------


def _toppling(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    g = case["geometry"]
    contacts = str(g.get("contacts", ""))

    def drop(name: str, default: float) -> float:
        found = re.search(rf"\b{name}\s*=\s*([\d.]+)", contacts)
        return float(found[1]) if found else float(g.get(name, default))

    base, face = float(g["base_dip_deg"]), float(g.get("face_dip_deg", 90.0))
    columns = Columns(
        heights=tuple(g["heights_toe_to_top"]), width=float(g["dx"]), base_deg=base, crest=int(g["crest_column"]),
        a1=drop("a1", float(g["dx"]) * math.tan(math.radians(face - base))), a2=drop("a2", 0.0),
        unit_weight=float(g.get("gamma", 25.0)),
    )  # fmt: skip
    factor = topple_factor(columns, float(case["phi_deg"]), float(case.get("toe_cable_kN", 0.0)))
    for what in case["target"]:
        yield _result(case, what, factor.value)


def _wedge(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    planes, case = case["planes"], _plain(case)
    joints = [_plain(p) for name, p in planes.items() if isinstance(p, Mapping) and ("phi" in _plain(p))]
    if len(joints) != 2:
        raise ValueError(f"a wedge has two joints, the case states {len(joints)}")
    a, b = (
        Joint(dip_deg=p["dip"], dip_direction_deg=p["dip_direction"], cohesion=p.get("c", 0.0), friction_deg=p["phi"])
        for p in joints
    )
    height, unit_weight = float(case.get("H", 1.0)), float(case.get("gamma", 1.0))
    feet = str(case.get("units", "m")).startswith("ft")
    gamma_w = float(case.get("gamma_w", 62.4 if feet else 9.81))
    face, upper = _orientation(planes["face"]), _orientation(planes.get("upper", (0.0, 0.0)))
    for what in case["target"]:
        wet = "wet" in what or ("dry" not in what and str(case.get("water", "")).startswith("full"))
        pore = gamma_w * height / 6.0 if wet else 0.0
        found = wedge(
            a, b, face, upper, height=height, unit_weight=unit_weight,
            pore_a=pore, pore_b=pore,
        )  # fmt: skip
        yield _result(case, what, found.fos.value if found.fos else None, "" if found.fos else found.mode)


def _orientation(given: Any) -> tuple[float, float]:
    """Dip and dip direction, listed or named."""
    if isinstance(given, Mapping):
        named = _plain(given)
        return float(named["dip"]), float(named["dip_direction"])
    return float(given[0]), float(given[1])


def _plane(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    g = _plain({**case, **case.get("geometry", {}), **case.get("plane", {})})
    feet = str(case.get("units", "m")).startswith("ft")

    def value(*names: str, default: float | None = None) -> float:
        found = next((g[n] for n in names if isinstance(g.get(n), int | float)), default)
        if found is None:
            raise KeyError(names[0])
        return float(found)

    crack = g.get("tension_crack") or {}
    face = value("face_deg", "face_dip_deg", "slope_deg", "face", "slope_angle", "psi_f", "face_angle")
    dip = value("dip_deg", "plane_dip_deg", "plane_deg", "dip", "plane_dip", "psi_p", "plane_angle")
    plane = PlaneSlide(
        height=value("H", "height"), face_deg=face, dip_deg=dip, cohesion=value("c", "cohesion", default=0.0),
        friction_deg=value("phi", "phi_deg"), unit_weight=value("gamma"),
        upper_deg=value("upper_deg", "crest_deg", default=0.0),
        crack_depth=value("crack_depth", "z", default=float(crack.get("depth", 0.0))),
        water=value("crack_water", "water", "zw", default=float(crack.get("water", 0.0))),
        kh=value("kh", default=0.0), water_weight=value("gamma_w", default=62.4 if feet else 9.81),
    )  # fmt: skip
    for what in case["target"]:
        yield _result(case, what, plane_slide(plane).fos.value)


def _infinite(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    """A slope without end: one block of unit length on a plane along the slope, water flowing along the slope."""
    g = _plain({**case, **case.get("geometry", {})})
    slope = math.radians(float(next(g[n] for n in ("slope", "beta", "theta_deg", "slope_deg") if n in g)))
    thick = float(next(g[n] for n in ("depth", "z", "H", "thickness") if n in g))
    feet = str(case.get("units", "m")).startswith("ft")
    above = min(float(g["water_depth"]), thick) if "water_depth" in g else thick
    gamma = float(g.get("gamma", g.get("gamma_sat", 0.0)))
    weight = (gamma * above + float(g.get("gamma_sat", gamma)) * (thick - above)) * math.cos(slope)
    pore = float(g.get("gamma_w", 62.4 if feet else 9.81)) * (thick - above) * math.cos(slope) ** 2
    pore += float(g.get("ru", 0.0)) * gamma * thick * math.cos(slope) ** 2
    block = Block(
        weight=weight, theta_deg=math.degrees(slope), length=1.0, cohesion=float(g.get("c", 0.0)),
        friction_deg=float(g.get("phi", 0.0)), seismic=float(g.get("kh", 0.0)) * weight, uplift=pore,
    )  # fmt: skip
    for what in case["target"]:
        yield _result(case, what, transfer_factor([block]).factor)


def _transfer(case: Mapping[str, Any]) -> Iterator[CaseResult]:
    stated = case["blocks"]
    if not isinstance(stated, Mapping):  # one record for each block
        each = [_plain({"L": b.get("l"), **b}) for b in stated]
        stated = {name: [b[name] for b in each] for name in each[0] if all(b.get(name) is not None for b in each)}
    rows = _plain(stated)
    for what in case["target"]:
        if "R" in rows and "psi" in rows:
            yield _result(case, what, explicit_factor(rows["R"], rows["T"], rows["psi"]))
            continue
        count = len(rows["G"])
        listed: dict[str, list[float]] = {k: v if isinstance(v, list) else [v] * count for k, v in rows.items()}
        blocks = [
            Block(
                weight=listed["G"][i], theta_deg=listed["theta_deg"][i], friction_deg=listed["phi"][i],
                length=listed["l" if "l" in listed else "L"][i], cohesion=listed.get("c", [0.0] * count)[i],
                uplift=listed.get("U", [0.0] * count)[i], seismic=listed.get("Q", [0.0] * count)[i],
            )
            for i in range(count)
        ]  # fmt: skip
        yield from _transfer_target(case, what, blocks)


def _transfer_target(case: Mapping[str, Any], what: str, blocks: list[Block]) -> Iterator[CaseResult]:
    stated = float(case.get("Fs", case.get("factor", 1.0)))
    if what == "c":
        printed = _target(case["target"]["c"])[0]
        at = transfer_factor([replace(b, cohesion=printed) for b in blocks])
        yield CaseResult(
            case=case["id"], what="Fs at the printed c", expected=stated, found=at.factor, tolerance=AGREES,
            source=str(case.get("source", "")),
        )  # fmt: skip
        # the printed c comes from sines and coefficients rounded to three figures; it is good to about 1 %
        row = _result(case, what, back_cohesion(blocks, stated), "source works with three figures")
        yield replace(row, tolerance=max(row.tolerance, 0.01))
    elif what.startswith("psi"):
        psi = transfer_factor(blocks).blocks[-1].psi
        yield _result(case, what, psi.value if psi else None)
    elif what.startswith(("P", "thrust")):
        form: Form = "explicit" if "explicit" in str(case.get("name", "")).lower() else "implicit"
        yield _result(case, what, thrust_curve(blocks, stated, form=form).last_thrust.value)
    else:
        explicit = "explicit" in what or "explicit" in str(case.get("name", "")).lower()
        yield _result(case, what, transfer_factor(blocks, form="explicit" if explicit else "implicit").factor)


_KINDS: dict[str, Callable[[Mapping[str, Any]], Iterator[CaseResult]]] = {
    "infinite": _infinite, "section": _sections, "toppling": _toppling, "wedge": _wedge, "plane": _plane,
    "transfer": _transfer,
}  # fmt: skip
