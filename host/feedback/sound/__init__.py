"""What the patient hears: a soft tone that fades to silence as muscles relax."""
