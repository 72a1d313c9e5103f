"""The outside world in its own words: datasets as their producers publish them."""

from foedus.sources.reading import Resolved, read, resolve
from foedus.sources.registry import Dataset, datasets, find_dataset

__all__ = ["Dataset", "Resolved", "datasets", "find_dataset", "read", "resolve"]
