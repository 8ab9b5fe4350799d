"""Tests of the survey readers."""
