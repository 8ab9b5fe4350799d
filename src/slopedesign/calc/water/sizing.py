"""The smallest section of a catalogue that carries a flow, and why each smaller one does not.

A section is accepted if the flow stays below its freeboard, is not too fast for the lining at any stage up to the
design depth, and is at least as wide as demanded. Testing the velocity at every depth class below the design depth
too keeps the answer monotone: what carries a larger flow carries every smaller one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from slopedesign.calc.water import channel, chute
from slopedesign.calc.water.section import Circle, Section, Trapezoid, UShape, rectangle
from slopedesign.errors import NoSolution
from slopedesign.i18n import Message, message
from slopedesign.project.water import TYPES, DitchType
from slopedesign.standards import hydraulics as rows
from slopedesign.standards import jtg_t_d33_2012 as jtg
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Given, Traced, given, measured
from slopedesign.standards.water_tables import table


@dataclass(frozen=True)
class Candidate:
    """One section of the catalogue."""

    section: Section
    width: float
    height: float


@dataclass(frozen=True)
class Rejected:
    """A smaller section and why it does not do."""

    width: float
    height: float
    reason: str
    found: float
    required: float

    @property
    def text(self) -> Message:
        """The reason in words."""
        return message(
            f"water.reject.{self.reason}", width=f"{self.width:g}", height=f"{self.height:g}",
            found=f"{self.found:.3f}", required=f"{self.required:.3f}",
        )  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """What a section must carry and keep.

    Attributes:
        flow [m3/s], slope [-]: traced; the slope of a chute is the sine of its angle.
        freeboard: m. min_width: least bottom width [m]. least_area: full section of the reaches above [m2].
        bend_radius: m, or None. chute_length: length along the bed where the reach is a chute, else None.
        kind_path: of the type of ditch in the project.
    """

    flow: Traced
    slope: Traced
    freeboard: Traced
    min_width: float = 0.0
    least_area: float = 0.0
    bend_radius: float | None = None
    chute_length: float | None = None
    kind_path: str = TYPES


@dataclass(frozen=True)
class Sized:
    """A section and its hydraulics at the design flow.

    Attributes:
        fits: whether it meets the demand; where no section of the catalogue does, the largest is shown and this is
            False.
        depth, critical: normal and critical depth [m]; None where the full section cannot carry the flow.
        capacity: uniform flow at the highest allowed depth [m3/s].
        required_height: depth, bend rise and freeboard together [m].
        velocity_limit: permissible velocity at the design depth; None for a chute (its lining is judged by its foot).
        rejected: every smaller section with its reason.
    """

    candidate: Candidate
    demand: Demand
    n: Traced
    fits: bool
    depth: Traced | None
    critical: Traced | None
    velocity: Traced | None
    froude: Traced | None
    capacity: Traced
    required_height: Traced | None
    velocity_limit: Traced | None
    shear: Traced | None
    chute: chute.Chute | None
    rejected: tuple[Rejected, ...]

    @property
    def section(self) -> Section:
        """The section."""
        return self.candidate.section

    @property
    def width(self) -> float:
        """Bottom width or diameter [m]."""
        return self.candidate.width

    @property
    def height(self) -> float:
        """Full depth [m]."""
        return self.candidate.height


def section_of(kind: DitchType, width: float, height: float) -> Section:
    """The section of a type for a width and height."""
    match kind.shape:
        case "rectangle":
            return rectangle(width, height)
        case "trapezoid":
            return Trapezoid(width, height, kind.side_slope, kind.side_slope)
        case "triangle":
            return Trapezoid(0.0, height, kind.side_slope, kind.side_slope)
        case "circle":
            return Circle(width)
        case _:
            return UShape(width / 2, max(height, width / 2))


@lru_cache(maxsize=256)
def catalogue(kind: DitchType) -> tuple[Candidate, ...]:
    """All sections of a type, smallest area first; a tie goes to the shorter outline."""
    heights = (0.0,) if kind.shape == "circle" else kind.heights
    widths = (0.0,) if kind.shape == "triangle" else kind.widths
    found: dict[tuple[float, float], Candidate] = {}
    for width in widths:
        for height in heights:
            section = section_of(kind, width, height)
            found[width, section.height] = Candidate(section, width, section.height)
    return tuple(
        sorted(found.values(), key=lambda c: (c.section.area(c.height), c.section.perimeter(c.height), c.width))
    )


def roughness(kind: DitchType, path: str = TYPES) -> Traced:
    """Manning's n of a type, which is stated at `path`: the project's, or the table's for its lining."""
    if kind.roughness is not None:
        return given(kind.roughness, "-", f"{path}.roughness", "water.quantity.roughness")
    return table("ditches", "roughness").pick(kind.lining, label="water.quantity.roughness")


def velocity_limit(kind: DitchType, depth: float, path: str = TYPES) -> Traced:
    """Permissible velocity of a lining at a depth of flow [m/s]; the project's own limit holds at any depth."""
    if kind.max_velocity is not None:
        return given(kind.max_velocity, "m/s", f"{path}.max_velocity", "water.quantity.velocity_limit")
    factors = table("ditches", "velocity_depth")
    return jtg.PERMISSIBLE_VELOCITY.at(
        k_h=factors.made(_depth_factor(depth)), v_0=table("ditches", "velocity").pick(kind.lining)
    )


@lru_cache(maxsize=1)
def _depth_classes() -> tuple[tuple[float, ...], tuple[float, ...]]:
    found = table("ditches", "velocity_depth")
    return tuple(found.array("bounds_m")), tuple(found.array("factors"))


def _depth_factor(depth: float) -> float:
    bounds, factors = _depth_classes()
    return next((f for bound, f in zip(bounds, factors, strict=False) if depth < bound), factors[-1])


def _stages(kind: DitchType, depth: float) -> Iterator[tuple[float, float]]:
    """(depth, limit) at the end of every depth class up to the design depth, and at the design depth."""
    if kind.max_velocity is not None:
        yield depth, kind.max_velocity
        return
    limit = float(table("ditches", "velocity").raw(kind.lining))
    bounds, factors = _depth_classes()
    for bound, factor in zip(bounds, factors, strict=False):
        if bound <= depth:
            yield bound, factor * limit
    yield depth, _depth_factor(depth) * limit


def _fault(
    kind: DitchType, candidate: Candidate, demand: Demand, n: float, chutes: _Chutes
) -> tuple[str, float, float] | None:
    """Why a section does not do: (reason, found, required); None if it does."""
    section, flow, slope = candidate.section, demand.flow.value, demand.slope.value
    if candidate.width < demand.min_width and kind.shape in ("rectangle", "trapezoid"):
        return "width", candidate.width, demand.min_width
    full = section.area(candidate.height)
    if full < demand.least_area * (1 - 1e-9):
        return "smaller", full, demand.least_area
    allowed = _allowed_depth(section, demand.freeboard.value)
    if allowed <= 0:
        return "freeboard", candidate.height, demand.freeboard.value
    able = channel.capacity(section, n, slope, allowed)
    if able < flow:
        return "capacity", able, flow
    depth = channel.normal_depth(section, n, slope, flow)
    speed = channel.velocity(section, flow, depth)
    if demand.bend_radius is not None:
        rise = speed**2 * section.top_width(depth) / (G * demand.bend_radius)
        if depth + rise + demand.freeboard.value > candidate.height:
            return "bend", candidate.height, depth + rise + demand.freeboard.value
    if demand.chute_length is not None and _is_steep(candidate, demand, n):
        return _chute_fault(candidate, demand, chutes)
    for stage, limit in _stages(kind, depth):
        fast = speed if stage == depth else channel.capacity(section, n, slope, stage) / section.area(stage)
        if fast > limit:
            return "velocity", fast, limit
    return None


def _is_steep(candidate: Candidate, demand: Demand, n: float) -> bool:
    """Whether the flow runs supercritical (then the chute's own rules hold); also where critical depth overtops."""
    try:
        yc = channel.critical_depth(candidate.section, demand.flow.value)
    except NoSolution:
        return True
    return channel.normal_depth(candidate.section, n, demand.slope.value, demand.flow.value) < yc


class _Chutes:
    """The chutes of one demand, each section worked once."""

    def __init__(self, demand: Demand, n: float) -> None:
        self.demand, self.n = demand, n
        self._known: dict[Section, chute.Chute] = {}

    def of(self, section: Section) -> chute.Chute:
        """The chute of a section.

        Raises:
            NoSolution: critical depth, through which the flow enters, is higher than the walls.
        """
        if section not in self._known:
            d = self.demand
            assert d.chute_length is not None
            self._known[section] = chute.chute(
                section, self.n, d.slope.value, d.flow.value, d.chute_length, d.freeboard
            )
        return self._known[section]


def _chute_fault(candidate: Candidate, demand: Demand, chutes: _Chutes) -> tuple[str, float, float] | None:
    try:
        worked = chutes.of(candidate.section)
    except NoSolution:  # critical depth, through which the flow enters, is higher than the walls
        return "critical", candidate.height, demand.flow.value
    need = max(worked.wall.value, worked.head_wall.value)
    return ("wall", candidate.height, need) if need > candidate.height else None


def _allowed_depth(section: Section, freeboard: float) -> float:
    return min(section.height - freeboard, channel.greatest_depth(section) if section.closed else section.height)


def size(kind: DitchType, demand: Demand, fixed: tuple[float, float] | None = None) -> Sized:
    """The smallest section of `kind` that meets the demand.

    Args:
        fixed: (width, height) stated by the designer: then that section is judged, not chosen.
    """
    n = roughness(kind, demand.kind_path)
    chutes = _Chutes(demand, n.value)
    if fixed is not None:
        section = section_of(kind, *fixed)
        only = Candidate(section, fixed[0], section.height)
        fits = _fault(kind, only, demand, n.value, chutes) is None
        return _worked(kind, only, demand, n, fits, (), chutes)
    rejected: list[Rejected] = []
    for candidate in catalogue(kind):
        fault = _fault(kind, candidate, demand, n.value, chutes)
        if fault is None:
            return _worked(kind, candidate, demand, n, True, tuple(rejected), chutes)
        rejected.append(Rejected(candidate.width, candidate.height, *fault))
    return _worked(kind, catalogue(kind)[-1], demand, n, False, tuple(rejected), chutes)


def _worked(
    kind: DitchType, candidate: Candidate, demand: Demand, n: Traced, fits: bool, rejected: tuple[Rejected, ...],
    chutes: _Chutes,
) -> Sized:  # fmt: skip
    section, flow, slope = candidate.section, demand.flow, demand.slope
    top = max(_allowed_depth(section, demand.freeboard.value), 0.0)
    able = _uniform(section, n, slope, top) if top > 0 else measured(0.0, "m3/s", "water.note.no_room")
    try:
        h = channel.normal_depth(section, n.value, slope.value, flow.value)
    except NoSolution:
        return Sized(candidate, demand, n, False, None, None, None, None, able, None, None, None, None, rejected)
    depth = measured(h, "m", "water.note.normal_depth", label="water.quantity.normal_depth", Q=flow, n=n, i=slope)
    try:
        yc: Traced | None = measured(
            channel.critical_depth(section, flow.value), "m", "water.note.critical_depth",
            label="water.quantity.critical_depth", Q=flow,
        )  # fmt: skip
    except NoSolution:
        yc = None
    area = measured(section.area(h), "m2", "water.note.flow_area", h=depth)
    speed = rows.CONTINUITY.at(Q=flow, A=area)
    top_width = measured(section.top_width(h), "m", "water.note.top_width", h=depth)
    rise: float | Traced = 0.0
    if demand.bend_radius is not None:
        rise = rows.SUPERELEVATION.at(V=speed, T=top_width, g=G, R_c=demand.bend_radius)
    worked_chute = None
    if demand.chute_length is not None:
        try:
            worked_chute = chutes.of(section)
        except NoSolution:
            worked_chute = None
    return Sized(
        candidate=candidate, demand=demand, n=n, fits=fits, depth=depth, critical=yc, velocity=speed,
        froude=rows.FROUDE.at(V=speed, g=G, A=area, T=top_width), capacity=able,
        required_height=jtg.REQUIRED_DEPTH.at(h=depth, dh=rise, a=demand.freeboard),
        velocity_limit=None if demand.chute_length is not None else velocity_limit(kind, h, demand.kind_path),
        shear=rows.SHEAR.at(gamma_w=rows.WATER, h=depth, S=slope), chute=worked_chute, rejected=rejected,
    )  # fmt: skip


def _uniform(section: Section, n: Traced, slope: Traced, depth: float) -> Traced:
    area = measured(section.area(depth), "m2", "water.note.flow_area", h=measured(depth, "m", "water.note.highest"))
    wet = measured(section.perimeter(depth), "m", "water.note.wetted")
    return rows.MANNING_FLOW.at(A=area, R=rows.HYDRAULIC_RADIUS.at(A=area, P=wet), S=slope, n=n)


def freeboard(level: int, stated: float | None) -> Traced:
    """Freeboard of a level of works: stated, or the larger of the level table and GB 50330's 200 mm."""
    if stated is not None:
        return Given(value=stated, unit="m", field="water.network.freeboard", label="water.quantity.freeboard")
    by_level = table("ditches", "freeboard_level").pick(str(level), label="water.quantity.freeboard")
    least = table("ditches", "section").pick("freeboard", "m", label="water.quantity.freeboard")
    return by_level if by_level.value > least.value else least
