"""The catalogue says what the design asks for, in words that may be shown, and its mistakes are all reported."""

import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from vawg_metrics.catalogue.definitions import Catalogue, Indicator, Source
from vawg_metrics.catalogue.load import HERE, MOST_CORE, load_catalogue
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.errors import FaultsFound

DESIGN_CODES = {
    *(f"C{number}" for number in range(1, 4)),
    *(f"P1.{number}" for number in range(11)),
    *(f"P2.{number}" for number in range(1, 17)),
    *(f"P3.{number}" for number in range(1, 13)),
    "P3.1a",
    *(f"P4.{number}" for number in range(1, 10)),
    *(f"P5.{number}" for number in range(10)),
}
WITH_DATA = {
    "recorded_crime_rate",
    "women_and_girls",
    "violence_sexual_offences_rate",
    "domestic_abuse_prevention_stage_share",
    "assessments_parent_domestic_abuse",
    "assessments_child_domestic_abuse",
    "assessments_child_sexual_exploitation",
    "violence_sexual_offences_charged_share",
    "sexual_offences_rate",
    "stalking_harassment_rate",
    "rape_recorded",
    "rape_charged_share",
    "rape_victim_does_not_support_share",
    "sexual_offence_arrests",
    "sexual_offence_conviction_share",
    "domestic_abuse_homelessness_victims_rate",
    "domestic_abuse_homelessness_rate",
    "domestic_abuse_homelessness_share",
    "domestic_abuse_support_need_rate",
    "domestic_abuse_priority_need_share",
    "survivor_agreed_measures",
    "other_sexual_victim_does_not_support_share",
    "stalking_victim_does_not_support_share",
    "sexual_abuse_support_need_rate",
    "sexual_offences_no_district_share",
    "recorded_crime_force_rate",
    "sexual_offences_force_rate",
    "stalking_harassment_force_rate",
}
# Protection: no person is counted in these, so they are exact. Rows that became two or three files begin alike.
EXACT_CODES = {
    "P1.4",
    "P3.12",
    "P4.1",
    "P4.2b",
    "P4.3",
    "P4.6",
    "P4.8",
    "P4.9",
    "P5.1",
    "P5.2a",
    "P5.2b",
    "P5.3",
    "P5.6",
    "P5.8",
    "P5.9",
}
CELL = {"area", "period_start", "period_end", "count", "marker"}
VIEW_COLUMNS = {
    "street_crime": {"crime_type", "outcome_group", "series", "series_last"},
    "csp_crime": {"offence"},
    "csp_unplaced": {"offence"},
    "force_crime": {"offence"},
    "recorded_offences": {"offence_code"},
    "offence_outcomes": {"offence_code", "outcome_type", "outcome_group"},
    "arrests": {"offence_group", "sex"},
    "prosecutions": {"offence_category", "result"},
    "homelessness": {"item", "duty"},
    "children": {"factor"},
    "residents": {"sex"},
    "households": set(),
    "catalogue_measures": {"agreed"},
}
SQL_WORDS = {"and", "or", "not", "in", "is", "null", "true", "false", "sum", "filter", "where", "lower"}
BANNED = re.compile(
    r"""\b(latest|now|current|currently|commit|commits|committed|withdrew|withdraw|withdrawn|refused|refuses|best|worst
    |league|ranking|soar|soars|soaring|plummet|plummets|plummeting|alarming|shocking|unassigned|release|releases|limits
    |facts?|readings?|cards?|ledgers?|official|battered|alleged\ victims?|domestics?\ incident|accuser)\b""",
    re.IGNORECASE | re.VERBOSE,
)
PRIORITY_PAGES = ("preventing", "responding", "supporting", "lived_experience", "sector")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the catalogue to be broken in a test."""
    return Path(shutil.copytree(HERE, tmp_path / "catalogue", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def terms_of(indicator: Indicator) -> Iterator[Term]:
    yield from (term for term in (indicator.numerator, indicator.denominator) if term)


def texts_of_indicator(one: Indicator) -> Iterator[str]:
    yield from (one.title, one.question, one.whom, one.unit_words, one.why, one.ask, one.method)
    yield from (one.supplier, one.awaits, one.due)
    for lines in (one.asked_as, one.includes, one.excludes, one.caveats):
        yield from lines
    yield from (term.name for term in terms_of(one))
    if one.breakdown:
        yield from (one.breakdown.name, one.breakdown.note, *(group.label for group in one.breakdown.groups))


def texts_of_source(one: Source) -> tuple[str, ...]:
    return (one.publisher, one.dataset, one.page, one.covers_words, one.fetch, *one.known_faults)


def shown_texts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Everything that a reader may see, with the place where it is written."""
    for one in catalogue.indicators:
        yield from ((one.id, text) for text in texts_of_indicator(one))
    for source in catalogue.sources:
        yield from ((source.id, text) for text in texts_of_source(source))
    strategy = catalogue.strategy
    yield from (("strategy", text) for text in (strategy.name, strategy.short_name, strategy.product))
    for priority in strategy.priorities:
        texts = (priority.title, priority.short, priority.intent, priority.owner, priority.opening)
        yield from ((priority.id, text) for text in texts)
    for change in catalogue.recording_changes:
        yield from ((change.id, text) for text in (change.label, change.what, change.date_words))
    yield from (("known_faults", fault.reason) for fault in catalogue.known_faults)
    yield from (("support_lines", f"{line.name} {line.hours}") for line in catalogue.support_lines)


def columns_in(sql: str) -> set[str]:
    """The columns that an expression or a condition mentions."""
    return set(re.findall(r"[a-z_][a-z0-9_]*", re.sub(r"'[^']*'", "", sql))) - SQL_WORDS


def row_of(code: str) -> str:
    """The row of the design that a code belongs to: P2.5b and P2.1f are parts of P2.5 and P2.1, P3.1a is a row."""
    return code if code in DESIGN_CODES else code[:-1]


def ids(indicators: Iterable[Indicator]) -> set[str]:
    return {one.id for one in indicators}


def test_every_row_of_the_design_has_its_file_and_no_file_is_without_a_row(catalogue: Catalogue) -> None:
    assert {row_of(one.code) for one in catalogue.indicators} == DESIGN_CODES


def test_exactly_the_measures_with_data_are_collected(catalogue: Catalogue) -> None:
    assert ids(one for one in catalogue.indicators if one.public) == WITH_DATA


def test_core_measures_are_few_collected_and_found_in_every_priority(catalogue: Catalogue) -> None:
    core = [one for one in catalogue.indicators if one.core]
    assert len(core) <= MOST_CORE
    assert all(one.public for one in core)
    assert {one.priority for one in core} == set(PRIORITY_PAGES)


def test_each_priority_page_opens_with_the_measure_that_leads_it(catalogue: Catalogue) -> None:
    first = {page: catalogue.on_page(page)[0].id for page in PRIORITY_PAGES}
    assert first == {
        "preventing": "domestic_abuse_prevention_stage_share",
        "responding": "violence_sexual_offences_charged_share",
        "supporting": "domestic_abuse_homelessness_victims_rate",
        "lived_experience": "survivor_agreed_measures",
        "sector": "domestic_abuse_homelessness_victims_rate",
    }


def test_order_follows_the_codes(catalogue: Catalogue) -> None:
    orders = [one.order for one in catalogue.indicators]
    assert len(set(orders)) == len(orders)
    numbers = [
        (one.code[:2], float(re.findall(r"\d+", one.code)[-1])) for one in catalogue.indicators if one.code[0] == "P"
    ]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("one", load_catalogue().indicators, ids=lambda one: one.id)
def test_a_measure_is_complete(one: Indicator) -> None:
    texts = (one.title, one.question, one.whom, one.why, one.ask, one.method)
    assert all(texts) and one.asked_as and one.includes and one.excludes and one.caveats
    assert one.question.endswith("?") and one.ask.endswith("?")
    assert not re.search(r"\b(more|fewer|less|higher|lower|rising|falling|increase|decrease)\b", one.title)
    assert not one.agreed_with_survivors
    assert (one.unit == "percent") == (one.per == 100 and not one.unit_words)
    assert one.unit != "rate" or f"{one.per:,}" in one.unit_words


def test_a_measure_that_is_no_series_with_another_names_it_by_its_title_and_is_named_by_another(
    catalogue: Catalogue,
) -> None:
    titles = {one.title for one in catalogue.indicators}
    named = {one.title: re.findall(r'"([^"]+)"', one.unlike) for one in catalogue.indicators if one.unlike}
    assert len(named) >= 8
    for title, others in named.items():
        assert len(others) == 1 and others[0] in titles - {title} and others[0] in named


@pytest.mark.parametrize("one", load_catalogue().indicators, ids=lambda one: one.id)
def test_a_measure_awaited_from_partners_says_from_whom_why_and_when(one: Indicator) -> None:
    if one.public:
        assert not (one.supplier or one.awaits or one.due)
        assert one.numerator and (one.unit == "count") == (one.denominator is None)
        return
    assert one.supplier and one.awaits and one.due
    assert one.from_partners or not (one.numerator or one.denominator or one.breakdown or one.source)
    assert not one.from_partners or (one.numerator and (one.returned or one.uses))


@pytest.mark.parametrize("one", load_catalogue().indicators, ids=lambda one: one.id)
def test_protection_follows_what_is_counted(one: Indicator) -> None:
    assert (one.disclosure == "exact") == (one.code in EXACT_CODES)
    assert (one.disclosure == "published") == (one.public and one.source != "catalogue")


@pytest.mark.parametrize("id_", sorted(WITH_DATA))
def test_a_term_mentions_only_columns_of_its_view(catalogue: Catalogue, id_: str) -> None:
    indicator = catalogue.indicator(id_)
    for term in terms_of(indicator):
        known = CELL | VIEW_COLUMNS[term.view]
        assert columns_in(term.condition) <= known
        assert columns_in(term.expression) <= known
    if indicator.breakdown and indicator.numerator:
        known = CELL | VIEW_COLUMNS[indicator.numerator.view]
        for group in indicator.breakdown.groups:
            assert columns_in(group.expression) <= known


def test_police_measures_say_in_their_heading_whose_victims_they_count(catalogue: Catalogue) -> None:
    public = [one for one in catalogue.indicators if one.priority == "responding" and one.public]
    assert all(one.whom.endswith("both sexes") for one in public)
    others = {one.id: one.whom for one in public if not one.whom.startswith("all victims")}
    assert others == {
        "sexual_offence_arrests": "people arrested, both sexes",
        "sexual_offence_conviction_share": "defendants, both sexes",
    }


def test_recorded_volumes_have_no_good_direction(catalogue: Catalogue) -> None:
    volumes = [one for one in catalogue.indicators if one.public and one.kind in ("output", "context")]
    assert {one.direction for one in volumes} == {"neither"}


def test_no_shown_text_holds_a_banned_word(catalogue: Catalogue) -> None:
    found = [
        (place, word.group(), text)
        for place, text in shown_texts(catalogue)
        if (word := BANNED.search(text)) is not None
    ]
    assert found == []


def test_shown_texts_are_cleanly_written(catalogue: Catalogue) -> None:
    unclean = re.compile(r"  |\bn/a\b|\d%|\bTODO\b|[—]|(?<!so-called )honour", re.IGNORECASE)
    assert [(place, text) for place, text in shown_texts(catalogue) if unclean.search(text)] == []


def test_progress_is_no_word_for_a_measure_without_direction(catalogue: Catalogue) -> None:
    neutral = [one for one in catalogue.indicators if one.direction == "neither"]
    assert [one.id for one in neutral if "progress" in " ".join(texts_of_indicator(one)).lower()] == []


def test_the_strategy_has_five_priorities_in_order_and_a_baseline(catalogue: Catalogue) -> None:
    strategy = catalogue.strategy
    assert tuple(one.id for one in strategy.priorities) == PRIORITY_PAGES
    assert [one.number for one in strategy.priorities] == [1, 2, 3, 4, 5]
    assert (strategy.starts, strategy.ends, strategy.years_confirmed) == ("2024-01", "2026-12", False)
    assert (strategy.baseline.start, strategy.baseline.end) == ("2023-01", "2023-12")


def test_registers_name_only_known_measures_and_sources(catalogue: Catalogue) -> None:
    sources = {one.id for one in catalogue.sources}
    assert {one.source for one in (*catalogue.known_faults, *catalogue.downloads)} <= sources
    named = {id_ for one in (*catalogue.recording_changes, *catalogue.known_faults) for id_ in one.indicators}
    assert named <= WITH_DATA


def test_downloads_follow_each_other_without_overlap(catalogue: Catalogue) -> None:
    runs = sorted((one.start, one.end) for one in catalogue.downloads)
    assert all(start <= end for start, end in runs)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(runs))


def test_spring_2023_breaks_the_monthly_series_that_the_baseline_would_cross(catalogue: Catalogue) -> None:
    changes = catalogue.changes_for(catalogue.indicator("violence_sexual_offences_rate"))
    assert [one.month for one in changes if one.breaks] == ["2023-04"]


def test_support_lines_are_national_until_somebody_rang_a_local_one(catalogue: Catalogue) -> None:
    numbers = {one.number for one in catalogue.support_lines if one.national}
    assert numbers == {"999", "0808 2000 247", "0808 500 2222"}
    assert all(one.checked_on for one in catalogue.support_lines if not one.national)


def test_all_mistakes_of_a_broken_catalogue_are_reported_at_once(broken: Path) -> None:
    def change(name: str, old: str, new: str) -> None:
        path = broken / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    change("indicators/women_and_girls.toml", 'code = "C2"', 'code = "C1"')
    change("indicators/stalking_harassment_rate.toml", 'direction = "neither"', 'direction = "sideways"')
    change("indicators/rape_recorded.toml", 'source = "home_office_recorded"', 'source = "hearsay"')
    change("recording_changes.toml", '"sexual_offence_arrests"', '"sexual_offence_arests"')
    change("support_lines.toml", "national = true", "national = perhaps")
    with pytest.raises(FaultsFound) as caught:
        load_catalogue(broken)
    said = {fault.file: str(fault) for fault in caught.value.faults}
    assert "C1 is also that of" in said["women_and_girls.toml"]
    assert "direction" in said["stalking_harassment_rate.toml"]
    assert "'hearsay' is not known" in said["rape_recorded.toml"]
    assert "sexual_offence_arests" in str(caught.value)
    assert "not readable TOML" in said["support_lines.toml"]


def test_an_unknown_field_is_refused_with_its_name(broken: Path) -> None:
    path = broken / "indicators" / "rape_charged_share.toml"
    path.write_text('colour = "red"\n' + path.read_text("utf-8"), "utf-8")
    with pytest.raises(FaultsFound, match="colour"):
        load_catalogue(broken)


def test_the_fingerprint_changes_with_any_definition(catalogue: Catalogue, broken: Path) -> None:
    assert load_catalogue(broken).fingerprint == catalogue.fingerprint
    path = broken / "indicators" / "rape_charged_share.toml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert load_catalogue(broken).fingerprint != catalogue.fingerprint
