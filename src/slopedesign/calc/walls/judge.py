"""How checks of walls are built, and what they all ask."""

from __future__ import annotations

from slopedesign.i18n import Message, message
from slopedesign.project.walls import WallShape
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.trace import Source, Traced

PLAIN_GRADES = {"rubble_concrete": "C20"}


def concrete_grade(shape: WallShape) -> str:
    """Concrete grade of a shape's material; rubble concrete counts as C20."""
    return PLAIN_GRADES.get(shape.material, shape.material)


class Judge:
    """Builds the checks of one situation on one wall."""

    def __init__(self, subject: str, situation: str, field: str) -> None:
        self.subject, self.situation, self.field = subject, situation, field

    def check(
        self, name: str, source: Source, relation: Relation, found: Traced | Message | None,
        limit: Traced | Message | None, *, strength: Strength = Strength.MUST, missing: tuple[str, ...] = (),
        na: Message | None = None, holds: bool | None = None, at: str = "", notes: tuple[Message, ...] = (),
    ) -> Check:  # fmt: skip
        title = message(f"walls.check.{name}", at=at) if at else message(f"walls.check.{name}")
        return Check(
            id=f"wall.{name}", subject=self.subject, title=title, source=source, strength=strength,
            relation=Relation.STATED if holds is not None else relation, found=found, required=limit, holds=holds,
            missing=missing, not_applicable=na, field=self.field, situation=self.situation, notes=notes,
        )  # fmt: skip
