"""Freezing: the published figures of LLR and of those beside it, with their definitions, into one small folder."""

import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from vawg_metrics.areas import LLR
from vawg_metrics.frozen.kept import (
    ABOUT,
    DEFINITIONS,
    FIGURES,
    MANIFEST,
    MOST_NAME,
    PACK,
    PANELS,
    Frozen,
    ReleaseRefused,
    slug_of,
)
from vawg_metrics.release import Release

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
COMPRESSION: Final = 19

# Other councils are kept where they are the statistical neighbours of a district, at the newest period of each kind.
_FIGURES: Final = """
select figure.* from figure join area on code = figure.area
where kind <> 'authority' or (list_contains($1::varchar[], figure.area) and period_end = (
    select max(period_end) from figure as own where own.indicator = figure.indicator and own.grain = figure.grain
        and own.numerator is not null and list_contains($2::varchar[], own.area)))
order by figure.indicator, figure.grain, breakdown, grp, figure.area, period_end
"""
_PANELS: Final = "select * from panel order by indicator, area"


def freeze(release: Release, name: str, day: str, releases: Path, catalogue: Path, pack: bytes = b"") -> Frozen:
    """Keep a release under a name, whole or not at all; the same figures under the same name again change nothing.

    Arguments: the `release`; its `name`; the `day`, YYYY-MM-DD; `releases`, the folder of all; `catalogue`, the folder
    of the definitions; `pack`, a board pack whose parked questions go with it. ReleaseRefused says what is wrong.
    """
    slug = slug_of(name)
    if not slug or len(name) > MOST_NAME:
        raise ReleaseRefused(f"A release needs a name of 1 to {MOST_NAME} characters, such as 'Board September 2026'.")
    files = _files(release, catalogue) | ({PACK: pack} if pack else {})
    listed = tuple(sorted((one, hashlib.sha256(content).hexdigest()) for one, content in files.items()))
    frozen = Frozen(day, name, release.name, listed)
    where = releases / slug
    if where.exists():
        return _again(where, frozen)
    releases.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{slug}-", dir=releases))
    try:
        for one, content in (*files.items(), (ABOUT, frozen.text().encode("utf-8"))):
            (aside / one).write_bytes(content)
        aside.chmod(0o755)
        os.rename(aside, where)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return frozen


def _again(where: Path, frozen: Frozen) -> Frozen:
    """The release that has the name already, where it holds the same; refused where it would be overwritten."""
    from vawg_metrics.frozen.kept import frozen_named

    held = frozen_named(where.parent, frozen.name)
    if held.files != frozen.files:
        raise ReleaseRefused(
            f"'{held.name}' was frozen on {held.day} with other figures. A frozen release never changes: choose "
            "another name."
        )
    return held


def _files(release: Release, catalogue: Path) -> dict[str, bytes]:
    neighbours = sorted({code for codes in release.neighbours.values() for code in codes})
    home = [*sorted(release.neighbours), LLR.code]
    return {
        FIGURES: _parquet(release.warehouse.table(_FIGURES, [neighbours, home])),
        PANELS: _parquet(release.warehouse.table(_PANELS)),
        DEFINITIONS: _zipped(catalogue),
        MANIFEST: release.manifest.text().encode("utf-8"),
    }


def _parquet(table: pa.Table) -> bytes:
    """A table in little room: numbers with fractions split by byte, all else by dictionary."""
    split = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    others = [field.name for field in table.schema if field.name not in split]
    content = io.BytesIO()
    pq.write_table(
        table, content, compression="zstd", compression_level=COMPRESSION, use_dictionary=others,
        use_byte_stream_split=split, write_statistics=False,
    )  # fmt: skip
    return content.getvalue()


def _zipped(folder: Path) -> bytes:
    """Every definition of a folder, in a ZIP that is the same for the same definitions."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as whole:
        for path in sorted(folder.rglob("*.toml")):
            named = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            whole.writestr(named, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
