"""The one place that knows the order of the calculations: project and sources in, design out.

A stage whose inputs did not change is taken over from the design before.
"""

from slopedesign.design.result import BenchWorks, Design, Ground, SectionSlope, SlopeDesign, StripWorks
from slopedesign.design.run import run

__all__ = ["BenchWorks", "Design", "Ground", "SectionSlope", "SlopeDesign", "StripWorks", "run"]
