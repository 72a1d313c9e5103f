"""Tests of the profile: entry, exit, movement, gravity, equivalence, and every defensible specification."""
