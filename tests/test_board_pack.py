"""Board packs: what was written is read again, byte for byte; what one may not hold is refused, all of it at once."""

import json
import string
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.board_pack import (
    CHARTS,
    KIND,
    LONGEST_NOTES,
    LONGEST_QUESTION,
    MOST_CHARACTERS,
    MOST_LINES,
    MOST_PARKED,
    MOST_SCREENS,
    Known,
    Pack,
    Parked,
    Screen,
    code_of,
    digest_of,
    pack_of,
    read_pack,
    tidy,
    write_pack,
)
from vawg_metrics.errors import FaultsFound

KNOWN = Known(frozenset({"stalking", "refuge"}), frozenset({"LLR", "Melton", "Oadby and Wigston"}))
PACK = Pack(
    "Board, September 2026",
    (
        Screen("stalking", ("LLR", "Melton"), "trend", "Thank the team.\nThen مقارنة <b>."),
        Screen("refuge", ("LLR",), "map"),
    ),
    (Parked("Did it really rise?", "stalking", "Leicestershire Police"), Parked("Who pays?")),
)
SEEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")), max_size=60)


def document(**changed: object) -> dict[str, Any]:
    return json.loads(write_pack(PACK)) | changed


def screen(**changed: object) -> dict[str, Any]:
    return document()["screens"][0] | changed


def parked(**changed: object) -> dict[str, Any]:
    return document()["parked"][0] | changed


def refused(found: object) -> list[tuple[str, str]]:
    with pytest.raises(FaultsFound) as raised:
        read_pack(json.dumps(found), KNOWN)
    return [(fault.row, fault.problem) for fault in raised.value.faults]


def test_what_was_written_is_read_again_and_gives_the_same_bytes() -> None:
    text = write_pack(PACK)
    assert read_pack(text, KNOWN) == PACK
    assert write_pack(read_pack(text, KNOWN)) == text
    assert text.endswith("}\n") and "مقارنة" in text


@given(SEEN, SEEN, SEEN, st.sampled_from(CHARTS), st.booleans())
def test_any_text_comes_back_from_the_file_and_from_the_address(
    name: str, notes: str, who: str, view: str, also: bool
) -> None:
    screens = (Screen("refuge", ("Melton",), view, tidy(notes, LONGEST_NOTES, lines=True)), *PACK.screens[:also])
    pack = Pack(tidy(f"x{name}", 80), screens).parking(f"y{notes}", "refuge", who)
    assert len(pack.parked) == 1
    assert read_pack(write_pack(pack), KNOWN) == pack
    assert pack_of(code_of(pack), KNOWN) == pack


def test_a_code_is_fit_for_an_address_and_short() -> None:
    assert set(code_of(PACK)) <= set(string.ascii_letters + string.digits + "-_")
    screens = tuple(Screen("refuge" if number % 2 else "stalking", ("LLR",)) for number in range(17))
    assert len(code_of(Pack("Board", screens))) < 400


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_an_address_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(FaultsFound, match="cut"):
        pack_of(code_of(PACK)[:-cut], KNOWN)


@pytest.mark.parametrize("code", ["x", "é", "____", "eJwDAAAAAAE", "A" * 5000, code_of(PACK)[::-1]])
def test_an_address_that_holds_no_pack_is_refused(code: str) -> None:
    with pytest.raises(FaultsFound, match="address"):
        pack_of(code, KNOWN)


def test_an_address_that_unfolds_without_end_is_refused() -> None:
    bomb = code_of(Pack("x" * 3_000_000, PACK.screens))
    assert len(bomb) < 6000
    with pytest.raises(FaultsFound, match="cut, or holds too much"):
        pack_of(bomb, KNOWN)


def test_an_address_is_checked_as_a_file_is() -> None:
    strange = code_of(replace(PACK, screens=(Screen("unheard", ("Narnia",), "pie"),)))
    with pytest.raises(FaultsFound) as raised:
        pack_of(strange, KNOWN)
    assert len(raised.value.faults) == 3


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "3", '"a"', json.dumps({"kind": "other"}), "[" * 100_000, '{"kind": 1, "kind": 2}']
)
def test_what_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(FaultsFound, match="not a board pack"):
        read_pack(text, KNOWN)


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(FaultsFound, match="longer than"):
        read_pack(" " * (MOST_CHARACTERS + 1), KNOWN)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"extra": 1}, ""),
        ({"kind": KIND, "name": 3}, ""),
        ({"name": " "}, ""),
        ({"name": "x" * 81}, ""),
        ({"screens": []}, ""),
        ({"screens": {}}, ""),
        ({"screens": [screen()] * (MOST_SCREENS + 1)}, ""),
        ({"parked": [parked()] * (MOST_PARKED + 1)}, ""),
        ({"parked": None}, ""),
        ({"screens": [3]}, "screens 1"),
        ({"screens": [screen(indicator="unheard")]}, "screens 1"),
        ({"screens": [screen(indicator=["stalking"])]}, "screens 1"),
        ({"screens": [screen(areas=[])]}, "screens 1"),
        ({"screens": [screen(areas=["LLR", "Melton", "Oadby and Wigston"])]}, "screens 1"),
        ({"screens": [screen(areas=["LLR", "LLR"])]}, "screens 1"),
        ({"screens": [screen(areas=["Narnia"])]}, "screens 1"),
        ({"screens": [screen(areas=[["LLR"]])]}, "screens 1"),
        ({"screens": [screen(areas="LLR")]}, "screens 1"),
        ({"screens": [screen(view="pie")]}, "screens 1"),
        ({"screens": [screen(view=True)]}, "screens 1"),
        ({"screens": [screen(notes="x" * (LONGEST_NOTES + 1))]}, "screens 1"),
        ({"screens": [screen(notes="x\n" * (MOST_LINES + 1))]}, "screens 1"),
        ({"screens": [screen(notes="a\x00b")]}, "screens 1"),
        ({"screens": [screen(notes="a\u202eb")]}, "screens 1"),
        ({"screens": [screen(notes="a\ud800b")]}, "screens 1"),
        ({"screens": [screen(colour="red")]}, "screens 1"),
        ({"parked": [parked(question="")]}, "parked 1"),
        ({"parked": [parked(question="a\nb")]}, "parked 1"),
        ({"parked": [parked(question="x" * (LONGEST_QUESTION + 1))]}, "parked 1"),
        ({"parked": [parked(screen="unheard")]}, "parked 1"),
        ({"parked": [parked(screen=4)]}, "parked 1"),
        ({"parked": [parked(who=None)]}, "parked 1"),
        ({"parked": [[]]}, "parked 1"),
    ],
)
def test_each_thing_that_a_pack_may_not_hold_is_named(changed: dict[str, Any], where: str) -> None:
    assert [row for row, _ in refused(document(**changed))] == [where]


def test_every_fault_is_named_at_once_without_repeating_what_was_in_it() -> None:
    bad = document(name="", screens=[screen(indicator="../etc"), screen(), screen(view="pie", areas=["Narnia"])])
    bad["parked"] = [parked(), parked(who=5)]
    found = refused(bad)
    assert [row for row, _ in found] == ["", "parked 2", "screens 1", "screens 3", "screens 3"]
    assert not [problem for _, problem in found if "etc" in problem or "Narnia" in problem]


@pytest.mark.parametrize("lacking", ["name", "screens", "parked"])
def test_a_pack_that_lacks_a_part_is_refused(lacking: str) -> None:
    found = document()
    del found[lacking]
    assert refused(found)


def test_parking_puts_the_texts_in_order_and_never_parks_twice_or_too_many() -> None:
    once = PACK.parking("  How \n many\u202e? ", "refuge", " the  council ")
    assert once.parked[-1] == Parked("How many?", "refuge", "the council")
    assert once.parking("How many?", "refuge", "the council") == once
    assert PACK.parking(" \n ", "refuge", "x") == PACK
    full = PACK
    for number in range(MOST_PARKED + 3):
        full = full.parking(f"Question {number}", "", "")
    assert len(full.parked) == MOST_PARKED
    assert read_pack(write_pack(full), KNOWN) == full
    assert PACK.parked == (Parked("Did it really rise?", "stalking", "Leicestershire Police"), Parked("Who pays?"))


def test_a_pack_cannot_be_changed_and_says_its_places_in_order() -> None:
    with pytest.raises(FrozenInstanceError):
        PACK.name = "other"  # type: ignore[misc]
    assert PACK.places == ("LLR", "Melton")
    assert hash(PACK) == hash(read_pack(write_pack(PACK), KNOWN))
    assert digest_of(PACK) == digest_of(read_pack(write_pack(PACK), KNOWN)) != digest_of(replace(PACK, name="x"))
