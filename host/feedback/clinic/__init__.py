"""The app: two people, two windows, one appointment. See `page.py` for how a page joins it."""
