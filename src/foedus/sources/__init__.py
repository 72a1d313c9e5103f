"""The outside world in its own words."""
