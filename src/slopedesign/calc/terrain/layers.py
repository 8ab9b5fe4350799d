"""Cut split by material: what lies above, between and below surveyed interfaces, exactly.

The volume cut above an interface is the cut down to the higher of design and interface; the layers are differences of
such cuts. Where an interface was not surveyed the material is unknown, and the cut there is reported as unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.terrain.clip import Polygons, common_triangles, keep_positive
from slopedesign.calc.terrain.cutfill import CUT, overlay_sums
from slopedesign.calc.terrain.engine import Engine
from slopedesign.calc.terrain.surface import FloatArray, IntArray, Tin, plan_areas
from slopedesign.calc.terrain.zones import Zone, cut_by_zones
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.trace import Measured, Total, measured, total

_DESIGN, _LOWEST = 2, 3  # channels of the pieces: level of the design, of the lowest interface so far


@dataclass(frozen=True, kw_only=True)
class LayeredCut:
    """Cut by layer and zone, m3.

    Attributes:
        layers: one row for each layer, from the top down (one more than there are interfaces); in each row one volume
            for each zone, and a last one for what lies in no zone.
        unknown: by zone, cut where an interface was not surveyed.
        zones: names of the zones; the last, empty name stands for what lies in no zone.
    """

    layers: tuple[tuple[Measured, ...], ...]
    unknown: tuple[Measured, ...]
    zones: tuple[str, ...]

    def layer_total(self, layer: int) -> Total:
        """Cut in one layer over all zones."""
        return total({zone or "-": part for zone, part in zip(self.zones, self.layers[layer], strict=True)}, "m3")

    def zone_total(self, zone: int) -> Total:
        """Cut in one zone over all layers, with what is unknown."""
        parts = {str(k + 1): row[zone] for k, row in enumerate(self.layers)}
        return total(parts | {"unknown": self.unknown[zone]}, "m3", "terrain.cut")

    @property
    def total(self) -> Total:
        """All cut."""
        return total({zone or "-": self.zone_total(k) for k, zone in enumerate(self.zones)}, "m3", "terrain.cut")


def cut_by_layers(
    ground: Tin,
    design: Tin,
    interfaces: Sequence[Tin],
    zones: Sequence[Zone] | None = None,
    *,
    engine: Engine = "auto",
) -> LayeredCut:
    """Cut between ground and design, split by interfaces from the top down.

    Where a lower interface rises above a higher one, the layer between them has no thickness there. Where an interface
    rises above the ground, the layers above it are missing there.

    Raises:
        InputError: no interface, or zones overlap.
    """
    if not interfaces:
        raise InputError("interfaces", 0, message("terrain.no_interface"))
    named = tuple(zones or ())
    labels = len(named) + 1
    soup = design.relative_to(ground.origin)
    label = np.zeros(len(soup), np.int32)
    if named:
        soup, label = cut_by_zones(soup, named, ground.origin, engine)

    def cut(pieces: FloatArray, owner: IntArray, channel: int) -> FloatArray:
        levelled = np.concatenate([pieces[:, :, :2], pieces[:, :, channel, None]], axis=2)
        return overlay_sums(ground, levelled, owner, labels, engine=engine, lines=False)[0][:, CUT]

    whole = cut(soup, label, _DESIGN)
    rows = []
    for interface in interfaces:
        above_before = np.zeros(labels)
        pieces, owner = _with_level(soup, label, interface, ground.origin, engine)
        if pieces.shape[2] > _LOWEST + 1:
            above_before = cut(*_with_envelope(pieces, owner, _DESIGN, _LOWEST, higher=True), -1)
            pieces, owner = _with_envelope(pieces, owner, _LOWEST, _LOWEST + 1, higher=False)
            pieces = np.concatenate([pieces[:, :, :_LOWEST], pieces[:, :, -1:]], axis=2)
        above = cut(*_with_envelope(pieces, owner, _DESIGN, _LOWEST, higher=True), -1)
        rows.append(above - above_before)
        soup, label = pieces, owner
    rows.append(cut(soup, label, _DESIGN) - above)
    names = (*(zone.name for zone in named), "")
    unknown = whole - np.sum(rows, axis=0)
    unknown[np.abs(unknown) < 1e-9 * max(1.0, float(whole.sum()))] = 0.0
    return LayeredCut(
        layers=tuple(tuple(_volume(v, name) for v, name in zip(row, names, strict=True)) for row in rows),
        unknown=tuple(_volume(v, name) for v, name in zip(unknown, names, strict=True)),
        zones=names,
    )


def _volume(value: float, zone: str) -> Measured:
    return measured(float(value), "m3", "terrain.by.envelope", zone, "terrain.cut")


def _with_level(
    soup: FloatArray, label: IntArray, surface: Tin, origin: FloatArray, engine: Engine
) -> tuple[FloatArray, IntArray]:
    """The part of (m, 3, c) triangles that a surface covers, with its level as a further channel."""
    pieces, source, _ = common_triangles(surface.grid, surface.corners, soup, surface.origin - origin, engine)
    return pieces, label[source]


def _with_envelope(soup: FloatArray, label: IntArray, i: int, j: int, *, higher: bool) -> tuple[FloatArray, IntArray]:
    """Triangles cut where channels i and j are equal, with the higher (or lower) of the two as a further channel."""
    s = soup[:, :, i] - soup[:, :, j]
    crossed = (s.max(axis=1) > 0) & (s.min(axis=1) < 0)
    pieces, owner = [soup[~crossed]], [label[~crossed]]
    mixed = Polygons(soup[crossed], np.full(int(crossed.sum()), 3), np.flatnonzero(crossed))
    for sign in (1.0, -1.0):
        triangles, source = keep_positive(mixed, sign * s[crossed]).triangles()
        pieces.append(triangles)
        owner.append(label[source])
    cut, labels = np.concatenate(pieces), np.concatenate(owner)
    first = (cut[:, :, i] - cut[:, :, j]).sum(axis=1) > 0
    chosen = np.where((first == higher)[:, None], cut[:, :, i], cut[:, :, j])
    return _real(np.concatenate([cut, chosen[:, :, None]], axis=2), labels)


def _real(soup: FloatArray, label: IntArray) -> tuple[FloatArray, IntArray]:
    keep = plan_areas(soup) > 0
    return np.ascontiguousarray(soup[keep]), label[keep]
