"""Opening a frozen release: the same Release as of the present data, from what was kept of it."""

import hashlib
import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.frozen.kept import ABOUT, DEFINITIONS, FIGURES, PACK, PANELS, RESTORE, Frozen, ReleaseRefused
from vawg_metrics.published import read_manifest
from vawg_metrics.release import Release
from vawg_metrics.warehouse.store import Warehouse

MOST_DEFINITIONS: Final = 5_000_000  # bytes, unpacked


def open_frozen(releases: Path, frozen: Frozen, present: Release) -> Release:
    """A frozen release, sealed: its figures, definitions and provenance; places' outlines are those of the present.

    ReleaseRefused names the first file that is missing or altered.
    """
    folder = releases / frozen.slug
    for name, sha in frozen.files:
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha:
            raise ReleaseRefused(f"{path} is missing or not as it was frozen. {RESTORE}")
    manifest = read_manifest(folder)
    warehouse = Warehouse()
    warehouse.load_figures(folder / FIGURES, folder / PANELS, manifest)
    warehouse.seal()
    catalogue = _catalogue((folder / DEFINITIONS).read_bytes())
    return replace(
        present, name=frozen.edition, catalogue=catalogue, manifest=manifest, warehouse=warehouse, demonstration=False,
        frozen=f"{frozen.name}, {frozen.day}",
    )  # fmt: skip


def pack_in(releases: Path, frozen: Frozen) -> str:
    """The board pack that was frozen with a release; '' where none was."""
    path = releases / frozen.slug / PACK
    return path.read_text("utf-8") if path.exists() else ""


def _catalogue(zipped: bytes) -> Catalogue:
    """The definitions of a ZIP, whose names are taken only where they stay inside."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as whole, tempfile.TemporaryDirectory(prefix="definitions-") as aside:
        if sum(one.file_size for one in whole.infolist()) > MOST_DEFINITIONS:
            raise ReleaseRefused(f"The definitions of a frozen release are too large. {RESTORE}")
        for one in whole.infolist():
            path = PurePosixPath(one.filename)
            if path.is_absolute() or ".." in path.parts or path.suffix != ".toml":
                raise ReleaseRefused(f"The definitions of a frozen release hold a strange file. {RESTORE}")
            target = Path(aside, *path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(whole.read(one))
        return load_catalogue(Path(aside))


__all__ = ["ABOUT", "open_frozen", "pack_in"]
