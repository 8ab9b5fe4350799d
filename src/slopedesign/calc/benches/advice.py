"""What the designer should know of a cut before drawing it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from slopedesign.calc.benches.amounts import Task
from slopedesign.calc.benches.fit import TOP_SLACK
from slopedesign.calc.benches.join import SCARP_FROM
from slopedesign.calc.benches.layout import FLAT_ERROR
from slopedesign.calc.benches.result import CutFace, Join, SecondOpinion
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.i18n import message
from slopedesign.standards.check import Level, Remark

SMALL_PIECE = 0.005
"""Separate cuts smaller than this share of the largest are not called islands: uneven ground at the toe."""
TOE_STEP = 0.5
"""Ground standing this much over the base line in front of it is spoken of [m]."""


def advice_on(
    task: Task, outline: Shape, faces: Sequence[CutFace], join: Join, second: SecondOpinion | None, chords: FloatArray
) -> list[Remark]:
    """Remarks on a cut.

    Args:
        outline: area cut, E, N.
        chords: (k, 2) height and angle of the ground before cutting.
    """
    found: list[Remark] = []

    def say(key: str, level: Level = Level.NOTE, /, **values: object) -> None:
        found.append(task.remark(key, level, **values))

    design_angle = float(task.proposals[0].profile.overall_angle)
    middle = task.layout.tin.corners.mean(axis=1) + task.layout.tin.origin
    with np.errstate(invalid="ignore"):
        cut = task.ground.elevation(middle[:, :2]) > middle[:, 2]
    gap = float(task.layout.gaps[cut].max(initial=0.0))
    if gap > 3 * FLAT_ERROR:
        say("rough", Level.WARNING, gap=f"{gap:.2f}")
    parts = [part.area for part in shapely.get_parts(outline)]
    parts = [area for area in parts if area > SMALL_PIECE * max(parts)]
    gentle = chords[chords[:, 1] < design_angle, 1] if task.design.mode != "fixed_levels" else chords[:0, 1]
    if len(gentle):
        say(
            "gentle_ground", Level.WARNING if len(gentle) > len(chords) / 4 else Level.NOTE,
            share=f"{100 * len(gentle) / len(chords):.0f}", design=f"{design_angle:.1f}",
            least=f"{gentle.min():.1f}", greatest=f"{chords[:, 1].max():.1f}",
        )  # fmt: skip
    if len(parts) > 1:
        say("islands", Level.WARNING, pieces=len(parts), largest=f"{max(parts):.0f}")
    if join.scarp.value > SCARP_FROM and join.scarp_at is not None:
        e, n = join.scarp_at
        say(
            "scarp_left", Level.WARNING, height=f"{join.scarp.value:.2f}", length=f"{join.scarp_length.value:.0f}",
            north=f"{n:.1f}", east=f"{e:.1f}",
        )  # fmt: skip
    if join.survey_rim.value > 1e-3:
        say("out_of_survey", Level.WARNING, length=f"{join.survey_rim.value:.1f}")
    if join.toe_gap is not None:
        below, above = join.toe_gap
        if above > TOE_STEP:
            say("ground_before_toe", Level.WARNING, height=f"{above:.2f}")
        if below < -TOE_STEP and task.layout.sense == "up":
            say("toe_in_air", Level.NOTE, height=f"{-below:.2f}")
    for face in faces:
        if face.found_height.value > face.height.value + TOP_SLACK:
            say(
                "riser_runs_on", Level.WARNING, number=face.number, found=f"{face.found_height.value:.2f}",
                stated=f"{face.height.value:.2f}",
            )  # fmt: skip
    if second is not None and not second.agrees:
        percent = "-" if second.difference is None else f"{100 * second.difference.value:.2f}"
        say("methods_differ", Level.WARNING, percent=percent, allowed=f"{100 * second.allowed:.1f}")
    say("corner_said", corner=message(f"benches.corner.{task.design.corner}"))
    if len(task.layout.sweeps) > 1 and task.design.mode != "fixed_levels":
        say("sector_transition")
    return found
