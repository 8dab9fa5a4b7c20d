"""Sentences with their tests: the finding beside the rest of LLR, change, trend, the newest point, the board."""

from dataclasses import replace

import pytest

from tests.readings import districts, figure, indicator, reading
from vawg_metrics.areas import LLR, UNPLACED
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.figure import Compared, Figure, Usual
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_998, SIMILAR
from vawg_metrics.periods import Period
from vawg_metrics.progress import Change, Progress, change_between, change_since
from vawg_metrics.publication.variation import Board, Panel
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.release import totals_of
from vawg_metrics.selection import Selection
from vawg_metrics.statements import REPORTING, board_words, change, finding, newest_point, statements, trend
from vawg_metrics.unusual import Unusual, unusual_in

HELPED = Term("households helped", "helped", "true", one="household was helped", many="households were helped")
OWED = Term("households owed", "owed", "true", one="household owed a duty", many="households owed a duty")
RATE = indicator(numerator=HELPED)
COUNT = indicator(unit="count", denominator=None, numerator=HELPED)
SHARE = indicator(
    unit="percent", per=100, denominator=OWED, numerator=replace(HELPED, one="was helped", many="were helped")
)


def said(one: Figure, of: Indicator = RATE, **changes: object) -> str:
    return finding(reading([one], of, headline=one, **changes)).text


def held(release: Release, id_: str, area: str = "LLR") -> Reading:
    return read(release, release.catalogue.indicator(id_), Selection((area,)))


def compared(label: str, rest: int = 90, of: int = 30_000) -> Figure:
    count = {HIGH_998: 60, HIGH_95: 8, LOW_998: 1}.get(label, 4)
    one = figure("Melton", "2025-03", count, "year", 10_000 if label == LOW_998 else 1000, of=RATE)
    return replace(one, compared=Compared(label, rest, of, 1000 * rest / of, 2.0, 16.0))


# The finding


@pytest.mark.real_data
def test_the_finding_of_a_district_is_set_beside_the_other_eight_with_its_arithmetic(release: Release) -> None:
    found = finding(held(release, "sexual_offences_rate", "Leicester"))
    assert found.text == (
        "1,557 sexual offences were recorded in Leicester in the year to June 2025: 4.0 per 1,000 residents "
        "(95 % limits 3.8 to 4.2), higher than the other eight districts together (2.6), by more than chance "
        "alone explains. Another 277 in LLR (7.2 %) have no district recorded."
    )
    assert found.directed
    assert "99.8 % limits 3.7 to 4.3; the others 2.6" in found.evidence[1].result
    assert "1,557 of 388,348 residents against 2,009 of 787,016" in found.evidence[1].numbers


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (0, COUNT, "No households were helped in Melton in 2024/25."),
        (1, COUNT, "1 household was helped in Melton in 2024/25."),
        (2, COUNT, "2 households were helped in Melton in 2024/25."),
        (1, RATE, "1 household was helped in Melton in 2024/25: 1.0 per 1,000 households."),
        (0, SHARE, "Of 1,000 households owed a duty in Melton in 2024/25, none (0.0 %) were helped."),
        (1, SHARE, "Of 1,000 households owed a duty in Melton in 2024/25, 1 (0.1 %) was helped."),
    ],
)
def test_none_one_and_many_read_as_a_person_would_write(count: int, of: Indicator, words: str) -> None:
    assert said(figure("Melton", "2025-03", count, "year", of=of), of).startswith(words)


def test_a_share_of_one_is_of_one() -> None:
    one = figure("Melton", "2025-03", 1, "year", 1, of=SHARE)
    assert said(one, SHARE).startswith("Of 1 household owed a duty in Melton")


@pytest.mark.parametrize(
    ("grain", "end", "words"),
    [
        ("month", "2025-03", "in March 2025"),
        ("quarter", "2025-03", "from January to March 2025"),
        ("rolling12", "2025-06", "in the year to June 2025"),
        ("year", "2024-12", "in 2024"),
    ],
)
def test_a_period_has_the_word_that_a_sentence_needs(grain: str, end: str, words: str) -> None:
    assert f"in Melton {words}" in said(figure("Melton", end, 9, grain, of=RATE))


def test_limits_stand_beside_the_value_and_their_method_behind_it() -> None:
    one = replace(figure("Melton", "2025-03", 7, "year", of=RATE), lower=2.8, upper=14.4, method="exact")
    found = finding(reading([one], RATE, headline=one))
    assert "7.0 per 1,000 households (95 % limits 2.8 to 14.4)." in found.text
    assert found.evidence[0].method == "95 % limits, exact"
    assert not found.directed


@pytest.mark.parametrize(
    ("label", "words", "directed"),
    [
        (HIGH_998, ", higher than the other eight districts together (3.0), by more than chance alone explains.", True),
        (LOW_998, ", lower than the other eight districts together (3.0), by more than chance alone explains.", True),
        (
            HIGH_95,
            ", perhaps higher than the other eight districts together (3.0), beyond 95 % limits and within",
            True,
        ),
        (SIMILAR, ", which cannot be told from the other eight districts together (3.0); a difference of this", False),
    ],
)
def test_every_verdict_beside_the_rest_has_its_words(label: str, words: str, directed: bool) -> None:
    found = finding(reading([compared(label)], RATE, headline=compared(label)))
    assert words in found.text
    assert found.directed is directed
    assert found.evidence[-2].asked == "Is Melton higher or lower than the other eight districts together?"
    assert found.evidence[-1].result.endswith(f": {label}")


def test_a_place_is_called_higher_only_where_chance_in_the_numbers_of_the_rest_is_allowed_for() -> None:
    small = compared(HIGH_998, rest=100, of=2000)  # 60 of 1,000 beside 100 of 2,000
    found = finding(reading([small], RATE, headline=small))
    assert "which cannot be told from the other eight districts together (50.0)" in found.text
    assert not found.directed
    middle = compared(HIGH_998, rest=80, of=2000)
    assert "perhaps higher than the other eight" in finding(reading([middle], RATE, headline=middle)).text


def test_a_place_that_is_not_compared_says_who_is_lacking() -> None:
    all_nine = districts([5, 6, None, 7, 8, 9, 10, 11, 12], of=RATE)
    one = next(one for one in all_nine if one.area.name == "Melton")
    assert "not compared with the rest of LLR: no whole figure is held for Charnwood." in said(one, districts=all_nine)


def test_what_has_no_district_is_named_beside_a_place_and_within_llr() -> None:
    all_nine = districts([5] * 9, of=RATE)
    whole = next(one for one in all_nine if one.area == LLR)
    assert "Of them, 8 (15.1 %) have no district recorded." in said(whole, districts=all_nine)
    assert "Another 8 in LLR (15.1 %) have no district" in said(all_nine[0], districts=all_nine)
    unplaced = next(one for one in all_nine if one.area == UNPLACED)
    assert said(unplaced, districts=all_nine) == "8 households were helped without a district in 2024/25."


def test_nothing_is_said_of_what_is_not_known() -> None:
    one = figure("Melton", "2025-03", None, "year", of=RATE)
    assert finding(reading([one], RATE, headline=one)).text == ""
    assert statements(reading([], RATE)) == ()


# Change


def progressed(before: Figure, after: Figure, of: Indicator = RATE) -> str:
    found = Progress(before, change_between(of, before, after))
    return change(reading([before, after], of, headline=after, progress=found)).text


def test_the_change_between_two_years_carries_its_test() -> None:
    before, after = (figure("LLR", end, n, "year", 10**6, of=RATE) for end, n in (("2023-03", 120), ("2025-03", 150)))
    found = change_between(RATE, before, after)
    assert isinstance(found, Change)
    assert (round(found.estimate, 2), round(found.lower, 3), round(found.upper, 3)) == (1.25, 0.977, 1.603)
    assert found.p is not None and round(found.p, 3) == 0.077
    assert progressed(before, after).endswith(
        ": a change to 2024/25 (150) cannot be told from chance; with these numbers only a rise of at least about "
        "40 % or a fall of at least about 34 % could be seen."
    )


def test_a_small_base_has_no_percentage() -> None:
    before, after = (figure("LLR", end, n, "year", 10**6, of=RATE) for end, n in (("2023-03", 5), ("2025-03", 40)))
    assert progressed(before, after).endswith(": higher in 2024/25, 40 from 5, too few for a percentage.")


def test_shares_change_in_percentage_points() -> None:
    before, after = (figure("LLR", end, n, "year", 400, of=SHARE) for end, n in (("2023-03", 80), ("2025-03", 120)))
    assert ": 10.0 percentage points higher in 2024/25 (95 % limits +4.0 to +15.9)." in progressed(before, after, SHARE)
    same = progressed(before, replace(before, period=Period("2024-04", "2025-03")), SHARE)
    assert ": no difference in 2024/25 (95 % limits" in same


def test_nothing_then_and_nothing_after_cannot_be_told_from_chance() -> None:
    before, after = (figure("LLR", end, 0, "year", 1000, of=RATE) for end in ("2023-03", "2025-03"))
    assert progressed(before, after).endswith(": the same number in 2024/25.")


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        ("overlap", "share months"),
        ("join", "not compared, for a new download began between"),
        ("change", "not compared, for recording changed between"),
        ("between", "lies between and is not known"),
    ],
)
def test_what_stands_in_the_way_of_a_test_is_said(obstacle: str, words: str) -> None:
    before, after = (figure("LLR", end, 9, "year", of=RATE) for end in ("2023-03", "2025-03"))
    progress = Progress(before, None, None, obstacle, before)  # type: ignore[arg-type]
    found = change(reading([before, after], RATE, headline=after, progress=progress))
    assert words in found.text
    assert not found.directed


@pytest.mark.real_data
def test_no_yearly_table_is_said_to_be_parted_by_a_download(release: Release) -> None:
    parted = set()
    for measure in release.catalogue.indicators:
        headline = held(release, measure.id).headline if release.holds(measure) else None
        if headline is None or headline.period is None:
            continue
        for one in totals_of(release, measure.id, LLR.code)[headline.grain]:
            found = change_since(release, measure, headline, one.period) if one.period else None
            if found and found.obstacle in ("join", "change"):
                parted.add((found.obstacle, measure.within_download))
    assert ("change", False) in parted and ("join", False) not in parted


# Trend, newest point, board


@pytest.mark.real_data
def test_a_trend_is_said_with_its_chi_square(release: Release) -> None:
    found = trend(held(release, "assessments_parent_domestic_abuse"))
    assert found.text == "Over five years, from 2020/21 to 2024/25, LLR: no trend that can be told from chance."
    assert "chi-square" in found.evidence[0].result


def point(number: int, rule: str = "", side: int = 0, grain: str = "month", note: str = "") -> str:
    usual = Usual(100.0, 79.6, 120.4, 24, rule, side, note)
    one = replace(figure("Melton", "2025-12", number, grain, of=RATE), usual=usual)
    return newest_point(reading([one], RATE, point=one)).text


def test_a_signal_is_said_in_plain_words() -> None:
    assert point(130, "beyond a limit", 1) == "December 2025 in Melton (130) lies above the usual range of 80 to 120."
    assert point(100).endswith("(100) lies within the usual range of 80 to 120: not unusual by itself.")
    falling = point(90, "seven rising or falling", -1)
    assert "belongs to seven or more months in a row, falling from each to the next" in falling
    assert "at least two in three months near the upper end" in point(119, "two of three beyond two thirds", 1)
    assert "belongs to seven or more months in a row below the average" in point(99, "seven on one side", -1)


def test_a_district_quarter_under_five_is_not_spoken_of() -> None:
    assert point(4, "beyond a limit", -1, "quarter") == (
        "October to December 2025 in Melton counts under 5 and stands in tables only: in Explore, by quarter."
    )


def test_a_number_without_direction_does_not_tell_of_harm() -> None:
    one = compared(HIGH_998)
    assert statements(reading([one], RATE, headline=one))[-1].text == REPORTING
    assert REPORTING not in [part.text for part in statements(reading([compared(SIMILAR)], RATE))]


@pytest.mark.parametrize(
    ("flagged", "words"),
    [(0, "None is flagged."), (1, "One is flagged, and it is not still"), (2, "2 are flagged, and none of them")],
)
def test_the_board_says_how_many_flag_by_chance_alone(flagged: int, words: str) -> None:
    panels = tuple(Panel(f"m{n}", LLR.code, "month", 24311, 33, 50.0, 0.5, 0.02, "", 0) for n in range(50))
    board = Board(panels, 1.0, panels[:flagged], (), ())
    text = board_words(Unusual("2025-12", board, ())).text
    assert "looks at 50 series of LLR and its nine districts; about 1.0 would flag by chance alone." in text
    assert words in text


@pytest.mark.real_data
def test_the_newest_month_held_is_judged_over_all_series(release: Release) -> None:
    found = unusual_in(release)
    assert found.month == "2025-12"
    assert len(found.board.panels) == 50
    assert set(found.board.believed) <= set(found.board.flagged)
    chances = [one.p for one in found.board.believed]
    assert chances == sorted(chances)
