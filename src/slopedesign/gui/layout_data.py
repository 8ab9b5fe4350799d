"""A drainage layout as its dialog shows it: what is proposed, where it lies, the project that adopts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from slopedesign.calc.water import lines
from slopedesign.calc.water.design import stated_layout
from slopedesign.calc.water.layout import Layout, propose
from slopedesign.design.water import designed_surface, named_lines, slope_lines
from slopedesign.errors import InputError
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_value
from slopedesign.project.project import Project

PATH = "water.network.automatic"
ROCK = {"hard_rock": "hard_rock_slope", "soft_rock": "soft_rock_slope"}


@dataclass(frozen=True, eq=False)
class ProposedReach:
    """One ditch or chute: name, kind, plan (n, 2) E, N, plan length [m], bed levels at both ends, type."""

    name: str
    kind: str
    plan: np.ndarray
    length: float
    top: float
    foot: float
    type: str

    @property
    def slope(self) -> float:
        """Fall to the metre of plan length."""
        return (self.top - self.foot) / self.length


@dataclass(frozen=True, eq=False)
class Proposal:
    """What would be laid out, as a layout and as lines; the project whose water record asked for it."""

    project: Project
    layout: Layout
    reaches: tuple[ProposedReach, ...]

    def adopted(self, follow: bool) -> Project:
        """The project with the ditches stated, or with the request alone, to follow every change of the slopes."""
        if follow:
            return self.project
        water = self.project.water
        assert water is not None
        return self.project.model_copy(update={"water": stated_layout(water, self.layout)})


def first_request(project: Project, design: Any, language: str) -> dict[str, Any]:
    """What the dialog starts with: what the project asks for already, else the lowest end of the toe line."""
    water = project.water
    if water is not None and water.network.automatic is not None:
        found: dict[str, Any] = water.network.automatic.model_dump(mode="json")
        return found
    types = [one.name for one in water.network.types] if water is not None else []
    seed: dict[str, Any] = {"ditch_type": types[0] if types else text("gui.layout.type", language)}
    seed["chutes"] = "one_end"
    materials = {slope.benches.material for slope in project.slopes}
    if len(materials) == 1 and (surface := ROCK.get(materials.pop() or "")):
        seed["surface"] = surface
    bases = [s.cut.layout.base.points for s in design.slopes if s.cut.layout.base is not None] if design else []
    if bases:
        ends = np.vstack([line[[0, -1]] for line in bases])
        lowest = ends[int(np.argmin(ends[:, 2]))]
        seed["outlet"] = [round(float(lowest[0]), 2), round(float(lowest[1]), 2)]
    return seed


def asked(project: Project, stated: Mapping[str, Any], instead: bool = False) -> Project:
    """The project with a request for a layout; a family of ditches it names and the project lacks is added.

    With `instead` the ditches stated so far go, and the catchments that drain to them.

    Raises:
        InputError: what is stated cannot be used.
    """
    water = project.water.model_dump(mode="json") if project.water is not None else {"network": {"types": []}}
    network = water["network"]
    known = network.get("automatic") or {}
    network["automatic"] = {**{k: v for k, v in known.items() if k == "slopes"}, **stated}
    if instead:
        ponds = {one["name"] for one in water.get("ponds", ())}
        network["reaches"], network["outlets"] = [], []
        water["catchments"] = [one for one in water.get("catchments", ()) if one["drains_to"] in ponds]
    names = {one["name"] for one in network["types"]}
    for name in dict.fromkeys((stated.get("ditch_type"), stated.get("chute_type"))):
        if name and name not in names:
            network["types"].append({"name": name})
    return with_value(project, "water", water)


def propose_for(project: Project, design: Any) -> Proposal:
    """Lay the ditches out on the designed slopes.

    Raises:
        InputError: no layout can be found for what is asked; which field, and why.
    """
    assert project.water is not None and project.water.network.automatic is not None
    surface = designed_surface(design.slopes, design.grounds) if design is not None else None
    if surface is None or not design.slopes:
        raise InputError(PATH, None, message("water.error.no_slopes"))
    layout = propose(project.water.network.automatic, slope_lines(design.slopes), surface)
    known = named_lines(design.slopes)
    return Proposal(project, layout, tuple(_shown(reach, known) for reach in layout.reaches))


def _shown(reach: Any, known: Mapping[str, np.ndarray]) -> ProposedReach:
    if reach.follows:
        line = lines.clean(known[reach.follows], reach.follows)
        end = float(lines.stations_of(line)[-1])
        start, stop = (reach.from_station or 0.0), (end if reach.to_station is None else reach.to_station)
        plan = lines.part(line, start, stop)[:, :2]
    else:
        plan = np.array([vertex[:2] for vertex in reach.vertices], float)
    length = float(lines.stations_of(plan)[-1])
    top, foot = float(reach.start_level), float(reach.end_level)
    return ProposedReach(reach.name, reach.kind, plan, length, top, foot, reach.ditch_type)
