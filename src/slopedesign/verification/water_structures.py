"""Published cases of structures: weirs, orifices, risers, culverts, pipes under pressure, irrigation."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from slopedesign.calc.water import channel, culvert, irrigation, section, weir
from slopedesign.standards import gb50288_2018 as gb50288
from slopedesign.standards.water_tables import table
from slopedesign.verification.quantities import FT, Answer, Reader, decimals, is_number
from slopedesign.verification.water_channels import Found, gathered, rows_of
from slopedesign.verification.water_ponds import plain_coefficient, unrounded

HEAD = ("h", "H", "head", "heads", "Hw", "h_o", "ho", "Ho", "H0", "h1", "H1")
WIDE = ("L", "b", "B", "width", "length", "L_weir", "crest_length", "Lw")
WEIR_C = ("Cw", "C_w", "Cd", "C", "m", "Cbcw", "CBCW", "Cscw", "coefficient", "c", "Ce", "mu")


# Weirs and orifices ---------------------------------------------------------------------------------------------------


def weirs(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Weirs, notches, orifices and risers, by what the case states."""
    if "rows" in inputs and isinstance(inputs["rows"][0], list) and "Co" in inputs:
        area = math.pi * inputs.get_one("length", "D", "d") ** 2 / 4
        unit = FT if inputs.us else 1.0
        flows = [n * weir.orifice(inputs["Co"], area, h * unit).value for n, h in inputs["rows"]]
        return {"Q": Answer("flow", flows), "total": Answer("flow", sum(flows))}
    if "KC" in inputs or (isinstance(inputs.get("V"), list) and "angle" in str(inputs["V"])):
        return _library(inputs)
    if (listed := rows_of(inputs)) is not None:
        key, readers = listed
        each = [weirs(one, {}) for one in readers]
        found = gathered(each)
        if "Q" in found and all(v is not None for v in found["Q"].value):
            found["total"] = Answer("flow", sum(found["Q"].value))
        return {**found, key: each}
    if "Co" in inputs and "Cw" in inputs:
        return riser(inputs, out)
    angle = inputs.maybe("number", "theta", "angle", "theta_deg", "angle_deg", "notch_angle", "Theta")
    if angle is not None:
        return _notch(inputs, angle)
    orifice = inputs.said("orifice|sluice|outlet pipe") or inputs.maybe("number", "Co", "C_o") is not None
    if orifice and not inputs.said("weir"):
        return _orifice(inputs, out)
    if inputs.maybe("number", *WEIR_C) is None and inputs.maybe("length", "h2", "P", "p", "w") is not None:
        return _thin(inputs)
    return _weir(inputs)


def _library(inputs: Reader) -> Found:
    """Numbers of a public library: its V notch lacks a factor of the weir law, so it is compared with that form."""
    found: Found = {}
    if "V" in inputs:
        found["V"] = Answer("number", [weir.v_notch_listed(v["h"], v["angle"]).value for v in inputs["V"]])
    if "KC" in inputs:
        kc = inputs["KC"]
        found["KC"] = Answer("flow", weir.contracted_weir(kc["h1"], kc["h2"], kc["b"]).value)
    return found


def _notch(inputs: Reader, angle: float) -> Found:
    c = inputs.maybe("number", *WEIR_C)
    heads = inputs.any("length", *HEAD)
    many = heads if isinstance(heads, list) else [heads]
    if c is None:
        flows = [weir.v_notch(h, angle).value for h in many]
    else:
        m = c if c < 0.45 else c * 8 / 15 if c < 1 else weir.coefficient_of_cd(c * (FT**0.5 if inputs.us else 1.0))
        flows = [weir.v_notch_by(h, angle, m).value for h in many]
    return {"Q": Answer("flow", flows if isinstance(heads, list) else flows[0])}


def _thin(inputs: Reader) -> Found:
    head, width = inputs.get_one("length", *HEAD), inputs.get_one("length", "b", "B", "L", "width")
    if inputs.said("submerge|villemonte|drowned"):
        below = inputs.get_one("length", "h2", "H2", "h_d")
        sigma = weir.submergence(head, below).value
        return {"sigma": Answer("number", sigma), "ratio": Answer("number", sigma)}
    crest = inputs.get_one("length", "h2", "P", "p", "w")
    work = weir.contracted_weir if inputs.said("contract|kindsvater") else weir.full_width_weir
    return {"Q": Answer("flow", work(head, crest, width).value)}


def _weir(inputs: Reader) -> Found:
    """A weir of one coefficient: its flow, or the head or width that a flow needs; contracted or submerged if it is."""
    c = inputs.maybe("number", *WEIR_C)
    broad = inputs.said("broad|critical")
    m = plain_coefficient(inputs, c) if c is not None else 0.385 if broad else 0.415
    heads, width = inputs.any("length", *HEAD), inputs.any("length", *WIDE)
    flow = inputs.any("flow", "Q", "flow", "qo", "Q_out")
    below = inputs.maybe("length", "h2", "H2", "h_d", "hd", "tailwater_head")
    ends = inputs.maybe("number", "N", "n_contractions", "contractions", "n_ends")
    if ends is None and inputs.said("contract"):
        ends = 2
    found: Found = {"m": Answer("number", m)}
    if flow is not None and heads is None and width is not None:
        many = flow if isinstance(flow, list) else [flow]
        found["H"] = Answer("length", [weir.head_for(m, width, q) for q in many])
        return found | {"h": found["H"]}
    if flow is not None and width is None and heads is not None:
        found |= {"L": Answer("length", weir.width_for(m, heads, flow))}
        return found | {"b": found["L"], "Lw": found["L"]}
    if heads is None or width is None:
        free = inputs.maybe("flow", "Q_free", "Q1", "Q")
        if below is not None and heads is not None and free is not None:
            sigma = weir.submergence(heads, below).value
            return {
                "sigma": Answer("number", sigma),
                "Q": Answer("flow", sigma * free),
                "Qs": Answer("flow", sigma * free),
            }
        raise KeyError("h" if heads is None else "L")
    many = unrounded(heads, inputs.us) if isinstance(heads, list) else [heads]
    flows = []
    for h in many:
        if h <= 0:
            flows.append(0.0)
        elif ends:
            flows.append(weir.francis_weir(h, width, int(ends), m).value)
        else:
            flows.append(weir.weir_flow(m, width, h).value)
    if below is not None:
        sigma = weir.submergence(many[0], below).value
        found |= {
            "sigma": Answer("number", sigma),
            "Q_free": Answer("flow", flows[0]),
            "Qs": Answer("flow", flows[0] * sigma),
        }
        flows = [q * sigma for q in flows]
    q: Any = flows if isinstance(heads, list) else flows[0]
    return found | {name: Answer("flow", q) for name in ("Q", "Q_weir", "Qo")}


def _orifice(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Free or submerged orifices; depths over the invert are turned to heads on the centre."""
    c = inputs.maybe("number", "Co", "C_o", "Cd", "C", "mu", "c")
    c = 0.6 if c is None else c
    across = inputs.maybe("length", "D", "d", "diameter")
    area = inputs.maybe("area", "A", "Ao", "a", "area")
    high, wide = inputs.maybe("length", "a", "opening", "e", "height"), inputs.maybe("length", "b", "B", "width")
    if area is None and across is None and high is not None and wide is not None:
        area = high * wide
    heads, flow = inputs.any("length", *HEAD), inputs.maybe("flow", "Q", "flow")
    depths = inputs.any("length", "depth", "depths", "stage_depth", "y", "d_over_invert")
    stages, invert = inputs.any("length", "stage", "elev", "WSE", "EL"), inputs.maybe("length", "invert", "EL_invert")
    rise = across if across is not None else (high or 0.0)
    if heads is None and depths is None and stages is not None and invert is not None:
        depths = [s - invert for s in stages] if isinstance(stages, list) else stages - invert
    if area is None and across is not None:
        area = math.pi * across**2 / 4
    if area is None and flow is not None and heads is not None:
        found_area = flow / weir.orifice(c, 1.0, heads).value
        return {
            "A": Answer("area", found_area),
            "Ao": Answer("area", found_area),
            "D": Answer("length", math.sqrt(4 * found_area / math.pi)),
        }
    if area is None:
        raise KeyError("A")
    if flow is not None and heads is None and depths is None:
        head = (flow / weir.orifice(c, area, 1.0).value) ** 2
        return {"h": Answer("length", head), "H": Answer("length", head)}
    below = inputs.maybe("length", "h2", "H2", "hd", "tailwater")
    if depths is not None and heads is None:
        many = depths if isinstance(depths, list) else [depths]
        many = [max(d - rise / 2, 0.0) for d in many]
        listed = isinstance(depths, list)
    else:
        many = heads if isinstance(heads, list) else [heads]
        many = [h - below for h in many] if below is not None else many
        listed = isinstance(heads, list)
    count = inputs.get_one("number", "N", "n_orifices", "count", default=1.0)
    flows = [count * weir.orifice(c, area, h).value if h > 0 else 0.0 for h in many]
    speeds = [q / area / count for q in flows]
    return {
        "Q": Answer("flow", flows if listed else flows[0]),
        "V": Answer("velocity", speeds if listed else speeds[0]),
        "A": Answer("area", area),
        "total": Answer("flow", sum(flows)),
    }


def riser(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A riser: weir round its rim or orifice through its mouth, whichever is less.

    HEC-22 prints its constant 0.415 for low heads (10.3.3.3.1) as 0.41 and works with the unrounded one.
    """
    diameter = inputs.get_one("length", "D", "d", "diameter")
    heads = inputs.series("length", *HEAD) or [inputs.get_one("length", *HEAD)]
    rim = inputs.maybe("length", "L", "circumference", "perimeter")
    sharp = float(table("ditches", "hec22_weir").raw("sharp_m"))
    stated = inputs["Cw"]
    m = plain_coefficient(inputs, stated)
    if abs(stated - sharp) <= 0.5 * 10.0 ** -decimals(stated) * (1 + 1e-9):
        m = sharp
    crest = math.pi * diameter if rim is None else rim
    area = math.pi * diameter**2 / 4
    over = [weir.weir_flow(m, crest, h).value for h in heads]
    through = [weir.orifice(inputs["Co"], area, h).value for h in heads]
    worked = [weir.riser(h, diameter, m, inputs["Co"], rim) for h in heads]
    unit = FT if inputs.us else 1.0
    flow = FT**3 if inputs.us else 1.0
    return {
        "K_orifice": Answer("number", weir.orifice(inputs["Co"], area, 1.0).value * unit**0.5 / flow),
        "K_weir": Answer("number", weir.weir_flow(m, crest, 1.0).value * unit**1.5 / flow),
        "Q_weir": Answer("flow", over),
        "Q_orifice": Answer("flow", through),
        "controls": Answer("text", [kind for _, kind in worked]),
        "Q": Answer("flow", [q.value for q, _ in worked]),
    }


# Culverts -------------------------------------------------------------------------------------------------------------


def culverts(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Culvert rating by HDS-5, flow over the road, and both together."""
    barrel = _barrel(inputs)
    crest, road = (
        inputs.maybe("length", "crest_el", "EL_road", "road_el", "crest"),
        inputs.maybe("length", "L_weir", "Lr"),
    )
    factors = inputs.any("number", "Cd_US", "Cd", "C_d", "Cr")
    heads = inputs.any("length", "h", "HWr", "HW_r", "Hr")
    if barrel is None or (heads is not None and road is not None):
        many = heads if isinstance(heads, list) else [heads]
        each = factors if isinstance(factors, list) else [factors] * len(many)
        submerged = inputs.any("number", "kt", "Kt", "k_t")
        cut = submerged if isinstance(submerged, list) else [submerged or 1.0] * len(many)
        if road is None:
            road = inputs.get_one("length", *WIDE)
        q = [culvert.overtopping(c * k, road, h).value for c, h, k in zip(each, many, cut, strict=True)]
        found: Found = {"Qo": Answer("flow", q if isinstance(heads, list) else q[0])}
        found["Q"] = found["Qo"]
        return found
    return _rate(inputs, barrel, crest, road, factors)


def _rate(inputs: Reader, barrel: culvert.Culvert, crest: float | None, road: float | None, factors: Any) -> Found:
    flows, tails = inputs.any("flow", "Q", "flows", "flow", "discharge"), inputs.any("length", "TW", "tailwater", "ht")
    datum = inputs.get_one("length", "inlet_invert", "EL_i", "ELi", "invert_in", "inlet_el", "EL_inlet", default=0.0)
    if flows is None:
        head = inputs.maybe("length", "HW", "Hw", "headwater")
        if head is None:
            head = inputs.get_one("length", "HW_el", "EL_h", "ELhd") - datum
        q = culvert.capacity_at(barrel, head, tails if is_number(tails) else 0.0)
        return {"Q": Answer("flow", q)}
    many = flows if isinstance(flows, list) else [flows]
    each = []
    for k, q in enumerate(many):
        tail = tails[k] if isinstance(tails, list) else (tails or 0.0)
        each.append(culvert.rate(barrel, q, tail))
    worded = f"{inputs.worded('control') or ''} {inputs.topic}".lower()
    which = "outlet" if "outlet" in worded and "inlet" not in worded else "inlet" if "inlet" in worded else "headwater"
    which = "headwater" if "outlet" in worded and "inlet" in worded else which
    heads = [getattr(r, which).value for r in each]
    outlets = [r.outlet for r in each]
    losses = [o.value - o.inputs["h_o"].value + barrel.length * barrel.slope for o in outlets]
    found: Found = {
        "HW": Answer("length", heads),
        "HW_el": Answer("length", [datum + h for h in heads]),
        "HWi": Answer("length", [r.inlet.value for r in each]),
        "HWo": Answer("length", [o.value for o in outlets]),
        "EL_hi": Answer("length", [datum + r.inlet.value for r in each]),
        "control": Answer("text", [r.control for r in each]),
        "EL_ho": Answer("length", [datum + o.value for o in outlets]),
        "dc": Answer("length", [r.critical for r in each]),
        "ho": Answer("length", [o.inputs["h_o"].value for o in outlets]),
        "H": Answer("length", losses),
        "V": Answer("velocity", [r.velocity for r in each]),
        "HW_D": Answer("number", [h / barrel.section.height for h in heads]),
        "y_out": Answer("length", [r.outlet_depth for r in each]),
    }
    if crest is not None and road is not None and factors is not None:
        c = factors if isinstance(factors, list) else [factors] * len(many)
        over = [culvert.overtopping(k, road, max(datum + h - crest, 0.0)).value for k, h in zip(c, heads, strict=False)]
        found |= {"Qo": Answer("flow", over), "Qt": Answer("flow", [a + b for a, b in zip(many, over, strict=False)])}
    if isinstance(flows, list):
        return found
    return {k: Answer(a.kind, a.value[0]) for k, a in found.items()}


def _barrel(inputs: Reader) -> culvert.Culvert | None:
    wide = inputs.maybe("length", "B", "b", "span", "width")
    rise = inputs.maybe("length", "D", "d", "diameter", "rise", "height", "H_barrel")
    if rise is None and wide is not None:
        rise = inputs.maybe("length", "H", "h") or wide
    if rise is None:
        return None
    round_ = wide is None
    shape: section.Section = section.Circle(rise) if round_ else section.rectangle(wide or rise, rise)
    length = inputs.get_one("length", "L", "length")
    slope = inputs.maybe("slope", "S", "S0", "slope", "So")
    if slope is None:
        up = inputs.get_one("length", "inlet_invert", "EL_i", "ELi", "invert_in")
        slope = (up - inputs.get_one("length", "outlet_invert", "EL_o", "ELo", "invert_out")) / length
    return culvert.Culvert(
        shape,
        length,
        slope,
        inputs.get_one("number", "n", default=0.012),
        inlet_row(inputs, round_),
        inputs.maybe("number", "ke", "k_e", "Ke"),
        int(inputs.get_one("number", "N", "barrels", default=1.0)),
    )


INLET_WORDS: tuple[tuple[bool, str, str], ...] = (
    (True, r"metal|cmp|corrugated|csp", "circular_metal_headwall"),
    (True, r"groove|socket|bell", "circular_concrete_groove_headwall"),
    (True, r"33|1\.5 ?: ?1", "circular_bevel_33"),
    (True, r"bevel|45", "circular_bevel_45"),
    (True, r"", "circular_concrete_square_edge_headwall"),
    (False, r"bevel", "box_headwall_bevel_45"),
    (False, r"chamfer", "box_headwall_chamfer"),
    (False, r"30.*75|flare", "box_wingwall_30_75"),
    (False, r"parallel|extension|0 ?deg", "box_wingwall_0"),
    (False, r"", "box_wingwall_90_15"),
)
"""Words for a kind of inlet and the row of the table they mean, most particular first."""


def inlet_row(inputs: Reader, round_: bool) -> str:
    """The row of the inlet table whose constants, name or words the case states; else the plain headwall."""
    worded = inputs.worded("inlet", "entrance", "inlet_type", "edge") or ""
    rows_ = table("culverts", "inlet").rows
    if worded in rows_:
        return worded
    numbers = {k: float(v) for k, v in re.findall(r"\b([KMcY])\s*=\s*(\d*\.?\d+)", worded)}
    numbers |= {k: float(inputs[k]) for k in ("K", "M", "c", "Y") if is_number(inputs.get(k))}
    if numbers:
        for name, row in rows_.items():
            listed = dict(zip(("K", "M", "c", "Y"), row[2:], strict=True))
            if name.startswith("circular") == round_ and all(
                abs(listed[k] - v) <= 0.003 * v for k, v in numbers.items()
            ):
                return str(name)
        raise KeyError(f"no inlet of constants {numbers}")
    text = worded.lower()
    if round_ and re.search("metal|cmp|corrugated|csp", text):
        return (
            "circular_metal_projecting"
            if "project" in text
            else "circular_metal_mitered"
            if "mitre" in text or "miter" in text
            else "circular_bevel_45"
            if "bevel" in text
            else "circular_metal_headwall"
        )
    if round_ and "groove" in text and "project" in text:
        return "circular_concrete_groove_projecting"
    return next(name for is_round, words, name in INLET_WORDS if is_round == round_ and re.search(words, text))


# Pipes under pressure and irrigation ----------------------------------------------------------------------------------


def pipes(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Friction loss by the formula the case names: GB 50288, Darcy, Hazen-Williams or Manning; and its company."""
    listed = inputs.get("rows") or out.get("rows")
    if isinstance(listed, list) and listed and isinstance(listed[0], Mapping):
        shared = {k: v for k, v in inputs.items() if k != "rows"}
        each = [_pipe(inputs.part({**shared, **row}), row) for row in listed]
        return {**gathered(each), "rows": each}
    found: Found = {}
    outlets = inputs.maybe("number", "N", "n_outlets", "outlets")
    power = inputs.maybe("number", "m", "exponent")
    if outlets is not None:
        share = _outlets(inputs, int(outlets), power)
        found |= {"F_m": Answer("number", share), "F": Answer("number", share)}
    try:
        found |= _pipe(inputs, out)
    except KeyError:
        if not found:
            return _irrigation(inputs)
    if outlets is not None and "hf" in found:
        found["hf_multi"] = Answer("length", found["hf"].value * found["F_m"].value)
        if inputs.said("multi|lateral|outlet|christiansen"):
            found["hf"] = found["hf_multi"]
    return found


def _outlets(inputs: Reader, count: int, power: float | None) -> float:
    rows_ = table("irrigation", "pipe").rows
    if power is None:
        return irrigation.multi_outlet(_material(inputs), count, inputs.get_one("number", "X", default=1.0)).value
    name = next((k for k, row in rows_.items() if abs(row[1] - power) < 1e-9), None)
    first = inputs.get_one("number", "X", "first", default=1.0)
    if name is not None:
        return irrigation.multi_outlet(str(name), count, first).value
    return gb50288.MULTI_OUTLET.number(N=float(count), m=power, X=first)


def _material(inputs: Reader) -> str:
    constants = [inputs.get(k) for k in ("f", "m", "b")]
    for name, row in table("irrigation", "pipe").rows.items():
        same = [c is None or not is_number(c) or abs(c - r) < 1e-9 * r for c, r in zip(constants, row, strict=True)]
        if all(same) and any(is_number(c) for c in constants):
            return str(name)
    worded = (inputs.worded("material", "pipe") or inputs.topic).lower()
    words = (("steel|iron", "steel"), ("alumin", "aluminium"), ("concrete", "concrete_014"))
    return next((name for pattern, name in words if re.search(pattern, worded)), "hard_plastic")


def _pipe(inputs: Reader, out: Mapping[str, Any]) -> Found:
    across = inputs.get_one("length", "d", "D", "diameter")
    bare = not any(re.match("(d|D|diameter)_", k) for k in inputs)
    if bare and across / (FT if inputs.us else 1.0) > 10:  # no pipe is 10 m wide: the book counts mm (or inches)
        across = across / (FT * 12 if inputs.us else 1000.0)
    hazen = inputs.maybe("number", "C", "C_HW", "CHW", "Chw")
    rough, factor = inputs.maybe("length", "eps", "e", "ks", "k_s", "roughness"), inputs.maybe("number", "lambda", "f")
    n = inputs.maybe("number", "n")
    gb = (is_number(inputs.get("f")) and float(inputs["f"]) > 10) or inputs.said("GB|plastic pipe")
    flow = inputs.maybe("flow", "Q", "flow", "q")
    if flow is not None and gb and not any(re.match("(Q|q|flow)_", k) for k in inputs):
        flow /= 3600  # bare, the irrigation formula counts m3/h
    speed = inputs.maybe("velocity", "V", "v")
    area = math.pi * across**2 / 4
    if flow is None:
        if speed is None:
            raise KeyError("Q")
        flow = speed * area
    length = inputs.get_one("length", "L", "length", default=1.0)
    found: Found = {
        "V": Answer("velocity", flow / area),
        "d": Answer("length", across),
        "L": Answer("length", length),
        "Q": Answer("flow", flow),
        "hv": Answer("length", (flow / area) ** 2 / (2 * 9.81)),
    }
    viscosity = inputs.get_one("number", "nu", "viscosity", default=1.139e-6)
    viscosity = viscosity if viscosity < 1e-3 else viscosity * 1e-6
    if inputs.us and viscosity > 5e-6:
        viscosity *= FT**2
    hour, mm = flow * 3600, across * 1000
    darcy = irrigation.darcy_loss(hour, mm, length, 0.0015 if rough is None else rough * 1000, viscosity)
    found |= {
        "hf_DarcyWeisbach": Answer("length", darcy.value),
        "hf_DW": Answer("length", darcy.value),
        "Re": Answer("number", flow / area * across / viscosity),
    }
    listed = irrigation.friction(_material(inputs), hour, mm, length).value
    found["hf_GB"] = Answer("length", listed)
    if gb:
        loss = listed
    elif hazen is not None and hazen > 40:
        loss = irrigation.hazen_williams_loss(hour, mm, length, hazen).value
    elif factor is not None and factor < 0.2:
        loss = factor * length / across * (flow / area) ** 2 / (2 * 9.81)
    elif n is not None and rough is None:
        pipe = section.Circle(across)
        grade = channel.friction_slope(pipe, n, flow, across * (1 - 1e-12))
        loss = grade * length
        found["Sf"] = Answer("slope", grade)
    else:
        loss = darcy.value
        found["f"] = darcy_factor(darcy)
    found["hf"] = Answer("length", loss)
    found["S"] = Answer("slope", loss / length)
    local = inputs.maybe("number", "K_sum", "sum_K", "K", "zeta")
    if local is not None:
        minor = local * (flow / area) ** 2 / (2 * 9.81)
        found |= {
            "hm": Answer("length", minor),
            "hL": Answer("length", loss + minor),
            "total": Answer("length", loss + minor),
        }
    return found


def darcy_factor(worked: Any) -> Answer:
    """The friction factor a Darcy loss was worked with."""
    return Answer("number", worked.inputs["f"].value)


def _irrigation(inputs: Reader) -> Found:
    """Pump power and system head, application rate, quota and interval, as far as the inputs go."""
    found: Found = {}
    number = inputs.maybe
    hour, head, eta = (
        inputs.maybe("flow", "Q", "q"),
        inputs.maybe("length", "H", "head"),
        number("number", "eta", "efficiency"),
    )
    if hour is not None and head is not None and eta is not None:
        found["N"] = Answer(
            "number",
            gb50288.PUMP_POWER.number(
                K=inputs.get_one("number", "K", "reserve", default=1.0),
                Q=hour * 3600,
                H=head,
                eta=eta,
                eta_d=inputs.get_one("number", "eta_d", "drive", default=1.0),
            ),
        )
    a, b = inputs.maybe("length", "a", "Sm"), inputs.maybe("length", "b", "Sl")
    if hour is not None and a is not None and b is not None:
        found["rho"] = Answer(
            "number",
            gb50288.SPRINKLER_RATE.number(
                q=hour * 3600, eta_p=inputs.get_one("number", "eta_p", "eta", default=1.0), a=a, b=b
            ),
        )
    quota = [number("number", k) for k in ("gamma", "h", "beta1", "beta2")]
    if all(v is not None for v in quota):
        depth = gb50288.IRRIGATION_DEPTH.number(
            gamma=quota[0],
            h=quota[1],
            beta_1=quota[2],
            beta_2=quota[3],
            eta_p=inputs.get_one("number", "eta_p", "eta", default=1.0),
        )
        found["m"] = Answer("rain", depth)
    per_day, depth_ = number("number", "ETa", "Ea", "ET"), inputs.maybe("rain", "m")
    depth_ = found["m"].value if "m" in found else depth_
    if per_day is not None and depth_ is not None:
        found["T"] = Answer(
            "number",
            gb50288.IRRIGATION_PERIOD.number(
                m=depth_, eta_p=inputs.get_one("number", "eta_p", "eta", default=1.0), ET=per_day
            ),
        )
    if not found:
        raise KeyError("d")
    return found
