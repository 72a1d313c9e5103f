"""What foedus says: verdicts on claims, and the reports that carry them."""
