"""The dashboard keeps out of the restricted folder: whatever Python opens, lists or moves is looked at first.

An audit hook and not a wrapper around `open`: no library in between can forget it, and it cannot be taken out again
while the process lives. It is a belt. It does not see what a library opens in C, a second name of a file (a hard link)
elsewhere, or a name that is relative to a descriptor; the braces are another account and the folder's rights
(docs/deployment.md).
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

PATHS_OF: Final = {  # how many of an event's first arguments are paths
    "open": 1, "os.listdir": 1, "os.scandir": 1, "os.chdir": 1, "os.rename": 2, "os.link": 2, "os.remove": 1,
    "os.rmdir": 1, "os.mkdir": 1, "os.truncate": 1, "os.chmod": 1, "os.chown": 1, "os.utime": 1, "os.getxattr": 1,
    "os.listxattr": 1, "os.setxattr": 1, "os.removexattr": 1, "shutil.move": 2, "ctypes.dlopen": 1,
}  # fmt: skip
AROUND: Final = frozenset({"open", "os.rename", "shutil.move"})  # through a folder around it, its files have new names
UNSEEN: Final = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    "sqlite3.connect", "sqlite3.connect/handle",
})  # fmt: skip
WORDS: Final = "The dashboard does not open the restricted folder of returns."
WORDS_UNSEEN: Final = "The dashboard starts no other program and no other database: what they open cannot be seen."
Watch = Callable[[str, tuple[Any, ...]], None]


class FolderHoldsProject(RuntimeError):
    """The restricted folder would be the dashboard's own, or one around it."""


def keep_out_of(folder: Path, project: Path) -> None:
    """From now on raise PermissionError when this process opens, lists or changes anything inside a folder.

    It also may not move a folder around it, hold a descriptor of one (through which its files could be reached by a
    short name), or start what opens files unseen: it needs no other program.
    Raises FolderHoldsProject where the folder holds the project, which could then not be read itself.
    """
    if _within(os.path.realpath(project), os.path.realpath(folder)):
        raise FolderHoldsProject(f"{folder} holds the dashboard itself. Set VAWG_RETURNS to a folder of its own.")
    sys.addaudithook(watching(folder))


def watching(folder: Path) -> Watch:
    """What looks at each event; it costs an open some fifty millionths of a second. The folder may be made later."""
    closed = os.path.realpath(folder)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        count = PATHS_OF.get(event)
        if count is not None:
            for one in arguments[:count]:
                path = _path_of(one)
                if path and leads_into(path, closed, climbs=os.name == "posix", around=event in AROUND):
                    raise PermissionError(WORDS)
        elif event in UNSEEN:
            raise PermissionError(WORDS_UNSEEN)

    return watch


def leads_into(path: str, closed: str, climbs: bool, around: bool) -> bool:
    """Whether a path is a folder, lies within it or, where those count too, is a folder `around` it.

    Folders are told by their identity and not by name, so that links, `..`, /proc, letters whose case does not count
    and a second mount all lead to the same answer. Where `..` is not the system's own (Windows), names are compared.
    """
    try:
        wanted = os.stat(closed)
    except OSError:
        return False  # there is nothing to be reached, or it is out of reach already
    try:
        path, mode = _behind_links(path)
        if around and stat.S_ISDIR(mode) and _within(closed, os.path.realpath(path)):
            return True
        start = path if stat.S_ISDIR(mode) else os.path.dirname(path) or os.curdir
        if climbs:
            return _climb(start, wanted)
    except OSError:  # a folder that is not there, or a path too long to be climbed from
        pass
    except ValueError:
        return False  # no path at all, so it cannot be opened either
    return _within(os.path.realpath(path), closed)


def _path_of(given: object) -> str | None:
    """The path that an argument of an event means; None where it means none."""
    if given is None:
        return os.curdir
    if isinstance(given, int):  # a descriptor: Linux tells what it is of
        return f"/proc/self/fd/{given}"
    return os.fsdecode(given) if isinstance(given, str | bytes | os.PathLike) else None


def _behind_links(path: str) -> tuple[str, int]:
    """A path whose last part is no link, and its mode: 0 where there is nothing yet."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            path = os.path.realpath(path)
            mode = os.lstat(path).st_mode
    except FileNotFoundError:
        mode = 0
    return path, mode


def _climb(start: str, wanted: os.stat_result) -> bool:
    """Whether one meets a folder on the way up from another, the system following every link."""
    held = os.stat(start)
    while True:
        if held.st_ino == wanted.st_ino and held.st_dev == wanted.st_dev:
            return True
        start += "/.."
        above = os.stat(start)
        if above.st_ino == held.st_ino and above.st_dev == held.st_dev:
            return False
        held = above


def _within(real: str, closed: str) -> bool:
    short, long = closed.casefold(), real.casefold()
    return long == short or long.startswith(short if short.endswith(os.sep) else short + os.sep)
