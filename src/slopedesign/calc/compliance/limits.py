"""The guide's limits in the form the bench generator takes."""

from __future__ import annotations

from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.project.ground import MaterialClass
from slopedesign.standards import guide


def bench_limits(material: MaterialClass) -> BenchLimits:
    """What the guide asks of benches in one material."""
    return BenchLimits(
        material=material,
        max_riser=guide.max_riser_height(material),
        angles=guide.face_angle_classes(material),
        min_width=guide.min_berm_width(material),
        min_wide_width=guide.min_berm_width(material, wide=True),
        wide_above=guide.wide_berm_trigger(),
        usual_riser=guide.usual_riser_height(material),
        usual_count=guide.usual_riser_count() if material in guide.ROCK else None,
        must_grade=guide.grade_trigger(material),
        straight_to=guide.straight_height(material),
    )
