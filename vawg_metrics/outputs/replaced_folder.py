"""A folder that is written beside its place and put there in one step, and that never takes another's place."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.outputs.data_package import DESCRIPTOR

MADE_BY: Final = "python -m vawg_metrics export --all"
REPAIR: Final = "Name a folder that does not exist yet, an empty one, or one that holds an earlier export alone."


def check_replaceable(folder: Path) -> None:
    """Raise FaultsFound where a folder holds anything that is no earlier export: before a long work is begun."""
    if problem := _refused(folder.absolute()):
        raise FaultsFound([Fault(str(folder), "", problem, REPAIR)])


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A new folder to write into, which becomes `folder` at the end, or leaves no trace; FaultsFound says why not."""
    where = folder.absolute()
    check_replaceable(where)
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{where.name}-", dir=where.parent))
        try:
            aside = beside / "new"  # within it, for a temporary folder itself is closed to everybody else
            aside.mkdir()
            yield aside
            check_replaceable(where)  # it may have been filled in the meantime
            _put(aside, where, beside / "old")
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        problem = f"it cannot be written ({error.strerror or error})."
        raise FaultsFound([Fault(str(folder), "", problem, "Name another place, or make room.")]) from error


def _put(new: Path, where: Path, old: Path) -> None:
    """Rename the new folder into its place; the old one returns when that fails."""
    there = where.exists()
    if there:
        where.rename(old)
    try:
        new.rename(where)
    except OSError:
        if there:
            old.rename(where)
        raise


def _refused(where: Path) -> str:
    """Why a folder may not be replaced; '' when nothing of anybody else is lost."""
    if where.is_symlink() or (where.exists() and not where.is_dir()):
        return "it is no folder."
    if not where.exists() or not any(where.iterdir()):
        return ""
    ours = _ours(where)
    if ours is None:
        return "the folder is not empty and is no earlier export."
    strange = sorted(path.relative_to(where).as_posix() for path in where.rglob("*") if not path.is_dir())
    strange = [name for name in strange if name not in ours]
    return f"it holds what is no part of an earlier export: {', '.join(strange[:3])}." if strange else ""


def _ours(where: Path) -> set[str] | None:
    """The files of an earlier export by its own list; None where there is none."""
    try:
        whole = json.loads((where / DESCRIPTOR).read_text("utf-8"))
        listed = {str(one["path"]) for one in whole["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {DESCRIPTOR, *listed} if whole.get("generator") == MADE_BY else None
