"""Saved views: what was written is read again; what is not such a file is refused whole, with what is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.errors import FaultsFound
from vawg_metrics.saved import KIND, LONGEST_NAME, MOST_CHARACTERS, MOST_VIEWS, read_views, saved_view, write_views

PAGES = frozenset({"explore", "compare"})
PARAMETERS = {"indicator": ["a", "b"], "area": ["Hinckley and Bosworth"], "containing": ["= &?#"], "edition": ["1"]}


def test_what_was_written_is_read_again() -> None:
    views = (saved_view("  My   view ", "explore", PARAMETERS), saved_view("مقارنة <b>", "compare", {}))
    assert views[0].name == "My view"
    assert read_views(write_views(views), PAGES) == views
    assert views[0].parameters == PARAMETERS


@given(st.dictionaries(st.sampled_from(["area", "sort"]), st.lists(st.text(min_size=1), min_size=1)), st.text())
def test_any_parameters_come_back(parameters: dict[str, list[str]], name: str) -> None:
    view = saved_view(f"x{name}", "explore", parameters)
    (found,) = read_views(write_views((view,)), PAGES)
    assert found.parameters == {key: values for key, values in parameters.items() if values}
    assert len(found.name) <= LONGEST_NAME


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"kind": "other", "views": []}', json.dumps({"kind": KIND, "views": {}}), "[" * 100_000],
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(FaultsFound, match="not a file of saved views"):
        read_views(text, PAGES)


def test_every_bad_view_is_named_at_once_and_none_is_taken() -> None:
    good = {"name": "a", "page": "explore", "query": ""}
    bad = [{**good, "page": "../etc/passwd"}, {**good, "name": " "}, {"name": "b"}, 3]
    with pytest.raises(FaultsFound) as refused:
        read_views(json.dumps({"kind": KIND, "views": [good, *bad]}), PAGES)
    assert [fault.row for fault in refused.value.faults] == ["view 2", "view 3", "view 4", "view 5"]
    assert "passwd" not in str(refused.value)


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(FaultsFound, match="longer than"):
        read_views(" " * (MOST_CHARACTERS + 1), PAGES)
    many = tuple(saved_view(str(number), "explore", {}) for number in range(MOST_VIEWS + 1))
    with pytest.raises(FaultsFound, match="more than"):
        read_views(write_views(many), PAGES)
