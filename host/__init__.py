"""Quietface's host program: from a board's samples to relaxation bars."""
