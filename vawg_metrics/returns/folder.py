"""The restricted folder: where raw returns and the key of the rounding live, closed to all but its owner."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import platformdirs
from filelock import FileLock, Timeout

from vawg_metrics.errors import ShownError

VARIABLE: Final = "VAWG_RETURNS"
PROJECT: Final = Path(__file__).resolve().parents[2]
KEY: Final = "key"
KEY_BYTES: Final = 32
LEDGER: Final = "ledger.jsonl"
RETURNS: Final = "accepted"
WAIT_SECONDS: Final = 60
OUTSIDE: Final = f"Set {VARIABLE} to a folder of your own outside the project, such as one in your home folder."


class FolderRefused(ShownError):
    """The restricted folder is in a wrong place, open to others, or cannot be used."""


class KeyGone(ShownError):
    """The key of the rounding is missing or damaged although something hangs on it."""


def returns_folder() -> Path:
    """The restricted folder: checked, and not made until something is put into it. FolderRefused says how to mend it.

    It is the folder that VAWG_RETURNS names, else `vawg-returns` in the user's data folder.
    """
    named = os.environ.get(VARIABLE, "")
    if named and not named.startswith("~") and not Path(named).is_absolute():
        raise FolderRefused(f"{VARIABLE} is no whole path, so it would be another folder from each place. {OUTSIDE}")
    folder = folder_meant()
    check_folder(folder)
    return folder


def folder_meant() -> Path:
    """Where the restricted folder would be, its links followed, unchecked: for those who must keep out of it."""
    named = os.environ.get(VARIABLE, "")
    try:
        folder = Path(named).expanduser() if named else platformdirs.user_data_path("vawg-returns", appauthor=False)
        return folder.resolve()
    except (OSError, RuntimeError) as error:  # a ring of links, or no home folder
        raise FolderRefused(f"The folder of {VARIABLE} cannot be found ({error}). {OUTSIDE}") from None


def in_project(path: Path) -> bool:
    """Whether a path, its links followed, leads into the project: what lies there is soon committed or served."""
    whole = path.resolve()
    return any(_same(one, PROJECT) for one in (whole, *whole.parents))


def check_folder(folder: Path) -> None:
    """Raise FolderRefused where a folder may not hold raw returns; one that does not exist yet may."""
    if in_project(folder):
        raise FolderRefused(f"{folder} lies inside the project, where the dashboard and the repository are. {OUTSIDE}")
    if any(_same(folder, one) for one in PROJECT.parents):
        raise FolderRefused(f"{folder} holds the project itself. {OUTSIDE}")
    if folder.exists():
        _check_closed(folder)
    for name in (RETURNS, LEDGER, KEY):
        if (folder / name).is_symlink():
            raise FolderRefused(f"{folder / name} is a link to another place. Remove it and restore what was there.")


def prepare(folder: Path) -> None:
    """Make the folder and its ledger where they are not yet there, closed to others."""
    check_folder(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _in_use(folder):  # an empty ledger comes first: a folder of returns without one has lost it
            os.close(os.open(folder / LEDGER, os.O_WRONLY | os.O_CREAT, 0o600))
            flush_names(folder)
    except OSError as error:
        raise FolderRefused(f"{folder} cannot be made ({error.strerror or error}). {OUTSIDE}") from None
    check_folder(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder where needed and hold it alone; it may be taken again within the same command."""
    prepare(folder)
    try:
        with FileLock(folder / ".lock", timeout=WAIT_SECONDS, mode=0o600, is_singleton=True):
            yield
    except Timeout:
        raise FolderRefused("Another command has been using the folder of returns for a minute. Try again.") from None
    except OSError as error:
        problem = f"{folder} cannot be read or written ({error.strerror or error}), so the command stopped."
        raise FolderRefused(f"{problem} Make room or restore the folder, and give the command again.") from error


def read_key(folder: Path, released: bool = False) -> bytes:
    """The key that draws the directions of the rounding: 32 bytes, made once, never overwritten.

    `released` says that figures rounded by it have been given out. Raises KeyGone where the key is missing although
    it was used: a new one would round the same counts otherwise, and two roundings of one count tell it.
    """
    path = folder / KEY
    if not path.exists():
        if released or _in_use(folder):
            raise KeyGone(
                f"{path} is gone, and returns or releases hang on it. Restore it from a backup of the folder."
            )
        prepare(folder)
        _make_key(path)
    try:
        key = path.read_bytes()
    except OSError as error:
        raise KeyGone(
            f"{path} cannot be read ({error.strerror or error}). Give the folder back to its owner."
        ) from None
    if len(key) != KEY_BYTES:
        raise KeyGone(f"{path} is damaged: it has {len(key)} bytes, not {KEY_BYTES}. Restore it from a backup.")
    return key


def write_private(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, and rename into place; only the owner can read it."""
    aside = path.with_name(f".{path.name}.new")
    with open(aside, "wb", opener=private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    flush_names(path.parent)


def make_within(folder: Path, *names: str) -> Path:
    """Folders inside the restricted one, each closed to others and flushed to the disk."""
    for name in names:
        inner = folder / name
        if not inner.is_dir():
            inner.mkdir(mode=0o700)
            flush_names(folder)
        folder = inner
    return folder


def private(path: str, flags: int) -> int:
    """An opener of files that only their owner can read, and that are no links."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


def flush_names(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(descriptor)
        os.close(descriptor)


def _check_closed(folder: Path) -> None:
    if not folder.is_dir():
        raise FolderRefused(f"{folder} is no folder. {OUTSIDE}")
    if os.name != "posix":  # Windows keeps rights in lists of its own, and a user's data folder is the user's alone
        return
    held = folder.stat()
    if held.st_uid != os.geteuid():
        raise FolderRefused(f"{folder} belongs to another account. Work as that account, or name another folder.")
    mode = stat.S_IMODE(held.st_mode)
    if mode & 0o077:
        repair = f"Close it with `chmod 700 {folder}`, and find out who has read it."
        raise FolderRefused(f"{folder} is open to others (its mode is {mode:04o}). {repair}")


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, whatever they are called."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _in_use(folder: Path) -> bool:
    """Whether the folder holds a return or a line of the ledger."""
    ledger = folder / LEDGER
    return (ledger.exists() and ledger.stat().st_size > 0) or any(folder.glob(f"{RETURNS}/*/*/[0-9]*.json"))


def _make_key(path: Path) -> None:
    """Write a new key beside and link it into place, which fails where another command was quicker."""
    aside = path.with_name(f".{KEY}.{secrets.token_hex(4)}")
    try:
        with open(aside, "xb", opener=private) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
        flush_names(path.parent)
    except FileExistsError:
        return
    except OSError as error:
        raise FolderRefused(f"{path} cannot be made ({error.strerror or error}). {OUTSIDE}") from None
    finally:
        aside.unlink(missing_ok=True)
