"""Tests of the guided calibration."""
