"""Sentences from readings of the tiny world: they say what is shown, of where and when, and claim no direction."""

import re
from dataclasses import replace

import pytest

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.narrative import (
    GRAIN_PHRASES,
    alternative,
    beside,
    caption,
    heading,
    measured_words,
    named,
    population_words,
    span_words,
)
from vawg_metrics.periods import GRAINS, Period, month_words
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.wording import finding_words

DIRECTION = re.compile(
    r"\b(rose|risen|rise|rising|fell|fallen|fall|falling|increas\w*|decreas\w*|improv\w*|worse\w*|better|up|down|grew|"
    r"grow\w*|drop\w*|declin\w*|higher|lower|significant\w*|trend\w*|because)\b",
    re.IGNORECASE,
)
MEASURES = (
    "violence_rate", "charged_share", "robberies", "homeless_share", "prevented_share", "homeless_rate", "waiting",
    "homeless_per_waiting", "sexual_rate", "unplaced_share", "force_rate", "women", "factor_share", "rape_charged",
    "agreed_share",
)  # fmt: skip


def reading(release: Release, id_: str, *areas: str, **asked: str) -> Reading:
    selection = Selection(areas or ("LLR",), **asked)  # type: ignore[arg-type]
    return read(release, release.catalogue.indicator(id_), selection)


def sentences(found: Reading) -> list[str]:
    return [heading(found), caption(found), alternative(found), beside(found), population_words(found)]


# The heading


def test_the_heading_is_measure_value_count_place_and_period(tiny: Release) -> None:
    # quarters q = 2 to 5 of Leicester: 42 of 54 + 56 + 58 + 60
    assert heading(reading(tiny, "homeless_share", "Leicester")) == (
        "Homeless share (all victims, both sexes): 18 % (42 of 228), Leicester, year to September 2024"
    )


def test_the_heading_is_that_of_the_first_area(tiny: Release) -> None:
    assert ", Melton, " in heading(reading(tiny, "violence_rate", "Melton", "LLR"))


def test_a_provisional_finding_says_so(tiny: Release) -> None:
    found = reading(tiny, "charged_share", "LLR")
    assert found.headline
    marked = replace(found, headline=replace(found.headline, marker="provisional"))
    assert heading(marked).endswith(", provisional")
    assert "provisional" not in heading(replace(found, headline=replace(found.headline, marker="")))


def test_without_a_figure_the_heading_says_that_none_is_held(tiny: Release) -> None:
    for id_ in ("not_collected", "given_up"):
        assert heading(reading(tiny, id_)).endswith(": no figure is held")


def test_whom_a_measure_counts_stands_where_one_could_think_of_women_alone(tiny: Release) -> None:
    one = tiny.catalogue.indicator("violence_rate")
    assert named(one) == "Violence rate (all victims, both sexes)"
    assert named(replace(one, whom="women and girls of every age")) == "Violence rate"


# The caption


def test_the_caption_says_what_where_when_and_how_often(tiny: Release) -> None:
    found = reading(tiny, "violence_rate", "LLR", "Melton", start="2024-01", end="2024-03")
    assert caption(found) == (
        "Counted in street_crime, per 1,000 residents. LLR and Melton, January 2024 to March 2024, by month."
    )
    counted = reading(tiny, "violence_rate", start="2024-01", grain="quarter", measure="count")
    assert caption(counted) == "Number of counted in street_crime. LLR, January 2024 to September 2024, by quarter."


def test_the_caption_names_every_area_shown(tiny: Release) -> None:
    names = ("Rutland", "Blaby", "Charnwood", "LLR")
    said = caption(reading(tiny, "violence_rate", *names))
    assert "Rutland, Blaby, Charnwood and LLR, " in said


def test_a_measure_per_something_and_one_out_of_something_are_told_apart(tiny: Release) -> None:
    assert measured_words(reading(tiny, "homeless_share")).endswith("as a share of counted in homelessness")
    assert measured_words(reading(tiny, "homeless_rate")).endswith("per 1,000 residents")
    assert measured_words(reading(tiny, "waiting")).startswith("Number of ")


def test_the_span_in_words_is_that_of_the_figures(tiny: Release) -> None:
    found = reading(tiny, "violence_rate", start="all")
    assert span_words(found) == "January 2023 to September 2024 (all years held)"
    later = reading(tiny, "violence_rate", start="2024-08")
    assert span_words(later) == "August 2024 to September 2024"
    assert span_words(reading(tiny, "violence_rate", start="2026-01")) == "no period"
    assert span_words(reading(tiny, "agreed_share")) == "in this edition"


@pytest.mark.parametrize("grain", GRAINS)
def test_the_caption_tells_the_grain_that_is_shown_and_not_the_one_asked_for(tiny: Release, grain: str) -> None:
    for id_ in ("violence_rate", "homeless_share", "sexual_rate"):
        found = reading(tiny, id_, grain=grain)
        assert caption(found).endswith(f"{GRAIN_PHRASES[found.grain]}.")
        assert (found.grain == grain) != bool(found.unanswered)


# What cannot be answered


def test_a_force_measure_asked_for_a_district_shows_llr_and_says_so(tiny: Release) -> None:
    found = reading(tiny, "rape_charged", "Charnwood")
    assert [area.name for area in found.areas] == ["LLR"]
    (said,) = found.unanswered
    assert "Only published for the whole force" in said and "Charnwood" in said
    assert ", LLR, " in heading(found)


def test_a_measure_without_unplaced_counts_says_that_it_places_everything(tiny: Release) -> None:
    found = reading(tiny, "homeless_share", "No district recorded")
    assert [area.name for area in found.areas] == ["LLR"]
    assert found.unanswered == ("This source names a district for everything it counts; LLR shown.",)


def test_an_upper_tier_measure_asked_for_two_places_shows_the_one_it_has(tiny: Release) -> None:
    found = reading(tiny, "factor_share", "Melton", "Rutland")
    assert [area.name for area in found.areas] == ["Rutland"]
    assert found.unanswered == ("Not published for Melton; Rutland shown.",)


@pytest.mark.parametrize("grain", ["", "native", *GRAINS])
def test_every_selection_has_its_sentences_and_none_claims_a_direction(tiny: Release, grain: str) -> None:
    for id_ in MEASURES:
        for area in ("LLR", "Leicestershire", "Charnwood", "No district recorded"):
            measure = "count" if area == "Charnwood" else "rate"
            found = reading(tiny, id_, area, grain=grain, measure=measure, start="all")
            for said in sentences(found):
                assert not DIRECTION.search(said), said
                assert "None" not in said and "nan" not in said and "  " not in said, said
            assert found.areas or found.unanswered


def test_what_has_no_figures_at_all_has_sentences_too(tiny: Release) -> None:
    for id_ in ("not_collected", "given_up"):
        assert all("None" not in said for said in sentences(reading(tiny, id_)))


# The text alternative


def test_the_alternative_gives_first_last_lowest_highest_and_gaps(tiny: Release) -> None:
    # robberies of Melton: 1 in every month held, 0 in June 2023, March 2023 missing
    found = reading(tiny, "robberies", "Melton", start="all", grain="month")
    assert alternative(found) == (
        "Melton: 1 in January 2023 and 1 in September 2024; lowest 0 (June 2023), highest 1 (January 2023). "
        "1 period is a gap."
    )


def test_the_alternative_counts_several_gaps(tiny: Release) -> None:
    assert "2 periods are gaps." in alternative(reading(tiny, "sexual_rate", "Melton", start="all"))


def test_one_period_and_none_are_said_as_such(tiny: Release) -> None:
    one = reading(tiny, "sexual_rate", "Melton", start="2024-06", end="2024-06")
    assert alternative(one).startswith("One period only, year to June 2024: ")
    none = reading(tiny, "violence_rate", "Melton", start="2026-01")
    assert alternative(none) == "No figure of violence rate is held for Melton."


def test_the_alternative_speaks_of_counts_where_counts_are_drawn(tiny: Release) -> None:
    counted = alternative(reading(tiny, "violence_rate", "Leicester", start="2024-01", end="2024-01", measure="count"))
    assert counted == "One period only, January 2024: 53 for Leicester."


# Beside it


def test_the_other_areas_are_said_at_the_same_period(tiny: Release) -> None:
    found = reading(tiny, "violence_rate", "Leicester", "Blaby", "LLR")
    assert found.headline and found.headline.period == Period("2023-10", "2024-09")
    said = beside(found)
    assert said.startswith("Blaby: ") and " LLR: " in said and "Leicester:" not in said
    own = {one.area.name: one for one in found.districts}
    assert finding_words(found.indicator, own["Blaby"]) in said
    assert beside(reading(tiny, "violence_rate", "Leicester")) == ""


# The denominator


def test_a_carried_estimate_is_named(tiny: Release) -> None:
    said = population_words(reading(tiny, "violence_rate", start="2024-01"))
    assert said == "Where no estimate of a period's own year is held, counted in residents of 2023 are used."
    assert population_words(reading(tiny, "violence_rate", start="2023-01", end="2023-12")) == ""
    assert population_words(reading(tiny, "homeless_share")) == ""
    early = population_words(reading(tiny, "sexual_rate", start="all"))
    assert "of 2022 or 2023 are used" in early


# The real measures


@pytest.mark.real_data
def test_every_real_measure_has_its_sentences_for_every_place(release: Release) -> None:
    def told(indicator: Indicator, area: str) -> None:
        found = read(release, indicator, Selection((area, "LLR") if area != "LLR" else ("LLR",)))
        for said in sentences(found):
            assert "None" not in said and "nan" not in said, said
        if found.headline:
            assert found.headline.area.name in heading(found)
            assert found.headline.period is None or found.headline.period.words() in heading(found)

    for indicator in release.catalogue.indicators:
        for area in HOME:
            told(indicator, area.name)


@pytest.mark.real_data
def test_no_heading_of_a_real_measure_claims_a_direction(release: Release) -> None:
    for indicator in release.catalogue.indicators:
        found = read(release, indicator, Selection())
        said = heading(found).removeprefix(named(indicator))
        assert not DIRECTION.search(said), said


@pytest.mark.real_data
def test_the_findings_that_the_board_was_promised(release: Release) -> None:
    def said(id_: str, *areas: str) -> str:
        return heading(read(release, release.catalogue.indicator(id_), Selection(areas or ("LLR",))))

    assert ": 13 % (116 of 917), LLR, 2024/25" in said("domestic_abuse_prevention_stage_share")
    assert ": 2.9 % (28 of 976), LLR, 2018/19" in said("rape_charged_share")
    assert month_words("2025-06") in said("sexual_offences_rate")
    assert "(3,081 of " in said("violence_sexual_offences_charged_share")
