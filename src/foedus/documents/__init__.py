"""A text in, its claims out, with offsets, dates and speakers. No verdicts here."""
