"""What all tests share: real publishers' files only where they are, and no touching of real data by accident."""

import os
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.tiny import tiny_catalogue, write_world
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.reading import Release, open_data

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"
collect_ignore_glob = [] if SHARED.exists() else ["shared/*"]

READS = ("open", "os.listdir", "os.scandir")
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

settings.register_profile("house", deadline=None, derandomize=True)  # the same examples everywhere, however slow
settings.load_profile("house")


class RealDataTouched(RuntimeError):
    """A test reached into the project's own data/ without being marked for it, or would have changed it."""


class DataGuard:
    """Refuses to open the project's own data/ outside tests marked real_data, and to change it anywhere.

    It listens to Python's audit events, so that no library in between can forget it. Other programs started by
    a test are not seen: such a test names a folder of its own with --data.
    """

    def __init__(self, data: Path) -> None:
        self.inside = str(data)
        self.test: pytest.Item | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Know which test is running."""
        self.test = item
        try:
            return (yield)
        finally:
            self.test = None

    def watch(self, event: str, arguments: tuple[object, ...]) -> None:
        """One audit event: refuse it when it is about data/ and the running test may not do it."""
        if self.test is None or (event not in READS and event not in CHANGES):
            return
        paths = [os.fspath(one) for one in arguments[:2] if isinstance(one, str | os.PathLike)]
        if not any(self._holds(str(path)) for path in paths):
            return
        changes = event in CHANGES or (event == "open" and bool(int(str(arguments[2] or 0)) & WRITING))
        if changes:
            raise RealDataTouched(f"{self.test.name} would change {paths[0]}: write to tmp_path.")
        if not self.test.get_closest_marker("real_data"):
            raise RealDataTouched(f"{self.test.name} opens {paths[0]}: use the tiny world, or mark it real_data.")

    def _holds(self, path: str) -> bool:
        if "data" not in path:
            return False
        whole = os.path.abspath(path)
        return whole == self.inside or whole.startswith(self.inside + os.sep)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long proofs may be begun: a run with a limit of its own leaves the others, and names how many."""
    parser.addoption("--until", type=int, default=0, help="begin no proof after this second since 1970 (0: all run)")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a proof for which no time is left."""
    until = item.config.getoption("until")
    if until and item.get_closest_marker("proof") and time.time() > until:
        pytest.skip("NOT RUN, no time left: run ./check --proofs without a limit")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With a limit every day begins with another file, so that the same proofs are not left day after day."""
    if day := config.getoption("until") // 86_400:
        files = list(dict.fromkeys(item.path for item in items))
        first = day % max(len(files), 1)
        place = {path: number for number, path in enumerate((*files[first:], *files[:first]))}
        items.sort(key=lambda item: place[item.path])


def pytest_configure(config: pytest.Config) -> None:
    """Put the guard in place for the whole run."""
    guard = DataGuard(DATA)
    sys.addaudithook(guard.watch)
    config.pluginmanager.register(guard, "data-guard")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The project's own catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def release(catalogue: Catalogue) -> Release:
    """The real data, opened once: only for tests marked real_data."""
    return open_data(DATA, catalogue)


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/ of the tiny world."""
    folder = tmp_path_factory.mktemp("tiny") / "data"
    write_world(folder / "published")
    return folder


@pytest.fixture(scope="session")
def tiny(tiny_data: Path) -> Release:
    """The tiny world, opened by the code that opens the real one."""
    return open_data(tiny_data, tiny_catalogue())
