"""Find a measure: everyday words, misspelt or not, to the measures that answer them and the places that are meant."""

from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.outputs.report.words import terms
from vawg_metrics.reading import Release
from vawg_metrics.search import find, standing_words
from vawg_metrics.search.pages import MEANT, pages_meant
from vawg_metrics.search.told import meanings, months_told

pytestmark = pytest.mark.real_data
MEASURES = [one for one in load_catalogue().indicators if not one.retired]
PHRASES = [(one.id, phrase) for one in MEASURES for phrase in one.asked_as]


def codes(release: Release, query: str, limit: int = 6) -> list[str]:
    return [hit.indicator.code for hit in find(release, query, limit).hits]


@pytest.mark.parametrize(
    ("query", "code", "within"),
    [
        ("charge rate", "P2.6", 2),
        ("what is the charge rate in Melton?", "P2.6", 2),
        ("stalking", "P2.2", 1),
        ("stalking and harassment", "P2.2", 1),
        ("refuge", "P3.10", 1),
        ("Is there a refuge place?", "P3.10", 1),
        ("waiting list", "P3.6a", 1),
        ("clares law", "P2.14", 1),
        ("homelesness", "P3.1", 6),
        ("harrassment", "P2.2", 2),
        ("domestc abuse deaths", "P2.16", 1),
        ("P5.6", "P5.6", 1),
    ],
)
def test_the_measure_that_is_meant_comes_first_or_nearly(release: Release, query: str, code: str, within: int) -> None:
    assert code in codes(release, query)[:within]


def test_what_is_held_comes_before_what_stopped_years_ago(release: Release) -> None:
    found = codes(release, "charge rate")
    assert found.index("P2.6") < found.index("P2.4")


@pytest.mark.parametrize(("id_", "phrase"), PHRASES, ids=[f"{id_}: {phrase}" for id_, phrase in PHRASES])
def test_every_everyday_phrase_finds_its_measure(release: Release, id_: str, phrase: str) -> None:
    assert id_ in [hit.indicator.id for hit in find(release, phrase).hits]


@pytest.mark.parametrize("indicator", MEASURES, ids=lambda one: one.id)
def test_every_title_finds_its_own_measure_first(release: Release, indicator: Indicator) -> None:
    assert find(release, indicator.title).hits[0].indicator.id == indicator.id


def misspelt(phrase: str) -> Iterator[str]:
    """The phrase with one letter of a longer word left out."""
    words = phrase.split()
    for place, word in enumerate(words):
        if len(word) >= 6:
            middle = len(word) // 2
            yield " ".join([*words[:place], word[:middle] + word[middle + 1 :], *words[place + 1 :]])


def test_a_letter_left_out_hardly_matters(release: Release) -> None:
    asked = [(id_, wrong) for id_, phrase in PHRASES for wrong in misspelt(phrase)]
    lost = [wrong for id_, wrong in asked if id_ not in [hit.indicator.id for hit in find(release, wrong, 8).hits]]
    assert len(asked) > 100
    assert len(lost) <= 0.05 * len(asked), lost


@pytest.mark.parametrize(
    ("query", "areas"),
    [
        ("what is the charge rate in Melton?", ("Melton",)),
        ("stalking in melton and charnwood", ("Melton", "Charnwood")),
        ("stalking Charnwod", ("Charnwood",)),
        ("homelessness in Hinckley and Bosworth", ("Hinckley and Bosworth",)),
        ("sexual offences in the city and the county", ("Leicester", "Leicestershire")),
        ("refuge", ()),
    ],
)
def test_places_in_a_question_are_recognised(release: Release, query: str, areas: tuple[str, ...]) -> None:
    found = find(release, query)
    assert found.areas == areas
    assert found.hits


@pytest.mark.parametrize("query", ["", "   ", "zzqx", "what is the", "?!", "Melton"])
def test_nothing_is_found_where_nothing_telling_is_asked(release: Release, query: str) -> None:
    assert find(release, query).hits == ()


@pytest.mark.parametrize("query", ["x" * 300, "<script>alert(1)</script>", "🙂" * 50, "‮refuge", "=cmd|'/C calc'!A0"])
def test_odd_questions_do_no_harm(release: Release, query: str) -> None:
    assert len(find(release, query).hits) <= 6


def test_it_is_said_how_far_a_measure_reaches_or_who_could_supply_it(release: Release) -> None:
    said = {one.code: standing_words(release, one) for one in MEASURES}
    assert said["P3.10"] == "Not held. Council commissioners and providers of safe accommodation could supply it."
    assert said["P2.4"] == "stops in March 2019"
    assert said["P2.6"] == "held from December 2019 to December 2025"


@pytest.mark.parametrize(
    ("query", "stem"),
    [("what changed since September?", "changes"), ("unusual", "overview"), ("rounded counts", "about"),
     ("print", "sheets"), ("who owns it", "sheets"), ("spreadsheet", "explore"), ("November 2022", "data"),
     ("annual report", "report"), ("template", "preview")],
)  # fmt: skip
def test_a_question_about_the_product_leads_to_its_page(query: str, stem: str) -> None:
    assert stem in [one for one, _ in pages_meant(query)]


def test_the_pages_that_questions_lead_to_are_there_and_everyday_measures_lead_to_none() -> None:
    assert all((ROOT / "pages" / f"{stem}.py").is_file() for stem, _ in MEANT)
    for query in ("charge rate in Melton", "refuge", "stalking", "waiting times for support"):
        assert pages_meant(query) == ()


def test_a_month_that_is_named_says_who_holds_it_and_that_a_gap_is_no_zero(release: Release) -> None:
    street = "data.police.uk, Street-level crime"
    (gap,) = months_told(release, "why is November 2022 empty?")
    assert gap.startswith(f"November 2022: {street}: not in the copy held, a gap and never a zero")
    (held,) = months_told(release, "december 2025 stalking")
    assert f"{street}: held" in held
    (after,) = months_told(release, "January 2031")
    assert f"{street}: not held, which is from December 2019 to December 2025" in after
    assert months_told(release, "november") == months_told(release, "may 22") == ()


@pytest.mark.parametrize("query", ["rolling 12 months", "What does rolling 12 months mean?", "MARAC", "not held"])
def test_a_word_of_the_glossary_says_what_it_means(query: str) -> None:
    words = terms("about/words")
    (said,) = meanings(query, words)
    assert said in [f"{name}: {meaning}" for name, meaning in words]


def test_more_than_a_word_of_the_glossary_is_no_question_about_it() -> None:
    for query in ("recorded stalking", "MARAC in Melton", "", "what is it"):
        assert meanings(query, terms("about/words")) == ()
