"""What is kept of a frozen release, where, and what its one small document says."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from vawg_metrics.errors import ShownError

ABOUT: Final = "about.json"
FIGURES: Final = "figures.parquet"
PANELS: Final = "panels.parquet"
DEFINITIONS: Final = "definitions.zip"
MANIFEST: Final = "provenance.json"
PACK: Final = "pack.json"
MOST_NAME: Final = 60
RESTORE: Final = "Restore data/releases from the repository (git checkout data/releases)."


class ReleaseRefused(ShownError):
    """A name that cannot be taken, a release that is not there, or one that is damaged."""


@dataclass(frozen=True, order=True, slots=True)
class Frozen:
    """A frozen release: when it was frozen, its name, the edition of its figures, and its files' fingerprints.

    `day` is YYYY-MM-DD. Releases are in order of time, and of their name within a day.
    """

    day: str
    name: str
    edition: str
    files: tuple[tuple[str, str], ...] = ()

    @property
    def slug(self) -> str:
        return slug_of(self.name)

    def text(self) -> str:
        """Its document: sorted, with nothing of the machine."""
        whole = asdict(self) | {"files": dict(self.files)}
        return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def slug_of(name: str) -> str:
    """The name of a release as a folder's: `board-september-2026`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST_NAME].strip("-")


def frozen_in(releases: Path) -> tuple[Frozen, ...]:
    """Every frozen release of a folder, the oldest first; ReleaseRefused names one whose document is damaged."""
    return tuple(sorted(_read(path) for path in releases.glob(f"*/{ABOUT}")))


def frozen_named(releases: Path, name: str) -> Frozen:
    """The release of a name, its slug, or the start of either when that is one; ReleaseRefused lists those held."""
    held = frozen_in(releases)
    wanted = slug_of(name)
    same = [one for one in held if one.slug == wanted] or [
        one for one in held if wanted and one.slug.startswith(wanted)
    ]
    if len(same) == 1:
        return same[0]
    names = "; ".join(one.name for one in held) or "none is frozen yet"
    raise ReleaseRefused(f"No release is meant by '{name[:MOST_NAME]}' alone. Frozen releases: {names}.")


def _read(path: Path) -> Frozen:
    try:
        whole: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        files = tuple(sorted((str(name), str(sha)) for name, sha in whole["files"].items()))
        return Frozen(str(whole["day"]), str(whole["name"]), str(whole["edition"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseRefused(f"{path} cannot be read ({type(error).__name__}). {RESTORE}") from None
