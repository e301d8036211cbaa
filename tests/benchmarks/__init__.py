"""What the benchmarks themselves rely on."""
