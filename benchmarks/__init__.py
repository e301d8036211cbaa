"""How fast, how soon, how steady: `python -m benchmarks` lists them."""
