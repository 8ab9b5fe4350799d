"""A declared stability section laid out as ground: its lines, materials and water in one stage and one situation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from slopedesign.calc.stability.judge import seismic_coefficient
from slopedesign.calc.stability.section import Crack, Layer, PointLoad, Section, Surcharge
from slopedesign.calc.stability.strength import Array, Band, HoekBrown, Material, MohrCoulomb, PowerCurve, Strength
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import Material as GroundMaterial
from slopedesign.project.stability import (
    ShearStrength,
    StabilityDesign,
    StabilityMaterial,
    StabilitySection,
    StabilitySituationKind,
    WaterTable,
)  # fmt: skip
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.gb50330_2013_stability import Ground

Stage = Literal["before", "after"]


class SectionBuilder:
    """Builds the `Section` of one record.

    Args:
        before, after: ground lines (n, 2); bottoms: material and bottom line of each layer from the surface down.
        where: path of the record in the project, for errors and remarks.
    """

    def __init__(
        self, design: StabilityDesign, materials: Sequence[GroundMaterial], record: StabilitySection, where: str,
        before: Array | None, after: Array | None, bottoms: tuple[tuple[str, Array | None], ...],
    ) -> None:  # fmt: skip
        self.design, self.record, self.where = design, record, where
        self.before, self.after, self.bottoms = before, after, bottoms
        self.ground_materials = {material.name: material for material in materials}
        self.extra = {material.material: material for material in design.materials}
        self.remarks: list[Remark] = []

    def remark(self, key: str, level: Level = Level.NOTE, **values: object) -> None:
        """Says something once."""
        text = message(f"stability.remark.{key}", **values)
        if not any(r.text == text for r in self.remarks):
            self.remarks.append(Remark(level=level, subject=self.where, text=text))

    def _layer_names(self) -> tuple[str, ...]:
        if self.record.layers:
            return tuple(layer.material for layer in self.record.layers)
        return tuple(name for name, _ in self.bottoms)

    def names(self) -> tuple[str, ...]:
        fill = (self.record.fill_material,) if self.record.fill_material else ()
        return tuple(dict.fromkeys((*self._layer_names(), *fill)))

    def missing(self) -> tuple[str, ...]:
        """Fields without which no factor can be worked."""
        names = self.names()
        if not names:
            return (f"{self.where}.layers",)
        order = list(self.ground_materials)
        out = []
        for name in names:
            if name not in self.ground_materials:
                raise InputError(f"{self.where}.layers", name, message("stability.rule.no_material", name=name))
            material, at = self.ground_materials[name], f"materials[{order.index(name)}]"
            if material.unit_weight is None:
                out.append(f"{at}.unit_weight")
            if self.extra.get(name) is None or self.extra[name].strength is None:
                out += [f"{at}.{f}" for f in ("cohesion", "friction_angle_deg") if getattr(material, f) is None]
        return tuple(out)

    def unstated(self, situation: StabilitySituationKind) -> tuple[str, ...]:
        """Fields without which a factor can be worked but not judged: the water, and what rain changes."""
        water = self.water(situation)
        told = water.stated or all(name in self.extra and self.extra[name].dry for name in self.names())
        lacking = () if told else (f"{self.where}.water",)
        return lacking + self._unstated_rain() if situation == "rainstorm" else lacking

    def _unstated_rain(self) -> tuple[str, ...]:
        """Fields without which a factor of the rainstorm situation says nothing of rain.

        A material must have its saturated strength, or be stated as dry, unless the section has water of its own for
        the rainstorm (effective strengths under a risen water table).
        """
        if self.record.wet_water is not None:
            return ()
        at = {material.material: f"stability.materials[{i}]" for i, material in enumerate(self.design.materials)}
        told = {name for name, extra in self.extra.items() if extra.wet_strength is not None or extra.dry}
        return tuple(f"{at.get(name, 'stability.materials')}.wet_strength" for name in self.names() if name not in told)

    def water(self, situation: StabilitySituationKind) -> WaterTable:
        """Water of the section in one situation."""
        wet = self.record.wet_water
        return wet if situation == "rainstorm" and wet is not None else self.record.water

    def ground_class(self) -> Ground | None:
        if self.record.ground_class is not None:
            return self.record.ground_class
        kinds = {self.ground_materials[n].kind for n in self.names() if n in self.ground_materials}
        return "soil" if kinds == {"soil"} else None

    def section(self, stage: Stage, situation: StabilitySituationKind) -> Section:
        """The section of one stage in one situation.

        Raises:
            InputError: fill without a material, impossible ground.
        """
        ground = np.asarray(self.before if stage == "before" else self.after, dtype=float)
        before = ground if self.before is None else np.asarray(self.before, dtype=float)
        layers = self._layers(ground, before, situation)
        water = self.water(situation)
        piezo = self._piezo(water, ground, before, stage)
        crack = self.record.crack
        kh = 0.0
        if situation == "earthquake" and self.design.acceleration_g:
            kh = seismic_coefficient(self.design.acceleration_g).value
        base = self.record.base_level if self.record.base_level is not None else (self.record.base or None)
        return Section(
            name=self.where, ground=ground, layers=layers, facing="left", base=base, piezo=piezo,
            ru=water.ru, pond=water.pond_level, water_weight=self.design.water_weight,
            crack=None if crack is None else Crack(depth=crack.depth, water=crack.water),
            surcharges=tuple(
                Surcharge(x_from=s.from_offset, x_to=s.to_offset, from_kpa=s.from_kpa, to_kpa=s.to_kpa)
                for s in self.record.strips
            ),
            loads=tuple(PointLoad(x=p.offset, down=p.down, inward=p.inward) for p in self.record.loads), kh=kh,
        )  # fmt: skip

    def _layers(self, ground: Array, before: Array, situation: StabilitySituationKind) -> tuple[Layer, ...]:
        tops: list[tuple[str, Array]] = []
        cut = lower_of(before, ground)
        if np.any(np.interp(before[:, 0], *ground.T) > before[:, 1] + 0.01) or np.any(
            ground[:, 1] > np.interp(ground[:, 0], *before.T) + 0.01
        ):
            if not self.record.fill_material:
                field_ = f"{self.where}.fill_material"
                raise InputError(field_, "", message("stability.rule.fill_material"))
            tops.append((self.record.fill_material, ground))
        above = ground if not tops else cut
        for name, top in self._tops(before):
            above = lower_of(above, top)
            tops.append((name, above))
        if tops[0][1] is not ground:
            tops[0] = (tops[0][0], ground)
        return tuple(Layer(top=top, material=self._material(name, situation)) for name, top in tops)

    def _tops(self, before: Array) -> list[tuple[str, Array]]:
        if self.record.layers:
            out = []
            for layer in self.record.layers:
                if layer.top:
                    line = to_ends(np.asarray(layer.top, dtype=float), before)
                else:
                    line = before - np.array([0.0, layer.top_depth or 0.0])
                out.append((layer.material, line))
            return out
        found, top = [], before
        for name, bottom in self.bottoms:
            found.append((name, top))
            if bottom is not None:
                top = to_ends(np.asarray(bottom, dtype=float), before)
        return found

    def _piezo(self, water: WaterTable, ground: Array, before: Array, stage: Stage) -> Array | None:
        if water.line:
            line = to_ends(np.asarray(water.line, dtype=float), ground)
        elif water.depth is not None:
            line = before - np.array([0.0, water.depth])
        else:
            if not water.stated:
                self.remark("no_water", Level.WARNING)
            return None
        if stage == "after" and water.pond_level is None:
            return lower_of(line, ground)  # water that would stand above the cut ground runs off
        return line

    def _material(self, name: str, situation: StabilitySituationKind) -> Material:
        plain = self.ground_materials[name]
        extra = self.extra.get(name) or StabilityMaterial(material=name)
        rain = situation == "rainstorm"
        weight = float(plain.unit_weight or 0.0)
        if rain:
            self.remark("rain")
            if plain.saturated_unit_weight is None:
                self.remark("material_assumed", name=name)
            weight = plain.saturated_unit_weight or weight
        stated = extra.wet_strength if rain and extra.wet_strength is not None else extra.strength
        return Material(
            name=name, unit_weight=weight, saturated_unit_weight=plain.saturated_unit_weight,
            strength=_law(stated, plain), ru=extra.ru, dry=extra.dry, bands=tuple(
                Band(from_deg=b.from_deg, to_deg=b.to_deg, cohesion=b.cohesion, friction_deg=b.friction_angle_deg)
                for b in extra.weak_directions
            ),
        )  # fmt: skip


def _law(stated: ShearStrength | None, plain: GroundMaterial) -> Strength:
    if stated is None:
        return MohrCoulomb(cohesion=plain.cohesion or 0.0, friction_deg=plain.friction_angle_deg or 0.0)
    match stated.law:
        case "power":
            return PowerCurve(
                a=stated.power_a or 0.0, b=stated.power_b or 0.0, c=stated.power_c, d=stated.power_d
            )  # fmt: skip
        case "hoek_brown":
            return HoekBrown(
                intact_strength=1000.0 * (stated.intact_strength_mpa or 0.0), gsi=stated.gsi or 0.0,
                m_i=stated.m_i or 0.0, disturbance=stated.disturbance,
            )  # fmt: skip
        case _:
            return MohrCoulomb(
                cohesion=stated.cohesion or 0.0, friction_deg=stated.friction_angle_deg or 0.0,
                rate=stated.cohesion_rate, rate_level=stated.rate_level,
            )  # fmt: skip


def to_ends(line: Array, ground: Array) -> Array:
    """A line carried on level to the ends of the ground, and cut there."""
    left, right = ground[0, 0], ground[-1, 0]
    inner = line[(line[:, 0] > left) & (line[:, 0] < right)]
    ends = np.array([[x, np.interp(x, line[:, 0], line[:, 1])] for x in (left, right)])
    return np.vstack((ends[:1], inner, ends[1:]))


def lower_of(a: Array, b: Array) -> Array:
    """The lower of two lines, with a vertex where they cross, over the span of the first."""
    x = np.union1d(a[:, 0], b[:, 0])
    x = x[(x >= a[0, 0]) & (x <= a[-1, 0])]
    gap = np.interp(x, *a.T) - np.interp(x, *b.T)
    i = np.flatnonzero(gap[:-1] * gap[1:] < 0)
    x = np.union1d(x, x[i] + (x[i + 1] - x[i]) * gap[i] / (gap[i] - gap[i + 1]))
    return np.column_stack((x, np.minimum(np.interp(x, *a.T), np.interp(x, *b.T))))


def ground_gap(ground: Array, line: Array) -> Array:
    """The longest stretch of a line that lies below the ground, ending on the ground (empty where none does)."""
    x = np.union1d(ground[:, 0], line[:, 0])
    gap = np.interp(x, *ground.T) - np.interp(x, *line.T)
    below = gap > 1e-6
    best: tuple[int, int] | None = None
    start = None
    for i in range(len(x)):
        if below[i] and start is None:
            start = i
        if start is not None and (not below[i] or i == len(x) - 1):
            span = (max(start - 1, 0), i)
            if best is None or x[span[1]] - x[span[0]] > x[best[1]] - x[best[0]]:
                best = span
            start = None
    if best is None:
        return np.zeros((0, 2))
    inner = x[best[0] : best[1] + 1]
    return np.column_stack((inner, np.interp(inner, *line.T)))
