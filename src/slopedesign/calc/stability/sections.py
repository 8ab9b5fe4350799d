"""Every stability section of a design: before and after cutting; whole slope, bench groups, single benches.

The caller hands over plain lines in the section's own offsets (the toe side first, so the slope faces left) and gets
back factors, surfaces, calculations, checks and remarks. What a section lacks is said by name in a check that is not
judged; impossible ground raises InputError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

import numpy as np

from slopedesign.calc.stability.book import Calculation, calculation
from slopedesign.calc.stability.build import SectionBuilder, Stage, ground_gap, lower_of
from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.judge import (
    Requirement,
    factor_check,
    requirement,
    seismic_coefficient,
    traced_fos,
)  # fmt: skip
from slopedesign.calc.stability.model import Model, prepare
from slopedesign.calc.stability.polylines import ShapeSettings
from slopedesign.calc.stability.rock.joints import FaceBlock, face_blocks
from slopedesign.calc.stability.rock.wedge import Joint
from slopedesign.calc.stability.search import SlipResult, critical_circle, critical_shape, stated_surface
from slopedesign.calc.stability.section import Section
from slopedesign.calc.stability.solution import SlipSurface
from slopedesign.calc.stability.strength import (
    Array,
)  # fmt: skip
from slopedesign.calc.stability.transfer import TransferResult, blocks_of, thrust_curve, transfer_factor
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import Message, message
from slopedesign.project.ground import Material as GroundMaterial
from slopedesign.project.stability import (
    StabilityDesign,
    StabilitySection,
    StabilitySituationKind,
    StatedSurface,
)  # fmt: skip
from slopedesign.standards.check import Check, Level, Relation, Remark
from slopedesign.standards.check import Strength as Bond
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Provenance, Source

ScopeKind = Literal["whole", "group", "bench"]


@dataclass(frozen=True, kw_only=True)
class SectionLines:
    """Lines of one section, offsets along it from the toe side, elevations [m].

    Attributes:
        name: of the section in the project.
        before, after: ground (n, 2) before and after cutting; `after` None: the ground stays as it is.
        layers: material and bottom line of each layer from the surface down; the last bottom is None.
        faces: offset of toe and crest of each riser, from the lowest up.
        groups: first and last riser (counted from 0) of each bench group; empty: no groups.
        direction_deg: direction the slope looks (downhill), clockwise from north, for joints.
    """

    name: str
    after: Array | None
    before: Array | None = None
    layers: tuple[tuple[str, Array | None], ...] = ()
    faces: tuple[tuple[float, float], ...] = ()
    groups: tuple[tuple[int, int], ...] = ()
    direction_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class ScopeResult:
    """One search on one part of one section in one situation.

    Attributes:
        scope, number: whole slope, or number of the group or bench from the toe (from 1; 0 for the whole).
        circles: by method; shape: surface of any shape, where it was sought.
        governing: the lowest solved surface of all of them; None where none was solved.
        book: its calculation, where one was written.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("section",)

    scope: ScopeKind
    number: int
    stage: Stage
    situation: StabilitySituationKind
    circles: Mapping[str, SlipResult]
    shape: SlipResult | None
    governing: SlipSurface | None
    book: Calculation | None
    section: Section = field(repr=False)

    @property
    def fos(self) -> float | None:
        """The governing factor."""
        return self.governing.fos if self.governing else None


@dataclass(frozen=True, kw_only=True)
class StatedResult:
    """A surface the designer stated: factor by a rigorous method, and transfer coefficients on its blocks.

    `thrust` holds the residual thrust behind each block at the required factor of the situation, for a toe wall or
    anchors.
    """

    name: str
    situation: StabilitySituationKind
    surface: SlipSurface
    transfer: TransferResult | None
    thrust: TransferResult | None


@dataclass(frozen=True, kw_only=True)
class SectionResult:
    """Everything found on one section."""

    name: str
    lines: SectionLines
    results: tuple[ScopeResult, ...]
    stated: tuple[StatedResult, ...]
    blocks: tuple[FaceBlock, ...]
    requirements: Mapping[StabilitySituationKind, Requirement]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]

    def of(
        self, scope: ScopeKind = "whole", number: int = 0, stage: Stage = "after",
        situation: StabilitySituationKind = "permanent",
    ) -> ScopeResult | None:  # fmt: skip
        """One result."""
        want = (scope, number, stage, situation)
        return next((r for r in self.results if (r.scope, r.number, r.stage, r.situation) == want), None)


@dataclass(frozen=True, kw_only=True)
class StabilityResult:
    """All sections of a design."""

    sections: tuple[SectionResult, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Checks of all sections."""
        return tuple(check for section in self.sections for check in section.checks)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks of all sections."""
        return tuple(remark for section in self.sections for remark in section.remarks)

    @property
    def lowest(self) -> ScopeResult | None:
        """The lowest factor after cutting, over all sections and situations."""
        found = [r for s in self.sections for r in s.results if r.stage == "after" and r.fos is not None]
        return min(found, key=lambda r: r.fos or math.inf, default=None)


def solve_sections(
    design: StabilityDesign, materials: Sequence[GroundMaterial], lines: Sequence[SectionLines], *,
    quick: bool = False, progress: Callable[[str], None] | None = None,
) -> StabilityResult:  # fmt: skip
    """Solves every declared section for which lines are given.

    Args:
        lines: one entry for each section, by name.
        quick: only the whole slope after cutting, by the first method, without calculation: for use while dragging.
        progress: called with the name of each section as it is begun.

    Raises:
        InputError: a section has no lines, a material is unknown, the ground is impossible.
    """
    by_name = {entry.name: entry for entry in lines}
    out = []
    for i, record in enumerate(design.sections):
        if record.name not in by_name:
            raise InputError(f"stability.sections[{i}].name", record.name, message("stability.rule.no_lines"))
        if progress is not None:
            progress(record.name)
        out.append(_Solver(design, materials, record, i, by_name[record.name], quick).solve())
    return StabilityResult(sections=tuple(out))


class _Solver:
    """Works one section."""

    def __init__(
        self, design: StabilityDesign, materials: Sequence[GroundMaterial], record: StabilitySection, index: int,
        lines: SectionLines, quick: bool,
    ) -> None:  # fmt: skip
        self.design, self.record, self.lines, self.quick = design, record, lines, quick
        self.where = f"stability.sections[{index}]"
        self.build = SectionBuilder(design, materials, record, self.where, lines.before, lines.after, lines.layers)
        self.remarks = self.build.remarks
        self.checks: list[Check] = []

    def solve(self) -> SectionResult:
        """Results, checks and remarks of the section."""
        after = self.lines.after if self.lines.after is not None else self.lines.before
        if after is None:
            raise InputError(f"{self.where}.ground_after", None, message("stability.rule.line"))
        situations = self._situations()
        height = float(np.ptp(np.asarray(after)[:, 1]))
        kind = self.build.ground_class()
        needs = {s: requirement(self.design, s, kind, height) for s in situations}
        if any(need.missing for need in needs.values()):
            self.build.remark("class_unknown", Level.WARNING)
        missing = self.build.missing()
        results: list[ScopeResult] = []
        stated: list[StatedResult] = []
        if missing:
            for situation in situations:
                self.checks.append(self._check("whole", 0, "after", needs[situation], None, missing))
        else:
            results = self._all(situations, needs)
            if not self.quick:
                stated = self._stated(needs)
        blocks = () if self.quick else self._blocks(needs)
        self._recalled(needs)
        return SectionResult(
            name=self.record.name, lines=self.lines, results=tuple(results), stated=tuple(stated), blocks=blocks,
            requirements=needs, checks=tuple(self.checks), remarks=tuple(self.remarks),
        )  # fmt: skip

    # what is worked

    def _situations(self) -> tuple[StabilitySituationKind, ...]:
        if self.record.dump:
            return ("whole_dump",) if self.quick else tuple(dict.fromkeys(("whole_dump", *self.design.situations)))
        wanted = [s for s in self.design.situations if s != "whole_dump"]
        if "earthquake" in wanted and not self.design.acceleration_g:
            wanted.remove("earthquake")
            self.build.remark("no_seismic_case", Level.NOTE)
        return tuple(wanted[:1] if self.quick else wanted)

    def _all(
        self, situations: Sequence[StabilitySituationKind], needs: Mapping[StabilitySituationKind, Requirement]
    ) -> list[ScopeResult]:
        results = []
        for situation in situations:
            for stage in ("after",) if self.quick else ("before", "after"):
                ground = self.lines.before if stage == "before" else self.lines.after
                if ground is None:
                    continue
                for scope, number, window in self._scopes(stage):
                    results.append(self._scope(situation, stage, scope, number, window))  # type: ignore[arg-type]
        written = self._with_books(results)
        self.checks += [
            self._check(r.scope, r.number, r.stage, needs[r.situation], r, self.build.unstated(r.situation))
            for r in written
            if r.stage == "after"
        ]
        return written

    def _scopes(
        self, stage: str
    ) -> list[tuple[ScopeKind, int, tuple[tuple[float, float], tuple[float, float]] | None]]:
        scopes: list[tuple[ScopeKind, int, tuple[tuple[float, float], tuple[float, float]] | None]] = [
            ("whole", 0, None)
        ]
        if stage == "before" or self.quick or len(self.lines.faces) < 2:
            return scopes
        for number, (first, last) in enumerate(self.lines.groups, 1):
            if (first, last) != (0, len(self.lines.faces) - 1):
                scopes.append(("group", number, self._window(first, last)))
        scopes += [("bench", i + 1, self._window(i, i)) for i in range(len(self.lines.faces))]
        return scopes

    def _window(self, first: int, last: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where slides of risers first..last may leave and enter: up to the next riser's toe on both sides."""
        faces, after = self.lines.faces, np.asarray(self.lines.after)
        toe, crest = faces[first][0], faces[last][1]
        if not toe < crest:
            raise InputError(f"{self.where}.faces", list(faces[first]), message("stability.rule.bench_faces"))
        before = faces[first - 1][1] if first else max(float(after[0, 0]), toe - (crest - toe))
        behind = faces[last + 1][0] if last + 1 < len(faces) else min(float(after[-1, 0]), crest + 2 * (crest - toe))
        return (before, crest), (toe, behind)

    def _scope(
        self, situation: StabilitySituationKind, stage: Stage, scope: ScopeKind, number: int,
        window: tuple[tuple[float, float], tuple[float, float]] | None,
    ) -> ScopeResult:  # fmt: skip
        section = self.build.section(stage, situation)
        model = prepare(section)
        search = self.design.search
        arm: Literal["base", "centroid"] = "base" if search.horizontal_at_base else "centroid"
        exits, entries = window if window is not None else (None, None)
        depth = search.min_depth
        if depth is None and window is not None:
            x = np.array([window[0][0], window[1][1]])
            depth = 0.02 * abs(float(np.diff(model.ground_at(x))[0]))
        settings = SearchSettings(
            exits=search.exits, entries=search.entries, depths=search.depths, slices=search.slices,
            final_slices=search.final_slices, min_depth=depth, exit_range=exits, entry_range=entries,
            seismic_arm=arm, function=search.function,
        )  # fmt: skip
        methods = [search.method] if self.quick or search.second_method in (None, search.method) else [
            search.method, search.second_method
        ]  # fmt: skip
        circles = {str(m): critical_circle(model, m, settings) for m in methods if m is not None}
        shape = None
        if search.any_shape and not self.quick and scope == "whole" and stage == "after":
            shape = critical_shape(
                model, "mp", ShapeSettings(
                    min_depth=depth, seed=search.seed, function=search.function, vertices=(9, 13), rounds=20, polish=1
                ), final_slices=search.final_slices,
            )  # fmt: skip
        found = [r.critical for r in (*circles.values(), shape) if r is not None and r.critical is not None]
        governing = min(found, key=lambda s: s.fos, default=None)
        for result in (*circles.values(), shape):
            if result is not None and not self.quick and scope == "whole" and stage == "after":
                self.remarks += [replace(r, subject=f"{self.where}") for r in result.remarks]
        self._skin(scope, stage, situation, circles)
        return ScopeResult(
            scope=scope, number=number, stage=stage, situation=situation, circles=circles, shape=shape,
            governing=governing, book=None, section=section,
        )  # fmt: skip

    def _with_books(self, results: list[ScopeResult]) -> list[ScopeResult]:
        """Calculations written for the whole slope and for the lowest part, after cutting, in each situation."""
        if self.quick:
            return results
        after = [r for r in results if r.stage == "after" and r.governing is not None]
        chosen = {id(r) for r in after if r.scope == "whole"}
        for situation in {r.situation for r in after}:
            chosen.add(id(min((r for r in after if r.situation == situation), key=lambda r: r.fos or math.inf)))
        return [
            replace(r, book=self._book(prepare(r.section), r.governing))
            if id(r) in chosen and r.governing is not None else r
            for r in results
        ]  # fmt: skip

    def _book(self, model: Model, surface: SlipSurface) -> Calculation | None:
        for count in (self.design.search.book_slices, 60, 200):
            try:
                return calculation(model, surface, count)
            except NoSolution:
                continue
        return None

    def _skin(self, scope: str, stage: str, situation: str, circles: Mapping[str, SlipResult]) -> None:
        first = next(iter(circles.values()), None)
        if scope == "whole" and stage == "after" and first is not None and first.skin is not None:
            numbers = {"F_s": first.skin.fos}
            text = message("stability.remark.skin", fos=f"{first.skin.fos.value:.3f}")
            self.remarks.append(Remark(level=Level.NOTE, subject=self.where, text=text, numbers=dict(numbers)))

    # checks

    def _check(
        self, scope: ScopeKind, number: int, stage: str, need: Requirement, result: ScopeResult | None,
        missing: tuple[str, ...],
    ) -> Check:  # fmt: skip
        subject = f"{self.where}.{scope}" + (f"[{number}]" if number else "")
        title = message(f"stability.scope.{scope}", number=number, section=self.record.name)
        if result is None or result.governing is None:
            lacking = missing or (f"{self.where}.search",)
            return factor_check(subject, need, None, scope=title, missing=lacking)
        others = tuple(
            message("stability.note.method", method=message(f"stability.solved_by.{name}"), fos=f"{r.fos:.3f}")
            for name, r in result.circles.items()
            if r.fos is not None
        )
        if result.shape is not None and result.shape.fos is not None:
            others += (message("stability.note.shape", fos=f"{result.shape.fos:.3f}"),)
        found = traced_fos(result.governing, result.book)
        if missing:
            others += (message("stability.note.unstated"),)
        return factor_check(subject, need, found, scope=title, notes=others, missing=missing)

    def _recalled(self, needs: Mapping[StabilitySituationKind, Requirement]) -> None:
        for need in needs.values():
            if need.factor is not None and need.factor.unverified:
                text = message("stability.remark.recalled", value=f"{need.factor.value:g}")
                self.remarks.append(Remark(level=Level.WARNING, subject=self.where, text=text, source=need.source))

    # stated surfaces and rock

    def _stated(self, needs: Mapping[StabilitySituationKind, Requirement]) -> list[StatedResult]:
        """Every stated surface in every situation, on the ground after cutting."""
        pairs = [(stated, situation) for stated in self.record.surfaces for situation in needs]
        found = [self._judged_stated(stated, situation, needs[situation]) for stated, situation in pairs]
        return [result for result in found if result is not None]

    def _judged_stated(
        self, stated: StatedSurface, situation: StabilitySituationKind, need: Requirement
    ) -> StatedResult | None:
        section = self.build.section("after", situation)
        subject = f"{self.where}.surfaces[{stated.name}]"
        title = message("stability.scope.stated", section=self.record.name, name=stated.name)
        try:
            result = self._one_stated(section, stated, situation, need)
        except InputError as error:  # the cut may have removed the ground a stated surface ran through
            self.checks.append(
                factor_check(subject, need, None, scope=title, missing=(error.field,), notes=(error.reason,))
            )
            return None
        surface = result.surface
        found = traced_fos(surface, None) if surface.solved else None
        missing = self.build.unstated(situation)
        if not surface.solved:
            missing = (f"{subject}.{surface.outcome.name.lower()}",)
        notes: tuple[Message, ...] = ()
        if result.transfer is not None:
            notes = (message("stability.note.transfer", fos=f"{result.transfer.factor:.3f}"),)
        self.checks.append(factor_check(subject, need, found, scope=title, missing=missing, notes=notes))
        return result

    def _one_stated(
        self, section: Section, stated: StatedSurface, situation: StabilitySituationKind, need: Requirement
    ) -> StatedResult:
        if stated.kind == "circle" and stated.centre is not None and stated.radius is not None:
            circle = (*stated.centre, stated.radius)
            return StatedResult(
                name=stated.name, situation=situation, transfer=None, thrust=None,
                surface=stated_surface(
                    section, self.design.search.method, circle=circle,
                    seismic_arm="base" if self.design.search.horizontal_at_base else "centroid",
                ),
            )  # fmt: skip
        points = self._contact(section, stated)
        own = None
        if stated.cohesion is not None and stated.friction_angle_deg is not None:
            own = (stated.cohesion, stated.friction_angle_deg)
        surface = stated_surface(section, "mp", polyline=points, strength=own)
        blocks = blocks_of(section, points, strength=own)
        try:
            transfer: TransferResult | None = transfer_factor(blocks)
        except NoSolution:
            transfer = None
        thrust = None if need.factor is None else thrust_curve(blocks, need.factor.value)
        return StatedResult(name=stated.name, situation=situation, surface=surface, transfer=transfer, thrust=thrust)

    def _contact(self, section: Section, stated: StatedSurface) -> Array:
        """The line itself, or the contact under the fill (or above the base) where there is any thickness."""
        if stated.kind == "polyline":
            return np.asarray(stated.points, dtype=float)
        ground = section.ground_line
        if stated.kind == "fill_contact":
            below = np.asarray(self.lines.before, dtype=float) if self.lines.before is not None else ground
        elif isinstance(section.base, int | float):
            below = np.array([[ground[0, 0], section.base], [ground[-1, 0], section.base]], dtype=float)
        elif section.base is not None:
            below = np.asarray(section.base, dtype=float)
        else:
            raise InputError(f"{self.where}.base", None, message("stability.rule.rock_contact"))
        line = lower_of(ground, below)
        thick = ground_gap(ground, line)
        if not len(thick):
            raise InputError(f"{self.where}.surfaces", stated.name, message("stability.rule.no_contact"))
        return thick

    def _blocks(self, needs: Mapping[StabilitySituationKind, Requirement]) -> tuple[FaceBlock, ...]:
        record = self.record
        direction = record.face_direction_deg if record.face_direction_deg is not None else self.lines.direction_deg
        if not record.joints or not self.lines.faces or self.lines.after is None:
            return ()
        if direction is None:
            self.checks.append(self._joint_check(None, (f"{self.where}.face_direction_deg",)))
            return ()
        after = np.asarray(self.lines.after, dtype=float)
        faces = []
        for toe, crest in self.lines.faces:
            rise = float(np.interp(crest, *after.T) - np.interp(toe, *after.T))
            if rise > 0:
                faces.append((rise, math.degrees(math.atan2(rise, crest - toe))))
        joints = [
            (j.name, Joint(
                dip_deg=j.dip_deg, dip_direction_deg=j.dip_direction_deg, cohesion=j.cohesion,
                friction_deg=j.friction_angle_deg,
            )) for j in record.joints
        ]  # fmt: skip
        weights = [
            m.unit_weight for n in self.build.names() if (m := self.build.ground_materials.get(n)) and m.unit_weight
        ]
        if not weights:
            self.checks.append(self._joint_check(None, ("materials[].unit_weight",)))
            return ()
        found = face_blocks(joints, faces, direction, max(weights), water_weight=self.design.water_weight)
        for block in found:
            if block.possible.possible or block.fos is not None:
                self.checks.append(self._joint_check(block, ()))
        if "rainstorm" in needs:
            self.checks += [self._block_check(b, b.fos_wet, "rainstorm") for b in found if b.fos is not None]
        if "earthquake" in needs and self.design.acceleration_g:
            kh = seismic_coefficient(self.design.acceleration_g).value
            shaken = face_blocks(joints, faces, direction, max(weights), kh=kh, water_weight=self.design.water_weight)
            self.checks += [self._block_check(b, b.fos, "earthquake") for b in shaken if b.fos is not None]
        return found

    def _block_check(self, block: FaceBlock, fos: Step | None, situation: StabilitySituationKind) -> Check:
        """A block in a further situation; one that water lifts off its planes does not hold."""
        need = requirement(self.design, situation, self.build.ground_class(), block.height)
        return Check(
            id="stability.block", subject=f"{self.where}.bench[{block.face}].joints", title=_block_title(block),
            source=need.source, strength=Bond.MUST,
            relation=Relation.AT_LEAST if fos is not None else Relation.STATED, found=fos,
            required=need.factor if fos is not None else None, holds=None if fos is not None else False,
            missing=need.missing, situation=f"stability.situation.{situation}",
        )  # fmt: skip

    def _joint_check(self, block: FaceBlock | None, missing: tuple[str, ...]) -> Check:
        source = Source("GB 50330-2013", "5.2.2 / A.0.2", Provenance.RECALLED)
        if block is None:
            return Check(
                id="stability.joints", subject=self.where, title=message("stability.check.joints_unknown"),
                source=source, strength=Bond.MUST, missing=missing,
            )  # fmt: skip
        need = requirement(self.design, "permanent", self.build.ground_class(), block.height)
        title = _block_title(block)
        subject = f"{self.where}.bench[{block.face}].joints"
        notes: tuple[Message, ...] = ()
        if block.fos_wet is not None:
            notes = (message("stability.note.wet_block", fos=f"{block.fos_wet.value:.3f}"),)
        if block.fos is None:
            return Check(
                id="stability.block", subject=subject, title=title, source=source, strength=Bond.SHOULD,
                relation=Relation.STATED, holds=not block.possible.possible, notes=notes,
            )  # fmt: skip
        return Check(
            id="stability.block", subject=subject, title=title, source=need.source, strength=Bond.MUST,
            relation=Relation.AT_LEAST, found=block.fos, required=need.factor, missing=need.missing, notes=notes,
        )  # fmt: skip


def _block_title(block: FaceBlock) -> Message:
    return message(
        "stability.check.block", face=block.face, failure=message(f"stability.failure.{block.possible.failure}"),
        joints=" + ".join(block.possible.joints),
    )  # fmt: skip
