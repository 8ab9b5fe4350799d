"""slopedesign: design of mine restoration on surveyed ground, checked clause by clause."""

__version__ = "0.1.0"
