"""A whole appointment, from the choice of the patient to the end, as two people go through it."""
