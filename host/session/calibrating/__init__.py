"""A calibration that a therapist runs: the steps, how they pass, and what is fitted from them."""
