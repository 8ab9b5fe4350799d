"""Sections, bearing values and dowels of published wall cases, worked by the program's own rows."""

from __future__ import annotations

import math

from slopedesign.calc.walls.sections import compression_factor, crack_width, flexure
from slopedesign.calc.walls.stability import Weight, base_stability
from slopedesign.standards import gb50003_2011, gb50007_2011, gb50010_2010
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.trace import measured
from slopedesign.verification.wall_inputs import Inputs, Outputs


def flexure_case(given: Inputs, topic: str) -> Outputs:
    del topic
    b, h = given.get("b", default=1000.0), given.get("h")
    near = given.get("cover") + given.get("d", default=20.0) / 2 if given.has("cover") else 40.0
    axis = given.get("as_", "a_s", default=near)
    f_c, f_y, xi_b = (_grade(given, name) for name in ("f_c", "f_y", "xi_b"))
    h_0 = gb50010_2010.EFFECTIVE_DEPTH.number(h=h, a_s=axis)
    x_b = gb50010_2010.DEPTH_LIMIT.number(xi_b=xi_b, h_0=h_0)
    out = {"Mu_max": gb50010_2010.MOMENT_CAPACITY.number(f_c=f_c, b=b, x=x_b, h_0=h_0), "h0": h_0}
    if given.has("M"):
        needed = gb50010_2010.STEEL_NEEDED.number(f_c=f_c, b=b, h_0=h_0, M=given.get("M"), f_y=f_y)
        x = gb50010_2010.COMPRESSION_DEPTH.number(f_y=f_y, A_s=needed, f_c=f_c, b=b)
        out |= {"As": needed, "xi": x / h_0, "x": x}
    if given.has("As") or given.has("spacing"):
        if given.has("As"):
            area = given.get("As")
        else:
            area = gb50010_2010.BAR_AREA.number(d=given.get("d"), b=b, s=given.get("spacing"))
            out["As"] = area
        bent = flexure(width_mm=b, depth_mm=h, axis_mm=axis, steel_mm2=area, f_c=f_c, f_y=f_y, xi_b=xi_b)
        out |= {"Mu": bent.capacity.value, "Mu_kNm_m": bent.capacity.value, "x": bent.compression.value,
                "x_mm": bent.compression.value}  # fmt: skip
    return out


def _grade(given: Inputs, name: str) -> float:
    """A strength stated, or that of the concrete or steel grade stated."""
    plain = name.replace("_", "")
    if given.has(name, plain):
        return given.get(name, plain)
    if name in ("f_c", "f_t", "f_tk"):
        return gb50010_2010.concrete(str(given.raw("concrete", "concrete_grade")), name).value
    return gb50010_2010.steel(str(given.raw("steel", "steel_grade", "bars") or "HRB400"), name).value


def shear_case(given: Inputs, topic: str) -> Outputs:
    """Shear a strip without stirrups carries."""
    del topic
    cover = given.get("as_", "a_s", default=40.0)
    h_0 = given.get("h0", "h_0") if given.has("h0", "h_0") else given.get("h") - cover
    beta_h = gb50010_2010.SHEAR_DEPTH_FACTOR.number(h_0=h_0)
    b = given.get("b", default=1000.0)
    found = gb50010_2010.SHEAR_CAPACITY.number(beta_h=beta_h, f_t=_grade(given, "f_t"), b=b, h_0=h_0)
    return {"beta_h": beta_h, "Vu": found, "V": found, "Vc": found}


def anchorage_case(given: Inputs, topic: str) -> Outputs:
    """Basic anchorage length, in millimetres as books print it and in metres."""
    del topic
    grade = str(given.raw("concrete", "concrete_grade"))
    steel = str(given.raw("steel", "steel_grade", "bars") or "HRB400")
    found = gb50010_2010.anchorage_length(grade, steel, given.scaled("d", "mm")).value
    return {"lab": found * 1e3, "la": found * 1e3, "l_ab": found * 1e3, "l_a": found * 1e3, "lab_m": found,
            "la_m": found}  # fmt: skip


def plain_bending_case(given: Inputs, topic: str) -> Outputs:
    del topic
    b, h = given.get("b", default=1000.0), given.get("h")
    f_ct = gb50010_2010.PLAIN_TENSION.number(f_t=_grade(given, "f_t"))
    gamma = gb50010_2010.PLAIN_PLASTICITY.number(h=h)
    return {"Mu": gb50010_2010.PLAIN_MOMENT.number(gamma=gamma, f_ct=f_ct, b=b, h=h), "gamma": gamma, "fct": f_ct}


def bed_joint_case(given: Inputs, topic: str) -> Outputs:
    """Shear along a bed joint under pressure, GB 50003-2011 5.5.1."""
    del topic
    sigma, f = given.get("sigma0", "sigma_0"), given.get("f")
    alpha = given.get("alpha", default=gb50003_2011.limit("bed_joint_alpha", "permanent_governs").value)
    variable = (given.has("gamma_G") and given.get("gamma_G") < 1.3) or alpha <= 0.6
    row = gb50003_2011.BED_JOINT_FRICTION if variable else gb50003_2011.BED_JOINT_FRICTION_PERMANENT
    mu = given.get("mu") if given.has("mu") else row.number(sigma_0=sigma, f=f)
    found = gb50003_2011.BED_JOINT_SHEAR.number(f_v=given.get("fv", "f_v"), alpha=alpha, mu=mu, sigma_0=sigma,
                                                A=given.get("A"))  # fmt: skip
    return {"mu": mu, "Vu": found, "V": found}


def base_pressure_case(given: Inputs, topic: str) -> Outputs:
    """Pressure under a base by normal force and eccentricity (or moment about its middle)."""
    del topic
    b, n = given.get("b", "B"), given.get("N", "V", "sum_V", "Fk_Gk")
    e = given.get("e") if given.has("e") else given.get("M", "Mk") / n
    weight = Weight(
        name="N", force=measured(n, "kN/m", "walls.method.case"), x=measured(b / 2 - e, "m", "walls.method.case")
    )
    found = base_stability(weights=[weight], thrusts=[], base_width=b, friction=0.5).pressure
    if found is None:
        return {}
    high, low = max(found.at_toe, found.at_heel), min(found.at_toe, found.at_heel)
    return {"e": e, "p": found.mean.value, "pk": found.mean.value, "p_mean": found.mean.value, "p_max": high,
            "pmax": high, "pkmax": high, "q_toe": found.at_toe, "p_min": low, "pmin": low, "pkmin": low,
            "q_heel": found.at_heel}  # fmt: skip


def bearing_case(given: Inputs, topic: str) -> Outputs:
    """Bearing value by a load test corrected for width and depth, or by the strength of the ground."""
    del topic
    gamma, b, d = given.get("gamma"), given.get("b", "B"), given.get("d", "D")
    over = given.get("gamma_m", default=gamma)
    if given.has("fak"):
        found = gb50007_2011.CORRECTED_BEARING.number(
            f_ak=given.get("fak"), eta_b=given.get("eta_b", default=0.0), eta_d=given.get("eta_d", default=0.0),
            gamma=gamma, gamma_m=over, b=b, d=d,
        )  # fmt: skip
        return {"fa": found, "f_a": found}
    m_b, m_d, m_c = (value.value for value in gb50007_2011.bearing_factors(given.get("phi")))
    found = gb50007_2011.STRENGTH_BEARING.number(M_b=m_b, M_d=m_d, M_c=m_c, gamma=gamma, gamma_m=over, b=b, d=d,
                                                 c_k=given.get("c"))  # fmt: skip
    return {"Mb": m_b, "Md": m_d, "Mc": m_c, "fa": found, "f_a": found}


def crack_case(given: Inputs, topic: str) -> Outputs:
    del topic
    grade = str(given.raw("concrete") or "")
    f_tk = given.get("ftk", "f_tk") if given.has("ftk", "f_tk") else gb50010_2010.concrete(grade, "f_tk").value
    b, h = given.get("b", default=1000.0), given.get("h")
    cover = given.get("cs", "c_s", "c", "cover", default=30.0)
    d = given.get("d", "deq", "d_eq")
    h_0 = given.get("h0", "h_0", default=h - given.get("as_", "a_s", default=cover + d / 2))
    steel = given.get("As", "A_s") if given.has("As", "A_s") else given.get("n") * math.pi * d**2 / 4
    found = crack_width(
        moment=given.get("Mq", "M_q", "Mk", "M"), width_mm=b, depth_mm=h, effective_depth_mm=h_0, steel_mm2=steel,
        diameter_mm=d, cover_mm=cover, f_tk=f_tk, modulus=given.get("Es", "E_s", default=2.0e5),
        alpha_cr=given.get("alpha_cr", "acr", default=1.9),
    )  # fmt: skip
    return {
        "sigma_sq": found.stress.value, "sigma_s": found.stress.value, "sigma": found.stress.value,
        "rho_te": found.ratio.value, "psi": found.unevenness.value, "w": found.width.value,
        "w_max": found.width.value, "wmax": found.width.value, "crack": found.width.value,
    }  # fmt: skip


def plain_concrete_case(given: Inputs, topic: str) -> Outputs:
    """Plain concrete under eccentric load; the clause's width is the length across the eccentricity, 1 m deep."""
    del topic
    grade = str(given.raw("concrete"))
    f_cc = gb50010_2010.PLAIN_COMPRESSION.number(f_c=gb50010_2010.concrete(grade, "f_c").value)
    f_ct = gb50010_2010.PLAIN_TENSION.number(f_t=gb50010_2010.concrete(grade, "f_t").value)
    length, e = given.get("B_m", "B", "h"), given.get("e_m", "e")
    capacity = gb50010_2010.PLAIN_AXIAL.number(
        phi=given.get("phi", default=1.0), f_cc=f_cc, b=1000.0, h=length * 1e3, e_0=e * 1e3
    )
    return {
        "fcc_kPa": f_cc * 1e3, "fct_kPa": f_ct * 1e3, "Ac_m2": length - 2 * e, "Nu_kN": capacity,
        "e_limit_m": rows.ECCENTRICITY_LIMIT.number(k=0.45, y=length / 2),
    }  # fmt: skip


def masonry_compression_case(given: Inputs, topic: str) -> Outputs:
    del topic
    h, e = given.get("h"), given.get("e")
    beta = given.get("beta", default=1.0)
    phi = compression_factor(h, e, beta * h / 1.5, given.get("mortar", default=5.0))[-1]
    capacity = gb50003_2011.COMPRESSION.number(phi=phi.value, f=given.get("f_MPa", "f"), A=h)
    limit = rows.ECCENTRICITY_LIMIT.number(k=0.6, y=h / 2)
    return {"phi": phi.value, "NRd": capacity, "Nu": capacity, "e_limit": limit}


def masonry_bending_case(given: Inputs, topic: str) -> Outputs:
    """Upright masonry slab under a load growing from nought at its top: heights by bending and by shear."""
    del topic
    h = given.get("h", "t", "thickness", "b_wall")
    if h > 10:
        h /= 1000.0
    gamma = given.get("gamma_w", "gamma", default=10.0)
    factor = given.get("gamma_a", "factor", default=1.0)
    tension = factor * given.get("ftm", "f_tm", "f_tm_MPa", "ftm_MPa")
    shear = factor * given.get("fv", "f_v", "fv_MPa", "f_v_MPa", default=tension)
    m_u = gb50003_2011.BENDING.number(f_tm=tension, b=1.0, h=h)
    v_u = gb50003_2011.BENDING_SHEAR.number(f_v=shear, b=1.0, h=h)
    load = gamma * given.get("gamma_F", "gamma_Q", "load_factor", default=1.0)
    by_m, by_v = (
        gb50003_2011.HEIGHT_BY_BENDING.number(M_u=m_u, gamma=load),
        gb50003_2011.HEIGHT_BY_SHEAR.number(V_u=v_u, gamma=load),
    )
    return {
        "Mu": m_u, "Vu": v_u, "H_bending": by_m, "H_flexure": by_m, "H_moment": by_m, "H_M": by_m, "H_shear": by_v,
        "H_V": by_v, "H": min(by_m, by_v),
    }  # fmt: skip


def anchor_case(given: Inputs, topic: str) -> Outputs:
    del topic
    bond = given.scaled("f", "mpa") * 1e3
    length = gb50007_2011.BOND_LENGTH.number(R_t=given.get("N"), d_1=given.scaled("d1", "mm") / 1e3, f=bond)
    if not given.has("d_mm", "d"):
        return {"l_bond": length, "l": length}
    forty = gb50007_2011.FORTY_DIAMETERS.number(d=given.scaled("d", "mm"))
    return {"l_bond": length, "l_40d": forty, "l": max(length, forty)}
