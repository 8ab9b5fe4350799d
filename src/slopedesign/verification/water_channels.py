"""Published cases of channels: uniform and critical flow, alternate and conjugate depths, profiles, basins, drops."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from slopedesign.calc.water import channel, chute, section
from slopedesign.errors import SlopeDesignError
from slopedesign.standards import hydraulics as rows
from slopedesign.verification.quantities import FT, Answer, Reader, is_number

Found = dict[str, Any]

SWEPT = {
    "length": ("b", "B", "bottom_width", "width", "D", "d0", "diameter", "y", "d", "h", "depth", "r"),
    "flow": ("Q", "q", "flow", "discharge"),
    "number": ("z", "Z", "m", "n", "y_over_D", "fill"),
    "slope": ("S", "i", "S0"),
    "unit_flow": ("q",),
}
"""Inputs that may be lists: one problem for each."""
TALL = 1000.0
"""Height given to a channel whose banks the book does not state [m]."""
PRINTED_KU = (1.4, 1.5)


def rows_of(inputs: Reader) -> tuple[str, list[Reader]] | None:
    """The table of a case that gives its problems as rows, each with what they share; None where there is none."""
    for key, value in inputs.items():
        if isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
            shared = {k: v for k, v in inputs.items() if k != key}
            return key, [inputs.part({**shared, **row}) for row in value]
    return None


def gathered(each: list[Found]) -> Found:
    """Answers of several problems as lists, by name; a problem without an answer has None there."""
    found: Found = {}
    for name in dict.fromkeys(key for one in each for key in one):
        answers = [one.get(name) for one in each]
        kind = next(a.kind for a in answers if isinstance(a, Answer))
        found[name] = Answer(kind, [None if a is None else a.value for a in answers])
    return found


def _sweep(inputs: Reader) -> list[Reader] | None:
    """One reader for each member of the inputs that are lists of one length."""
    names = {name for group in SWEPT.values() for name in group}
    if _has_points(inputs):
        return None  # the roughnesses of a compound section's sides
    lists = {
        key: value
        for key, value in inputs.items()
        if isinstance(value, list) and value and all(is_number(v) for v in value) and key.split("_")[0] in names
    }
    if not lists or len({len(v) for v in lists.values()}) != 1:
        return None
    count = len(next(iter(lists.values())))
    return [inputs.part({**inputs.data, **{key: value[i] for key, value in lists.items()}}) for i in range(count)]


def _has_points(inputs: Reader) -> bool:
    return any(key.split("_")[0] in ("points", "vertices", "coordinates", "xy") for key in inputs)


def shape_of(inputs: Reader) -> section.Section:
    """The section a case describes: circle, U, compound, trapezoid (with it rectangle and triangle).

    Raises:
        KeyError: no dimension of a section is stated.
    """
    worded = inputs.worded("shape", "section", "form") or ""
    points = inputs.series("length", "points", "vertices", "xy", "coordinates")
    offsets, levels = (
        inputs.series("length", "x", "station", "offset"),
        inputs.series("length", "z_bed", "elev", "y_bed"),
    )
    if points is None and offsets is not None and levels is not None:
        points = list(zip(offsets, levels, strict=True))
    if points is not None:
        n = inputs.any("number", "n", "roughness")
        panels = tuple(n) if isinstance(n, list) else (float(n),) * (len(points) - 1)
        return section.Compound(tuple((float(x), float(y)) for x, y in points), panels)
    wide = inputs.maybe("length", "b", "B", "bottom_width", "width", "W")
    round_ = inputs.maybe("length", "D", "d0", "diameter", "Dia")
    if wide is None and (round_ is not None or re.search("circ|pipe", worded)):
        return section.Circle(round_ if round_ is not None else inputs.get_one("length", "d"))
    radius = inputs.maybe("length", "r", "radius")
    if radius is not None:
        return section.UShape(radius, inputs.get_one("length", "H", "height", default=TALL))
    side = inputs.maybe("number", "z", "Z", "m", "side_slope", "sideslope", "ss")
    left = inputs.maybe("number", "z1", "z_left", "zl", "m1", "z_1")
    right = inputs.maybe("number", "z2", "z_right", "zr", "m2", "z_2")
    left, right = (side if left is None else left), (side if right is None else right)
    if wide is None and left is None and inputs.maybe("unit_flow", "q") is None:
        raise KeyError("b")
    if wide is None and left is None:
        wide = 1.0  # a flow by unit width
    high = inputs.get_one("length", "H", "height", "full_depth", default=TALL)
    return section.Trapezoid(wide or 0.0, high, left or 0.0, right or 0.0)


def flow_of(inputs: Reader) -> float | None:
    """The flow of a case [m3/s]; a flow by unit width where that is what it states."""
    flow = inputs.maybe("flow", "Q", "flow", "discharge", "Qp", "Q_design")
    if flow is not None:
        return float(flow)
    unit = inputs.maybe("unit_flow", "q")
    if unit is None:
        return None
    wide = inputs.maybe("length", "b", "B", "width")
    return float(unit) * (1.0 if wide is None else float(wide))


def roughness_of(inputs: Reader) -> float | None:
    """Manning's n, turned where the book's unit constant (1.49, 1.486) is not the exact one."""
    n = inputs.maybe("number", "n", "manning_n", "roughness", "mannings_n")
    if n is None and isinstance(inputs.series("number", "n", "roughness"), list):
        n = 1.0  # the sides of a compound section have their own
    ku = inputs.maybe("number", "Ku", "ku", "K_u", "Cm")
    if n is None:
        return None
    return float(n) / ku * FT ** (-1 / 3) if ku is not None and PRINTED_KU[0] < ku < PRINTED_KU[1] else float(n)


def uniform(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Everything of uniform and critical flow the inputs allow, under the names books use."""
    if listed := rows_of(inputs):
        key, readers = listed
        each = [_channel(one, out) for one in readers]
        return {**gathered(each), key: each, "rows": each}
    if swept := _sweep(inputs):
        each = [_channel(one, out) for one in swept]
        found = gathered(each)
        for one, worked in zip(swept, each, strict=True):
            z = one.maybe("number", "z", "Z", "m")
            if z is not None:
                for name in ("yn", "yc"):
                    found[f"{name}_rect" if z == 0 else f"{name}_trap_z{z:g}"] = worked.get(name)
        return {k: v for k, v in found.items() if v is not None}
    return _channel(inputs, out)


def _channel(inputs: Reader, out: Mapping[str, Any]) -> Found:
    n = roughness_of(inputs)
    slope = inputs.maybe("slope", "S", "i", "S0", "So", "slope", "bed_slope", "ib", "J")
    flow = flow_of(inputs)
    radius = inputs.maybe("length", "Rh", "R", "hydraulic_radius")
    if radius is not None and n is not None and slope is not None:
        return {"V": Answer("velocity", channel.manning_velocity(radius, slope, n).value)}
    bare = inputs.maybe("length", "D", "b", "B", "r") is None and not any(k in inputs for k in ("z", "Z", "z1"))
    if bare and flow is not None and n is not None and slope is not None and not _has_points(inputs):
        diameter = channel.full_pipe_diameter(n, slope, flow)
        pipe = section.Circle(diameter)
        return {"D": Answer("length", diameter), "V": Answer("velocity", flow / pipe.area(diameter))}
    open_width = inputs.maybe("length", "D", "b", "B", "r", "radius") is None and not _has_points(inputs)
    if open_width and (made := _sized(inputs, n, slope, flow)) is not None:
        return made
    shape, alpha = shape_of(inputs), inputs.get_one("number", "alpha", "coriolis", default=1.0)
    found: Found = {}
    depth = inputs.maybe("length", "y", "d", "h", "depth", "y0", "yn", "h0", "y1", "h1", "flow_depth")
    fill = inputs.maybe("number", "y_over_D", "fill", "h_over_D", "a", "y_D")
    if depth is None and fill is not None and shape.closed:
        depth = fill * shape.height
    if n is not None and slope is not None and slope > 0 and shape.closed:
        top = shape.height * (1 - 1e-12)
        full = channel.conveyance(shape, n, top) * math.sqrt(slope)
        most = channel.capacity(shape, n, slope, channel.greatest_depth(shape))
        found |= {
            "Qfull": Answer("flow", full),
            "Vfull": Answer("velocity", full / shape.area(shape.height)),
            "Qmost": Answer("flow", most),
        }
    if "Qfull" in found and flow is None and depth is None:
        found |= {"Q": found["Qfull"], "V": found["Vfull"]}
    if flow is not None:
        found |= _critical(shape, flow, n, alpha)
        if n is not None and slope is not None and slope > 0:
            found |= _normal(shape, n, slope, flow, alpha, found)
    if depth is not None:
        found |= _at(shape, depth, flow, n, slope, alpha, known=set(found))
    energy = inputs.maybe("length", "E", "Es", "specific_energy")
    if energy is not None and flow is not None:
        high, low = channel.alternate_depths(shape, flow, energy, alpha)
        found |= {
            "y_sub": Answer("length", high),
            "y_super": Answer("length", low),
            "y": Answer("length", [high, low]),
            "y1": Answer("length", high),
            "y2": Answer("length", low),
        }
    if n is not None and slope is not None:
        for name in out:
            if match := re.fullmatch(r"Q_at_(\d+)p(\d+)(ft|m)", name):
                at = float(f"{match[1]}.{match[2]}") * (FT if match[3] == "ft" else 1.0)
                found[name] = Answer("flow", channel.capacity(shape, n, slope, at))
            if (match := re.fullmatch(r"Kb_bend_Rc(\d+)", name)) and "yn" in found:
                wide = shape.top_width(found["yn"].value)
                found[name] = Answer("number", channel.bend_factor(float(match[1]) * (FT if inputs.us else 1.0) / wide))
    return found


def _sized(inputs: Reader, n: float | None, slope: float | None, flow: float | None) -> Found | None:
    """The width a stated depth needs, or the best section, where neither width nor diameter is given."""
    if n is None or slope is None or flow is None or slope <= 0:
        return None
    side = inputs.get_one("number", "z", "Z", "m", "side_slope", default=0.0)
    depth = inputs.maybe("length", "y", "d", "h", "depth", "yn", "y0")
    if inputs.said("best|most efficient|optimum|economic"):
        made = channel.best_trapezoid(side, n, slope, flow)
        wide, depth = made.bottom, made.height
    elif depth is not None and inputs.said("width|design|size"):
        wide = channel.bottom_width(depth, side, n, slope, flow)
    else:
        return None
    shape = section.Trapezoid(wide, TALL, side, side)
    return {
        "b": Answer("length", wide),
        "B": Answer("length", wide),
        **_critical(shape, flow, n, 1.0),
        **_normal(shape, n, slope, flow, 1.0, _critical(shape, flow, n, 1.0)),
    }


def _critical(shape: section.Section, flow: float, n: float | None, alpha: float) -> Found:
    yc = channel.critical_depth(shape, flow, alpha)
    found: Found = {
        "yc": Answer("length", yc),
        "Vc": Answer("velocity", channel.velocity(shape, flow, yc)),
        "Ec": Answer("length", channel.specific_energy(shape, flow, yc, alpha)),
        "Ac": Answer("area", shape.area(yc)),
        "Tc": Answer("length", shape.top_width(yc)),
    }
    if n is not None:
        found["Sc"] = Answer("slope", channel.friction_slope(shape, n, flow, yc))
    return found


def _normal(shape: section.Section, n: float, slope: float, flow: float, alpha: float, found: Found) -> Found:
    yn = channel.normal_depth(shape, n, slope, flow)
    froude = channel.froude(shape, flow, yn, alpha)
    yc = found["yc"].value
    kind = "critical" if abs(yn - yc) < 1e-4 * yc else "mild" if yn > yc else "steep"
    return {
        "yn": Answer("length", yn),
        "V": Answer("velocity", channel.velocity(shape, flow, yn)),
        "Fr": Answer("number", froude),
        "T": Answer("length", shape.top_width(yn)),
        "tau": Answer("shear", channel.shear(yn, slope, rows.WATER)),
        "A": Answer("area", shape.area(yn)),
        "tau_straight": Answer("shear", channel.shear(yn, slope, rows.WATER)),
        "P": Answer("length", shape.perimeter(yn)),
        "R": Answer("length", shape.area(yn) / shape.perimeter(yn)),
        "E": Answer("length", channel.specific_energy(shape, flow, yn, alpha)),
        "regime": Answer("text", channel.regime(froude)),
        "slope_class": Answer("text", kind),
        "y_over_D": Answer("number", yn / shape.height),
    }


def _at(
    shape: section.Section,
    h: float,
    flow: float | None,
    n: float | None,
    slope: float | None,
    alpha: float,
    known: set[str],
) -> Found:
    """What is known of a stated depth; nothing already found at normal depth is overwritten."""
    area, wet, top = shape.area(h), shape.perimeter(h), shape.top_width(h)
    found: Found = {
        "A": Answer("area", area),
        "P": Answer("length", wet),
        "R": Answer("length", area / wet),
        "T": Answer("length", top),
        "D_h": Answer("length", area / max(top, 1e-12)),
        "Z": Answer("number", area * math.sqrt(area / max(top, 1e-12))),
    }
    if n is not None:
        found["K"] = Answer("flow", channel.conveyance(shape, n, h))
    if flow is None and n is not None and slope is not None:
        flow = channel.capacity(shape, n, slope, h)
        found["Q"] = Answer("flow", flow)
        found["tau"] = Answer("shear", channel.shear(h, slope, rows.WATER))
        found |= _critical(shape, flow, n, alpha)
    elif flow is not None and n is not None and slope is None:
        found["S"] = Answer("slope", channel.friction_slope(shape, n, flow, h))
    elif flow is not None and slope is not None and slope > 0 and n is None:
        found["n"] = Answer("number", channel.conveyance(shape, 1.0, h) * math.sqrt(slope) / flow)
    if flow is not None:
        froude = channel.froude(shape, flow, h, alpha)
        found |= {
            "V": Answer("velocity", flow / area),
            "Fr": Answer("number", froude),
            "E": Answer("length", channel.specific_energy(shape, flow, h, alpha)),
            "M": Answer("volume", channel.specific_force(shape, flow, h)),
            "regime": Answer("text", channel.regime(froude)),
        }
        for name, work in (("y_alt", channel.alternate_depth), ("y2", channel.conjugate_depth)):
            with suppress(SlopeDesignError):  # the other depth may leave the section: the book cannot ask for it
                found[name] = Answer("length", work(shape, flow, h))
    return {key: value for key, value in found.items() if key not in known}


def critical(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Critical flow and specific energy; the same answers as uniform flow, as far as the inputs go."""
    return uniform(inputs, out)


def profile(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A gradually varied profile: distances between stated depths, or depths at stated distances."""
    shape, flow = shape_of(inputs), flow_of(inputs)
    n, alpha = roughness_of(inputs), inputs.get_one("number", "alpha", default=1.0)
    slope = inputs.slope("S", "i", "S0", "So", "bed_slope")
    if flow is None or n is None:
        raise KeyError("Q" if flow is None else "n")
    found: Found = _critical(shape, flow, n, alpha)
    if slope > 0:
        found |= _normal(shape, n, slope, flow, alpha, found)
    first = ("y_start", "y_control", "y_from", "y_dam", "y1", "y_down", "y_ds", "start", "y0", "y_a", "y")
    last = ("y_end", "y_to", "y2", "y_up", "y_us", "end", "y_b")
    depths = inputs.series("length", "y", "depths", "depth", "h", "d", "y_table", "y_list")
    stations = inputs.any("length", "x", "stations", "distance", "x_list")
    if depths is not None:
        worked = channel.steps_between(shape, n, slope, flow, depths, alpha)
    elif stations is not None:
        many = [float(s) for s in stations] if isinstance(stations, list) else [float(stations)]
        start = inputs.get_one("length", *first)
        way = -1.0 if channel.froude(shape, flow, start) < 1 and min(many) >= 0 else 1.0
        surface = channel.water_surface(shape, n, slope, flow, start, [way * s for s in many], alpha)
        h = surface.depth.tolist()
        return found | {
            "y": Answer("length", h),
            "V": Answer("velocity", surface.velocity.tolist()),
            "profile": Answer("text", surface.name),
            "yn": found.get("yn"),
            "x": Answer("length", many),
        }
    else:
        start, end = inputs.maybe("length", *first), inputs.maybe("length", *last)
        start = found["yc"].value if start is None else start
        if end is None:
            share = inputs.get_one("number", "to_normal", "ratio_end", default=1.01)
            end = found["yn"].value * (share if start > found["yn"].value else 2 - share)
        steps = int(inputs.get_one("number", "steps", "N_steps", default=400))
        worked = channel.direct_step(shape, n, slope, flow, start, end, steps, alpha)
    x = [abs(float(v)) for v in worked.station]
    dx = [b - a for a, b in zip(x, x[1:], strict=False)]
    return found | {
        "x": Answer("length", x),
        "dx": Answer("length", dx),
        "L": Answer("length", x[-1]),
        "y": Answer("length", worked.depth.tolist()),
        "V": Answer("velocity", worked.velocity.tolist()),
        "profile": Answer("text", worked.name),
        "E": Answer("length", [channel.specific_energy(shape, flow, float(h), alpha) for h in worked.depth]),
        "Sf": Answer("slope", [channel.friction_slope(shape, n, flow, float(h)) for h in worked.depth]),
    }


def jump(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A hydraulic jump: sequent depth, loss, length; in the case's system, or in both where it gives both."""
    if "US" in inputs and "SI" in inputs:
        one, two = Reader(inputs["US"], True, inputs.topic), Reader(inputs["SI"], False, inputs.topic)
        us, si = _jump(one), _jump(two)
        return {
            **{f"{k}_ft": a for k, a in us.items() if a.kind == "length"},
            **{f"{k}_m": a for k, a in si.items() if a.kind == "length"},
            **si,
        }
    if listed := rows_of(inputs):
        key, readers = listed
        each = [_jump(one) for one in readers]
        return {**gathered(each), key: each}
    swept = _sweep(inputs)
    if swept:
        return gathered([_jump(one) for one in swept])
    return _jump(inputs)


def _jump(inputs: Reader) -> Found:
    y1 = inputs.maybe("length", "y1", "h1", "d1", "y_1", "hc", "y")
    y2 = inputs.maybe("length", "y2", "h2", "d2", "y_2")
    flow = flow_of(inputs)
    known = y1 if y1 is not None else y2
    sloped = inputs.maybe("number", "z", "m") or inputs.maybe("length", "D", "diameter")
    if known is None:
        raise KeyError("y1")
    froude = inputs.maybe("number", "Fr1", "Fr", "F1", "F", "froude") if y1 is not None else None
    speed = inputs.maybe("velocity", "V1", "V", "v1", "velocity") if y1 is not None else None
    if sloped and flow is not None:
        shape = shape_of(inputs)
        other = channel.conjugate_depth(shape, flow, known)
        y1, y2 = min(known, other), max(known, other)
        drop = channel.specific_energy(shape, flow, y1) - channel.specific_energy(shape, flow, y2)
        froude = channel.froude(shape, flow, y1)
    else:
        if froude is None:
            unit = speed * known if speed is not None else None
            if unit is None:
                if flow is None:
                    raise KeyError("Q")
                unit = flow / (inputs.maybe("length", "b", "B", "width", "W") or 1.0)
            froude = unit / math.sqrt(rows.G * known**3)
        other = channel.sequent_depth(known, froude).value
        y1, y2 = min(known, other), max(known, other)
        froude = froude if y1 == known else froude * (known / other) ** 1.5
        drop = (y2 - y1) ** 3 / (4 * y1 * y2)
    upstream = y1 * (1 + froude**2 / 2)
    found: Found = {
        "y2": Answer("length", y2),
        "y1": Answer("length", y1),
        "Fr1": Answer("number", froude),
        "Fr2": Answer("number", froude * (y1 / y2) ** 1.5),
        "dE": Answer("length", drop),
        "ratio": Answer("number", y2 / y1),
        "efficiency": Answer("number", 1 - drop / upstream),
        "dE_E1": Answer("number", drop / upstream),
        "E1": Answer("length", upstream),
        "E2": Answer("length", upstream - drop),
        "Lj": Answer("length", (6.1 if inputs.said(r"6\.1") else 6.9) * (y2 - (0 if inputs.said(r"6\.1") else y1))),
    }
    if flow is not None:
        found["power"] = Answer("number", rows.WATER * flow * drop)
    return found


def basin(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Contracted depth, sequent depth and stilling basin below a fall."""
    q = inputs.maybe("unit_flow", "q")
    if q is None:
        flow = flow_of(inputs)
        if flow is None:
            raise KeyError("q")
        q = flow / inputs.get_one("length", "b", "B", "width")
    energy, phi = inputs.get_one("length", "T0", "E0", "E", "H0"), inputs.get_one("number", "phi", default=0.95)
    tail, sigma = (
        inputs.maybe("length", "ht", "h_t", "tailwater", "TW"),
        inputs.get_one("number", "sigma0", default=1.05),
    )
    if tail is None:
        hc = chute.contracted_depth(q, energy, phi)
        froude = q / math.sqrt(rows.G * hc**3)
        h2 = channel.sequent_depth(hc, froude).value
        return {
            "hc": Answer("length", hc),
            "h2": Answer("length", h2),
            "Fr": Answer("number", froude),
            "Lj": Answer("length", 6.9 * (h2 - hc)),
        }
    worked = (
        chute.settled_basin(q, energy, tail, phi, with_fall=True)
        if sigma == 1.05
        else chute.stilling_basin(q, energy, tail, phi, sigma, with_fall=True)
    )
    betas = inputs.any("number", "beta", "k")
    length = worked.jump_length.value
    many = [b * length for b in betas] if isinstance(betas, list) else (betas or 0.8) * length
    return {
        "hc": Answer("length", worked.contracted),
        "h2": Answer("length", worked.sequent.value),
        "Fr": Answer("number", worked.froude),
        "d": Answer("length", worked.depth.value),
        "Lj": Answer("length", length),
        "Lk": Answer("length", many),
    }


def drop(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A free vertical drop (Rand)."""
    q = inputs.maybe("unit_flow", "q")
    if q is None:
        flow = flow_of(inputs)
        if flow is None:
            raise KeyError("q")
        q = flow / inputs.get_one("length", "b", "B", "width", "W", "L_weir")
    high = inputs.get_one("length", "P", "h", "dz", "height", "ho", "h0", "H", "drop", "z")
    worked = chute.drop(q, high)
    yc = (q * q / rows.G) ** (1 / 3)
    return {
        "D_n": Answer("number", worked.number.value),
        "D": Answer("number", worked.number.value),
        "Ld": Answer("length", worked.length.value),
        "yp": Answer("length", worked.pool.value),
        "y1": Answer("length", worked.toe.value),
        "y2": Answer("length", worked.sequent.value),
        "Lj": Answer("length", worked.jump_length.value),
        "yc": Answer("length", yc),
        "V1": Answer("velocity", q / worked.toe.value),
        "L": Answer("length", worked.apron),
        "Fr1": Answer("number", q / math.sqrt(rows.G * worked.toe.value**3)),
    }


def riprap(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A riprap apron below an outlet (HEC-14); the tailwater counts 0.4 D where it is not known."""
    flow, rise = inputs.get_one("flow", "Q", "flow"), inputs.get_one("length", "D", "diameter", "rise")
    worked = chute.riprap_apron(flow, rise, inputs.get_one("length", "TW", "tailwater", "ht", default=0.0))
    return {
        "D50": Answer("length", worked.d50.value),
        "La": Answer("length", worked.length.value),
        "L": Answer("length", worked.length.value),
        "thickness": Answer("length", worked.thickness.value),
        "depth": Answer("length", worked.thickness.value),
    }


def chute_profile(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A chute by direct steps: depth and speed at its foot, swollen by air."""
    shape, flow, n = shape_of(inputs), flow_of(inputs), roughness_of(inputs)
    if flow is None or n is None:
        raise KeyError("Q" if flow is None else "n")
    worked = chute.chute(
        shape,
        n,
        inputs.slope("S", "i", "S0"),
        flow,
        inputs.get_one("length", "L", "length"),
        inputs.get_one("length", "freeboard", "a", default=0.3),
        inputs.maybe("number", "zeta"),
        inputs.maybe("length", "y_start", "start"),
    )
    return {
        "y": Answer("length", worked.foot_depth),
        "V": Answer("velocity", worked.foot_velocity),
        "yn": Answer("length", worked.normal),
        "yc": Answer("length", worked.critical),
        "hb": Answer("length", worked.aerated.value),
        "wall": Answer("length", worked.wall.value),
        "Fr": Answer("number", worked.froude),
        "y_foot": Answer("length", worked.foot_depth),
    }
