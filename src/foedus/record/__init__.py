"""What foedus itself asserts, each line dated and sourced."""
