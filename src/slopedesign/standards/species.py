"""Plants the guide names: fit species by form (table 7-4), nitrogen-fixing genera (table 7-5), other names of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from slopedesign.standards import guide
from slopedesign.standards.trace import Source

GENUS = "\u5c5e"
"""What the name of a genus ends with in table 7-5."""
DOUBTED = ("\u94f6\u674f",)
"""Printed in table 7-5, but by the reading (`species.ginkgo`) not counted as nitrogen-fixing."""
FIXING = ("plant.t75.legume", "plant.t75.nonlegume")


def fit_species(form: str) -> tuple[str, ...]:
    """The names table 7-4 prints for a form: tree, shrub, climber or herb."""
    return tuple(str(name) for name in guide.rule(f"plant.t74.{form}").choices)


def fit_source(form: str) -> Source:
    """Where `fit_species` stands."""
    return guide.source(f"plant.t74.{form}")


@cache
def other_names() -> Mapping[str, tuple[str, ...]]:
    """Other names of printed ones."""
    content = files(__package__).joinpath("data", "plant_names.toml").read_text(encoding="utf-8")
    return {name: tuple(also) for name, also in tomllib.loads(content)["also"].items()}


def printed_name(form: str, *names: str) -> str | None:
    """The name under which table 7-4 prints a plant of a form that goes by any of these names; None where it does not.

    Two names of one plant are both found; a plant of two forms (Ilex) is found in both.
    """
    fit = fit_species(form)
    own = [name.strip() for name in names if name.strip()]
    known = next((name for name in own if name in fit), None)
    if known is not None:
        return known
    return next((printed for printed in fit if any(name in other_names().get(printed, ()) for name in own)), None)


def fixes_nitrogen(*names: str) -> str | None:
    """Rule of table 7-5 under which a plant of these names is printed, by its own name or its genus; else None."""
    own = [name.strip() for name in names if name.strip() and name.strip() not in DOUBTED]
    for id in FIXING:
        printed = guide.rule(id).choices
        if any(name in printed or f"{name}{GENUS}" in printed for name in own):
            return id
    return None


def doubted(*names: str) -> bool:
    """Whether table 7-5 prints the plant though it is doubtful that it fixes nitrogen."""
    return any(name.strip() in DOUBTED for name in names)
