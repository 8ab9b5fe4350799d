"""The wedge search: the largest thrust of all soil wedges behind a wall, on the true ground line.

A wedge is bounded by the wall's back, the ground and a straight plane from a point of the back. Its weight and the
loads on it stand on the plane's reaction (inclined by the friction angle), the cohesion along the plane and the wall's
reaction (inclined by the wall friction). The search is the reference for every closed form of the standards.

Frame: origin at the top of the back, x into the soil, z up. The back's angle is measured from the horizontal; below
90 deg the soil lies over the back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from slopedesign.errors import InputError
from slopedesign.i18n import message

Array = NDArray[np.float64]

PLANES = 120
REFINED = 31
FAR = 1.0e3


@dataclass(frozen=True, kw_only=True)
class RockFace:
    """A stable rock face behind the fill: from `distance` behind the heel, at its level, rising at `angle_deg`."""

    distance: float
    angle_deg: float
    friction_deg: float
    cohesion: float = 0.0


@dataclass(frozen=True, kw_only=True)
class WedgeProblem:
    """Everything the search needs; forces per metre of wall.

    Attributes:
        height: of the back [m]; back_deg: its angle to the horizontal.
        ground: vertices (x, z) from (0, 0) into the soil; the last segment runs on for ever.
        unit_weight: above water; buoyant_weight: below it [kN/m3].
        friction_deg, cohesion, wall_friction_deg: of the soil and of the back.
        uniform: load per horizontal metre from x = 0 on [kN/m2].
        strips: (from x, to x, load); lines: (x, load in kN/m).
        water: level above the heel [m]; hydrostatic pressure is not part of the thrust found.
        rho_deg: earthquake angle.
        rock: stable rock face, or None.
    """

    height: float
    back_deg: float
    ground: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 0.0))
    unit_weight: float
    buoyant_weight: float = 0.0
    friction_deg: float
    cohesion: float = 0.0
    wall_friction_deg: float = 0.0
    uniform: float = 0.0
    strips: tuple[tuple[float, float, float], ...] = ()
    lines: tuple[tuple[float, float], ...] = ()
    water: float = 0.0
    rho_deg: float = 0.0
    rock: RockFace | None = None


@dataclass(frozen=True, kw_only=True)
class Wedge:
    """The critical wedge.

    Attributes:
        thrust: on the back [kN/m], never below 0; inclined by the wall friction.
        plane_deg: angle of the plane to the horizontal.
        weight: of the wedge and the loads on it [kN/m].
        daylight: where the plane meets the ground.
        on_rock: the rock face bounds the wedge.
    """

    thrust: float
    plane_deg: float
    weight: float
    daylight: tuple[float, float]
    on_rock: bool


def validate(problem: WedgeProblem, field: str = "wedge") -> None:
    """Refuses what no wedge can answer.

    Raises:
        InputError: ground not running into the soil, fill steeper than its friction angle, water above the ground.
    """
    xs = [x for x, _ in problem.ground]
    if len(xs) < 2 or any(not b > a for a, b in zip(xs, xs[1:], strict=False)):
        raise InputError(f"{field}.ground", xs, message("walls.error.ground_order"))
    if problem.ground[0] != (0.0, 0.0):
        raise InputError(f"{field}.ground", problem.ground[0], message("walls.error.ground_start"))
    end = _last_slope(problem.ground)
    if end + problem.rho_deg > problem.friction_deg + 1e-9 and problem.cohesion == 0:
        raise InputError(
            f"{field}.friction_angle_deg", problem.friction_deg,
            message("walls.error.fill_steeper_than_phi", beta=f"{end:.2f}", rho=f"{problem.rho_deg:g}"),
        )  # fmt: skip
    if problem.water > problem.height:
        raise InputError(f"{field}.water", problem.water, message("walls.error.water_above_ground",
                                                                  height=problem.height))  # fmt: skip


def _last_slope(ground: Sequence[tuple[float, float]]) -> float:
    (x1, z1), (x2, z2) = ground[-2], ground[-1]
    return math.degrees(math.atan2(z2 - z1, x2 - x1))


class _Search:
    """One problem prepared for many apex depths and plane angles at once; arrays are (depth, plane)."""

    def __init__(self, problem: WedgeProblem) -> None:
        p = self.p = problem
        self.alpha = math.radians(p.back_deg)
        self.cot_alpha = math.cos(self.alpha) / math.sin(self.alpha)
        (x1, z1), (x2, z2) = p.ground[-2], p.ground[-1]
        far = FAR * max(p.height, x2, 1.0)
        extended = (*p.ground, (x2 + far, z2 + far * (z2 - z1) / (x2 - x1)))
        self.ground: Array = np.array(extended)

    def apex(self, depth: Array) -> Array:
        """Points of the back at depths below its top, (n, 2)."""
        return np.stack([depth * self.cot_alpha, -depth], axis=-1)

    def angles(self, depth: Array) -> Array:
        """Trial planes of each depth: an even fan, and the planes to every corner of ground and loads."""
        low = math.radians(max(self._least_angle(), 0.5))
        high = math.pi - self.alpha
        fan = low + (high - low) * (np.arange(PLANES) + 0.5) / PLANES
        corners = [tuple(v) for v in self.ground[1:-1]]
        marks = [x for a, b, _ in self.p.strips for x in (a, b)] + [x for x, _ in self.p.lines]
        corners += [(x, self._ground_level(x)) for x in marks]
        apex = self.apex(depth)
        if not corners:
            return np.broadcast_to(fan, (len(depth), PLANES)).copy()
        points = np.array(corners)
        to = np.arctan2(points[None, :, 1] - apex[:, None, 1], points[None, :, 0] - apex[:, None, 0])
        to = np.clip(to, low, high - 1e-6)
        return np.concatenate([np.broadcast_to(fan, (len(depth), PLANES)), to], axis=1)

    def _least_angle(self) -> float:
        return max(_last_slope(self.p.ground), 0.0)

    def _ground_level(self, x: float) -> float:
        return float(np.interp(x, self.ground[:, 0], self.ground[:, 1]))

    def thrust(self, depth: Array, theta: Array) -> tuple[Array, Array, Array, Array]:
        """Thrust, weight with loads, and daylight (x, z) of every trial plane; thrust -inf where it never daylights."""
        p = self.p
        apex = self.apex(depth)
        t_x, t_z = np.cos(theta), np.sin(theta)
        hit, day, area = _cut_off(self.ground, apex, t_x, t_z, 1e-12 * p.height)
        to_day = day - apex[:, None, :]
        wet = self._wet(depth, apex, t_x, t_z)
        weight = p.unit_weight * area - (p.unit_weight - p.buoyant_weight) * wet
        weight = weight + self._loads(np.zeros_like(day[..., 0]), day[..., 0])
        length = np.hypot(to_day[..., 0], to_day[..., 1])
        force = self._project(weight, length, theta, p.friction_deg, p.cohesion)
        reach = self.alpha - math.radians(p.wall_friction_deg) + theta - math.radians(p.friction_deg)
        valid = hit & (np.sin(reach) > 1e-6) & (reach < math.pi)
        if p.rock is not None:
            force = self._rock_push(force, theta, apex, day)
        thrust = np.where(valid, force / np.where(valid, np.sin(reach), 1.0), -np.inf)
        return thrust, weight, day[..., 0], day[..., 1]

    def _wet(self, depth: Array, apex: Array, t_x: Array, t_z: Array) -> Array:
        """Area of each wedge below the water; where the ground falls below the water level, what lies under it."""
        level = self.p.water - self.p.height
        drowned = np.maximum(level + depth, 0.0)[:, None]
        x, z = self.ground[:, 0], self.ground[:, 1]
        if not self.p.water > 0 or not (z[1:] < level - 1e-12).any():
            return np.asarray(0.5 * drowned**2 * (t_x / t_z + self.cot_alpha))
        i = np.flatnonzero((z[:-1] - level) * (z[1:] - level) < 0)
        crossings = x[i] + (x[i + 1] - x[i]) * (level - z[i]) / (z[i + 1] - z[i])
        first = -level * self.cot_alpha  # the back at the water level
        at = np.unique(np.concatenate(([first], crossings, x[x > first])))
        line = np.column_stack((at, np.minimum(np.interp(at, x, z), level)))
        return np.where(drowned > 0, _cut_off(line, apex, t_x, t_z, 1e-12 * self.p.height)[2], 0.0)

    def _project(self, weight: Array, length: Array, theta: Array, phi_deg: float, cohesion: float) -> Array:
        """Driving forces square to the plane's reaction."""
        phi = math.radians(phi_deg)
        rho = math.tan(math.radians(self.p.rho_deg))
        return np.asarray(
            weight * (np.sin(theta - phi) + rho * np.cos(theta - phi)) - cohesion * length * math.cos(phi)
        )

    def _loads(self, x_from: Array, x_to: Array) -> Array:
        p = self.p
        found = p.uniform * (x_to - x_from)
        for a, b, load in p.strips:
            found = found + load * np.maximum(np.minimum(x_to, b) - np.maximum(x_from, a), 0.0)
        for x, load in p.lines:
            found = found + load * ((x_to >= x - 1e-9) & (x_from <= x))
        return np.asarray(found)

    def _rock_push(self, force: Array, theta: Array, apex: Array, day: Array) -> Array:
        """Planes that run into the rock: the soil beyond a vertical at that point pushes along the rock face."""
        along, meets = self._meeting(theta, apex, day)
        result = force.copy()
        for i, j in zip(*np.nonzero(meets), strict=True):
            point = apex[i] + along[i, j] * np.array([math.cos(theta[i, j]), math.sin(theta[i, j])])
            result[i, j] = self.two_blocks(float(theta[i, j]), apex[i], point)[0]
        return result

    def _meeting(self, theta: Array, apex: Array, day: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Distance along each plane to the rock face, and whether that lies before the plane's daylight."""
        p, rock = self.p, self.p.rock
        assert rock is not None
        foot = np.array([p.height * self.cot_alpha + rock.distance, -p.height])
        face = math.radians(rock.angle_deg)
        f_x, f_z = math.cos(face), math.sin(face)
        t_x, t_z = np.cos(theta), np.sin(theta)
        to_foot = foot - apex  # (n, 2)
        cross = t_x * f_z - t_z * f_x  # > 0: the face is steeper than the plane, so they meet
        along = (to_foot[:, None, 0] * f_z - to_foot[:, None, 1] * f_x) / np.where(cross > 1e-12, cross, 1.0)
        meets = (cross > 1e-12) & (along >= 0) & (apex[:, None, 0] + along * t_x < day[..., 0] - 1e-9)
        return along, meets

    def meets_rock(self, theta: float) -> Array | None:
        """Where the plane from the heel runs into the rock face; None where it reaches the ground first."""
        if self.p.rock is None:
            return None
        depth, plane = np.array([self.p.height]), np.array([[theta]])
        apex = self.apex(depth)
        free = _Search(replace(self.p, rock=None)).thrust(depth, plane)
        along, meets = self._meeting(plane, apex, np.stack([free[2], free[3]], axis=-1))
        if not meets[0, 0]:
            return None
        return np.asarray(apex[0] + along[0, 0] * np.array([math.cos(theta), math.sin(theta)]))

    def two_blocks(self, theta: float, apex: Array, point: Array) -> tuple[float, float, tuple[float, float]]:
        """Driving force on the lower block, weight of both with loads, and where the rock face daylights.

        The vertical between the blocks carries friction as the wall's back does: less than the soil could, and the
        same thrust as the single wedge on the face when the face runs through the heel of an upright back.
        """
        p, rock = self.p, self.p.rock
        assert rock is not None
        face = math.radians(rock.angle_deg)
        top = self._ray_daylight(point, face)
        if top is None:
            return -math.inf, 0.0, (math.inf, math.inf)
        here = (float(point[0]), self._ground_level(float(point[0])))
        upper = self._under_ground([tuple(point), here], here[0], top)
        lower = [*self._under_ground([tuple(apex), (0.0, 0.0)], 0.0, here), tuple(point)]
        loads_upper = float(self._loads(np.array(point[0]), np.array(top[0])))
        loads_lower = float(self._loads(np.array(0.0), np.array(point[0])))
        rho = math.tan(math.radians(p.rho_deg))
        slip = face - math.radians(rock.friction_deg)
        w_upper = self._soil_weight(upper) + loads_upper
        on_face = math.hypot(top[0] - point[0], top[1] - point[1])
        push = w_upper * (math.sin(slip) + rho * math.cos(slip)) - rock.cohesion * on_face * math.cos(face - slip)
        between = math.radians(p.wall_friction_deg)
        push = max(push / math.cos(slip - between), 0.0)
        w_lower = self._soil_weight(lower) + loads_lower
        length = math.hypot(*(point - apex))
        driving = self._project(np.array(w_lower), np.array(length), np.array(theta), p.friction_deg, p.cohesion)
        force = float(driving) + push * math.cos(theta - math.radians(p.friction_deg) - between)
        return force, w_upper + w_lower, top

    def _ray_daylight(self, start: Array, angle: float) -> tuple[float, float] | None:
        t = (math.cos(angle), math.sin(angle))
        over = t[0] * (self.ground[:, 1] - start[1]) - t[1] * (self.ground[:, 0] - start[0])
        for i in range(1, len(over)):
            if over[i] <= 0 < over[i - 1]:
                x, z = self.ground[i - 1] + over[i - 1] / (over[i - 1] - over[i]) * (
                    self.ground[i] - self.ground[i - 1]
                )
                return float(x), float(z)
        return None

    def _under_ground(
        self, start: Sequence[tuple[float, ...]], x_from: float, end: tuple[float, float]
    ) -> list[tuple[float, ...]]:
        """Outline over the points of `start`, along the ground from `x_from` to `end`."""
        inside = [(float(x), float(z)) for x, z in self.ground if x_from + 1e-12 < x < end[0] - 1e-12]
        return [*start, *inside, end]

    def _soil_weight(self, outline: Sequence[tuple[float, ...]]) -> float:
        """Weight of the soil in an outline, buoyant below the water."""
        p = self.p
        weight = p.unit_weight * _area(outline)
        if p.water > 0:
            weight -= (p.unit_weight - p.buoyant_weight) * _area(_below(outline, p.water - p.height))
        return weight

    def rock_plane(self) -> Wedge | None:
        """The wedge that slides on the rock face itself, where the face runs through the heel."""
        p, rock = self.p, self.p.rock
        if rock is None or rock.distance > 1e-9:
            return None
        same = replace(p, rock=None, friction_deg=rock.friction_deg, cohesion=rock.cohesion)
        theta = np.array([[math.radians(rock.angle_deg)]])
        thrust, weight, x, z = _Search(same).thrust(np.array([p.height]), theta)
        if not np.isfinite(thrust[0, 0]):
            return None
        return Wedge(
            thrust=max(float(thrust[0, 0]), 0.0), plane_deg=rock.angle_deg, weight=float(weight[0, 0]),
            daylight=(float(x[0, 0]), float(z[0, 0])), on_rock=True,
        )  # fmt: skip

    def best(self, depth: Array) -> tuple[Array, Array]:
        """Largest thrust and its plane for each depth."""
        theta = self.angles(depth)
        rock = self.p.rock
        if rock is not None and rock.distance <= 1e-9:
            steep = math.radians(rock.angle_deg)
            high = math.pi - self.alpha
            fan = steep + (high - steep) * (np.arange(PLANES) + 0.5) / PLANES
            theta = np.concatenate([theta, np.broadcast_to(fan, (len(depth), PLANES))], axis=1)
            theta = np.where(theta < steep, steep + 1e-9, theta)
        rows = np.arange(len(depth))
        width = np.full(len(depth), (math.pi - self.alpha) / PLANES)
        thrust = self.thrust(depth, theta)[0]
        at = thrust.argmax(axis=1)
        best, angle = thrust[rows, at], theta[rows, at]
        for _ in range(3):
            spread = angle[:, None] + width[:, None] * np.linspace(-1.5, 1.5, REFINED)[None, :]
            spread = np.clip(spread, 1e-3, math.pi - self.alpha - 1e-7)
            if rock is not None and rock.distance <= 1e-9:
                spread = np.maximum(spread, math.radians(rock.angle_deg) + 1e-9)
            fine = self.thrust(depth, spread)[0]
            at = fine.argmax(axis=1)
            better = fine[rows, at] > best
            best = np.where(better, fine[rows, at], best)
            angle = np.where(better, spread[rows, at], angle)
            width = width * 3 / (REFINED - 1)
        return best, angle


def _cut_off(line: Array, apex: Array, t_x: Array, t_z: Array, slack: float) -> tuple[NDArray[np.bool_], Array, Array]:
    """Where planes from each apex meet a line, whether they do, and the area between back, line and plane."""
    rel = line[None, :, :] - apex[:, None, :]  # (n, v, 2)
    over = t_x[..., None] * rel[:, None, :, 1] - t_z[..., None] * rel[:, None, :, 0]  # > 0: vertex above the plane
    below = over <= slack
    below[..., 0] = False
    hit = np.asarray(below.any(axis=-1))
    last = np.where(hit, below.argmax(axis=-1), 1)
    rows = np.arange(len(apex))[:, None]
    p1, p2 = line[last - 1], line[last]
    o1 = np.take_along_axis(over, (last - 1)[..., None], axis=-1)[..., 0]
    o2 = np.take_along_axis(over, last[..., None], axis=-1)[..., 0]
    share = np.where(hit, o1 / np.where(o1 == o2, 1.0, o1 - o2), 0.0)
    day = p1 + share[..., None] * (p2 - p1)
    to_day = day - apex[:, None, :]
    step = rel[:, 1:, 0] * rel[:, :-1, 1] - rel[:, 1:, 1] * rel[:, :-1, 0]
    ahead = np.concatenate([np.zeros((len(apex), 1)), np.cumsum(step, axis=1)], axis=1)
    before = rel[rows, last - 1]
    area = 0.5 * (ahead[rows, last - 1] - (before[..., 0] * to_day[..., 1] - before[..., 1] * to_day[..., 0]))
    return hit, day, area


def _area(outline: Sequence[tuple[float, ...]]) -> float:
    """Area of an outline, either way round."""
    if len(outline) < 3:
        return 0.0
    closed = zip(outline, (*outline[1:], outline[0]), strict=True)
    return abs(0.5 * sum(a[0] * b[1] - b[0] * a[1] for a, b in closed))


def _below(outline: Sequence[tuple[float, ...]], z: float) -> list[tuple[float, ...]]:
    """The part of an outline below a level."""
    found: list[tuple[float, ...]] = []
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        if a[1] <= z:
            found.append(a)
        if (a[1] <= z) != (b[1] <= z):
            found.append((a[0] + (b[0] - a[0]) * (z - a[1]) / (b[1] - a[1]), z))
    return found


def critical_wedge(problem: WedgeProblem, field: str = "wedge") -> Wedge:
    """The wedge with the largest thrust on the whole back.

    With a rock face: planes in the soil that miss the rock, planes that end on it (the soil above pushing along the
    face with a level force between the two blocks), and, where the face runs through the heel, the face itself.

    Raises:
        InputError: see `validate`; also where no plane daylights.
    """
    validate(problem, field)
    search = _Search(problem)
    depth = np.array([problem.height])
    best, angle = search.best(depth)
    on_rock = search.rock_plane()
    if on_rock is not None and (not np.isfinite(best[0]) or on_rock.thrust >= best[0]):
        return on_rock
    if not np.isfinite(best[0]):
        raise InputError(f"{field}.ground", problem.ground, message("walls.error.no_daylight"))
    plane = float(angle[0])
    met = search.meets_rock(plane)
    if met is not None:
        _, both, top = search.two_blocks(plane, search.apex(depth)[0], met)
    else:
        _, weight, x, z = search.thrust(depth, angle[:, None])
        both, top = float(weight[0, 0]), (float(x[0, 0]), float(z[0, 0]))
    return Wedge(
        thrust=max(float(best[0]), 0.0), plane_deg=math.degrees(plane), weight=both, daylight=top,
        on_rock=met is not None,
    )  # fmt: skip


def thrust_profile(problem: WedgeProblem, parts: int = 40, field: str = "wedge") -> tuple[Array, Array]:
    """Thrust on the back above each of `parts` + 1 depths (0 at the top), without the rock face.

    Values are those of the search, below 0 where cohesion outweighs the soil.
    """
    validate(problem, field)
    search = _Search(replace(problem, rock=None))
    depth = np.linspace(0.0, problem.height, parts + 1)
    best, _ = search.best(depth[1:])
    return depth, np.concatenate([[0.0], best])
