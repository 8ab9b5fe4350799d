"""Benches cut into the ground: proposal, profile, layout, cut, sections, and the hand method on sections alone."""
