"""What is not held: every such measure once, with who could supply it and by when, in words, in a file, on its page."""

import csv
import io
import re
from dataclasses import replace

import pytest

from tests.test_pages import opened, text_of
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.not_held import COLUMNS, not_held_parcel
from vawg_metrics.reading import Release
from vawg_metrics.search.pages import pages_meant
from vawg_metrics.standing import coverage_of, standing_of
from vawg_metrics.supply import (
    agreed_words,
    by_partner,
    due_words,
    not_held,
    not_held_words,
    opening,
    supply_words,
    unregistered,
    when_words,
)
from vawg_metrics.ui.by_command import LABEL

pytestmark = [pytest.mark.real_data, pytest.mark.filterwarnings("default")]
COMMAND = "python -m vawg_metrics"


def test_every_measure_without_a_figure_is_listed_once_in_the_strategys_order(release: Release) -> None:
    catalogue, found = release.catalogue, not_held(release)
    wanted = {
        one.id
        for one in catalogue.indicators
        if not one.retired and one.priority != "context" and standing_of(release, one) == "awaited"
    }
    assert {one.id for one in found} == wanted and len(found) == len(wanted)
    order = [one.id for one in catalogue.strategy.priorities]
    places = [order.index(one.priority) for one in found]
    assert places == sorted(places)


def test_the_opening_counts_what_the_overview_counts_and_who_could_supply_it(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.priority != "context" and not one.retired]
    coverage = coverage_of(release, measures)
    first, means, due = opening(release)
    assert first == (
        f"{coverage.awaited} of {coverage.measures} measures are not held; {len(by_partner(release))} kinds of partner "
        f"could supply {coverage.awaited - len(unregistered(release))} of them, and for the other "
        f"{len(unregistered(release))} none is registered yet."
    )
    assert "47 of 71" in first and "15 kinds of partner" in first
    assert "not zero" in means
    assert due == "No return has been agreed with any partner yet, so nothing is due and nothing is late."


def test_partners_stand_in_the_order_of_the_alphabet_with_exactly_what_they_could_supply(release: Release) -> None:
    found = by_partner(release)
    names = [one.partner.name for one in found]
    assert names == sorted(names, key=str.casefold)
    listed = {measure.id for one in found for measure in one.measures} | {one.id for one in unregistered(release)}
    assert listed == {one.id for one in not_held(release)}
    for one in found:
        assert {measure.id for measure in one.measures} <= set(one.partner.supplies)


def test_a_line_says_who_by_when_and_whether_there_is_a_template(release: Release) -> None:
    catalogue = release.catalogue
    said = {id_: supply_words(catalogue, catalogue.indicator(id_)) for id_ in catalogue.ids}
    assert said["marac_cases_rate"] == (
        "Who could supply it: MARAC coordination. By when: each quarter, once a return is agreed. Template: ready."
    )
    assert said["district_access_gap"].endswith("once a partner is registered. Template: none yet.")
    assert said["partner_returns_on_time"].endswith("once partners send returns. Template: none needed.")
    assert not_held_words(catalogue.indicator("marac_cases_rate")) == (
        "Not held. The MARAC coordinators could supply it."
    )


def test_once_returns_are_agreed_it_is_said_with_whom_and_from_when(release: Release) -> None:
    catalogue = release.catalogue
    agreed = {"council_city"}
    partners = tuple(replace(one, agreed_from="2026-27 Q4") if one.id in agreed else one for one in catalogue.partners)
    after = replace(catalogue, partners=partners)
    city = next(one for one in partners if one.id == "council_city")
    quarter = "2026-27 Q4 (January to March 2027)"
    assert agreed_words(city) == f"return agreed from {quarter}"
    assert (
        due_words(partners)
        == f"Returns are agreed with: Council, Leicester from {quarter}. From the others nothing is due."
    )
    assert when_words(after, after.indicator("prevention_session_attendance_rate")) == (
        f"each quarter; agreed with Council, Leicester from {quarter}; not yet with the others"
    )
    assert when_words(after, after.indicator("marac_cases_rate")) == "each quarter, once a return is agreed"


def test_what_a_release_holds_in_full_is_said_so_and_a_strategy_without_partners_too(tiny: Release) -> None:
    first, *_ = opening(tiny)
    assert first.endswith("no partner is registered for any of them yet.")
    assert [one.id for one in not_held(tiny)] == ["not_collected"]


def test_the_file_has_a_row_for_each_measure_and_says_what_its_columns_mean(release: Release) -> None:
    parcel = not_held_parcel(release)
    text = FORMATS["csv"].write(parcel, None).decode("utf-8-sig")
    table, _, notes = text.partition("\r\n\r\n")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["indicator"] for row in rows] == [one.id for one in not_held(release)]
    assert all(row["supplier"] and row["partners"] and row["by_when"] and row["template"] for row in rows)
    assert all(f"Column {name}" in notes for name in COLUMNS)
    assert opening(release)[0].partition(";")[0] in notes


def test_the_page_lists_every_measure_with_a_link_under_its_priority(release: Release) -> None:
    app = opened("not_held", area="Rutland")
    assert not app.exception
    assert app.title[0].value.startswith("Not held")
    assert opening(release)[0] in text_of(app)
    measures, numbered = not_held(release), [one.value for one in app.header if re.match(r"\d\. ", one.value)]
    assert sum(int(one.rsplit(" ", 2)[1]) for one in numbered) == len(measures)
    links = [one.proto.label.replace("\\", "") for one in app.get("page_link")]
    for one in measures:
        assert links.count(f"{one.title} ({one.code})") == 1
    table = next(one.proto.body for one in app.get("html") if "by kind of partner" in one.proto.body)
    assert table.count('<th scope="row"') == len(by_partner(release)) + 1


def test_the_state_of_a_measure_without_a_figure_has_one_wording(release: Release) -> None:
    for name in ("data", "not_held", "supporting", "preview", "measure"):
        app = opened(name, **({"indicator": "marac_cases_rate"} if name == "measure" else {}))
        said = re.sub(r"\\(.)", r"\1", text_of(app))
        of_catalogue = " ".join(one.why for one in release.catalogue.indicators)
        for word in re.findall(r"[^.]*\bawait(?:s|ed|ing)?\b[^.]*\.", said):
            assert word.strip() in of_catalogue, (name, word)
        if name != "preview":
            assert re.search("not held", said, re.I)


@pytest.mark.parametrize(("name", "number"), [("data", 1), ("explore", 1), ("report", 1)])
def test_commands_stand_behind_one_closed_fold(name: str, number: int) -> None:
    app = opened(name)
    folds = [one for one in app.expander if one.label == LABEL]
    assert len(folds) == number and not any(one.proto.expanded for one in folds)
    inside = [one.value for fold in folds for one in (*fold.code, *fold.markdown) if COMMAND in one.value]
    everywhere = [one.value for one in (*app.code, *app.markdown) if COMMAND in one.value]
    assert inside and len(inside) == len(everywhere)


def test_the_data_page_names_its_parts_and_opens_with_its_long_tables_closed() -> None:
    app = opened("data")
    anchors = {one.proto.anchor for one in app.header}
    parts = next(one.proto.body for one in app.get("html") if "On this page" in one.proto.body)
    assert set(re.findall(r'href="#([a-z-]+)"', parts)) == anchors
    opened_at_first = [one.label for one in app.expander if one.proto.expanded]  # short, and often asked for
    assert [label.partition(",")[0] for label in opened_at_first] == ["What is missing"]
    for label in ("Age of each source: ", "Register of recording changes: ", "Known faults of ", "Files of "):
        assert any(re.search(rf"^{label}.*\d+ rows?$", one.label) for one in app.expander), label


@pytest.mark.parametrize("query", ["who could supply it?", "awaited", "what is not held"])
def test_a_question_about_what_is_not_held_leads_to_its_page(query: str) -> None:
    assert "not_held" in [stem for stem, _ in pages_meant(query)]
