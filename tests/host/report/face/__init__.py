"""Tests of the drawn face without Qt."""
