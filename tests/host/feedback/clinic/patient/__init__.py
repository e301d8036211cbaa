"""The patient's window during practice."""
