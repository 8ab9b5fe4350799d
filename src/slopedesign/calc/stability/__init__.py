"""Slope stability by limit equilibrium: sections, slip surfaces, searches, rock, judgement, design."""
