"""BIDS: a session as a data set that other people and programs know how to read."""
