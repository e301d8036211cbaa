"""The windows. Everything Qt is here, and nothing here decides."""
