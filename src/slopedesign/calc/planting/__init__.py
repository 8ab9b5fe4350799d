"""Planting of benches and areas: rows, grids and seed laid out, counted, with the holes they need."""

from slopedesign.calc.planting.count import plant, plants_along
from slopedesign.calc.planting.result import (
    PlantedPlace,
    PlantedRow,
    PlantingResult,
    Plot,
    Sown,
    SpeciesTotal,
    Stand,
    Strip,
)

__all__ = [
    "PlantedPlace", "PlantedRow", "PlantingResult", "Plot", "Sown", "SpeciesTotal", "Stand", "Strip", "plant",
    "plants_along",
]  # fmt: skip
