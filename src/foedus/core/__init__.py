"""The shared words; imports nothing else of foedus."""
