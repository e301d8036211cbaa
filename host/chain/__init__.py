"""Pure streaming core: chunk in, chunk out."""
