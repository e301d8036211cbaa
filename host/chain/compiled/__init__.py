"""The inner loops of the chain, in C: see `chain.h`."""
