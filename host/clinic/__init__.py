"""Whom the program knows: patients, their plans, their calibrations, their sessions."""
