"""The register of actions: announced aims and nothing invented, every fault named, each measure with its actions."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.test_catalogue import BANNED
from vawg_metrics import __main__ as program
from vawg_metrics.catalogue.actions import (
    ANNOUNCED,
    FILE,
    NO_NEXT_STEP,
    TO_BE_CONFIRMED,
    Action,
    actions_for,
    next_step_of,
    owner_of,
)
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import HERE, load_catalogue
from vawg_metrics.errors import FaultsFound

FIELDS = ("id", "priority", "text", "kind", "owner", "due", "should_move", "next_step", "source", "reviewed")


def action(**changes: object) -> Action:
    fields: dict[str, object] = {
        "id": "train", "priority": "preventing", "text": "Train staff", "kind": "activity", "owner": "a council",
        "due": "March 2026", "should_move": ("staff_trained_share",), "next_step": "Agree the course.",
        "source": "the strategy", "reviewed": "October 2026",
    }  # fmt: skip
    return Action(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue, its register of actions to be broken."""
    return Path(shutil.copytree(HERE, tmp_path / "catalogue", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def changed(folder: Path, old: str, new: str) -> str:
    """What the loader says when one place of the register is changed."""
    path = folder / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FaultsFound) as caught:
        load_catalogue(folder)
    return str(caught.value)


@pytest.mark.parametrize("one", load_catalogue().actions, ids=lambda one: one.id)
def test_only_what_was_announced_is_written_down(one: Action) -> None:
    assert one.kind == "aim" and one.source == ANNOUNCED
    assert (one.owner, one.due, one.next_step, one.reviewed) == (TO_BE_CONFIRMED, TO_BE_CONFIRMED, "", "")


def test_the_eight_announced_aims_are_there_and_each_priority_but_the_sector_has_one(catalogue: Catalogue) -> None:
    said = " ".join(one.text.lower() for one in catalogue.actions)
    for word in (
        "fewer crimes",
        "more support",
        "perpetrators",
        "more reporting",
        "hidden crime",
        "childhood",
        "voice",
    ):
        assert word in said
    assert "every year" in said and len(catalogue.actions) == 8
    priorities = {one.priority for one in catalogue.actions}
    assert priorities == {"", "preventing", "responding", "supporting", "lived_experience"}


def test_aims_that_pull_a_recorded_volume_both_ways_say_so(catalogue: Catalogue) -> None:
    by_id = {one.id: one for one in catalogue.actions}
    both = set(by_id["fewer_crimes"].should_move) & set(by_id["more_reporting"].should_move)
    assert both and {catalogue.indicator(id_).direction for id_ in both} == {"neither"}
    assert by_id["fewer_crimes"].note == by_id["more_reporting"].note != ""


def test_no_text_of_an_action_holds_a_banned_word_or_a_number(catalogue: Catalogue) -> None:
    for one in catalogue.actions:
        for text in (one.text, one.owner, one.due, one.next_step, one.source, one.note):
            assert not BANNED.search(text) and not re.search(r"\d", text), text


@pytest.mark.parametrize("field", FIELDS)
def test_every_missing_field_is_named_with_its_row(folder: Path, field: str) -> None:
    text = (folder / FILE).read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"{field} = "))
    said = changed(folder, f"{row}\n", "")
    assert f"{FILE}, action 1: {field}:" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"vawg_offences_rate"', '"vawg_ofences_rate"', "should_move: 'vawg_ofences_rate' is no measure"),
        ('priority = "preventing"', 'priority = "prevention"', "'prevention' is no priority"),
        ('kind = "aim"', 'kind = "hope"', "kind"),
        ('id = "fewer_crimes"', 'id = "more_support"', "its id is used twice"),
        ('owner = "to be confirmed"', 'owner = ""', "owner must not be empty"),
        ('source = "announced aims', 'colour = "red"\nsource = "announced aims', "colour"),
        ('reviewed = ""', 'reviewed = "soon"', "reviewed is no month"),
        ('"sexual_offences_rate", ', '"vawg_offences_rate", ', "names a measure twice"),
        ("[[action]]\nid", "[[action]\nid", "not readable TOML"),
    ],
)
def test_every_fault_is_named(folder: Path, old: str, new: str, said: str) -> None:
    assert said in changed(folder, old, new)


def test_all_faults_are_named_at_once_by_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (folder / FILE).read_text("utf-8")
    broken = text.replace('"attitude_improved_share"', '"attitude"', 1).replace(
        'priority = "supporting"', 'priority = "x"'
    )
    (folder / FILE).write_text(broken, "utf-8")
    monkeypatch.setattr(program, "load_catalogue", lambda: load_catalogue(folder))
    found = CliRunner().invoke(program.main, ["check"])
    assert found.exit_code == 1
    assert "'attitude' is no measure" in found.output and "'x' is no priority" in found.output


def test_a_strategy_without_the_register_has_no_actions(folder: Path) -> None:
    (folder / FILE).unlink()
    assert load_catalogue(folder).actions == ()


def test_owner_and_next_step_of_a_measure_come_from_its_actions() -> None:
    known = action()
    open_ = action(id="other", owner=TO_BE_CONFIRMED, next_step="", should_move=("staff_trained_share", "x"))
    assert actions_for((known, open_), "x") == (open_,)
    assert actions_for((known, open_), "y") == ()
    assert owner_of((known, open_), "nobody") == "a council"
    assert owner_of((open_,), TO_BE_CONFIRMED) == TO_BE_CONFIRMED
    assert owner_of((known, action(owner="the police")), "nobody") == "a council; the police"
    assert next_step_of((known, open_)) == "Agree the course."
    assert next_step_of((open_,)) == next_step_of(()) == NO_NEXT_STEP
    assert known.words == "Activity: Train staff"
