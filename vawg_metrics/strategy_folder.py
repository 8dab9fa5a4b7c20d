"""Which strategy is watched: the folder of its definitions, the project's own unless VAWG_STRATEGY names another."""

import os
from pathlib import Path
from typing import Final

from vawg_metrics.errors import ShownError

VARIABLE: Final = "VAWG_STRATEGY"
OWN: Final = Path(__file__).parent / "catalogue"


class NoStrategy(ShownError):
    """The folder that VAWG_STRATEGY names holds no strategy."""


def strategy_folder() -> Path:
    """The folder of definitions of this process. NoStrategy where the one that is named holds no strategy.toml."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return OWN
    folder = Path(named).expanduser().resolve()
    if not (folder / "strategy.toml").is_file():
        raise NoStrategy(f"{VARIABLE} names {folder}, which holds no strategy.toml. Name the folder of a strategy.")
    return folder
