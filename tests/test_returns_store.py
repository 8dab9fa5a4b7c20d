"""The restricted folder: closed, versioned, undoable; a crash at any moment loses nothing, and no value gets out."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.conftest import ROOT
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.returns import folder as folder_module
from vawg_metrics.returns import ledger as ledger_module
from vawg_metrics.returns import store as store_module
from vawg_metrics.returns.contract import Given, Return
from vawg_metrics.returns.folder import FolderRefused, KeyGone, in_project, locked, read_key, returns_folder
from vawg_metrics.returns.forget import forget, to_forget
from vawg_metrics.returns.ledger import LedgerDamaged, read_ledger, versions_of
from vawg_metrics.returns.receipt import Change, difference, receipt
from vawg_metrics.returns.store import (
    Acceptance,
    NothingHeld,
    StoreDamaged,
    accept,
    accepted,
    accepted_of,
    canonical,
    history,
    note_failed,
    note_released,
    previous_return,
    withdraw,
)

Q1, Q2, Q3 = "2026-27 Q1", "2026-27 Q2", "2026-27 Q3"
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
CANARY = 7919
POSIX = pytest.mark.skipif(os.name != "posix", reason="rights are kept otherwise on Windows")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the restricted folder will be; it is not there yet."""
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "returns"))
    return returns_folder()


def a_return(cases: int = CANARY, quarter: str = Q2, partner: str = "marac") -> Return:
    given = (
        Given("marac_cases", "", "E06000016", cases),
        Given("marac_repeats", "", "E06000016", 12),
        Given("marac_cases", "", "E06000017", 0, "nil"),
        Given("marac_repeats", "", "E06000017", None, "cannot supply", "not recorded"),
    )
    return Return(partner, quarter, given)


def take(folder: Path, return_: Return, at: datetime = NOON) -> Acceptance:
    return accept(folder, return_, at, 5, "steward")


def cases_of(folder: Path) -> list[int | None]:
    """The first count of every return that counts."""
    return [one.return_.counts()["marac_cases", "", "E06000016"] for one in accepted(folder)]


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


# The folder


def test_the_folder_is_the_one_that_is_named_and_is_not_made_by_looking(folder: Path, tmp_path: Path) -> None:
    assert folder == (tmp_path / "returns").resolve()
    assert (accepted(folder), read_ledger(folder), accepted_of(folder, "marac", Q2)) == ((), (), None)
    assert not folder.exists()


def test_without_a_name_it_is_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAWG_RETURNS", raising=False)
    monkeypatch.setattr(folder_module.platformdirs, "user_data_path", lambda name, appauthor: tmp_path / name)
    assert returns_folder() == (tmp_path / "vawg-returns").resolve()


@pytest.mark.parametrize("inside", ["data/returns", "returns", "data", ".", "tests/../data/x"])
def test_a_folder_inside_the_project_is_refused(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAWG_RETURNS", str(ROOT / inside))
    with pytest.raises(FolderRefused, match=r"inside the project.*Set VAWG_RETURNS"):
        returns_folder()


def test_a_folder_that_holds_the_project_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAWG_RETURNS", str(ROOT.parent))
    with pytest.raises(FolderRefused, match="holds the project itself"):
        returns_folder()


def test_a_path_that_depends_on_the_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAWG_RETURNS", "returns")
    with pytest.raises(FolderRefused, match="no whole path"):
        returns_folder()


def test_a_link_into_the_project_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(ROOT / "docs")
    for named in (tmp_path / "link", tmp_path / "link" / "returns"):
        monkeypatch.setenv("VAWG_RETURNS", str(named))
        with pytest.raises(FolderRefused, match="inside the project"):
            returns_folder()
    assert in_project(tmp_path / "link" / "not-there.txt")
    assert not in_project(tmp_path / "elsewhere")


def test_a_ring_of_links_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "a"))
    with pytest.raises(FolderRefused):
        returns_folder()


def test_a_link_in_place_of_what_it_holds_is_refused(folder: Path, tmp_path: Path) -> None:
    take(folder, a_return())
    (tmp_path / "elsewhere").mkdir()
    (folder / "accepted").rename(tmp_path / "elsewhere" / "accepted")
    (folder / "accepted").symlink_to(tmp_path / "elsewhere" / "accepted")
    with pytest.raises(FolderRefused, match="is a link"):
        returns_folder()


@POSIX
@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o710, 0o707, 0o777])
def test_a_folder_open_to_others_is_refused_whoever_asks(folder: Path, mode: int) -> None:
    folder.mkdir(mode=0o700)
    folder.chmod(mode)
    for refused in (returns_folder, lambda: take(folder, a_return()), lambda: read_key(folder)):
        with pytest.raises(FolderRefused, match=rf"its mode is {mode:04o}.*chmod 700"):
            refused()
    assert list(folder.iterdir()) == []
    folder.chmod(0o700)
    assert take(folder, a_return()).changed


@POSIX
def test_a_folder_of_another_account_is_refused(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    other = patch.object(folder_module.os, "geteuid", lambda: folder.stat().st_uid + 1)
    with other, pytest.raises(FolderRefused, match="another account"):
        returns_folder()


def test_a_file_in_its_place_is_refused(folder: Path) -> None:
    folder.write_text("x")
    with pytest.raises(FolderRefused, match="is no folder"):
        returns_folder()


@POSIX
def test_all_that_is_made_is_closed_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        take(folder, a_return())
        take(folder, a_return(5))
        withdraw(folder, "marac", Q2, NOON, "steward")
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert {path.name: oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


# The key


def test_the_key_is_made_once(folder: Path) -> None:
    key = read_key(folder)
    take(folder, a_return())
    assert len(key) == 32 and read_key(folder) == key
    assert [path.name for path in folder.glob(".key*")] == []


def test_a_lost_key_is_never_made_anew(folder: Path) -> None:
    take(folder, a_return())
    (folder / "key").unlink()
    for use in (lambda: read_key(folder), lambda: accepted(folder), lambda: take(folder, a_return(5))):
        with pytest.raises(KeyGone, match="Restore it from a backup"):
            use()
    assert not (folder / "key").exists()


def test_a_failed_check_that_is_noted_first_does_not_pass_for_a_lost_key(folder: Path) -> None:
    note_failed(folder, "marac", Q2, NOON, "steward")
    assert take(folder, a_return()).changed


def test_a_key_that_rounded_a_release_is_never_made_anew(folder: Path) -> None:
    with pytest.raises(KeyGone, match="is gone"):
        read_key(folder, released=True)
    assert not folder.exists()


def test_a_damaged_key_is_refused(folder: Path) -> None:
    take(folder, a_return())
    (folder / "key").write_bytes(b"short")
    with pytest.raises(KeyGone, match="5 bytes, not 32"):
        accepted(folder)


def test_two_commands_make_one_key(folder: Path) -> None:
    """The second finds that a key was put there between its look and its own."""
    folder_module.prepare(folder)
    real = folder_module.secrets.token_bytes

    def slower(size: int) -> bytes:
        if not (folder / "key").exists():
            (folder / "key").write_bytes(b"k" * 32)
        return real(size)

    with patch.object(folder_module.secrets, "token_bytes", slower):
        assert read_key(folder) == b"k" * 32
    assert [path.name for path in folder.glob(".key*")] == []


# Versions


def test_a_return_comes_back_as_it_was_given(folder: Path) -> None:
    taken = take(folder, a_return())
    assert taken.changed and taken.replaced is None
    (held,) = accepted(folder)
    assert held == taken.accepted == accepted_of(folder, "marac", Q2)
    assert (held.version, held.accepted_at, held.open_until) == (1, NOON, date(2026, 10, 12))
    assert sorted(held.return_.given) == sorted(a_return().given)


def test_the_same_values_again_change_nothing(folder: Path) -> None:
    first = take(folder, a_return())
    before = content_of(folder)
    shuffled = replace(a_return(), given=a_return().given[::-1])
    again = take(folder, shuffled, NOON + timedelta(days=2))
    assert (again.changed, again.accepted, again.replaced) == (False, first.accepted, None)
    assert content_of(folder) == before


def test_other_values_are_a_new_version_and_the_old_one_stays(folder: Path) -> None:
    first = take(folder, a_return())
    second = take(folder, a_return(8000), NOON + timedelta(days=1))
    assert (second.accepted.version, second.replaced) == (2, first.accepted)
    again = take(folder, a_return(8000), NOON + timedelta(days=2))
    assert (again.changed, again.replaced) == (False, first.accepted)  # so that a receipt can be written again
    assert cases_of(folder) == [8000]
    assert [one.number for one in history(read_ledger(folder), "marac", Q2)] == [1, 2]


def test_a_reason_or_a_state_alone_is_a_new_version(folder: Path) -> None:
    take(folder, a_return())
    given = (*a_return().given[:3], replace(a_return().given[3], reason="system cannot tell"))
    assert take(folder, replace(a_return(), given=given)).changed


def test_withdrawing_goes_back_one_version_at_a_time(folder: Path) -> None:
    take(folder, a_return(1))
    take(folder, a_return(2))
    gone, stands = withdraw(folder, "marac", Q2, NOON, "steward")
    assert (gone.number, stands and stands.number, cases_of(folder)) == (2, 1, [1])
    assert take(folder, a_return(2)).accepted.version == 3  # a number is never used twice
    withdraw(folder, "marac", Q2, NOON, "steward")
    assert cases_of(folder) == [1]
    assert withdraw(folder, "marac", f"{Q2} (July to September 2026)", NOON, "steward")[1] is None
    assert accepted(folder) == ()
    with pytest.raises(NothingHeld, match="nothing to withdraw"):
        withdraw(folder, "marac", Q2, NOON, "steward")
    actions = [(one.action, one.version) for one in read_ledger(folder)]
    assert actions == [
        ("accept", 1), ("accept", 2), ("withdraw", 2), ("accept", 3), ("withdraw", 3), ("withdraw", 1),
    ]  # fmt: skip


def test_withdrawing_from_an_empty_place_makes_nothing(folder: Path) -> None:
    with pytest.raises(NothingHeld):
        withdraw(folder, "marac", Q2, NOON, "steward")
    assert not folder.exists()


def test_quarters_and_partners_are_kept_apart(folder: Path) -> None:
    for return_ in (a_return(1, Q2), a_return(2, Q1), a_return(3, Q2, "helpline")):
        assert take(folder, return_).accepted.version == 1
    held = [(one.return_.partner, one.return_.quarter) for one in accepted(folder)]
    assert held == [("helpline", Q2), ("marac", Q1), ("marac", Q2)]
    before = previous_return(folder, "marac", Q2)
    assert before and before.quarter == Q1
    assert previous_return(folder, "marac", Q1) is None


@pytest.mark.parametrize("partner", ["../marac", "", "a/b", "Marac", ".", "a\0b"])
def test_a_partner_that_is_no_id_leads_nowhere(folder: Path, partner: str) -> None:
    with pytest.raises(ValueError, match="id is made of"):
        take(folder, a_return(partner=partner))
    assert list(folder.rglob("*.json")) == []


def test_a_time_without_a_zone_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        take(folder, a_return(), NOON.replace(tzinfo=None))


def test_releases_are_noted_once(folder: Path) -> None:
    take(folder, a_return())
    for _ in range(2):
        note_released(folder, accepted(folder), "2026-10", NOON, "steward")
    note_released(folder, accepted(folder), "2026-11", NOON, "steward")
    (version,) = history(read_ledger(folder), "marac", Q2)
    assert version.releases == ("2026-10", "2026-11")


# Damage


def test_a_changed_file_is_found(folder: Path) -> None:
    take(folder, a_return())
    path = folder / "accepted" / "marac" / "2026-27-Q2" / "0001.json"
    path.write_text(path.read_text().replace(str(CANARY), "7920"))
    with pytest.raises(StoreDamaged, match="not as it was accepted") as error:
        accepted(folder)
    assert "79" not in str(error.value).replace(str(folder), "")
    withdraw(folder, "marac", Q2, NOON, "steward")  # the way out needs no sound file
    assert accepted(folder) == ()


def test_a_missing_file_is_found(folder: Path) -> None:
    take(folder, a_return())
    (folder / "accepted" / "marac" / "2026-27-Q2" / "0001.json").unlink()
    with pytest.raises(StoreDamaged, match="cannot be read"):
        accepted(folder)


def test_a_missing_ledger_is_found(folder: Path) -> None:
    take(folder, a_return())
    (folder / "ledger.jsonl").unlink()
    for use in (lambda: accepted(folder), lambda: take(folder, a_return(5)), lambda: read_ledger(folder)):
        with pytest.raises(LedgerDamaged, match="is gone"):
            use()


@pytest.mark.parametrize(
    "line", ["x", "{}", "[]", "null", '{"time": 1}', '{"action": "accept"}', "[" * 100_000, "\udcff7919"]
)  # fmt: skip
def test_a_damaged_ledger_is_named_by_its_line_and_not_echoed(folder: Path, line: str) -> None:
    take(folder, a_return())
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(line.encode("utf-8", "surrogateescape") + b"\n")
    with pytest.raises(LedgerDamaged, match=r"ledger.jsonl, line 2: it is not as") as error:
        accepted(folder)
    assert "7919" not in str(error.value)


# Crashes


class Crash(BaseException):
    """The machine stops here."""


def crashing(real: Callable[..., object], at_call: int, done: bool) -> Callable[..., object]:
    """A function that stops the machine at its n-th call, after doing its work or before."""
    calls = [0]

    def function(*arguments: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == at_call and not done:
            raise Crash
        result = real(*arguments, **named)
        if calls[0] == at_call:
            raise Crash
        return result

    return function


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at_call", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("step", ["replace", "fsync", "mkdir", "open"])
@pytest.mark.parametrize("first", [True, False], ids=["the first return", "a correction"])
def test_a_crash_leaves_the_old_version_or_the_new_one(
    folder: Path, step: str, at_call: int, done: bool, first: bool
) -> None:
    if not first:
        take(folder, a_return(1))
    old = cases_of(folder)
    with patch.object(os, step, crashing(getattr(os, step), at_call, done)):
        try:
            take(folder, a_return(2))
            finished = True
        except Crash:
            finished = False
    assert cases_of(folder) in ([[2]] if finished else [old, [2]])
    again = take(folder, a_return(2))
    assert cases_of(folder) == [2] and again.accepted.return_.counts()["marac_cases", "", "E06000016"] == 2
    assert not take(folder, a_return(2)).changed
    withdraw(folder, "marac", Q2, NOON, "steward")
    assert cases_of(folder) == old
    assert len(read_ledger(folder)) == (2 if first else 3)


def test_half_a_line_in_the_ledger_never_counted(folder: Path) -> None:
    take(folder, a_return(1))
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(b'{"time": "2026-10-05T12:00:00+00:00", "action": "withd')
    assert cases_of(folder) == [1]
    take(folder, a_return(2))
    assert cases_of(folder) == [2]
    assert [one.action for one in read_ledger(folder)] == ["accept", "accept"]


def test_a_full_disk_is_said_in_words_and_loses_nothing(folder: Path) -> None:
    take(folder, a_return(1))

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    disk = patch.object(store_module, "write_private", full)
    with disk, pytest.raises(FolderRefused, match=r"No space left on device.*Make room"):
        take(folder, a_return(2))
    assert cases_of(folder) == [1]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.test_returns_store import a_return, take
from vawg_metrics.returns import store
step, folder = sys.argv[1], Path(sys.argv[2])
real = getattr(store, step)
def dying(*arguments):
    if sys.argv[3] == "after":
        real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(store, step, dying)
take(folder, a_return(2))
"""


def started(code: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@POSIX
def test_a_killed_command_loses_nothing_and_holds_nobody_up(folder: Path) -> None:
    take(folder, a_return(1))
    for step, when, left in (("write_private", "after", 1), ("append", "before", 1), ("append", "after", 2)):
        child = started(KILLED, step, str(folder), when)
        child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL
        assert cases_of(folder) == [left]
    assert not take(folder, a_return(2)).changed
    withdraw(folder, "marac", Q2, NOON, "steward")
    assert cases_of(folder) == [1]


MANY = """
import sys
from pathlib import Path
from tests.test_returns_store import a_return, take
start = int(sys.argv[2])
print(sum(take(Path(sys.argv[1]), a_return(start + number)).changed for number in range(15)))
"""


def test_two_stewards_at_once_lose_nothing(folder: Path) -> None:
    children = [started(MANY, str(folder), start) for start in ("100", "200")]
    said = [child.communicate(timeout=120) for child in children]
    assert [one for one, _ in said] == ["15\n", "15\n"], said
    versions = versions_of(read_ledger(folder))
    assert [one.number for one in versions] == list(range(1, 31))
    assert len(list(folder.glob("accepted/marac/2026-27-Q2/*.json"))) == 30
    for _ in range(29):
        withdraw(folder, "marac", Q2, NOON, "steward")
        assert len(cases_of(folder)) == 1  # each file is as its line says


def test_the_lock_is_taken_twice_within_one_command_and_waited_for_in_words(folder: Path) -> None:
    with locked(folder):
        take(folder, a_return())
    held = patch.object(folder_module, "FileLock", side_effect=folder_module.Timeout("x"))
    with held, pytest.raises(FolderRefused, match="Another command"):
        take(folder, a_return(5))


# Nothing gets out


def test_the_ledger_holds_no_value_and_lets_nobody_try_one(folder: Path) -> None:
    take(folder, a_return())
    note_failed(folder, "marac", Q2, NOON, "steward")
    text = (folder / "ledger.jsonl").read_text()
    assert str(CANARY) not in text.replace("fingerprint", "")
    (entry, failed) = read_ledger(folder)
    assert (failed.action, failed.version, failed.fingerprint) == ("check-failed", 0, "")
    other = store_module.fingerprint_of(canonical(a_return()), b"another key" * 3)
    assert len(entry.fingerprint) == 64 and entry.fingerprint != other
    assert set(json.loads(text.splitlines()[0])) == {
        "time", "action", "partner", "quarter", "version", "fingerprint", "who", "open_until", "release",
    }  # fmt: skip


def test_the_value_is_in_one_file_alone(folder: Path, tmp_path: Path) -> None:
    take(folder, a_return())
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and str(CANARY).encode() in path.read_bytes()]
    assert [path.name for path in holding] == ["0001.json"]
    assert repr(read_ledger(folder)).count(str(CANARY)) == 0


# Forgetting


def test_raw_values_are_deleted_after_their_term_and_not_before(folder: Path) -> None:
    take(folder, a_return(1))
    take(folder, a_return(2))
    withdraw(folder, "marac", Q2, NOON, "steward")
    take(folder, a_return(3, Q3))
    note_released(folder, accepted(folder), "2026-12", NOON, "steward")
    assert forget(folder, date(2028, 9, 30), 24, NOON, "steward") == ()
    later = datetime(2028, 10, 1, 12, tzinfo=UTC)
    assert to_forget(folder, date(2028, 10, 1), 24) == forget(folder, date(2028, 10, 1), 24, later, "steward")
    assert [one.return_.quarter for one in accepted(folder)] == [Q3]
    assert list((folder / "accepted" / "marac" / "2026-27-Q2").iterdir()) == []
    assert (folder / "key").exists()
    assert all(one.forgotten_at for one in history(read_ledger(folder), "marac", Q2))
    assert forget(folder, date(2028, 10, 1), 24, later, "steward") == ()
    with pytest.raises(NothingHeld):
        withdraw(folder, "marac", Q2, later, "steward")
    assert take(folder, a_return(4), later).accepted.version == 3


def test_forgetting_that_was_cut_short_is_finished_the_next_time(folder: Path) -> None:
    take(folder, a_return(1))
    take(folder, a_return(2))
    with patch.object(Path, "unlink", crashing(Path.unlink, 2, done=False)), pytest.raises(Crash):
        forget(folder, date(2030, 1, 1), 24, NOON, "steward")
    assert accepted(folder) == ()
    (left,) = forget(folder, date(2030, 1, 1), 24, NOON, "steward")
    assert left.files == 1 and list(folder.rglob("*.json")) == []
    assert [one.action for one in read_ledger(folder)] == ["accept", "accept", "forget", "forget"]


def test_what_a_crash_left_is_forgotten_too(folder: Path) -> None:
    take(folder, a_return(1))
    with patch.object(ledger_module.os, "replace", crashing(os.replace, 1, done=False)), pytest.raises(Crash):
        take(folder, a_return(2))
    assert len(list(folder.rglob(".0002.json.new"))) == 1
    forget(folder, date(2030, 1, 1), 24, NOON, "steward")
    assert [path.name for path in folder.rglob("*") if path.is_file() and b'"given"' in path.read_bytes()] == []


# Receipt


def test_a_difference_names_each_cell_with_old_and_new() -> None:
    old = a_return(1)
    new = replace(a_return(2), given=(*a_return(2).given[:2], Given("marac_cases", "", "E06000017", 4)))
    assert difference(old, new) == (
        Change(("marac_cases", "", "E06000016"), "1", "2"),
        Change(("marac_cases", "", "E06000017"), "nil", "4"),
        Change(("marac_repeats", "", "E06000017"), "cannot supply (not recorded)", "not given"),
    )
    assert difference(old, old) == ()


def test_a_receipt_says_what_will_appear_and_until_when_to_object(folder: Path, catalogue: Catalogue) -> None:
    text = receipt(catalogue, take(folder, a_return()).accepted, None, date(2026, 10, 5))
    flat = " ".join(text.split())
    assert "Return of MARAC coordination, 2026-27 Q2 (July to September 2026)" in flat
    assert "Version 1, accepted on Monday 5 October 2026, 13:00. It replaces nothing." in flat
    assert "Received: 4 cells, of which nil: 1, cannot supply: 1." in flat
    assert "each count appears as a multiple of 5, within 4 of what you sent" in flat
    assert "exact:" not in flat and "Cases heard at a MARAC in the quarter: rounded. " in flat
    assert "object until the end of Monday 12 October 2026" in flat
    assert "deleted after Saturday 30 September 2028" in flat
    assert str(CANARY) not in text  # values only where they differ from what is replaced
    assert max(map(len, text.splitlines())) <= 100
    assert "ended on Monday 12 October" in receipt(
        catalogue, accepted(folder)[0], None, date(2026, 10, 13)
    )  # fmt: skip


def test_a_receipt_of_a_correction_shows_the_supplier_what_changed(folder: Path, catalogue: Catalogue) -> None:
    take(folder, a_return(1))
    taken = take(folder, a_return(2))
    assert taken.replaced
    text = receipt(catalogue, taken.accepted, taken.replaced.return_, date(2026, 10, 5))
    assert ", Leicester: 1 -> 2" in text and "Version 2" in text
    same = receipt(catalogue, taken.accepted, taken.accepted.return_, date(2026, 10, 5))
    assert "Nothing: the values are those" in same


@pytest.mark.parametrize(
    ("partner", "line", "words"),
    [
        ("support_city", "support_referrals", "by route: rounded, with the other suppliers'."),
        ("police", "rape_median_days", "whole days: guarded."),
        ("police", "domestic_abuse_deaths", "for LLR as a whole and whole years only"),
        ("police", "police_survey_answered", "No percentage is given of fewer than 30 answers"),
        ("survivor_panel", "contributors_answered", "No percentage is given of fewer than 10 answers"),
        ("council_city", "contract_value", ": exact, with the other suppliers'."),
        ("secretariat", "recommendations_accepted", ": exact."),
    ],
)
def test_a_receipt_says_how_each_kind_of_line_appears(
    folder: Path, catalogue: Catalogue, partner: str, line: str, words: str
) -> None:
    return_ = Return(partner, "2026-27 Q4", (Given(line, "", "E23000021", 40),))
    text = receipt(catalogue, take(folder, return_).accepted, None, date(2027, 4, 5))
    assert words in " ".join(text.split())


def test_every_line_that_any_partner_sends_has_its_sentence(folder: Path, catalogue: Catalogue) -> None:
    for partner in catalogue.partners:
        lines = {line.id for id_ in partner.supplies for line in catalogue.lines_of(catalogue.indicator(id_))}
        given = tuple(Given(line, "", "E23000021", 40) for line in sorted(lines))
        text = receipt(
            catalogue, take(folder, Return(partner.id, "2026-27 Q4", given)).accepted, None, date(2027, 4, 5)
        )
        flat = " ".join(text.split())
        assert all(" ".join(catalogue.lines[line].label.split()) in flat for line in lines)
