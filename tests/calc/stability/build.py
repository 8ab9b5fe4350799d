"""Sections the tests share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from slopedesign.calc.stability.section import Layer, Section
from slopedesign.calc.stability.strength import Material, MohrCoulomb

GROUND = np.array([[0.0, 25.0], [30.0, 25.0], [50.0, 35.0], [90.0, 35.0]])


def soil(cohesion: float = 3.0, friction_deg: float = 19.6, unit_weight: float = 20.0, **more: Any) -> Material:
    """A Mohr-Coulomb soil; by default that of ACADS EX1(a)."""
    law = MohrCoulomb(cohesion=cohesion, friction_deg=friction_deg)
    return Material(name="soil", unit_weight=unit_weight, strength=law, **more)


def simple(material: Material | None = None, ground: Any = GROUND, **more: Any) -> Section:
    """One material under a ground line; by default ACADS EX1(a)."""
    ground = np.asarray(ground, dtype=float)
    given = {"base": 20.0} if ground is GROUND or np.array_equal(ground, GROUND) else {}
    return Section(ground=ground, layers=(Layer(top=ground, material=material or soil()),), **{**given, **more})


def moved(section: Section, dx: float, dy: float) -> Section:
    """The section somewhere else."""
    shift = np.array([dx, dy])

    def go(line: Any) -> Any:
        return None if line is None else np.asarray(line, dtype=float) + shift

    return replace(
        section, ground=go(section.ground), layers=tuple(replace(p, top=go(p.top)) for p in section.layers),
        base=None if section.base is None else float(section.base) + dy, piezo=go(section.piezo),  # type: ignore[arg-type]
    )  # fmt: skip
