"""What the patient sees while practising: a calm room."""
