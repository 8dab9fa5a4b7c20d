"""A selection is its address and its sentence: nothing is lost on the way, and nothing strange gets in."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.areas import HOME
from vawg_metrics.periods import month_text, month_words
from vawg_metrics.selection import ALL_YEARS, GRAIN_WORDS, MOST_AREAS, Selection

NAMES = [area.name for area in HOME]
MONTHS = st.integers(12 * 2000, 12 * 2040).map(month_text)
SELECTIONS = st.builds(
    Selection,
    areas=st.lists(st.sampled_from(NAMES), min_size=1, max_size=MOST_AREAS, unique=True).map(tuple),
    start=st.one_of(st.just(""), st.just(ALL_YEARS), MONTHS),
    end=st.one_of(st.just(""), MONTHS),
    grain=st.sampled_from(sorted(GRAIN_WORDS)),
    measure=st.sampled_from(["rate", "count"]),
)
KEYS = ("area", "from", "to", "grain", "measure", "other")
ADDRESSES = st.dictionaries(
    st.sampled_from(KEYS),
    st.lists(st.one_of(st.text(max_size=12), st.sampled_from([*NAMES, *GRAIN_WORDS, "count", "rate", "all"]), MONTHS)),
)


@given(SELECTIONS)
def test_a_selection_survives_the_way_to_its_address_and_back(selection: Selection) -> None:
    assert Selection.from_parameters(selection.parameters()) == selection


@given(ADDRESSES)
def test_any_address_gives_a_sound_selection_that_is_stable(address: dict[str, list[str]]) -> None:
    found = Selection.from_parameters(address)
    assert 1 <= len(found.areas) <= MOST_AREAS
    assert set(found.areas) <= set(NAMES) and len(set(found.areas)) == len(found.areas)
    assert found.grain in GRAIN_WORDS and found.measure in ("rate", "count")
    assert Selection.from_parameters(found.parameters()) == found
    assert hash(found) == hash(Selection.from_parameters(found.parameters()))
    assert found.words()


@given(SELECTIONS)
def test_a_selection_says_everything_that_it_asks(selection: Selection) -> None:
    said = selection.words()
    assert all(name in said for name in selection.areas)
    if selection.start not in ("", ALL_YEARS):
        assert f"from {month_words(selection.start)}" in said
    if selection.end:
        assert f"to {month_words(selection.end)}" in said
    assert ("counts" in said) == (selection.measure == "count")
    assert ("all years held" in said) == (selection.start == ALL_YEARS)


@given(SELECTIONS)
def test_all_years_changes_the_beginning_alone(selection: Selection) -> None:
    whole = selection.all_years()
    assert whole.start == ALL_YEARS
    assert (whole.areas, whole.end, whole.grain, whole.measure) == (
        selection.areas, selection.end, selection.grain, selection.measure,
    )  # fmt: skip


def test_the_first_opening_has_a_bare_address_and_a_sentence() -> None:
    assert Selection().parameters() == {}
    assert Selection.from_parameters({}) == Selection()
    assert Selection().words() == "LLR, rates and shares"


def test_an_address_keeps_the_order_of_its_areas() -> None:
    asked = {"area": ["Rutland", "LLR", "Rutland", "Charnwood"]}
    assert Selection.from_parameters(asked).areas == ("Rutland", "LLR", "Charnwood")
    assert Selection.from_parameters(asked).words().startswith("Rutland, LLR and Charnwood,")


def test_no_more_areas_than_can_stand_side_by_side() -> None:
    assert Selection.from_parameters({"area": NAMES}).areas == tuple(NAMES[:MOST_AREAS])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"area": ["Oz"]}, "LLR, rates and shares"),
        ({"from": ["2024-13"], "to": ["soon"]}, "LLR, rates and shares"),
        ({"grain": ["week"], "measure": ["sum"]}, "LLR, rates and shares"),
        ({"from": ["2024-01"], "to": ["2024-12"]}, "LLR, from January 2024, to December 2024, rates and shares"),
        ({"from": ["all"], "measure": ["count"]}, "LLR, all years held, counts"),
        ({"to": ["all"]}, "LLR, rates and shares"),
        ({"grain": ["rolling12"]}, "LLR, rolling 12 months, rates and shares"),
        ({"from": ["2024-01", "2024-02"]}, "LLR, from February 2024, rates and shares"),
    ],
)
def test_what_an_address_asks_that_does_not_exist_is_left_out_and_the_words_tell(
    address: dict[str, list[str]], words: str
) -> None:
    assert Selection.from_parameters(address).words() == words


def test_a_selection_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Selection().grain = "year"  # type: ignore[misc]
