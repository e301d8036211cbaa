"""Where samples come from: boards, recordings, the simulated patient."""
