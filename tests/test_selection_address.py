"""What an address asks for that does not exist is said, never silently changed."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from vawg_metrics.selection import Selection
from vawg_metrics.ui.cards import VIEW_NAMES
from vawg_metrics.ui.compare import ORDERS
from vawg_metrics.ui.explore import ACROSS, SHOW
from vawg_metrics.views import CHOICES, VIEWS, MeasureView, not_understood

CLOSED = [(page, key) for page, choices in CHOICES.items() for key in choices]
# Checked by the pages themselves, which alone know what is held or kept; a word to look for takes anything.
OPEN = {
    "indicator", "since", "place", "sort", "containing", "pack", "screen", "priority", "before", "after", "year",
    "made_from",
}  # fmt: skip


def test_what_does_not_exist_is_named() -> None:
    asked = {"area": ["Charnwood", "Narnia"], "grain": ["fortnight"], "from": ["2019-13"], "measure": ["count"]}
    selection = Selection.from_parameters(asked)
    assert selection == Selection(("Charnwood",), measure="count")
    assert selection.misread(asked) == "'Narnia', 'fortnight', '2019-13'"


def test_a_whole_address_is_taken_without_a_word() -> None:
    asked = {"area": ["Melton", "LLR"], "from": ["all"], "to": ["2025-03"], "grain": ["quarter"], "measure": ["rate"]}
    assert Selection.from_parameters(asked).misread(asked) == ""


def test_a_fifth_area_is_named() -> None:
    asked = {"area": ["LLR", "Blaby", "Melton", "Rutland", "Charnwood"]}
    assert Selection.from_parameters(asked).misread(asked) == "'Charnwood'"


def test_a_span_that_ends_before_it_begins_says_so() -> None:
    backwards = Selection(start="2025-06", end="2024-01")
    assert backwards.backwards and "ends before it begins" in backwards.words()
    assert not Selection(end="2024-01").backwards and not Selection(start="all", end="2024-01").backwards


@pytest.mark.parametrize(("page", "key"), CLOSED)
def test_a_value_that_a_page_does_not_know_is_named_with_what_is_shown_instead(page: str, key: str) -> None:
    choice = CHOICES[page][key]
    for value in choice.values:
        assert not_understood(page, {key: [value]}) == ()
    assert not_understood(page, {key: ["piechart"]}) == ((key, "piechart", choice.instead),)
    assert VIEWS[page].from_parameters({key: ["piechart"]}) in (
        VIEWS[page].from_parameters({}), MeasureView(view="piechart"),  # which show_view then passes over
    )  # fmt: skip


def test_every_parameter_of_a_page_is_a_closed_list_or_checked_by_its_page() -> None:
    assert {key for view in VIEWS.values() for key in view.KEYS} == OPEN | {key for _, key in CLOSED}
    assert not_understood("overview", {"view": ["piechart"]}) == ()


def test_the_closed_lists_are_those_of_the_controls() -> None:
    assert set(CHOICES["measure"]["view"].values) == set(VIEW_NAMES)
    assert set(CHOICES["compare"]["order"].values) == set(ORDERS)
    assert set(CHOICES["explore"]["across"].values) == set(ACROSS) - {""}
    assert set(CHOICES["explore"]["show"].values) == set(SHOW)


@pytest.mark.parametrize(("asked", "said"), [
    ({"view": "piechart"}, "asks for 'piechart' as view, which is not there: the view that the measure opens with is"),
    ({"view": "map", "years": "last"}, "asks for 'last' as years, which is not there: the months chosen at the side"),
    ({"view": "a", "years": "b"}, "asks for 'a' as view and 'b' as years, which are not there: the view that"),
    ({"view": "usual", "years": "all"}, ""),
])  # fmt: skip
@pytest.mark.real_data
@pytest.mark.filterwarnings("default")
def test_the_page_says_what_of_its_address_it_did_not_understand(asked: dict[str, str], said: str) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    app.switch_page("pages/measure.py")
    for key, value in ({"indicator": "violence_sexual_offences_rate"} | asked).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    lines = [one.value for one in app.markdown if one.value.startswith("**The address asks for")]
    assert len(lines) == (1 if said else 0)
    assert said in "".join(lines).replace("\\", "")
