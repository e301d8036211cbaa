"""The clinical model and its fitting. Knows nothing of the host."""
