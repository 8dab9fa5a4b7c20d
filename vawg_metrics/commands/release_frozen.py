"""`release --name`: the published figures frozen as they are, under a name that nothing else has."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from vawg_metrics.areas import HOME
from vawg_metrics.board_pack import MOST_CHARACTERS, Known, read_pack
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.commands.own_files import read_at_most
from vawg_metrics.errors import ShownError
from vawg_metrics.frozen.freezing import freeze
from vawg_metrics.frozen.kept import Frozen, ReleaseRefused, frozen_in, slug_of
from vawg_metrics.reading import Release, open_data
from vawg_metrics.returns.due import day_of
from vawg_metrics.strategy_folder import strategy_folder

RELEASES: Final = "releases"
TAKEN: Final = ("present",)  # what `changes` calls the data as it lies


def pack_of(path: Path | None, catalogue: Catalogue) -> bytes:
    """The board pack of `--pack`, after it was read; nothing without one. FaultsFound says what is wrong with it."""
    if path is None:
        return b""
    content = read_at_most(path, MOST_CHARACTERS * 4)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise ShownError(f"{path} is not a board pack. Name a file that the Board pack page has made.") from None
    read_pack(text, Known(frozenset(catalogue.ids), frozenset(area.name for area in HOME)))
    return content


@dataclass(frozen=True)
class Freezing:
    """What `--name` asks for: a name, the time, the folder of data, and a board pack or nothing."""

    name: str
    at: datetime
    data: Path
    pack: bytes = b""

    def __post_init__(self) -> None:
        if slug_of(self.name) in TAKEN:
            raise ReleaseRefused(f"'{self.name}' is what the data as it lies is called. Choose another name.")

    @property
    def releases(self) -> Path:
        return self.data / RELEASES

    def as_it_lies(self, catalogue: Catalogue, why: str, dry_run: bool) -> None:
        """Freeze the data as it lies, without the part on protection, and say why that is left out."""
        click.echo(f"{why}: the part on protection is skipped.")
        release = open_data(self.data, catalogue)
        self.check(release)
        if dry_run:
            click.echo("Nothing was written: this was a trial.")
        else:
            self.keep(release)

    def check(self, release: Release) -> None:
        """ReleaseRefused where the name is none, or is that of other figures: before anything is written."""
        with tempfile.TemporaryDirectory(prefix="release-") as aside:
            tried = self._freeze(release, Path(aside))
        for held in frozen_in(self.releases):
            if held.slug == tried.slug and held.files != tried.files:
                raise ReleaseRefused(
                    f"'{held.name}' was frozen on {held.day} with other figures, definitions or board pack. A frozen "
                    "release never changes: choose another name."
                )

    def keep(self, release: Release) -> None:
        """Freeze a release and say so; the same figures under the same name change nothing."""
        there = any(one.slug == slug_of(self.name) for one in frozen_in(self.releases))
        frozen = self._freeze(release, self.releases)
        if there:
            click.echo(f"'{frozen.name}' was frozen on {frozen.day} with the same figures: nothing was changed.")
            return
        where = self.releases / frozen.slug
        size = sum(one.stat().st_size for one in where.iterdir()) / 1e6
        click.echo(f"Froze edition {frozen.edition} as '{frozen.name}' in {where} ({size:.1f} MB). Commit it.")

    def _freeze(self, release: Release, releases: Path) -> Frozen:
        return freeze(release, self.name, day_of(self.at).isoformat(), releases, strategy_folder(), self.pack)
