"""`returns` on the command line: template, check, accept, withdraw, status, forget, their words and exit codes."""

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from vawg_metrics import __main__ as command_line
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.commands import returns_kept, returns_named, returns_sent
from vawg_metrics.commands.returns_group import returns_group
from vawg_metrics.commands.status_words import quarter_before
from vawg_metrics.periods import quarter_name
from vawg_metrics.returns.ledger import read_ledger
from vawg_metrics.returns.partner_names import partner_named
from vawg_metrics.returns.store import accepted

Q1, Q2 = "2026-27 Q1", "2026-27 Q2"
MARAC = "MARAC coordination"
CANARY = 7919


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the restricted folder will be; it is not there yet."""
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "returns"))
    return tmp_path / "returns"


@pytest.fixture(autouse=True)
def world(folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The clock stands at noon on 5 October 2026 and the catalogue is loaded once; both can be set."""

    def put(held: Catalogue = catalogue, at: datetime = datetime(2026, 10, 5, 12, tzinfo=UTC)) -> None:
        for module in (returns_kept, returns_sent):
            monkeypatch.setattr(module, "load_catalogue", lambda: held)
            monkeypatch.setattr(module, "now", lambda: at)

    put()
    return put


def run(*words: object, typed: str = "") -> Result:
    result = CliRunner().invoke(command_line.main, ["returns", *map(str, words)], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def template(path: Path, quarter: str = Q2, partner: str = "marac") -> Path:
    assert run("template", "--partner", partner, "--quarter", quarter, "-o", path, "--force").exit_code == 0
    return path


def filled(path: Path, leicester: object = CANARY, quarter: str = Q2) -> Path:
    """MARAC's return as CSV: the count of Leicester as given, the others 20, and 5 of them repeats."""
    rows = list(csv.reader(io.StringIO(template(path, quarter).read_text("utf-8-sig"))))
    head = next(number for number, row in enumerate(rows) if "Value" in row)
    column, area, line = rows[head].index("Value"), rows[head].index("Area"), rows[head].index("Line")
    for row in rows[head + 1 :]:
        cases = row[line].startswith("Cases heard")
        row[column] = str(leicester) if cases and row[area] == "Leicester" else "20" if cases else "5"
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


# The group


@pytest.mark.parametrize("name", sorted(returns_group.commands))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    for word in ("--help", "-h"):
        result = run(name, word)
        assert result.exit_code == 0
        assert re.search(rf"Example:\n\s+python -m vawg_metrics returns {name}\b", result.stdout)


def test_the_group_lists_its_commands() -> None:
    said = run("--help").stdout
    assert all(name in said for name in ("template", "check", "accept", "withdraw", "status", "forget"))
    assert "VAWG_RETURNS" in said


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("check",),
        ("check", "not-there.xlsx"),
        ("accept",),
        ("withdraw",),
        ("withdraw", "--partner", "marac"),
        ("withdraw", "--partner", "marac", "--quarter", "next"),
        ("template",),
        ("template", "--partner", "marac", "--quarter", "2026-27 Q5", "-o", "x.xlsx"),
        ("template", "--partner", "marac", "--quarter", "2026-27 Q2"),
        ("template", "--partner", "marac", "--quarter", "2026-27 Q2", "-o", "x.ods"),
        ("status", "--format", "xml"),
        ("forget", "--older-than", "-1"),
    ],
    ids=" ".join,
)
def test_a_command_that_cannot_be_meant_exits_with_2(words: tuple[str, ...], folder: Path) -> None:
    assert run(*words).exit_code == 2
    assert not folder.exists()


# Partners


def test_a_partner_goes_by_name_or_id(catalogue: Catalogue) -> None:
    for words in ("marac", MARAC, "  marac   COORDINATION "):
        assert partner_named(catalogue, words).id == "marac"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("MARAC co-ordination", f"Did you mean '{MARAC}'"),
        ("Council Leicestershire", "'Council, Leicestershire'"),
        ("xyzzy", "returns template --list"),
        ("", "returns template --list"),
    ],
)
def test_an_unknown_partner_gets_the_nearest_names(words: str, hint: str) -> None:
    result = run("template", "--partner", words, "--quarter", Q2, "-o", "x.xlsx")
    assert result.exit_code == 2 and hint in " ".join(result.stderr.split())


def test_partners_are_listed(catalogue: Catalogue) -> None:
    result = run("template", "--list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == [one.id for one in catalogue.partners]


# Template


def test_a_template_is_written_and_not_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "marac.xlsx"
    result = run("template", "--partner", MARAC, "--quarter", Q2, "-o", path)
    assert result.exit_code == 0 and "2026-27 Q2 (July to September 2026)" in result.stdout
    assert "without last quarter's values" in result.stdout
    before = path.read_bytes()
    assert "Return" in openpyxl.load_workbook(path).sheetnames
    again = run("template", "--partner", "helpline", "--quarter", Q2, "-o", path)
    assert again.exit_code == 1 and "is there already" in again.stderr and path.read_bytes() == before
    assert run("template", "--partner", "helpline", "--quarter", Q2, "-o", path, "--force").exit_code == 0
    assert path.read_bytes() != before


def test_a_template_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = run("template", "--partner", "marac", "--quarter", Q2, "-o", tmp_path / "no" / "x.csv")
    assert result.exit_code == 1 and "There is no folder" in result.stderr


def test_a_partner_of_yearly_measures_has_no_template_for_another_quarter(tmp_path: Path) -> None:
    result = run("template", "--partner", "prevention_programmes", "--quarter", Q2, "-o", tmp_path / "x.csv")
    assert result.exit_code == 1 and "asked for nothing" in result.stderr


def test_last_quarters_values_stand_beside_and_never_inside_the_project(tmp_path: Path) -> None:
    assert run("accept", filled(tmp_path / "q1.csv", quarter=Q1)).exit_code == 0
    path = tmp_path / "q2.csv"
    result = run("template", "--partner", "marac", "--quarter", Q2, "-o", path)
    assert "with last quarter's values" in result.stdout and str(CANARY) in path.read_text("utf-8-sig")
    inside = run("template", "--partner", "marac", "--quarter", Q2, "-o", ROOT / "docs" / "marac-not-made.csv")
    assert inside.exit_code == 1 and "inside the project" in inside.stderr
    assert not (ROOT / "docs" / "marac-not-made.csv").exists()


# Check


def test_a_sound_return_exits_with_0_and_stores_nothing(tmp_path: Path, folder: Path) -> None:
    path = filled(tmp_path / "marac.csv")
    before = sorted(tmp_path.iterdir())
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert json.loads(run("check", path, "--format", "json").stdout) is not None
    assert sorted(tmp_path.iterdir()) == before and not folder.exists()


def test_a_faulty_return_exits_with_1_and_is_never_accepted(tmp_path: Path, folder: Path) -> None:
    path = filled(tmp_path / "marac.csv", -CANARY)
    result = run("check", path)
    assert result.exit_code == 1 and str(CANARY) not in result.output
    assert not folder.exists()
    refused = run("accept", path)
    assert refused.exit_code == 1 and "Nothing was accepted." in refused.stderr
    assert not folder.exists() and str(CANARY) not in refused.output
    assert json.loads(run("check", path, "--format", "json").stdout)


def test_the_marked_workbook_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    path, marked = filled(tmp_path / "marac.csv", -5), tmp_path / "marked.xlsx"
    assert run("check", path, "--marked", marked).exit_code == 1
    openpyxl.load_workbook(marked)
    assert "is there already" in run("check", path, "--marked", marked).stderr
    inside = run("check", path, "--marked", ROOT / "data" / "marked.xlsx")
    assert inside.exit_code == 1 and "inside the project" in inside.stderr


def test_a_failed_check_is_noted_only_when_asked_and_without_contents(tmp_path: Path, folder: Path) -> None:
    path = filled(tmp_path / "marac.csv", -CANARY)
    run("check", path)
    assert not folder.exists()
    result = run("check", path, "--record")
    assert result.exit_code == 1 and "Noted in the ledger" in result.stderr
    (entry,) = read_ledger(folder)
    assert (entry.action, entry.partner, entry.quarter, entry.version) == ("check-failed", "marac", Q2, 0)
    assert str(CANARY) not in (folder / "ledger.jsonl").read_text()
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n")
    result = run("check", strange, "--record")
    assert result.exit_code == 1 and "Not noted" in result.stderr and len(read_ledger(folder)) == 1


def test_a_return_is_compared_with_the_partners_own_last_one(tmp_path: Path) -> None:
    assert run("accept", filled(tmp_path / "q1.csv", 20, Q1)).exit_code == 0
    assert run("check", filled(tmp_path / "q2.csv", 21)).exit_code == 0
    result = run("check", filled(tmp_path / "q2.csv", CANARY))  # far over five times the last one
    assert result.exit_code == 1 and str(CANARY) not in result.output


def test_a_check_without_the_folder_goes_on_and_says_so(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    result = run("check", filled(tmp_path / "marac.csv"))
    assert result.exit_code == 0 and "Last quarter's return is left out." in result.stderr


# Accept


def test_a_return_is_accepted_with_a_receipt(tmp_path: Path, folder: Path) -> None:
    path, to = filled(tmp_path / "marac.csv"), tmp_path / "receipt.txt"
    result = run("accept", path, "--receipt", to)
    assert result.exit_code == 0, result.output
    assert "version 1. It replaces nothing." in result.stdout and "Monday 12 October 2026" in result.stdout
    assert "Return of MARAC coordination, 2026-27 Q2 (July to September 2026)" in to.read_text("utf-8")
    assert str(CANARY) not in result.output + to.read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(to.stat().st_mode) == 0o600
    (held,) = accepted(folder)
    assert held.return_.counts()["marac_cases", "", "E06000016"] == CANARY


def test_the_same_return_again_changes_nothing_and_says_so(tmp_path: Path, folder: Path) -> None:
    path, to = filled(tmp_path / "marac.csv"), tmp_path / "receipt.txt"
    run("accept", path)
    before = (folder / "ledger.jsonl").read_bytes()
    result = run("accept", path, "--receipt", to)
    assert result.exit_code == 0 and "nothing was changed" in result.stdout
    assert (folder / "ledger.jsonl").read_bytes() == before
    assert "Version 1, accepted on Monday 5 October 2026" in to.read_text("utf-8")


def test_a_correction_shows_its_difference_in_the_receipt_alone(tmp_path: Path) -> None:
    run("accept", filled(tmp_path / "marac.csv"))
    to = tmp_path / "receipt.txt"
    result = run("accept", filled(tmp_path / "marac.csv", 30), "--receipt", to)
    assert result.exit_code == 0 and "version 2. It replaces version 1." in result.stdout
    assert f"{CANARY} -> 30" in to.read_text("utf-8") and str(CANARY) not in result.output


def test_a_receipt_is_refused_before_anything_is_accepted(tmp_path: Path, folder: Path) -> None:
    path = filled(tmp_path / "marac.csv")
    (tmp_path / "there.txt").write_text("x")
    for to in (ROOT / "docs" / "receipt.txt", tmp_path / "there.txt", tmp_path / "no" / "receipt.txt"):
        assert run("accept", path, "--receipt", to).exit_code == 1
        assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"PK\x03\x04broken", b"a,b\n7919,2\n", b"%PDF-1.4"])
def test_a_file_that_is_no_return_is_refused_in_words(tmp_path: Path, folder: Path, content: bytes) -> None:
    path = tmp_path / "strange.xlsx"
    path.write_bytes(content)
    for name in ("check", "accept"):
        result = run(name, path)
        assert result.exit_code == 1 and "Traceback" not in result.output and str(CANARY) not in result.output
    assert not folder.exists()


def test_an_open_folder_accepts_nothing(tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    for words in (("accept", filled(tmp_path / "marac.csv")), ("status",), ("forget", "--yes")):
        result = run(*words)
        assert result.exit_code == 1 and "chmod 700" in result.stderr
    assert list(folder.iterdir()) == []


# Withdraw


def test_withdrawing_goes_back_and_says_what_counts(tmp_path: Path, folder: Path) -> None:
    for leicester in (20, 30):
        run("accept", filled(tmp_path / "marac.csv", leicester))
    words = ("withdraw", "--partner", MARAC, "--quarter", Q2)
    assert "version 2. Version 1 counts again." in run(*words).stdout
    assert accepted(folder)[0].return_.counts()["marac_cases", "", "E06000016"] == 20
    assert "No version counts now." in run(*words).stdout
    result = run(*words)
    assert result.exit_code == 1 and "nothing to withdraw" in result.stderr


# Status


def test_while_nothing_is_agreed_nothing_is_due(catalogue: Catalogue) -> None:
    result = run("status")
    assert result.exit_code == 0 and "nothing is due of them" in result.stdout
    assert all(one.name in result.stdout for one in catalogue.partners)
    rows = json.loads(run("status", "--format", "json").stdout)
    assert {row["state"] for row in rows} == {"nothing agreed"}


def test_status_lists_what_is_due_received_late_and_failed(
    tmp_path: Path, catalogue: Catalogue, world: Callable[..., None]
) -> None:
    partners = tuple(
        replace(one, agreed_from=Q2) if one.id in ("marac", "helpline") else one for one in catalogue.partners
    )
    agreed = replace(catalogue, partners=partners)
    world(agreed)
    run("check", filled(tmp_path / "bad.csv", -CANARY), "--record")
    run("accept", filled(tmp_path / "marac.csv"))
    world(agreed, datetime(2027, 1, 4, 12, tzinfo=UTC))
    result = run("status")
    assert str(CANARY) not in result.output
    (marac,) = re.findall(rf"{MARAC}  +2026-27 Q2.*", result.stdout)
    assert re.split(r"  +", marac)[2:] == ["on time", "2026-10-30", "2026-10-05", "1", "1", "over"]
    assert re.search(r"Local helpline +2026-27 Q2 +overdue +2026-10-30", result.stdout)
    assert "Fell due in 2026-27 Q3 (October to December 2026): 2. On time and passing: 1 of 2." in result.stdout
    rows = {(row["partner"], row["quarter"]): row for row in json.loads(run("status", "--format", "json").stdout)}
    assert rows["marac", Q2]["failed_checks"] == 1 and rows["helpline", "2026-27 Q3"]["state"] == "not due yet"


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2026, 10, 1), "2026-27 Q2"),
        (date(2026, 9, 30), "2026-27 Q1"),
        (date(2027, 1, 31), "2026-27 Q3"),
        (date(2027, 4, 1), "2026-27 Q4"),
    ],
)
def test_the_newest_quarter_that_is_over(today: date, name: str) -> None:
    assert quarter_name(quarter_before(today)) == name


# Forget


def test_forgetting_asks_and_says_what_was_deleted(
    tmp_path: Path, folder: Path, world: Callable[..., None]
) -> None:  # fmt: skip
    run("accept", filled(tmp_path / "marac.csv"))
    assert "nothing was deleted" in run("forget").stdout
    world(at=datetime(2028, 10, 1, 12, tzinfo=UTC))
    asked = run("forget", typed="n\n")
    assert asked.exit_code == 1 and len(accepted(folder)) == 1
    result = run("forget", typed="y\n")
    assert result.exit_code == 0 and f"{MARAC}, 2026-27 Q2: 1 file" in result.stdout
    assert accepted(folder) == () and (folder / "key").exists()
    assert str(CANARY) not in result.output


def test_the_term_can_be_given(tmp_path: Path, folder: Path) -> None:
    run("accept", filled(tmp_path / "marac.csv"))
    result = run("forget", "--older-than", 0, "--yes")
    assert result.exit_code == 0 and "Deleted" in result.stdout and accepted(folder) == ()


# A canary


def test_a_number_of_a_return_is_nowhere_but_in_the_folder(tmp_path: Path, folder: Path) -> None:
    path = filled(tmp_path / "marac.csv")
    said = [
        run(*words).output
        for words in (
            ("check", path), ("accept", path), ("accept", path, "--receipt", tmp_path / "receipt.txt"), ("status",),
            ("status", "--format", "json"), ("check", path, "--format", "json"),
            ("withdraw", "--partner", "marac", "--quarter", Q2), ("accept", path), ("forget", "--older-than", 0),
        )
    ]  # fmt: skip
    path.unlink()
    assert str(CANARY) not in "".join(said)
    found = [one for one in tmp_path.rglob("*") if one.is_file() and str(CANARY).encode() in one.read_bytes()]
    assert found and all(one.is_relative_to(folder / "accepted") for one in found)


def test_the_ledger_names_the_account(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returns_named.getpass, "getuser", lambda: "a-steward")
    run("accept", filled(tmp_path / "marac.csv"))
    assert [one.who for one in read_ledger(folder)] == ["a-steward"]

    def nameless() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(returns_named.getpass, "getuser", nameless)
    run("withdraw", "--partner", "marac", "--quarter", Q2)
    assert read_ledger(folder)[-1].who == "unknown account"
