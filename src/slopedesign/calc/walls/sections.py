"""Sections of a wall: stone masonry, plain concrete and reinforced concrete, per metre of wall.

Moments in kN m, forces in kN, widths in m; a positive eccentricity lies towards the front face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.walls import BarSet
from slopedesign.standards import gb50003_2011 as masonry_code
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured

Number = float | Traced
STRIP_MM = 1000.0


@dataclass(frozen=True, kw_only=True)
class SectionForces:
    """Forces on a level section, per metre: normal (pressing), shear to the front, resultant from the front face."""

    level: float
    width: Traced
    normal: Traced
    shear: Traced
    lever: Traced
    eccentricity: Traced


@dataclass(frozen=True, kw_only=True)
class SectionResult:
    """A section judged: capacities, and whether the material can carry it at all."""

    forces: SectionForces
    eccentricity_limit: Traced
    normal_capacity: Traced | None
    shear_capacity: Traced | None
    moment: Traced | None = None
    moment_capacity: Traced | None = None
    steps: tuple[Step, ...] = ()


def masonry_section(
    forces: SectionForces, *, stone: float, mortar: float, height_above: float, variable_governs: bool = False
) -> SectionResult:
    """A bed joint of rubble masonry, GB 50003-2011 5.1.1, 5.1.5, 5.5.1; no tension is taken across the joint.

    Args:
        height_above: free height of the wall above the section [m].

    Raises:
        InputError: a stone or mortar grade the tables do not hold.
    """
    width = forces.width
    area = measured(width.value, "m2", "walls.method.one_metre_strip", label="walls.symbol.A", b=width)
    y = measured(width.value / 2, "m", "walls.method.half_width", b=width)
    limit = rows.ECCENTRICITY_LIMIT.at(k=masonry_code.limit("eccentricity", "share_of_y"), y=y)
    strength = masonry_code.factored(
        masonry_code.rubble_strength(stone, mortar), width.value, mortar, tension_or_shear=False
    )
    shear_strength = masonry_code.factored(
        masonry_code.rubble_tension_shear("shear", mortar), width.value, mortar, tension_or_shear=True
    )
    steps: list[Step] = [strength, shear_strength]
    normal_capacity = shear_capacity = None
    e = abs(forces.eccentricity.value)
    if forces.normal.value > 0 and e < width.value / 2:
        factor = compression_factor(width, e, 2 * height_above, mortar)
        normal_capacity = masonry_code.COMPRESSION.at(phi=factor[-1], f=strength, A=area)
        sigma = measured(forces.normal.value / width.value / 1e3, "MPa", "walls.method.mean_stress", N=forces.normal,
                         A=area)  # fmt: skip
        row = masonry_code.BED_JOINT_FRICTION if variable_governs else masonry_code.BED_JOINT_FRICTION_PERMANENT
        friction = row.at(sigma_0=sigma, f=strength)
        alpha = masonry_code.limit("bed_joint_alpha", "variable_governs" if variable_governs else "permanent_governs")
        shear_capacity = masonry_code.BED_JOINT_SHEAR.at(
            f_v=shear_strength, alpha=alpha, mu=friction, sigma_0=sigma, A=area
        )
        steps += [*factor, normal_capacity, friction, shear_capacity]
    return SectionResult(
        forces=forces, eccentricity_limit=limit, normal_capacity=normal_capacity, shear_capacity=shear_capacity,
        steps=tuple(steps),
    )  # fmt: skip


def compression_factor(width: Number, eccentricity: Number, effective_height: float, mortar: float) -> tuple[Step, ...]:
    """Slenderness, axial factor (1 for slenderness up to 3) and eccentric factor of masonry, GB 50003-2011 D.0.1."""
    gamma = masonry_code.limit("slenderness_factor", "rubble")
    beta = masonry_code.SLENDERNESS.at(gamma_b=gamma, H_0=effective_height, h=width)
    grade = "M5" if mortar >= 5 else "M2.5" if mortar > 0 else "M0"
    steps: list[Step] = [beta]
    axial: Traced = measured(1.0, "-", "walls.method.stocky")
    if beta.value > 3:
        step = masonry_code.AXIAL_FACTOR.at(a=masonry_code.limit("axial_a", grade), beta=beta)
        steps.append(step)
        axial = step
    steps.append(masonry_code.COMPRESSION_FACTOR.at(e=eccentricity, h=width, phi_0=axial))
    return tuple(steps)


def plain_section(forces: SectionForces, *, grade: str, height_above: float) -> SectionResult:
    """A section of plain concrete under eccentric load and shear, GB 50010-2010 appendix D.

    Beyond e_0 = 0.45 y_0 the tension side is checked as well. The standard prints no shear of plain sections: that of
    sections without stirrups is taken, with the tensile strength of plain concrete.

    Args:
        height_above: free height of the wall above the section [m]; it stands free, l_0 is twice this.
    """
    f_cc = concrete_code.PLAIN_COMPRESSION.at(f_c=concrete_code.concrete(grade, "f_c"))
    f_ct = concrete_code.PLAIN_TENSION.at(f_t=concrete_code.concrete(grade, "f_t"))
    h = measured(forces.width.value * 1e3, "mm", "walls.method.in_mm", b=forces.width)
    e_0 = measured(abs(forces.eccentricity.value) * 1e3, "mm", "walls.method.in_mm", e=forces.eccentricity)
    y = measured(forces.width.value / 2, "m", "walls.method.half_width", b=forces.width)
    limit = rows.ECCENTRICITY_LIMIT.at(k=0.9, y=y)
    steps: list[Step] = [f_cc, f_ct]
    found: list[Step] = []
    phi = concrete_code.plain_slenderness(2 * height_above / forces.width.value)
    if phi is not None and 2 * e_0.value < h.value:
        found.append(concrete_code.PLAIN_AXIAL.at(phi=phi, f_cc=f_cc, b=STRIP_MM, h=h, e_0=e_0))
    if phi is not None and e_0.value >= 0.225 * h.value:
        gamma = concrete_code.PLAIN_PLASTICITY.at(h=h)
        steps.append(gamma)
        found.append(
            concrete_code.PLAIN_ECCENTRIC_TENSION.at(phi=phi, gamma=gamma, f_ct=f_ct, b=STRIP_MM, h=h, e_0=e_0)
        )
    capacity = min(found, key=lambda s: s.value) if found else None
    beta_h = concrete_code.SHEAR_DEPTH_FACTOR.at(h_0=h)
    shear = concrete_code.PLAIN_SHEAR.at(beta_h=beta_h, f_ct=f_ct, b=STRIP_MM, h=h)
    return SectionResult(
        forces=forces, eccentricity_limit=limit, normal_capacity=capacity, shear_capacity=shear,
        steps=(*steps, *found, beta_h, shear),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Flexure:
    """Bending capacity of a singly reinforced rectangular section."""

    effective_depth: Step
    compression: Step
    limit: Step
    capacity: Step

    @property
    def steps(self) -> tuple[Step, ...]:
        """All lines in reading order."""
        return self.effective_depth, self.compression, self.limit, self.capacity


def flexure(
    *, width_mm: Number, depth_mm: Number, axis_mm: Number, steel_mm2: Number, f_c: Number, f_y: Number,
    xi_b: Number = 0.518,
) -> Flexure:  # fmt: skip
    """Bending capacity, GB 50010-2010 6.2.10; an over-reinforced section counts with the limit depth.

    Args:
        axis_mm: distance of the steel's centre from the tension edge.
    """
    h_0 = concrete_code.EFFECTIVE_DEPTH.at(h=depth_mm, a_s=axis_mm)
    x = concrete_code.COMPRESSION_DEPTH.at(f_y=f_y, A_s=steel_mm2, f_c=f_c, b=width_mm)
    x_b = concrete_code.DEPTH_LIMIT.at(xi_b=xi_b, h_0=h_0)
    used = x if x.value <= x_b.value else x_b
    return Flexure(
        effective_depth=h_0, compression=x, limit=x_b,
        capacity=concrete_code.MOMENT_CAPACITY.at(f_c=f_c, b=width_mm, x=used, h_0=h_0),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CrackWidth:
    """Crack width with its steps."""

    stress: Step
    ratio: Step
    unevenness: Step
    width: Step

    @property
    def steps(self) -> tuple[Step, ...]:
        """All lines in reading order."""
        return self.stress, self.ratio, self.unevenness, self.width


def crack_width(
    *, moment: Number, width_mm: Number, depth_mm: Number, effective_depth_mm: Number, steel_mm2: Number,
    diameter_mm: Number, cover_mm: float, f_tk: Number, modulus: Number, alpha_cr: float = 1.9,
) -> CrackWidth:  # fmt: skip
    """Largest crack width in bending, GB 50010-2010 7.1.2; the cover counts between 20 and 65 mm."""
    stress = concrete_code.SERVICE_STEEL_STRESS.at(M_q=moment, h_0=effective_depth_mm, A_s=steel_mm2)
    ratio = concrete_code.TENSION_RATIO.at(A_s=steel_mm2, b=width_mm, h=depth_mm)
    psi = concrete_code.STRAIN_UNEVENNESS.at(f_tk=f_tk, rho_te=ratio, sigma_sq=stress)
    width = concrete_code.CRACK_WIDTH.at(
        alpha_cr=alpha_cr, psi=psi, sigma_sq=stress, E_s=modulus, c_s=min(max(cover_mm, 20.0), 65.0),
        d_eq=diameter_mm, rho_te=ratio,
    )  # fmt: skip
    return CrackWidth(stress=stress, ratio=ratio, unevenness=psi, width=width)


@dataclass(frozen=True, kw_only=True)
class ReinforcedSection:
    """A reinforced section per metre under a moment and a shear.

    Attributes:
        moment, shear: design values; service: the moment for cracking (characteristic).
        least_ratio: by 8.5.1, or the reduced one of 8.5.3 for an over-thick member; over_thick says which.
        anchorage: length the bars need beyond the section [m].
    """

    bars: BarSet
    depth: Traced
    moment: Traced
    shear: Traced
    service: Traced
    steel: Step
    flexure: Flexure
    shear_capacity: Step
    ratio: Step
    strict_ratio: Step
    least_ratio: Traced
    over_thick: bool
    crack: CrackWidth | None
    anchorage: Step
    steps: tuple[Step, ...]


def reinforced_section(
    *, bars: BarSet, depth: Traced, grade: str, moment: Traced, shear: Traced, service: Traced, field: str
) -> ReinforcedSection:
    """A strip of one metre reinforced on its tension side.

    Raises:
        InputError: bars closer than their diameter, or no depth left beside the cover.
    """
    if bars.spacing_mm <= bars.diameter_mm:
        raise InputError(
            f"{field}.spacing_mm", bars.spacing_mm, message("walls.error.bars_too_close", diameter=bars.diameter_mm)
        )
    h = measured(depth.value * 1e3, "mm", "walls.method.in_mm", h=depth)
    axis = bars.cover_mm + bars.diameter_mm / 2
    if axis >= h.value:
        raise InputError(f"{field}.cover_mm", bars.cover_mm, message("walls.error.no_depth", depth=depth.value))
    f_c, f_t, f_tk = (concrete_code.concrete(grade, name) for name in ("f_c", "f_t", "f_tk"))
    f_y, modulus = concrete_code.steel(bars.grade, "f_y"), concrete_code.steel(bars.grade, "E_s")
    steel = concrete_code.BAR_AREA.at(d=bars.diameter_mm, b=STRIP_MM, s=bars.spacing_mm)
    bent = flexure(
        width_mm=STRIP_MM, depth_mm=h, axis_mm=axis, steel_mm2=steel, f_c=f_c, f_y=f_y,
        xi_b=concrete_code.steel(bars.grade, "xi_b"),
    )  # fmt: skip
    beta_h = concrete_code.SHEAR_DEPTH_FACTOR.at(h_0=bent.effective_depth)
    shear_capacity = concrete_code.SHEAR_CAPACITY.at(beta_h=beta_h, f_t=f_t, b=STRIP_MM, h_0=bent.effective_depth)
    ratio = concrete_code.STEEL_RATIO.at(A_s=steel, b=STRIP_MM, h=h)
    rho_0 = concrete_code.limit("min_ratio", "bending")
    strict = concrete_code.MIN_RATIO.at(rho_0=rho_0, f_t=f_t, f_y=f_y)
    positive = max(moment.value, 0.0)
    h_cr = concrete_code.CRITICAL_DEPTH.at(
        M=measured(positive, "kN m", "walls.method.size", M=moment), rho_min=strict, f_y=f_y, b=STRIP_MM, h=h
    )
    over_thick = h_cr.value < h.value - 1e-9
    reduced = concrete_code.OVER_THICK_RATIO.at(h_cr=h_cr, h=h, rho_min=strict)
    crack = None
    if service.value > 0:
        crack = crack_width(
            moment=service, width_mm=STRIP_MM, depth_mm=h, effective_depth_mm=bent.effective_depth, steel_mm2=steel,
            diameter_mm=bars.diameter_mm, cover_mm=bars.cover_mm, f_tk=f_tk, modulus=modulus,
        )  # fmt: skip
    anchorage = concrete_code.anchorage_length(grade, bars.grade, bars.diameter_mm)
    return ReinforcedSection(
        bars=bars, depth=depth, moment=moment, shear=shear, service=service, steel=steel, flexure=bent,
        shear_capacity=shear_capacity, ratio=ratio, strict_ratio=strict,
        least_ratio=reduced if over_thick else strict, over_thick=over_thick, crack=crack, anchorage=anchorage,
        steps=(steel, *bent.steps, beta_h, shear_capacity, ratio, strict, h_cr, reduced,
               *(crack.steps if crack else ()), anchorage),
    )  # fmt: skip


def plain_moment(grade: str, depth: float) -> tuple[Step, ...]:
    """Bending capacity of a plain concrete strip of one metre, GB 50010-2010 D.3.1."""
    f_ct = concrete_code.PLAIN_TENSION.at(f_t=concrete_code.concrete(grade, "f_t"))
    gamma = concrete_code.PLAIN_PLASTICITY.at(h=depth * 1e3)
    return f_ct, gamma, concrete_code.PLAIN_MOMENT.at(gamma=gamma, f_ct=f_ct, b=STRIP_MM, h=depth * 1e3)


def trapezoid_moment(width: float, at_edge: float, at_root: float) -> tuple[float, float]:
    """Shear and moment at the root of a strip loaded from `at_edge` (free end) to `at_root` [kPa]."""
    shear = 0.5 * (at_edge + at_root) * width
    moment = width**2 * (2 * at_edge + at_root) / 6
    return shear, moment


def bars_per_metre(spacing_mm: float) -> float:
    """Bars in one metre."""
    return 1000.0 / spacing_mm


def bar_area(diameter_mm: float) -> float:
    """Area of one bar [mm2]."""
    return math.pi * diameter_mm**2 / 4
