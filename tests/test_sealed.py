"""The dashboard keeps out of the restricted folder: by an audit hook, and by a database that opens no file at all."""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from vawg_metrics.errors import ShownError
from vawg_metrics.reading import Release
from vawg_metrics.returns.folder import PROJECT, folder_meant
from vawg_metrics.ui import entrance, steward
from vawg_metrics.ui.refusing import PATHS_OF, UNSEEN, FolderHoldsProject, keep_out_of, watching

SECRET = "7919"
posix = pytest.mark.skipif(os.name != "posix", reason="links and /proc as Linux has them")

# A hook cannot be taken out again, so every attempt runs in a process of its own, all of them in one.
PROLOGUE = """
import ctypes, glob, io, json, mmap, os, runpy, shutil, sqlite3, subprocess, sys, zipfile
from pathlib import Path
import duckdb, numpy, pandas
import pyarrow.csv
world = Path(sys.argv[1])
closed, other, later = world / "closed", world / "other", world / "later"
secret, plain = closed / "secret.csv", other / "plain.csv"
held = os.open(other, os.O_RDONLY)
os.chdir(world)
from vawg_metrics.ui.refusing import keep_out_of
keep_out_of(closed, Path(sys.argv[2]))
keep_out_of(later, Path(sys.argv[2]))
said = {}
def tried(name, act):
    try:
        act()
        said[name] = "done"
    except PermissionError:
        said[name] = "refused"
    except Exception as error:
        said[name] = type(error).__name__ + " " + str(error)
"""
REFUSED = {
    "open": "open(secret)",
    "open by a relative name": "open('closed/secret.csv')",
    "open by bytes": "open(os.fsencode(secret), 'rb')",
    "open to write": "open(closed / 'new.csv', 'w')",
    "io.open_code": "io.open_code(str(secret))",
    "FileIO": "io.FileIO(str(secret))",
    "os.open": "os.open(secret, os.O_RDONLY)",
    "os.open of the folder": "os.open(closed, os.O_RDONLY)",
    "os.open of the folder around it": "os.open(world, os.O_RDONLY)",
    "os.open of the root": "os.open('/', os.O_RDONLY)",
    "read_bytes": "secret.read_bytes()",
    "read_text": "secret.read_text()",
    "write_text": "secret.write_text('')",
    "touch": "(closed / 'new').touch()",
    "listdir": "os.listdir(closed)",
    "listdir of where one stands": "(os.chdir(closed), os.listdir())",
    "scandir": "os.scandir(closed)",
    "iterdir": "list(closed.iterdir())",
    "a folder within": "os.listdir(closed / 'accepted')",
    "a file within a folder within": "(closed / 'accepted' / 'deep.json').read_text()",
    "chdir": "os.chdir(closed)",
    "dots": "open(other / '..' / 'closed' / 'secret.csv')",
    "many dots": "open('other/../other/../closed/./secret.csv')",
    "dots behind a link": "open('linked/../secret.csv')",
    "rename out": "os.rename(secret, other / 'taken.csv')",
    "rename in": "os.rename(plain, closed / 'put.csv')",
    "rename of the folder": "os.rename(closed, world / 'another')",
    "rename of the folder around it": "os.rename(world, str(world) + '-moved')",
    "replace": "os.replace(secret, other / 'taken.csv')",
    "move of the folder around it": "shutil.move(world, str(world) + '-moved')",
    "unlink": "secret.unlink()",
    "rmtree": "shutil.rmtree(closed)",
    "mkdir": "(closed / 'more').mkdir()",
    "chmod": "closed.chmod(0o755)",
    "utime": "os.utime(secret)",
    "rmdir": "os.rmdir(closed / 'accepted')",
    "copy": "shutil.copy(secret, other / 'taken.csv')",
    "copy in": "shutil.copy(plain, closed / 'put.csv')",
    "truncate": "os.truncate(secret, 0)",
    "numpy": "numpy.fromfile(secret)",
    "memmap": "numpy.memmap(secret)",
    "pandas": "pandas.read_csv(secret)",
    "pandas with pyarrow": "pandas.read_csv(secret, engine='pyarrow')",
    "runpy": "runpy.run_path(str(secret))",
    "zip": "zipfile.ZipFile(secret)",
    "a library": "ctypes.CDLL(str(secret))",
    "sqlite": "sqlite3.connect(closed / 'x.db')",
    "sqlite by an address": "sqlite3.connect(f'file:{closed}/x.db', uri=True)",
    "sqlite in memory, which could attach": "sqlite3.connect(':memory:')",
    "a program": "subprocess.run(['cat', str(secret)])",
    "a program by a relative name": "subprocess.run(['cat', 'closed/secret.csv'])",
    "a program in the folder": "subprocess.run(['cat', 'secret.csv'], cwd=closed)",
    "a shell": "os.system('cat closed/secret.csv > other/taken.csv')",
    "popen": "os.popen('cat closed/secret.csv').read()",
    "a folder made later": "(later.mkdir(), (later / 'x').write_text('x'))",
    "a folder made later, listed": "os.listdir(later)",
}  # fmt: skip
REFUSED_ON_POSIX = {
    "a link to a file": "open('to-file')",
    "a link to the folder": "open('to-folder/secret.csv')",
    "a link to the folder, listed": "os.listdir('to-folder')",
    "a link to a folder around it": "open('to-world/closed/secret.csv')",
    "a ring of links": "open('to-world/to-world/to-folder/secret.csv')",
    "a new link": "(os.symlink(closed, other / 'new'), open(other / 'new' / 'secret.csv'))",
    "chown": "os.chown(secret, os.getuid(), -1)",
    "an attribute": "os.getxattr(secret, 'user.x')",
    "attributes": "os.listxattr(secret)",
    "a new attribute": "os.setxattr(secret, 'user.x', b'x')",
    "an attribute gone": "os.removexattr(secret, 'user.x')",
    "a hard link out": "os.link(secret, other / 'hard.csv')",
    "proc root": "open('/proc/self/root' + str(secret))",
    "proc cwd": "open('/proc/self/cwd/closed/secret.csv')",
    "proc fd": "open(f'/proc/self/fd/{held}/../closed/secret.csv')",
    "exec": "os.execv('/bin/cat', ['cat', str(secret)])",
    "spawn": "os.posix_spawn('/bin/cat', ['cat', str(secret)], {})",
}
ALLOWED = {
    "another file": "plain.read_text() == 'a\\n1\\n' or 1 / 0",
    "another folder": "os.listdir(other)",
    "the folder around it, listed": "os.listdir(world)",
    "the folder beside it of a like name": "(world / 'closed-not' / 'plain.csv').read_text()",
    "writing elsewhere": "(other / 'new.csv').write_text('x')",
    "moving elsewhere": "os.rename(other / 'new.csv', other / 'newer.csv')",
    "pandas": "pandas.read_csv(plain)",
    "a descriptor": "os.fdopen(os.dup(os.open(plain, os.O_RDONLY))).read()",
    "a listed descriptor": "os.listdir(held)",
    "a file that is not there": "Path('nowhere').exists() and 1 / 0",
    "a walk that finds nothing": "(list(os.walk(closed)) + glob.glob(str(closed / '*'))) and 1 / 0",
}


def attempts(folder: Path, tries: dict[str, str]) -> dict[str, str]:
    """What each attempt came to, in one process that keeps out of `closed` and of `later`."""
    world = folder / "world"
    for name in ("closed/accepted", "other", "closed-not"):
        (world / name).mkdir(parents=True)
    (world / "closed" / "secret.csv").write_text(f"a\n{SECRET}\n")
    (world / "closed" / "accepted" / "deep.json").write_text(SECRET)
    for name in ("other", "closed-not"):
        (world / name / "plain.csv").write_text("a\n1\n")
    if os.name == "posix":
        (world / "to-file").symlink_to("closed/secret.csv")
        (world / "to-folder").symlink_to("closed")
        (world / "to-world").symlink_to(world)
        (world / "linked").symlink_to("closed/accepted")
    acts = "".join(f"tried({name!r}, lambda: {act})\nos.chdir(world)\n" for name, act in tries.items())
    script = folder / "attempts.py"
    script.write_text(f"{PROLOGUE}{acts}print(json.dumps(said))\n")
    told = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(world), str(ROOT)], capture_output=True, text=True, env=told
    )
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    left = [one for one in world.rglob("*") if one.is_file() and SECRET in one.read_text("utf-8", "replace")]
    assert {one.relative_to(world).parts[0] for one in left} <= {"closed", "to-file", "to-folder", "to-world", "linked"}
    assert sorted(one.name for one in (world / "closed").iterdir()) == ["accepted", "secret.csv"]
    said = json.loads(done.stdout)
    assert said.keys() == tries.keys()
    return dict(said)


def test_whatever_python_opens_of_the_folder_is_refused(tmp_path: Path) -> None:
    tries = REFUSED | (REFUSED_ON_POSIX if os.name == "posix" else {})
    said = attempts(tmp_path, tries)
    assert {name: came for name, came in said.items() if came != "refused"} == {}


def test_everything_else_is_read_and_written_as_before(tmp_path: Path) -> None:
    said = attempts(tmp_path, ALLOWED)
    assert {name: came for name, came in said.items() if came != "done"} == {}


EVENTS = sorted({*PATHS_OF, *UNSEEN})


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_looked_at_and_the_refusal_names_no_path(tmp_path: Path, event: str) -> None:
    (tmp_path / "closed").mkdir()
    inside = str(tmp_path / "closed" / "secret.csv")
    watch = watching(tmp_path / "closed")
    first = str(tmp_path / "other.csv") if PATHS_OF.get(event) == 2 else inside
    with pytest.raises(PermissionError) as caught:
        watch(event, (first, inside))
    assert inside not in str(caught.value) and str(tmp_path) not in str(caught.value)
    watch("import", (inside,))


@pytest.mark.parametrize("folder", [PROJECT, PROJECT.parent, Path(PROJECT.anchor)], ids=["itself", "around", "root"])
def test_a_folder_that_holds_the_project_stops_the_server(folder: Path) -> None:
    with pytest.raises(FolderHoldsProject, match="VAWG_RETURNS"):
        keep_out_of(folder, PROJECT)


def test_the_server_keeps_out_of_the_folder_that_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[Path, Path]] = []
    monkeypatch.setattr(entrance, "keep_out_of", lambda folder, project: kept.append((folder, project)))
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "returns"))
    (guard,) = entrance.guards()
    assert kept == [(tmp_path / "returns", ROOT)] and guard.kwargs == {"taken": False}
    monkeypatch.delenv("VAWG_RETURNS")
    entrance.guards()
    assert kept[1][0] == folder_meant() and kept[1][0].name == "vawg-returns"


@posix
def test_a_ring_of_links_stops_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "ring"))
    try:
        assert folder_meant() == tmp_path / "ring"  # newer Pythons: a name that leads nowhere can hold nothing
    except ShownError as error:
        assert "VAWG_RETURNS" in str(error)


def test_the_front_door_puts_the_guards_in_place(tmp_path: Path) -> None:
    """Read as the server reads it, the folder is shut before anybody comes in."""
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "key").write_text(SECRET)
    code = f"import dashboard; assert dashboard.app; open({str(tmp_path / 'returns' / 'key')!r}).read()"
    told = os.environ | {"VAWG_RETURNS": str(tmp_path / "returns"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 1 and "does not open the restricted folder" in done.stderr and SECRET not in done.stderr
    told["VAWG_RETURNS"] = str(ROOT.parent)
    done = subprocess.run(
        [sys.executable, "-c", "import dashboard"], cwd=ROOT, env=told, capture_output=True, text=True
    )
    assert done.returncode == 1 and "holds the dashboard itself" in done.stderr


def test_the_drawing_of_pictures_needs_no_other_program() -> None:
    """Matplotlib asks a program for fonts the first time; where that is refused it looks for itself."""
    code = """
        from pathlib import Path
        from vawg_metrics.ui.refusing import keep_out_of
        keep_out_of(Path("nowhere"), Path.cwd())
        from matplotlib import font_manager
        font_manager._get_fontconfig_fonts.cache_clear()
        assert font_manager._get_fontconfig_fonts() == []
        font_manager.FontManager()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# The steward's own server


@pytest.mark.parametrize(
    ("switch", "address", "expected"),
    [
        ("1", "127.0.0.1", True), (" ON ", "::1", True), ("yes", "localhost", True), ("1", "0.0.0.0", False),
        ("1", "", False), ("1", None, False), ("1", "192.0.2.7", False), ("", "127.0.0.1", False),
        ("0", "127.0.0.1", False), ("off", "127.0.0.1", False),
    ],
)  # fmt: skip
def test_the_switch_counts_only_on_a_server_of_this_machine(
    switch: str, address: str | None, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(steward.SWITCH, switch)
    monkeypatch.setattr(steward.st, "get_option", lambda name: {"server.address": address}[name])
    assert steward.for_steward() is expected


# The database of the release


QUERIES = {
    "read_csv": "select * from read_csv('{file}')",
    "read_csv without a name for it": "from '{file}'",
    "sniff_csv": "from sniff_csv('{file}')",
    "read_json": "select * from read_json('{folder}/secret.json')",
    "read_parquet": "select * from read_parquet('{folder}/secret.parquet')",
    "parquet_metadata": "select * from parquet_metadata('{folder}/secret.parquet')",
    "read_text": "select content from read_text('{file}')",
    "read_blob": "select content from read_blob('{file}')",
    "glob": "select * from glob('{folder}/*')",
    "glob of everything": "select * from glob('/*')",
    "the network": "select * from read_csv('http://127.0.0.1:9/x.csv')",
    "copy to": "copy (select 1) to '{folder}/out.csv'",
    "copy to elsewhere": "copy (select 1) to '{elsewhere}/out.csv'",
    "copy from": "create table t (a int); copy t from '{file}'",
    "export": "export database '{elsewhere}/all'",
    "import": "import database '{folder}'",
    "attach": "attach '{folder}/x.db'",
    "attach to read": "attach '{folder}/x.db' (read_only)",
    "attach of another kind": "attach '{folder}/x.db' (type sqlite)",
    "install": "install httpfs",
    "load": "load httpfs",
    "load from a path": "load '{folder}/x.duckdb_extension'",
    "access again": "set enable_external_access = true",
    "access again, for all": "set global enable_external_access = true",
    "access again by pragma": "pragma enable_external_access = true",
    "access reset": "reset enable_external_access",
    "the lock undone": "set lock_configuration = false",
    "allowed folders": "set allowed_directories = ['{folder}']",
    "allowed paths": "set allowed_paths = ['{file}']",
    "a folder to spill into": "set temp_directory = '{folder}'",
    "a folder of extensions": "set extension_directory = '{folder}'",
    "a log": "set log_query_path = '{folder}/log'",
    "a profile": "set profiling_output = '{elsewhere}/profile'",
    "a search path of files": "set file_search_path = '{folder}'",
    "a home": "set home_directory = '{folder}'",
}  # fmt: skip
Tried = Callable[[str], object]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A folder with something for each query to find, so that a refusal is not for want of it."""
    folder = tmp_path_factory.mktemp("restricted")
    (folder / "secret.csv").write_text(f"a\n{SECRET}\n")
    (folder / "secret.json").write_text(f'[{{"a": {SECRET}}}]')
    (folder / "schema.sql").write_text("select 1;")
    (folder / "load.sql").write_text("select 1;")
    with duckdb.connect(str(folder / "x.db")) as made:
        made.execute(f"create table t as select {SECRET} a; copy t to '{folder}/secret.parquet'")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    return {"folder": str(folder), "file": str(folder / "secret.csv"), "elsewhere": str(elsewhere)}


@pytest.mark.parametrize("name", QUERIES)
def test_the_released_database_opens_and_writes_no_file(name: str, tiny: Release, world: dict[str, str]) -> None:
    before = sorted(Path(world["folder"]).rglob("*"))
    with pytest.raises(duckdb.Error) as caught:
        for statement in QUERIES[name].format(**world).split(";"):
            tiny.warehouse.rows(statement)
    words = str(caught.value)
    assert "disabled" in words or "locked" in words or "lock_configuration" in words, words
    assert SECRET not in words
    assert sorted(Path(world["folder"]).rglob("*")) == before and not list(Path(world["elsewhere"]).iterdir())


READS = ("read_csv", "read_json", "read_parquet", "read_text", "read_blob", "glob", "attach to read", "copy from")


@pytest.mark.parametrize("name", READS)
def test_the_same_queries_work_where_nothing_is_sealed(name: str, world: dict[str, str]) -> None:
    with duckdb.connect(":memory:") as free:
        for statement in QUERIES[name].format(**world).split(";"):
            free.execute(statement).fetchall()


def test_the_released_database_says_that_it_is_sealed(tiny: Release) -> None:
    settings = dict(tiny.warehouse.rows("select name, value from duckdb_settings()"))
    assert settings["enable_external_access"] == "false" and settings["lock_configuration"] == "true"


@pytest.mark.real_data
def test_the_real_release_is_sealed_too(release: Release, world: dict[str, str]) -> None:
    with pytest.raises(duckdb.Error, match="disabled"):
        release.warehouse.rows(QUERIES["read_csv"].format(**world))
