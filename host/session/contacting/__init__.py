"""The contact check: what can be said of every electrode before anybody calibrates or practises."""
