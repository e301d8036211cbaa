"""One loop: read, watch."""
