"""Recordings of other programs: each format read by its own file, all as one kind of recording."""
