"""Where data and caches live."""

from __future__ import annotations

import os
from pathlib import Path


def home_folder() -> Path:
    """FOEDUS_HOME, else the platform's folder for a user's data; nothing is created here."""
    chosen = os.environ.get("FOEDUS_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("foedus", appauthor=False))


def cache_folder() -> Path:
    """The folder of what can be made again."""
    return home_folder() / "cache"
