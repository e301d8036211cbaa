"""Tests of practice in bouts."""
