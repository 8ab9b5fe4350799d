"""What all input records share: frozen, unknown keys refused, every number with unit and range.

A field declares its unit once, in `quantity`; the form row, the unit on the sheet, the range check and the JSON
schema all read that declaration. Ranges say what is physically possible; what a standard allows is a check.
"""

import math
import re
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from slopedesign.i18n import text


class Record(BaseModel):
    """Base of all input records."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True, strict=False)


def quantity(
    unit: str, default: Any = ..., *, gt: float | None = None, ge: float | None = None, lt: float | None = None,
    le: float | None = None, clause: str = "", provenance: str = "",
) -> Any:  # fmt: skip
    """A number field with its unit and its physically possible range.

    Args:
        unit: "m", "deg", "kN/m3", "-", ...
        clause: clause the default comes from, shown beside the field.
        provenance: provenance of the default ("guide", "read", "recalled"); "recalled" shows as not verified.
    """
    extra: dict[str, Any] = (
        {"unit": unit} | ({"clause": clause} if clause else {}) | ({"provenance": provenance} if provenance else {})
    )
    return Field(default, gt=gt, ge=ge, lt=lt, le=le, json_schema_extra=extra)


def label(default: Any = "", *, max_length: int = 200) -> Any:
    """A text field."""
    return Field(default, max_length=max_length)


def name_of(
    *sources: str, default: Any = "", max_length: int | None = 60, free: bool = False, description: str | None = None
) -> Any:
    """A text field that names another thing of the project, or a list of such names.

    Args:
        sources: what it may name, each by its path in the project without numbers, in the order in which a name is
            looked up: a list of records ("materials": their names; "slopes!variant_of": of those that leave that field
            blank), a text field of records, a list of texts, "slopes/" for lines on a slope ("S1/crest"), or
            "=culvert_inlets" and the like for names that are built in.
        default: `...` where the name must be stated.
        free: a name that nothing bears yet is as good as any: it makes the thing.
    """
    extra: dict[str, Any] = {"names": list(sources)} | ({"free": True} if free else {})
    return Field(
        default, min_length=1 if default is ... or (free and default) else None,
        max_length=None if isinstance(default, tuple) else max_length, description=description, json_schema_extra=extra,
    )  # fmt: skip


_RATIO = re.compile(r"1\s*[:\uff1a]\s*(\d+(?:\.\d+)?)$")


def fault(rule: str, at: str, given: object = None, **about: object) -> PydanticCustomError:
    """What does not hold together in a record, to be raised by its validator.

    Args:
        rule: key of what is required, under `project.error`.
        at: path from the record to the field it is said of.
        given: what stands there.
        about: what the rule speaks of: `a` to `e` are fields of the record, `choice` one of its choices.
    """
    said = f"{at}: {text(f'project.error.{rule}', 'en', **about)}"
    return PydanticCustomError(rule, said, {"within": at, "given": given, **about})


FLATTEST_DEG = 0.5
"""No face is flatter: about 1:100, which is the flattest ratio taken."""


def _angle(value: object) -> object:
    """Accepts degrees, or a slope ratio "1:m" (V:H) as written."""
    if isinstance(value, bool):
        raise PydanticCustomError("face_angle", "must be degrees or a slope ratio 1:m")
    if isinstance(value, int | float):
        degrees = float(value)
        if not (math.isfinite(degrees) and FLATTEST_DEG <= degrees <= 90):
            raise PydanticCustomError("face_angle", "must be >= 0.5 and <= 90 deg")
        return value
    if isinstance(value, str) and (match := _RATIO.match(value.strip())):
        if float(match[1]) > 100:
            raise PydanticCustomError("face_angle", "slope ratio 1:m must have m <= 100")
        return value.strip()
    raise PydanticCustomError("face_angle", "must be degrees or a slope ratio 1:m")


SlopeAngle = Annotated[float | str, BeforeValidator(_angle), Field(json_schema_extra={"unit": "deg", "also": "1:m"})]
"""An angle to the horizontal: degrees (62.5) or the ratio vertical to horizontal ("1:0.5"), kept as written."""


def degrees_of(angle: float | str) -> float:
    """A `SlopeAngle` in degrees."""
    if isinstance(angle, str):
        ratio = float(angle.replace("\uff1a", ":").split(":")[1])
        return math.degrees(math.atan2(1.0, ratio))
    return float(angle)


def ratio_of(angle: float | str) -> float:
    """m of the ratio 1:m of a `SlopeAngle`."""
    if isinstance(angle, str):
        return float(angle.replace("\uff1a", ":").split(":")[1])
    return 1.0 / math.tan(math.radians(angle)) if angle < 90 else 0.0


Point = tuple[float, float]
"""A plan position, stored east, north [m] (surveyors write X north, Y east; the program shows it so)."""

Point3 = tuple[float, float, float]
"""East, north, elevation [m]."""

Months = tuple[float, float, float, float, float, float, float, float, float, float, float, float]
"""A number for each month, from January."""


def records_in(annotation: Any) -> list[type[BaseModel]]:
    """The records a field's annotation speaks of, in their order."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for argument in get_args(annotation) for record in records_in(argument)]
