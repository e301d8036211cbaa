"""Practice in bouts: what is asked, how each attempt is judged, what both screens show (P5–P12)."""
