"""The presentation without a browser: its screens, its large charts, its addresses, and nothing made up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.test_catalogue import BANNED
from vawg_metrics.areas import LLR
from vawg_metrics.board_pack import CHARTS, MOST_PLACES, Pack, Parked, Screen, code_of, write_pack
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.charts.enlarged_room import LETTERS, SHORTEST, longest_bar, refitted, shortened
from vawg_metrics.charts.plan import BarsPlan, Plan, TrendPlan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.charts.screen import draw_large
from vawg_metrics.charts.screen_bars import placed_bars
from vawg_metrics.reading import Release
from vawg_metrics.standing import standing_of
from vawg_metrics.ui.frame import BARE
from vawg_metrics.ui.held_pack import CORE, core_pack
from vawg_metrics.ui.presented import (
    KEYS_WORDS,
    MOST_BESIDE,
    beside_chart,
    closing_html,
    lines_of,
    message_html,
    notes_html,
    plan_of,
    shown_reading,
    source_line,
    title_html,
)
from vawg_metrics.views import PackView, PresenterView

pytestmark = [pytest.mark.real_data, pytest.mark.filterwarnings("default")]
HELD = [one for one in load_catalogue().indicators if one.public and not one.retired]
MEASURES = [  # the others are drawn by ./check --proofs
    pytest.param(one, id=one.id, marks=() if at % 4 == 0 else pytest.mark.proof) for at, one in enumerate(HELD)
]
SCREENS = [pytest.param(at, marks=() if at in (1, 2, 5, 11, 13) else pytest.mark.proof) for at in range(1, 14)]
PLACES = ("LLR", "North West Leicestershire|Oadby and Wigston")


def opened(name: str = "presenter", session: dict[str, Any] | None = None, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key] = value
    for key, value in (session or {}).items():
        app.session_state[key] = value
    app.switch_page(f"pages/{name}.py")
    return app.run()


def html_of(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def words_of(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def plans(release: Release, indicator: Indicator) -> Iterator[Plan]:
    """Every chart that a screen may show of a measure."""
    for places in PLACES:
        for view in CHARTS:
            screen = Screen(indicator.id, tuple(places.split("|")), view)
            plan = plan_of(release, screen, shown_reading(release, screen, ""))
            if not plan.empty:
                yield plan


def letters(part: Any, under: str = "") -> Iterator[float]:  # noqa: ANN401 - a part of a figure
    """The sizes of all letters in a figure."""
    if isinstance(part, dict):
        for key, inside in part.items():
            if key == "size" and "font" in under:
                yield from inside if isinstance(inside, list | tuple) else [inside]
            yield from letters(inside, key)
    elif isinstance(part, list | tuple):
        for inside in part:
            yield from letters(inside, under)


def test_a_pack_may_ask_for_every_chart_there_is_and_no_other() -> None:
    assert set(CHARTS) == set(PLANS)


def test_the_core_measures_are_those_of_the_priorities_in_agenda_order(release: Release) -> None:
    catalogue = release.catalogue
    own = [
        one.id
        for priority in catalogue.strategy.priorities
        for one in catalogue.on_page(priority.id)
        if one.core and one.priority == priority.id
    ]
    pack = core_pack(release)
    assert [one.indicator for one in pack.screens] == own
    assert {one.id for one in catalogue.indicators if one.core} == set(own)
    assert all(standing_of(release, catalogue.indicator(id_)) == "held" for id_ in own)
    assert pack.places == (LLR.name,) and not pack.parked


@pytest.mark.parametrize("indicator", MEASURES)
def test_every_large_chart_is_sound_in_large_letters_and_needs_no_hovering(
    release: Release, indicator: Indicator
) -> None:
    drawn = 0
    for plan in plans(release, indicator):
        for dark in (False, True):
            figure = draw_large(plan, dark).to_plotly_json()
            go.Figure(figure["data"], figure["layout"])  # every property is checked
            sizes = list(letters(figure))
            assert sizes and min(sizes) >= LETTERS
            assert "height" not in figure["layout"]
            drawn += 1
    assert drawn


@pytest.mark.parametrize("indicator", MEASURES)
def test_a_large_chart_keeps_the_values_of_its_plan(release: Release, indicator: Indicator) -> None:
    for plan in plans(release, indicator):
        if isinstance(plan, TrendPlan):
            fitting = refitted(plan)
            assert [line.points for line in fitting.lines] == [line.points for line in plan.lines]
            assert {mark.place for mark in fitting.every_mark} == {mark.place for mark in plan.every_mark}
            assert (fitting.scale.low, fitting.scale.high) == (plan.scale.low, plan.scale.high)
            assert set(fitting.scale.ticks) <= set(plan.scale.ticks)
            heights = sorted(line.label_at for line in fitting.lines if line.label)
            assert all(plan.scale.low <= height <= plan.scale.high for height in heights)
        if isinstance(plan, BarsPlan):
            kept, whole = [bar for _, bar in placed_bars(shortened(plan))], [bar for _, bar in placed_bars(plan)]
            assert [replace(bar, text="") for bar in kept] == [replace(bar, text="") for bar in whole[: len(kept)]]
            assert all(old.text.startswith(bar.text) for bar, old in zip(kept, whole, strict=False))
            assert longest_bar(shortened(plan)) >= SHORTEST
            drawn = draw_large(plan).to_plotly_json()
            texts = [note["text"] for note in drawn["layout"]["annotations"] if note.get("yref") == "y"]
            assert texts == [bar.text for bar in kept]


@pytest.mark.parametrize("indicator", MEASURES)
def test_what_a_screen_says_holds_no_banned_word(release: Release, indicator: Indicator) -> None:
    for place in ("", "Rutland"):
        screen = Screen(indicator.id, (LLR.name,))
        reading = shown_reading(release, screen, place)
        plan = plan_of(release, screen, reading)
        said = (
            message_html(release, reading, True)
            + notes_html(screen, reading, plan)
            + f"<p>{source_line(reading, plan)}</p>"
        )
        allowed = words_of(said).replace("95 % limits", "").replace("Their limits", "").replace("limits", "")
        assert not BANNED.search(allowed), BANNED.search(allowed)
        assert indicator.ask.split("'")[0] in words_of(said)
        assert indicator.whom[1:].split("'")[0] in words_of(said)


def test_a_line_that_is_not_drawn_is_not_explained(release: Release) -> None:
    for id_, dashed in (("sexual_offences_rate", True), ("sexual_offences_no_district_share", False)):
        screen = Screen(id_, (LLR.name,), "districts")
        reading = shown_reading(release, screen, "")
        line = source_line(reading, plan_of(release, screen, reading))
        assert "95 % limits" in line and ("Dashed line: LLR." in line) is dashed


def test_labels_that_would_press_a_chart_flat_are_letters_with_a_key(release: Release) -> None:
    screen = Screen("violence_sexual_offences_charged_share", (LLR.name,))
    reading = shown_reading(release, screen, "")
    plan = plan_of(release, screen, reading)
    assert isinstance(plan, TrendPlan)
    fitting = refitted(plan)
    assert [" ".join(mark.label) for mark in fitting.marks] == ["A", "Strategy begins", "B"]
    assert fitting.label_rows < plan.label_rows
    assert "A: added counting ends; B: new download." in source_line(reading, plan)


def test_without_notes_of_its_own_a_screen_says_what_has_room_beside_its_chart(release: Release) -> None:
    for one in core_pack(release).screens:
        reading = shown_reading(release, one, "")
        assert beside_chart(notes_html(one, reading, plan_of(release, one, reading))), one.indicator
    long = replace(core_pack(release).screens[0], notes="Say this slowly. " * 30)
    reading = shown_reading(release, long, "")
    assert not beside_chart(notes_html(long, reading, plan_of(release, long, reading)))


def test_the_small_lines_say_which_measure_of_a_like_name_it_is_no_series_with(release: Release) -> None:
    screen = Screen("stalking_harassment_rate", (LLR.name,), "usual")
    reading = shown_reading(release, screen, "")
    assert reading.indicator.unlike
    assert reading.indicator.unlike in source_line(reading, plan_of(release, screen, reading))


def test_what_stands_beside_a_figure_is_said_where_it_has_room(release: Release) -> None:
    screen = Screen("assessments_parent_domestic_abuse", (LLR.name,))
    reading = shown_reading(release, screen, "")
    said = words_of(message_html(release, reading, False)).replace("\xa0", " ")
    assert "England" in said and "same period" in said
    assert lines_of([said]) <= MOST_BESIDE
    assert "Parked: 1 question stands on the last screen." in words_of(message_html(release, reading, False, 1))


def test_the_ends_say_place_edition_reach_and_the_keys(release: Release) -> None:
    pack = core_pack(release)
    title = words_of(title_html(release, pack, ""))
    assert "LLR" in title and release.name in title and KEYS_WORDS in title
    assert "Figures end between March 2025 and December 2025." in title
    assert not BANNED.search(title)
    assert "Nothing was parked." in closing_html(release, ())
    many = tuple(Parked("Is it so? " * 25, "", f"Somebody {number}") for number in range(9))
    closing = closing_html(release, many)
    shown = closing.count("<li>")
    assert 1 <= shown < 9 and f"{9 - shown} more are listed" in closing


def test_what_was_written_into_a_pack_is_never_markup(release: Release) -> None:
    sly = "<script>alert(1)</script>"
    screen = Screen("sexual_offences_rate", (LLR.name,), "trend", sly)
    pack = Pack(sly, (screen,), (Parked(sly, "", sly),))
    html = title_html(release, pack, sly) + closing_html(release, pack.parked)
    reading = shown_reading(release, screen, "")
    assert "<script" not in html + notes_html(screen, reading, plan_of(release, screen, reading))


def test_another_place_leads_and_the_second_stays(release: Release) -> None:
    screen = Screen("sexual_offences_rate", ("LLR", "Melton"))
    for place, shown in (("", ("LLR", "Melton")), ("Blaby", ("Blaby", "Melton")), ("Melton", ("Melton",))):
        assert shown_reading(release, screen, place).selection.areas == shown
        assert len(shown) <= MOST_PLACES


# The page, run by Streamlit's own test runner


def test_the_presentation_has_nothing_of_the_frame() -> None:
    app = opened(screen="3")
    assert not app.exception and not app.error
    assert {"presenter"} == BARE
    assert not app.sidebar.children and not app.multiselect and not app.text_input
    assert "Leave this site" not in html_of(app)
    assert html_of(app).count("<h1") == 1 and "999" in html_of(app)


@pytest.mark.parametrize("number", SCREENS)
def test_every_screen_of_the_core_measures_opens_at_its_own_address(release: Release, number: int) -> None:
    app = opened(pack=CORE, screen=str(number))
    assert not app.exception and not app.error
    assert len(app.get("plotly_chart")) <= 1
    html = html_of(app)
    if 1 < number < 13:
        title = release.catalogue.indicator(core_pack(release).screens[number - 2].indicator).title
        assert title in html.split("</h1>")[0]
    else:
        assert ("Progress in figures" if number == 1 else "Questions parked") in html.split("</h1>")[0]


@pytest.mark.parametrize("screen", ["0", "-1", "x", "", "999", "1e3", "٣"])
def test_an_address_with_a_strange_screen_shows_one(screen: str) -> None:
    app = opened(pack=CORE, screen=screen)
    assert not app.exception and not app.error
    assert html_of(app).count("<h1") == 1


@pytest.mark.parametrize("pack", ["nonsense", "kept-0123456789", "eJx", "<script>"])
def test_a_pack_that_is_not_there_is_said_in_a_sentence(pack: str) -> None:
    app = opened(pack=pack)
    assert not app.exception
    assert "is shown instead" in words_of(html_of(app)) or "are shown instead" in words_of(html_of(app))


def test_a_pack_lives_in_its_address(release: Release) -> None:
    pack = Pack("Board <b>", (Screen("sexual_offences_rate", ("Melton",), "map"),))
    pack = pack.parking("Why?", "sexual_offences_rate", "The police")
    app = opened(pack=code_of(pack), screen="3")
    assert not app.exception
    assert "Why?" in html_of(app) and "The police" in html_of(app)
    assert app.session_state["board-pack"] == pack


def test_a_link_made_on_another_edition_says_so(release: Release) -> None:
    assert "made on edition 0123456789" in html_of(opened(pack=CORE, screen="6", edition="0123456789"))
    assert "made on edition" not in html_of(opened(pack=CORE, screen="6", edition=release.name))


def test_a_place_is_taken_from_the_address_and_only_a_real_one() -> None:
    assert "Melton" in html_of(opened(pack=CORE, screen="6", place="Melton")).split("</h1>")[0]
    assert "LLR" in html_of(opened(pack=CORE, screen="6", place="Narnia")).split("</h1>")[0]


def test_made_up_figures_are_in_no_presentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAWG_DEMONSTRATION", "1")
    awaited = Pack("Awaited", tuple(Screen(id_, (LLR.name,)) for id_ in ("marac_cases_rate", "domestic_abuse_deaths")))
    for number in ("1", "2", "3"):
        app = opened(pack=code_of(awaited), screen=number)
        assert not app.exception
        assert "Demonstration" not in html_of(app) and not app.get("plotly_chart")
    assert "Not held." in html_of(app)


def test_a_measure_of_the_pack_is_parked_with_its_question() -> None:
    app = opened(session={"presenter-panel": "park"})
    app.session_state["presenter-screen"] = 6
    app.session_state["presenter-panel"] = "park"
    app.run()
    assert "share of offences without a district" in app.text_area[0].value
    app.text_area[0].set_value("Is it understood?")
    app.text_input[0].set_value("The force")
    app.button[0].click().run()
    assert not app.exception
    pack: Pack = app.session_state["board-pack"]
    assert pack.parked == (Parked("Is it understood?", "sexual_offences_rate", "The force"),)
    assert "Is it understood?" in write_pack(pack)


def test_the_filters_are_kept_while_a_pack_is_presented() -> None:
    app = opened("responding", area="Melton")
    app.switch_page("pages/presenter.py").run()
    app.switch_page("pages/supporting.py").run()
    assert not app.exception
    assert app.multiselect(key="area").value == ["Melton"]


# The page of the pack


def test_a_pack_is_picked_ordered_and_started_again(release: Release) -> None:
    app = opened("pack")
    assert not app.exception and app.title[0].value == "Board pack"
    first = core_pack(release).screens[0]

    def press(label: str) -> None:
        next(one for one in app.button if one.label == label).click().run()
        assert not app.exception

    press("Move down")
    assert app.session_state["board-pack"].screens[1] == first
    press("Take this screen out")
    assert first not in app.session_state["board-pack"].screens
    app.selectbox(key="pack-added").set_value("stalking_harassment_force_rate").run()
    press("Add after this screen")
    assert app.session_state["board-pack"].screens[1].indicator == "stalking_harassment_force_rate"
    press("Start again from the core measures")
    assert app.session_state["board-pack"] == core_pack(release)


@pytest.mark.parametrize("id_", ["marac_cases_rate", "survivor_agreed_measures", "women_and_girls"])
def test_any_measure_can_be_added_and_is_shown(id_: str) -> None:
    app = opened("pack")
    app.selectbox(key="pack-added").set_value(id_).run()
    next(one for one in app.button if one.label == "Add after this screen").click().run()
    assert not app.exception
    shown = opened(pack=code_of(app.session_state["board-pack"]), screen="3")
    assert not shown.exception
    assert load_catalogue().indicator(id_).title in html_of(shown).split("</h1>")[0]


def test_addresses_of_both_pages_come_back() -> None:
    for view in (PresenterView("core", 4, "Melton"), PresenterView(), PackView("eJx")):
        assert type(view).from_parameters(view.parameters()) == view
