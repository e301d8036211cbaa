"""A face with synkinesis, and a Cyton that exists only in software."""
