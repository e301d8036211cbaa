"""What the therapist sees while somebody practises: a calm instrument."""
