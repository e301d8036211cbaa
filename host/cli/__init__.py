"""The command line: everything that is printed, and the options of every command."""
