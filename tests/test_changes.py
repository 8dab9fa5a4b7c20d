"""What changed between two editions: exactly what plain loops find, with the reasons that are known and no others."""

import json
import re
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.earlier import write_earlier
from tests.places import LEICESTER, RUTLAND
from tests.tiny import count_of as term
from tests.tiny import measure, tiny_catalogue, world, write_world
from vawg_metrics.areas import DISTRICTS, HOME, LLR
from vawg_metrics.board_pack import Pack, Screen, write_pack
from vawg_metrics.board_pack import Parked as Question
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.registers import KnownFault, RecordingChange
from vawg_metrics.catalogue.returned import Line, Split
from vawg_metrics.catalogue.terms import Breakdown, Group, Term
from vawg_metrics.changes.comparing import compare_releases, parked_in, signal_changes
from vawg_metrics.changes.definitions_between import FIELD_WORDS, field_changes
from vawg_metrics.changes.differences import difference_words, figure_words
from vawg_metrics.changes.figures_between import became_late, revised
from vawg_metrics.changes.figures_held import Held, key_of
from vawg_metrics.changes.found import Changes, Revision
from vawg_metrics.changes.reasons import Reasons
from vawg_metrics.changes.said_figures import NO_OTHERS, NO_POLICE, NO_REASON, POLICE
from vawg_metrics.changes.said_others import NONE_PARKED, UNREAD
from vawg_metrics.changes.section import Section, run_words
from vawg_metrics.changes.words import AGENDA, SAME, opening, sections
from vawg_metrics.figure import Figure, Usual
from vawg_metrics.frozen.freezing import freeze
from vawg_metrics.frozen.kept import frozen_in
from vawg_metrics.frozen.opening import open_frozen, pack_in
from vawg_metrics.periods import Period, month_number, month_text, quarter
from vawg_metrics.publication.variation import Board, Panel
from vawg_metrics.release import Release, open_data
from vawg_metrics.sources.contract import Fact
from vawg_metrics.strategy_folder import OWN as HERE
from vawg_metrics.unusual import Unusual

NOTHING_KNOWN = Reasons((), (frozenset(), frozenset()))
OWN = {area.code for area in HOME}
NOTHING = {  # what each section says where nothing changed: whole sentences
    "periods": (NO_POLICE, NO_OTHERS),
    "revisions": ("No figure was revised.",),
    "signals": ("No series became unusual, and none stopped being unusual.",),
    "late": ("No return became late, and none is newly missing.",),
    "definitions": ("No definition of a measure changed.",),
    "recording": ("The register of recording changes is the same.",),
    "holdings": ("No measure became held, and nothing that was held is lost.",),
    "parked": (NONE_PARKED,),
    "repeats": ("No new period repeats the figures of an earlier one.",),
}
WHOLE = re.compile(r"\b(is|are|was|were|has|have|became|repeats|changed|compares|looks|does|would|cannot be)\b")
Rows = dict[tuple[str, str, str, int, str, str], tuple[Any, ...]]

# Between two real editions, against plain loops


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Release:
    return open_data(write_earlier(tmp_path_factory.mktemp("earlier") / "data"), catalogue)


@pytest.fixture(scope="module")
def found(earlier: Release, release: Release, tmp_path_factory: pytest.TempPathFactory) -> Changes:
    """What differs between the two, both frozen and opened again."""
    folder = tmp_path_factory.mktemp("releases")
    pack = Pack("Board", (Screen("rape_recorded", (LLR.name,)),), (Question("Why?", "rape_recorded", "The police"),))
    freeze(earlier, "Board September 2026", "2026-09-10", folder, HERE, write_pack(pack).encode("utf-8"))
    freeze(release, "Board December 2026", "2026-12-10", folder, HERE)
    before, after = frozen_in(folder)
    return compare_releases(
        open_frozen(folder, before, release), open_frozen(folder, after, release), pack_in(folder, before)
    )


def rows_of(release: Release) -> Rows:
    """Every figure of LLR's places, the forces, the region and the nations, straight from the table."""
    held: Rows = {}
    for row in release.warehouse.rows(
        "select indicator, area, grain, period_end, breakdown, grp, kind, period_start, numerator, denominator, "
        "round(value, 9), marker from figure join area on area = code"
    ):
        if row[1] in OWN or row[6] in ("force", "region", "nation"):
            held[row[:6]] = row[7:]
    return held


def naive_figures(before: Rows, after: Rows, catalogue: Catalogue) -> tuple[set[Any], set[Any], int]:
    """New periods, revisions at the period published, and how many longer periods changed with one inside."""
    native = {one.id: one.native_period for one in catalogue.indicators}
    known: list[set[tuple[str, int, int]]] = []
    for held in (before, after):
        periods = set()
        for key, row in held.items():
            if key[2] == native[key[0]] != "edition" and not key[4] and (row[1] is not None or row[3] is not None):
                periods.add((key[0], row[0], key[3]))
        known.append(periods)
    new, apart = known[1] - known[0], known[0] ^ known[1]
    changed, revisions, longer = set(), set(), 0
    for key in {*before, *after}:
        old, fresh = before.get(key), after.get(key)
        if old == fresh or not any(row and (row[1] is not None or row[3] is not None) for row in (old, fresh)):
            continue
        changed.add(key)
        start = (fresh or old or (0,))[0]
        if key[2] == native[key[0]] and (key[0], start, key[3]) not in apart:
            revisions.add(key)
    for key in changed:
        if key[2] == native[key[0]] or key not in before or key not in after:
            continue
        for other in changed:
            same = other[0] == key[0] and other[1] == key[1] and other[4:] == key[4:] and other[2] == native[key[0]]
            if same and after[key][0] <= (after.get(other) or before[other])[0] and other[3] <= key[3]:
                longer += 1
                break
        else:
            revisions.add(key)
    return new, revisions, longer


def naive_states(release: Release, month: str) -> dict[tuple[str, str], str]:
    """How every series that reaches a month stands: Benjamini and Hochberg at 10 %, and flagged by a rule."""
    panels = [
        row
        for row in release.warehouse.rows("select indicator, area, p, rule, side, period_end, grain from panel")
        if row[5] == month_number(month)
    ]
    figures = {
        row[:4]: row[4]
        for row in release.warehouse.rows(
            "select indicator, area, grain, period_end, numerator from figure where breakdown = ''"
        )
    }
    districts = {area.code for area in DISTRICTS}
    held = []
    for row in panels:
        few = figures[row[0], row[1], row[6], row[5]] < 5
        if not (few and row[6] == "quarter" and row[1] in districts):
            held.append(row)
    ordered = sorted(held, key=lambda row: row[2])
    cut = max([0, *(rank for rank, row in enumerate(ordered, 1) if row[2] * len(ordered) / rank <= 0.1)])
    states = {}
    for rank, row in enumerate(ordered, 1):
        flagged = f"flagged {row[4]}" if row[3] else "usual 0"
        states[row[0], row[1]] = f"believed {row[4]}" if rank <= cut and row[3] else flagged
    return states


@pytest.mark.real_data
def test_exactly_the_months_and_the_quarter_left_out_are_new(found: Changes, catalogue: Catalogue) -> None:
    new = {(one.indicator.id, one.period.words()) for one in found.periods}
    monthly = [one.id for one in catalogue.indicators if one.source == "police_uk_street" and one.collected]
    quarterly = [one.id for one in catalogue.indicators if one.source == "homelessness" and one.collected]
    assert new == {(id_, words) for id_ in monthly for words in ("October 2025", "November 2025", "December 2025")} | {
        (id_, "October to December 2025") for id_ in quarterly
    }
    assert len(found.periods) == len(new) == 3 * len(monthly) + len(quarterly) > 0


@pytest.mark.real_data
def test_figures_differ_exactly_where_plain_loops_say(
    found: Changes, earlier: Release, release: Release, catalogue: Catalogue
) -> None:
    new, revisions, longer = naive_figures(rows_of(earlier), rows_of(release), catalogue)
    assert {
        (one.indicator.id, month_number(one.period.start), month_number(one.period.end)) for one in found.periods
    } == new
    listed = [_row_key(one) for one in found.revisions]
    assert set(listed) == revisions and len(listed) == len(set(listed))
    assert found.followed == longer > 0
    assert revisions  # Rutland's February 2020 is no longer taken for incomplete
    assert (found.holdings, found.definitions, found.registered, found.late, found.repeats) == ((),) * 5


@pytest.mark.real_data
def test_signals_differ_exactly_where_plain_loops_say(found: Changes, earlier: Release, release: Release) -> None:
    before, after = naive_states(earlier, "2025-09"), naive_states(release, "2025-12")
    differ = {
        key: (before.get(key, "unjudged 0"), after.get(key, "unjudged 0"))
        for key in {*before, *after}
        if before.get(key, "unjudged 0") != after.get(key, "unjudged 0")
    }
    listed = {
        (one.indicator.id, one.area.code): tuple(f"{each.state} {each.side}" for each in (one.before, one.after))
        for one in found.signals
    }
    assert listed == differ and listed


@pytest.mark.real_data
def test_a_frozen_edition_differs_as_the_data_it_was_frozen_from(
    found: Changes, earlier: Release, release: Release
) -> None:
    alive = compare_releases(earlier, release)
    named = {"before", "after", "parked", "parked_unread"}
    assert {one.name: getattr(alive, one.name) for one in fields(Changes) if one.name not in named} == {
        one.name: getattr(found, one.name) for one in fields(Changes) if one.name not in named
    }
    nothing = compare_releases(release, release)
    assert [(one.id, one.sentences) for one in sections(nothing)] == list(NOTHING.items())
    assert not any(one.records for one in sections(nothing))
    assert opening(nothing)[-1] == SAME and nothing.followed == 0


@pytest.mark.real_data
def test_the_agenda_says_it_in_order_and_claims_nothing_without_a_test(found: Changes, release: Release) -> None:
    said = sections(found)
    assert [one.title for one in said] == [
        "New figures", "Revisions", "New and ended signals", "Returns newly missing or late", "Definitions",
        "Recording changes", "Held, and no longer held", "Questions parked at the last meeting",
        "Loads that repeat earlier figures",
    ]  # fmt: skip
    first = said[0].sentences[0]
    assert first == (
        "There are new police figures from data.police.uk, Street-level crime, for October to December 2025 "
        "(2 measures)."
    )
    (revision,) = said[1].sentences[:-1]
    assert revision.startswith(
        "'Violence and sexual offences recorded, police.uk category': 1 figure has another mark "
    )
    assert "It is that of Rutland, February 2020: it was 0.74 per 1,000 residents (30), marked incomplete" in revision
    assert "The reason is that its completeness is judged again with newer months" in revision
    assert said[1].sentences[-1] == (
        f"{found.followed} figures of longer periods are not listed: quarters, years and twelve months that changed "
        "only because a shorter period inside them is new or revised."
    )
    assert said[7].rows == (("Why?", release.catalogue.indicator("rape_recorded").title, "The police"),)
    for one in said:
        assert one.sentences and all(len(row) == len(one.heads) for row in one.rows)
        assert bool(one.records) == (one.sentences[0] != NOTHING[one.id][0])
        for sentence in (*one.sentences, *opening(found)):
            assert WHOLE.search(sentence) and sentence[-1] in ".?", sentence
            assert not sentence.startswith(("Newly", "No longer", "New ", "Compared")), sentence


@pytest.mark.real_data
def test_a_year_before_is_not_set_beside_a_period_that_a_break_parts_from_it(found: Changes) -> None:
    said = {
        (row["title"], row["year_before"]) for section in sections(found) for row in section.records if "llr" in row
    }
    charged = {before for title, before in said if "charged" in str(title)}
    assert charged == {"not compared: another download"}
    assert all(before != "not compared: another download" for title, before in said if "charged" not in str(title))


def test_the_police_sources_are_sources_of_the_catalogue(catalogue: Catalogue) -> None:
    assert {one.id for one in catalogue.sources} >= POLICE
    police = ("data.police.uk", "Home Office")
    assert {one.id for one in catalogue.sources if one.publisher in police} <= POLICE


def _row_key(one: Revision) -> tuple[str, str, str, int, str, str]:
    figure = one.figure
    end = month_number(figure.period.end) if figure.period and figure.grain != "edition" else 0
    return one.indicator.id, figure.area.code, figure.grain, end, figure.breakdown, figure.group


# In the tiny world

LOST = (Period("2020-07", "2021-06"),)
WHEN, AGAIN = quarter("2024/25", 2), quarter("2024/25", 3)
Facts = dict[str, tuple[Fact, ...]]


def opened(folder: Path, facts: Facts, held: Catalogue | None = None) -> Release:
    write_world(folder / "published", {name: own for name, own in facts.items() if own})
    return open_data(folder, held or tiny_catalogue())


def with_new_quarter(**changed: int | None) -> Facts:
    """The tiny world with a quarter more of homelessness: the last once more, but for the places named."""
    facts = world()
    copies = []
    for one in facts["homelessness"]:
        if one.end == WHEN.end:
            name = next((area.name for area in DISTRICTS if area.code == one.area), "")
            count = changed.get(name, one.count)
            marker = "" if count is not None else "missing"
            copies.append(replace(one, start=AGAIN.start, end=AGAIN.end, count=count, marker=marker))
    return facts | {"homelessness": (*facts["homelessness"], *copies)}


def test_a_load_that_repeats_the_previous_period_is_named(tiny: Release, tmp_path: Path) -> None:
    found = compare_releases(tiny, opened(tmp_path, with_new_quarter()))
    assert [(one.source.id, one.period, one.like) for one in found.repeats] == [("homelessness", AGAIN, WHEN)]
    assert found.repeats[0].figures >= 5
    (words,) = sections(found)[8].sentences
    assert words.startswith("A publisher, homelessness: October to December 2024 has the same count as July to Sept")
    assert sections(found)[0].sentences == (
        NO_POLICE,
        "There are new figures of other sources, from A publisher, homelessness, for October to December 2024 "
        "(5 measures).",
    )


def test_one_other_count_is_no_repetition_and_a_place_without_one_is_late(tiny: Release, tmp_path: Path) -> None:
    found = compare_releases(tiny, opened(tmp_path, with_new_quarter(Leicester=77, Charnwood=None)))
    assert found.repeats == () and not found.revisions
    homeless = [one.id for one in tiny.catalogue.indicators if one.source == "homelessness"]
    assert {(one.indicator.id, one.period, one.marker, one.places, one.of) for one in found.late} == {
        (id_, AGAIN, "missing", 1, 9) for id_ in homeless
    }
    said = sections(found)[3]
    assert said.sentences[0] == "'Homeless share' is not known for 1 of 9 places, October to December 2024."
    assert not any(area.name in str(said) for area in DISTRICTS)  # the place would name who sends it
    assert all(one.sentences[0] != NO_POLICE for one in sections(found)[1:])


def test_a_revision_lists_the_period_published_and_says_what_it_knows(tiny: Release, tmp_path: Path) -> None:
    facts = world()
    facts["homelessness"] = tuple(
        replace(one, count=(one.count or 0) + 3)
        if (one.area, one.end, one.item) == (LEICESTER.code, "2024-06", "main_duty")
        else one
        for one in facts["homelessness"]
    )
    facts["ons_population"] = tuple(
        replace(one, count=(one.count or 0) + 1)
        if (one.area, one.end, one.part) == (RUTLAND.code, "2023-12", "persons")
        else one
        for one in facts["ons_population"]
    )
    found = compare_releases(tiny, opened(tmp_path, facts))
    waiting = [one for one in found.revisions if one.indicator.id == "waiting"]
    assert {(one.figure.area.name, one.figure.grain) for one in waiting} == {
        ("Leicester", "quarter"),
        ("LLR", "quarter"),
    }
    assert all(one.why == () and one.before and one.after for one in waiting)
    assert [difference_words(one) for one in waiting] == ["+3", "+3"]
    violence = [one for one in found.revisions if one.indicator.id == "violence_rate"]
    assert {one.figure.area.name for one in violence} == {"Rutland"} and {one.figure.grain for one in violence} == {
        "month"
    }
    assert {one.why for one in violence} == {("the estimate of 2023 was revised",)}
    assert found.followed > 0 and not found.periods
    (words,) = [one for one in sections(found)[1].sentences if one.startswith("'Waiting'")]
    assert words == (
        "'Waiting': 2 figures have other numbers. The largest revision is that of LLR, April to June 2024: it was "
        f"{waiting[0].before.numerator:,}, and is {waiting[0].after.numerator:,}. {NO_REASON.capitalize()}."  # type: ignore[union-attr]
    )


def test_definitions_registers_and_what_is_held_are_told_apart(tiny: Release, tmp_path: Path) -> None:
    old = tiny.catalogue
    by_id = {one.id: one for one in old.indicators}
    burglary = replace(by_id["robberies"], numerator=term("street_crime", "crime_type = 'Burglary'"), version=2)
    indicators = [
        burglary if id_ == "robberies" else replace(one, retired="2026-12") if id_ == "stalking_rate" else one
        for id_, one in by_id.items()
        if id_ != "women"
    ]
    born = measure("more_robberies", 200, term("street_crime", "crime_type = 'Robbery'"))
    change = RecordingChange("newer", "2023-06", "Counting mended", "What was mended", ("violence_rate",))
    again = replace(old.recording_changes[0], what="Said in other words")
    new = replace(
        old, indicators=(*indicators, born), recording_changes=(again, change), fingerprint="other",
        known_faults=(),
    )  # fmt: skip
    facts = world() | {"children_in_need": (), "ons_csp": tuple(one for one in world()["ons_csp"] if one.end > "2022")}
    after = opened(tmp_path, facts, new)
    found = compare_releases(tiny, after)
    assert [(one.indicator.id, one.kind) for one in found.definitions] == [
        ("robberies", "changed"), ("stalking_rate", "retired"), ("more_robberies", "added"), ("women", "gone"),
    ]  # fmt: skip
    assert [(one.change.id, one.new) for one in found.registered] == [("newer", True), ("change", False)]
    assert {(one.indicator.id, one.held, one.periods) for one in found.holdings} == {
        ("factor_share", False, ()), ("women", False, ()), ("more_robberies", True, ()), ("stalking_rate", False, ()),
        ("sexual_rate", False, LOST), ("unplaced_share", False, LOST),
    }  # fmt: skip
    new_months = {(one.indicator.id, one.period.end) for one in found.periods}
    # Its fault is mended. A new definition of old months gives no new period.
    assert new_months == {("charged_share", "2023-02")}
    robberies = [one for one in found.revisions if one.indicator.id == "robberies"]
    assert robberies and {one.why for one in robberies} == {("the definition changed from version 1 to version 2",)}
    assert {one.indicator.id for one in found.revisions} == {"robberies", "agreed_share"}
    said = {one.id: one for one in sections(found)}
    assert said["definitions"].sentences == (
        "1 measure was added: More robberies.", "1 measure was retired: Stalking rate.",
        "1 measure is no longer in the catalogue: Women.",
        "The definition of 'Robberies' changed from version 1 to version 2; what differs is what is counted.",
    )  # fmt: skip
    told = {(row[1], row[2], row[3]) for row in said["definitions"].rows if row[0] == "Robberies"}
    assert ("changed: what is counted: condition", "crime_type = 'Robbery'", "crime_type = 'Burglary'") in told
    assert said["recording"].sentences[0] == "'Counting mended' (June 2023) is new in the register: What was mended"
    assert "is worded otherwise in the register" in said["recording"].sentences[1]
    back = compare_releases(after, tiny)
    assert {(one.indicator.id, one.held) for one in back.holdings} >= {
        ("factor_share", True),
        ("more_robberies", False),
    }
    assert {(one.indicator.id, one.period.end) for one in back.periods} == {
        *(("factor_share", end) for end in ("2022-03", "2023-03", "2024-03")),
        ("sexual_rate", "2021-06"), ("unplaced_share", "2021-06"), ("stalking_rate", "2021-06"),
    }  # fmt: skip
    assert ("women", True) in {(one.indicator.id, one.held) for one in back.holdings}  # of years that were there before
    assert (
        sections(back)[0]
        .sentences[0]
        .startswith("There are new police figures from A publisher, ons_csp, for year to ")
    )


# Figure by figure


def figure(
    numerator: int | None,
    end: str = "2026-06",
    denominator: int | None = None,
    value: float | None = None,
    **more: object,
) -> Figure:
    """A quarter of Leicester, unless said otherwise."""
    plain: dict[str, Any] = {
        "area": LEICESTER, "grain": "quarter", "period": Period.ending(end, 3), "breakdown": "", "group": "",
        "marker": "" if numerator is not None else "missing", "note": "", "denominator_period": "",
    }  # fmt: skip
    known = float(numerator) if value is None and denominator is None and numerator is not None else value
    return Figure("m", numerator=numerator, denominator=denominator, value=known, **(plain | more))


def held(*figures: Figure, **changes: object) -> Held:
    return Held(quarterly(**changes), {key_of(one): one for one in figures})


def quarterly(**changes: object) -> Indicator:
    plain = measure("m", 1, term("returned", "line = 'm'"), native_period="quarter")
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_range_that_moved_is_no_revision() -> None:
    old = figure(40, lower=30.0, upper=52.0, note="as before", usual=Usual(40.0, 30.0, 50.0, 9, "", 0, ""))
    new = replace(
        old, lower=31.0, upper=51.0, note="otherwise", usual=Usual(41.0, 29.0, 51.0, 10, "beyond a limit", 1, "")
    )
    assert revised(held(old), held(new), NOTHING_KNOWN) == ((), 0)
    noisy = replace(old, value=40.0 + 1e-12)
    assert revised(held(old), held(noisy), NOTHING_KNOWN) == ((), 0)


@pytest.mark.parametrize("part", ["numerator", "denominator", "value", "marker"])
def test_each_number_and_the_marker_make_a_revision(part: str) -> None:
    old = figure(40, denominator=80, value=50.0)
    new = replace(old, **{part: "provisional" if part == "marker" else 41})
    ((one,), followed) = revised(held(old), held(new), NOTHING_KNOWN)
    assert (one.before, one.after, followed) == (old, new, 0)
    assert one.numbers_differ == (part != "marker")


def test_only_known_reasons_are_given() -> None:
    def why(old: Figure, new: Figure, before: Held | None = None, after: Held | None = None) -> tuple[str, ...]:
        return NOTHING_KNOWN.of(before or held(old), after or held(new), old, new)

    plain, provisional = figure(40), figure(40, marker="provisional")
    assert why(plain, figure(41)) == ()
    assert why(provisional, figure(41)) == ("it was provisional before",)
    assert why(provisional, plain) == ("it was provisional and is settled, the number is the same",)
    assert why(plain, figure(41, marker="revised")) == ("the publisher marks it as revised",)
    returned = held(figure(45), source="partner_returns")
    assert why(plain, figure(45), returned, returned) == ("a return was revised",)
    rate = figure(40, denominator=80, value=1.0, denominator_period="2023")
    newer = replace(rate, denominator=90, denominator_period="2024")
    assert why(rate, newer) == ("the estimate of 2024 took the place of that of 2023",)
    other = held(plain, numerator=term("returned", "line = 'n'"))
    assert why(plain, figure(41), None, other) == ("the definition changed",)
    incomplete = figure(40, marker="incomplete")
    assert "judged again" in why(incomplete, plain)[0]
    fault = frozenset({KnownFault("s", "2026-04", "2026-06", ("m",), "incomplete", "lost")})
    told = Reasons((), (frozenset(), fault))
    assert told.of(held(plain), held(incomplete), plain, incomplete) == ("the register of known faults changed",)


def test_a_place_that_was_not_held_and_one_that_is_no_longer() -> None:
    there, elsewhere = figure(40), figure(7, area=RUTLAND)
    ((gained,), _) = revised(held(there), held(there, elsewhere), NOTHING_KNOWN)
    assert (gained.before, gained.after) == (None, elsewhere)
    assert figure_words(gained.indicator, gained.before) == "not held" and difference_words(gained) == "–"
    ((lost,), _) = revised(held(there, elsewhere), held(there), NOTHING_KNOWN)
    assert (lost.before, lost.after) == (elsewhere, None)


def test_a_number_that_became_unknown_is_revised_and_late_and_what_came_in_is_new() -> None:
    before = held(figure(40), figure(7, area=RUTLAND), figure(None, "2026-09", marker="overdue"))
    after = held(figure(40), figure(None, area=RUTLAND, marker="missing"), figure(5, "2026-09"))
    ((one,), _) = revised(before, after, NOTHING_KNOWN)
    assert (one.figure.area, one.figure.marker) == (RUTLAND, "missing")
    (late,) = became_late(before, after)
    assert (late.period.end, late.marker, late.places, late.of) == ("2026-06", "missing", 1, 9)
    assert list(became_late(after, after)) == []
    turned = held(figure(None, "2026-09", marker="overdue"), figure(1), source="partner_returns")
    assert [one.marker for one in became_late(Held(quarterly(), {}), turned)] == ["overdue"]
    assert list(became_late(Held(quarterly(), {}), held(figure(None), figure(1, "2026-03")))) == []


def test_a_longer_period_that_changed_by_itself_is_listed() -> None:
    quarters = [figure(10, end) for end in ("2025-06", "2025-09", "2025-12", "2026-03")]
    year = figure(40, "2026-03", grain="year", period=Period("2025-04", "2026-03"))
    other = replace(year, numerator=41, value=41.0)
    ((one,), followed) = revised(held(*quarters, year), held(*quarters, other), NOTHING_KNOWN)
    assert (one.before, one.after, followed) == (year, other, 0)
    mended = [*quarters[:3], replace(quarters[3], numerator=11, value=11.0)]
    ((one,), followed) = revised(held(*quarters, year), held(*mended, other), NOTHING_KNOWN)
    assert (one.after, followed) == (mended[3], 1)
    elsewhere = held(*mended, replace(other, area=RUTLAND))
    found, followed = revised(held(*quarters, replace(year, area=RUTLAND)), elsewhere, NOTHING_KNOWN)
    assert [one.after for one in found] == [mended[3], replace(other, area=RUTLAND)]
    assert followed == 0


def test_a_signal_is_new_ended_or_turned_round_and_one_that_goes_on_is_not_listed(tiny: Release) -> None:
    def stood(**sides: int) -> tuple[dict[str, Held], Unusual]:
        """Each measure at its newest point: believed on a side, flagged (9), within its range (0); else not judged."""
        helds, panels = {}, []
        for id_, side in sides.items():
            usual = Usual(40.0, 30.0, 50.0, 12, "beyond a limit" if side else "", 1 if side == 9 else side, "")
            point = figure(60, usual=usual)
            helds[id_] = Held(quarterly(id=id_), {key_of(point): point})
            panels.append(
                Panel(id_, LEICESTER.code, "quarter", month_number("2026-06"), 12, 40.0, 0.5, 0.1, usual.rule, 1)
            )
        believed = tuple(one for one in panels if sides[one.indicator] in (1, -1))
        flagged = tuple(one for one in panels if sides[one.indicator])
        return helds, Unusual("2026-06", Board(tuple(panels), 0.1, flagged, believed, ()), ())

    first = stood(goes_on=1, turned=1, ended=-1, fell=1, calm=0, rose=9, gone=1)
    second = stood(goes_on=1, turned=-1, ended=0, fell=9, calm=0, rose=1, new=-1)
    found = {
        one.indicator.id: (f"{one.before.state} {one.before.side}", f"{one.after.state} {one.after.side}")
        for one in signal_changes(first, second, tiny)
    }
    assert found == {
        "turned": ("believed 1", "believed -1"), "ended": ("believed -1", "usual 0"),
        "fell": ("believed 1", "flagged 1"), "rose": ("flagged 1", "believed 1"),
        "gone": ("believed 1", "unjudged 0"), "new": ("unjudged 0", "believed -1"),
    }  # fmt: skip
    told = tuple(signal_changes(first, second, tiny))
    said = sections(replace(compare_releases(tiny, tiny), signals=told))[2].sentences
    assert said[:6] == (
        "'M' is newly unusual in Leicester: April to June 2026 lies below the usual range.",
        "'M' is newly unusual in Leicester: April to June 2026 lies above the usual range.",
        "'M' is unusual the other way than before in Leicester: April to June 2026 lies below the usual range.",
        "'M' is no longer unusual in Leicester: April to June 2026 lies within the usual range.",
        "'M' is no longer unusual in Leicester: April to June 2026 lies above the usual range, but among so many "
        "series that alone may be chance.",
        "'M' is no longer unusual in Leicester: it is not judged in the newest month held.",
    )


def test_rounded_counts_stay_about() -> None:
    residents = term("residents", "true", over_time="carried")
    rate = {"unit": "rate", "per": 1000, "unit_words": "per 1,000", "denominator": residents}
    returned = quarterly(source="partner_returns", disclosure="protected", **rate)
    old, new = (figure(count, denominator=1000, value=float(count), within=4) for count in (20, 35))
    one = Revision(returned, old, new)
    assert figure_words(returned, old).startswith("20 per 1,000 (about 20, 16 to 24")
    assert difference_words(one) == "about +15; about +15.0 per 1,000"


def test_a_quarter_under_five_is_in_the_table_and_never_spoken_of(tiny: Release) -> None:
    small, large = (figure(1, area=RUTLAND), figure(4, area=RUTLAND)), (figure(40), figure(41))
    after = quarterly()
    nothing = compare_releases(tiny, tiny)
    pair = tuple(Revision(after, *each) for each in (small, large))
    found = sections(replace(nothing, revisions=pair))[1]
    assert "Rutland" not in found.sentences[0] and "it was 40, and is 41" in found.sentences[0]
    assert [row[1] for row in found.rows] == ["Rutland", "Leicester"]
    alone = sections(replace(nothing, revisions=pair[:1]))[1]
    assert alone.sentences == ("'M': 1 figure has another number.",)


def test_every_part_of_a_definition_has_words() -> None:
    own = [Indicator, Term, Breakdown, Group, Line, Split]
    names = {field.name for kind in own for field in fields(kind)}
    assert set(FIELD_WORDS) == names
    assert len(set(FIELD_WORDS.values())) > len(names) - 3


@pytest.mark.parametrize("name", sorted(field.name for field in fields(Indicator)))
def test_a_change_of_any_field_is_seen(name: str) -> None:
    old = quarterly(denominator=term("residents", "true"), breakdown=Breakdown("split", True, ()))
    value = getattr(old, name)
    new: Any
    if name == "between_places":
        old, new = replace(old, caveats=("One.", "Two."), between_places=1), 2
    elif name in ("numerator", "denominator"):
        new = replace(value, condition="false")
    elif name == "breakdown":
        new = replace(value, groups=(Group("one", "One", "sum(count)"),))
    elif name == "returned":
        new = (Line("line", "A line", "people"),)
    else:
        new = not value if isinstance(value, bool) else 99 if isinstance(value, int) else _other(value)
    changed = replace(old)
    object.__setattr__(changed, name, new)  # past the check of what a value may be
    assert (len(list(field_changes(old, changed))) > 0) == (name != "retired")
    assert list(field_changes(old, old)) == []


def test_definitions_that_changed_alike_are_said_in_one_sentence(tiny: Release, tmp_path: Path) -> None:
    again = [replace(one, why="Another reason.") if one.id in ("robberies", "women") else one
             for one in tiny.catalogue.indicators]  # fmt: skip
    after = opened(tmp_path, world(), replace(tiny.catalogue, indicators=tuple(again), fingerprint="other"))
    (section,) = [one for one in sections(compare_releases(tiny, after)) if one.id == "definitions"]
    titles = [f"'{one.title}'" for one in again if one.id in ("robberies", "women")]
    said = f"The definitions of {titles[0]} and {titles[1]} changed; what differs is why it matters."
    assert section.sentences == (said,) and len(section.rows) == 2


def test_of_a_list_only_what_differs_is_given_and_a_caution_in_its_words() -> None:
    old = replace(quarterly(), caveats=("Kept.", "Gone."))
    new = replace(old, caveats=("Come.", "Kept.", "Last."), between_places=2)
    found = [(one.words, one.before, one.after) for one in field_changes(old, new)]
    assert found == [
        ("what to be careful about", "Gone.", "Come. | Last."),
        ("what to be careful about between places", "", "Kept."),
    ]
    turned = replace(old, caveats=old.caveats[::-1])
    assert [(one.before, one.after) for one in field_changes(old, turned)] == [("Kept. | Gone.", "Gone. | Kept.")]
    assert list(field_changes(replace(old, between_places=1), replace(turned, between_places=2)))[1:] == []


def _other(value: object) -> object:
    return ("other",) if isinstance(value, tuple) else f"{value} otherwise"


def test_periods_are_said_as_runs() -> None:
    months = [Period(month, month) for month in ("2025-10", "2025-11", "2025-12")]
    assert run_words(months) == "October to December 2025"
    assert run_words([months[0], months[2]]) == "October 2025 and December 2025"
    years = [Period(f"{year}-04", f"{year + 1}-03") for year in (2023, 2024)]
    assert run_words(years[:1]) == "2023/24" and run_words(years) == "April 2023 to March 2025"
    assert run_words([Period(month_text(n), month_text(n)) for n in range(24300, 24312)]) == (
        "January 2025 to December 2025"
    )


def test_a_board_pack_that_cannot_be_read_is_said(tiny: Release) -> None:
    for pack in ("{", "[]", json.dumps({"parked": [{"question": "Why?", "screen": "", "who": ""}]})):
        assert parked_in(tiny, pack) == ((), True)
    found = sections(compare_releases(tiny, tiny, "{"))[7]
    assert found.sentences == (UNREAD,)  # what was parked is then not known
    assert parked_in(tiny, " ") == ((), False)


def test_the_agenda_has_nine_sections_each_with_its_own_id(tiny: Release) -> None:
    found = sections(compare_releases(tiny, tiny))
    assert len(found) == len(AGENDA) == 9
    assert Counter(one.id for one in found).most_common(1)[0][1] == 1
    assert all(isinstance(one, Section) and one.heads for one in found)
    assert tuple(one.id for one in found) == tuple(NOTHING)


@pytest.mark.filterwarnings("default")
def test_without_an_earlier_edition_the_page_says_how_one_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_world(tmp_path / "data" / "published")
    monkeypatch.setenv("VAWG_DATA", str(tmp_path / "data"))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    app.switch_page("pages/changes.py")
    app.run()
    assert not app.exception and [one.value for one in app.title] == ["What changed"]
    assert any("No earlier edition is kept yet." in one.value for one in app.markdown)
    assert [one.value for one in app.code] == ['python -m vawg_metrics release --name "Board September 2026"']
    assert not list(app.header)
