"""Roads: lengths, density of each class against the area served, pavement quantities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.works import Road, RoadNetwork
from slopedesign.standards import guide
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Traced, given, measured, total

DENSITY = Formula(
    guide.source("road.field.density"), "D", "L/1000/(A/1000000)", homogeneous=False, valid=("A > 0",),
    title="road.density", D=Var("D", "km/km2"), L=Var("L", "m", 1), A=Var("A", "m2", 0),
)  # fmt: skip
SPARE = Formula(
    OWN, "L_s", "D_max*A/1000000*1000 - L", homogeneous=False, title="road.spare_length",
    L_s=Var("L_s", "m", 1), D_max=Var("D_{max}", "km/km2"), A=Var("A", "m2", 0), L=Var("L", "m", 1),
)  # fmt: skip
SURFACE = Formula(
    OWN, "A_r", "L*B", title="road.surface", A_r=Var("A_r", "m2", 1), L=Var("L", "m", 1), B=Var("B", "m"),
)  # fmt: skip
LAYER_VOLUME = Formula(
    OWN, "V", "L*(B + 2*e)*t", title="road.layer_volume",
    V=Var("V", "m3"), L=Var("L", "m", 1), B=Var("B", "m"), e=Var("e", "m"), t=Var("t", "m"),
)  # fmt: skip
DRAIN_LENGTH = Formula(
    OWN, "L_d", "2*L", title="road.drain_length", L_d=Var("L_d", "m", 1), L=Var("L", "m", 1),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RoadLayer:
    """One pavement layer of a road."""

    material: str
    thickness: Traced
    volume: Traced


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class RoadResult:
    """One road; `lines` E, N are all that stand on its layer of a drawing, and count together.

    Of a drawing without a layer stated, it is the longest line.
    """

    name: str
    road_class: str
    length: Traced
    width: Traced
    surface: Traced
    subgrade_height: Traced | None
    layers: tuple[RoadLayer, ...]
    drain_length: Traced | None
    lines: tuple[Line, ...]
    field: str

    @property
    def vertices(self) -> Line:
        """The longest of its lines; empty for a road of a stated length."""
        return max(self.lines, key=_length, default=())


@dataclass(frozen=True, kw_only=True)
class ClassDensity:
    """Length and density of one road class; `spare` is the length the limit still leaves (negative: too long)."""

    road_class: str
    length: Traced
    density: Traced
    limit: Traced | None
    spare: Traced | None


@dataclass(frozen=True, kw_only=True)
class RoadsResult:
    """All roads of a project."""

    roads: tuple[RoadResult, ...]
    served_area: Traced
    classes: tuple[ClassDensity, ...]


def design_roads(
    network: RoadNetwork,
    limits: Mapping[str, Traced],
    lines: Mapping[tuple[str, str], Sequence[Line]] | None = None,
) -> RoadsResult:
    """Lengths in plan, densities by class, pavement volumes.

    Args:
        limits: greatest density of a class [km/km2], for the classes that have one.
        lines: every polyline of the DXF files roads refer to, by (file, layer); a closed one ends where it begins.

    Raises:
        InputError: a road without any length.
    """
    roads = tuple(_road(road, f"roads.roads[{i}]", lines or {}) for i, road in enumerate(network.roads))
    area = given(network.served_area, "m2", "roads.served_area", "road.served_area")
    classes = []
    for road_class in dict.fromkeys(road.road_class for road in roads):
        length = total({r.name: r.length for r in roads if r.road_class == road_class}, "m", "road.length")
        limit = limits.get(road_class)
        classes.append(
            ClassDensity(
                road_class=road_class,
                length=length,
                density=DENSITY.at(L=length, A=area),
                limit=limit,
                spare=SPARE.at(D_max=limit, A=area, L=length) if limit is not None else None,
            )
        )
    return RoadsResult(roads=roads, served_area=area, classes=tuple(classes))


def _length(line: Line) -> float:
    return math.fsum(math.dist(a, b) for a, b in zip(line, line[1:], strict=False))


def _road(road: Road, field: str, lines: Mapping[tuple[str, str], Sequence[Line]]) -> RoadResult:
    drawn = (tuple(road.vertices),) if road.vertices else tuple(lines.get((road.file, road.layer), ()))
    if road.length is not None:
        length: Traced = given(road.length, "m", f"{field}.length", "road.length")
    else:
        where = f"{field}.{'file' if road.file else 'vertices'}"
        if not road.layer and drawn:  # every layer of the drawing: only the longest line can be meant
            drawn = (max(drawn, key=_length),)
        found = math.fsum(_length(line) for line in drawn)
        if not found > 0:
            raise InputError(where, road.file or len(road.vertices), message("road.no_length"))
        length = measured(found, "m", "road.plan_length", where, "road.length")
    width = given(road.width, "m", f"{field}.width", "road.width")
    layers = tuple(
        _layer(length, width, layer.thickness, layer.extra_width, layer.material, f"{field}.layers[{i}]")
        for i, layer in enumerate(road.layers)
    )
    height = road.subgrade_height
    return RoadResult(
        name=road.name, road_class=road.road_class, length=length, width=width, surface=SURFACE.at(L=length, B=width),
        subgrade_height=None if height is None else given(height, "m", f"{field}.subgrade_height", "road.subgrade"),
        layers=layers, drain_length=DRAIN_LENGTH.at(L=length) if road.side_drain else None, lines=drawn,
        field=field,
    )  # fmt: skip


def _layer(length: Traced, width: Traced, thickness: float, extra: float, material: str, field: str) -> RoadLayer:
    thick = given(thickness, "m", f"{field}.thickness", "road.layer_thickness")
    wider = given(extra, "m", f"{field}.extra_width", "road.layer_extra_width")
    volume = LAYER_VOLUME.at(L=length, B=width, e=wider, t=thick)
    return RoadLayer(material=material, thickness=thick, volume=volume)
