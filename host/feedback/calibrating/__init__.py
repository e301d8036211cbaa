"""The calibration page: a prompt for the patient, the course of it for the therapist."""
