"""The files that a person names on the command line: read within bounds, and written for that person alone."""

from pathlib import Path

import click

from vawg_metrics.errors import ShownError
from vawg_metrics.returns.files import MOST_BYTES
from vawg_metrics.returns.folder import in_project, write_private

IN = click.Path(path_type=Path, exists=True, dir_okay=False)
OUT = click.Path(path_type=Path, dir_okay=False)
FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


class NotWritten(ShownError):
    """A file cannot be written where it was asked for."""


class NotRead(ShownError):
    """A file cannot be read."""


def read_at_most(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, one more than `most` at the most: enough to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise NotRead(f"{path} cannot be read ({error.strerror or error}). Close it elsewhere and try again.") from None


def check_writable(path: Path, force: bool, holds_values: bool) -> None:
    """Raise NotWritten where a file may not be written: before any work is done.

    What holds a partner's own values is not written into the project: what lies there is soon committed or served.
    """
    if holds_values and in_project(path):
        raise NotWritten(f"{path} would hold a partner's own numbers inside the project. Name a file outside it.")
    if not path.absolute().parent.is_dir():
        raise NotWritten(f"There is no folder {path.parent}. Make it first.")
    if path.exists() and not force:
        raise NotWritten(f"{path} is there already. Name another file, or remove it first.")


def write_own(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    try:
        write_private(path.absolute(), content)
    except OSError as error:
        raise NotWritten(f"{path} cannot be written ({error.strerror or error}). Name another place.") from None
