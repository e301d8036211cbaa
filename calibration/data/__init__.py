"""Muscles, montages and patterns as editable tables (TOML)."""
