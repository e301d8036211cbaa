"""Recordings on disk, ours and other programs'."""
