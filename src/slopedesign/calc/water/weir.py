"""Weirs and orifices."""

from __future__ import annotations

import math

import numpy as np

from slopedesign.calc.water import need
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import hydraulics as rows
from slopedesign.standards.trace import Traced
from slopedesign.standards.water_tables import along, table


def weir_flow(
    coefficient: float | Traced, width: float | Traced, head: float | Traced, contraction: float | Traced = 1.0,
    submergence: float | Traced = 1.0,
) -> Traced:  # fmt: skip
    """Q = sigma epsilon m B sqrt(2g) H0^1.5 [m3/s]."""
    return rows.WEIR.at(sigma_s=submergence, epsilon=contraction, m=coefficient, B=width, g=rows.G, H_0=head)


def coefficient_of_cd(cd: float) -> float:
    """m of a weir whose law is written Q = Cd B H^1.5 (Cd in m^0.5/s; 1.70 gives 0.384)."""
    return cd / math.sqrt(2 * rows.G)


def head_for(coefficient: float, width: float, flow: float) -> float:
    """Head [m] over a free weir that passes a flow."""
    need.positive("width", width)
    need.positive("coefficient", coefficient)
    need.not_negative("flow", flow)
    return math.pow(flow / (coefficient * width * math.sqrt(2 * rows.G)), 2 / 3)


def width_for(coefficient: float, head: float, flow: float) -> float:
    """Width [m] of a free weir that passes a flow under a head."""
    need.positive("head", head)
    return flow / (need.positive("coefficient", coefficient) * math.sqrt(2 * rows.G) * math.pow(head, 1.5))


def submergence(upstream: float, downstream: float) -> Traced:
    """Villemonte's factor from the heads over the crest on both sides; 1 while the tailwater is below the crest.

    Raises:
        InputError: the downstream head exceeds the upstream one.
    """
    need.positive("upstream", upstream)
    if downstream > upstream:
        raise InputError("downstream", downstream, message("water.error.reverse_head", head=upstream))
    return rows.VILLEMONTE.at(h_1=upstream, h_2=max(downstream, 0.0))


def full_width_weir(head: float, crest_height: float, width: float) -> Traced:
    """Thin full-width rectangular weir (Ackers) [m3/s]."""
    return rows.WEIR_ACKERS.at(h=head, p=crest_height, b=width, g=rows.STANDARD_GRAVITY)


def contracted_weir(head: float, crest_height: float, width: float) -> Traced:
    """Thin rectangular weir contracted at both ends (Kindsvater-Carter) [m3/s].

    The coefficient is that of a crest no wider than a fifth of the channel; a wider one passes up to 3 % more.
    """
    return rows.WEIR_KINDSVATER.at(h=head, p=crest_height, b=width, g=rows.STANDARD_GRAVITY)


def v_notch(head: float, angle_deg: float) -> Traced:
    """Thin triangular weir (Shen) [m3/s]; coefficients read on the angle, 20 to 100 degrees.

    Q = 8/15 C tan(angle/2) sqrt(2g) (h + k)^2.5, the weir law with its own factor (4.28 C in feet).
    """
    c, k = _notch(angle_deg)
    return rows.V_NOTCH.at(C=c, theta=angle_deg, g=rows.STANDARD_GRAVITY, h=head, k=k)


def v_notch_listed(head: float, angle_deg: float) -> Traced:
    """The same weir as a public library lists it, without the factor 8 sqrt(2)/15 [m3/s]: a third too much.

    Only for comparing with numbers printed by that library; a design takes `v_notch`.
    """
    c, k = _notch(angle_deg)
    return rows.V_NOTCH_LISTED.at(C=c, theta=angle_deg, g=rows.STANDARD_GRAVITY, h=head, k=k)


def _notch(angle_deg: float) -> tuple[Traced, Traced]:
    found = table("ditches", "v_notch")
    angles = found.array("angle_deg")
    c = along(angles, found.array("coefficient"), angle_deg, str(found.source))
    k = float(np.interp(angle_deg, angles, found.array("correction")))
    return found.made(c, "-"), found.made(k, "m")


def francis_weir(head: float, width: float, contractions: int = 2, coefficient: float | None = None) -> Traced:
    """Thin rectangular weir with end contractions (Francis) [m3/s]: each takes 0.1 head off its width.

    Args:
        coefficient: on sqrt(2g); None takes 0.415, which holds while the head is below 0.3 of the crest's height.
    """
    m: float | Traced = table("ditches", "hec22_weir").pick("sharp_m") if coefficient is None else coefficient
    return rows.WEIR_CONTRACTED.at(m=m, g=rows.G, L=width, N=float(contractions), H=head)


def v_notch_by(head: float, angle_deg: float, coefficient: float | None = None) -> Traced:
    """Thin triangular weir of one coefficient [m3/s]: Q = m sqrt(2g) tan(angle/2) h^2.5.

    Args:
        coefficient: on sqrt(2g); None takes 0.31. A textbook's discharge coefficient Cd is 15/8 of it.
    """
    m: float | Traced = table("ditches", "hec22_weir").pick("v_notch_m") if coefficient is None else coefficient
    return rows.V_NOTCH_PLAIN.at(m=m, g=rows.G, theta=angle_deg, h=head)


def orifice(coefficient: float, area: float, head: float) -> Traced:
    """Q = Co A sqrt(2 g H) [m3/s], head to the centre."""
    return rows.ORIFICE.at(C_o=coefficient, A=area, g=rows.G, H=head)


def riser(
    head: float, diameter: float, weir_m: float, orifice_c: float, crest: float | None = None
) -> tuple[Traced, str]:
    """Flow into a riser from above: weir or orifice, whichever is less, and its name.

    Args:
        weir_m: coefficient on sqrt(2g); crest: length of the rim, None for pi D.
    """
    rim = math.pi * diameter if crest is None else crest
    over = weir_flow(weir_m, rim, head)
    through = orifice(orifice_c, math.pi * diameter**2 / 4, head)
    return (over, "weir") if over.value <= through.value else (through, "orifice")
