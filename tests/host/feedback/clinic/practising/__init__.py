"""The therapist's side of practice."""
