"""The C behind the chain: that it is the right one, and that it keeps within its memory."""
