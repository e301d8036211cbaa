"""Tests of the faces on the screen."""
