"""What all commands share: the project's folders, and errors said in words."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from vawg_metrics.errors import FaultsFound, ShownError

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT / "data"
DATA_OPTION = click.option(
    "--data", default=DATA, show_default="data/ of the project", type=click.Path(path_type=Path, file_okay=False)
)


@contextlib.contextmanager
def said_in_words(code: int = 1) -> Iterator[None]:
    """Errors meant for people are printed as their sentences, and the command fails with a code."""
    try:
        yield
    except ShownError as error:
        faults = len(error.faults) if isinstance(error, FaultsFound) else 1
        click.echo(f"{faults} fault{'s' if faults != 1 else ''}; nothing was changed.\n{error}", err=True)
        sys.exit(code)
