"""What the activation means: unwanted co-contraction, and the frames a screen may show."""
