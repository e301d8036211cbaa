"""Tests of the firmware in Python: the real program on an emulated chip, and its document."""
