"""Retaining walls: earth pressure, stability, masonry and concrete sections, sizing, bars, quantities."""
