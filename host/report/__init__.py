"""What a session showed, in words, numbers and files."""
