"""Every sentence of every measure, place, grain and period: no claim without a test, and no broken grammar."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.sentences import Said, Shapes, board_said, every_reading, said_of, usual_readings
from vawg_metrics.periods import month_number
from vawg_metrics.reading import Release
from vawg_metrics.statements import REPORTING, Statement

pytestmark = pytest.mark.real_data
SHAPES = Path(__file__).parent / "sentence_shapes.txt"
PARTS = 4
DIRECTION = re.compile(
    r"\b(higher|lower|rose|fell|risen|fallen|rising|falling|above|below|times as high|increas\w*|decreas\w*|"
    r"improv\w*|worse\w*|better)\b"
)
# What speaks of no direction found: the smallest change that could be seen, ends of a range, what a rise cannot tell.
NO_CLAIM = ("near the lower end", "near the upper end", REPORTING)
BANNED = re.compile(
    r"\b(best|worst|league|soar\w*|plummet\w*|latest|now|current\w*|withdrew|refused|committed|significant\w*|rank\w*|"
    r"Unassigned|control limits?|release)\b",
    re.I,
)
BROKEN = (
    (re.compile(r"  | [,.;:)]|\( |\.\.|,,|;;|:\.|,\."), "spacing or stops"),
    (re.compile(r"\b(nan|inf|None|null|True|False)\b"), "a value that is none"),
    (re.compile(r"[+−-]0(?:\.0+)?(?: %|\b(?![.,\d]))"), "a signed zero"),
    (re.compile(r"(?<![\d,.])1 (?:\w+ )*?(?:offences|households|crimes|people|points) (?:was|were)\b"), "one as many"),
    (re.compile(r"(?<![\d,.])1 (?:months|quarters|periods)\b"), "one as many"),
    (re.compile(r"(?<![\d,.])0 (?:\w+ )*were\b"), "nought where no is meant"),
    (re.compile(r"\{|\}|_"), "a template"),
)


def faults_of(said: Said | Statement) -> Iterator[str]:
    """What is wrong with one sentence."""
    statement = said.statement if isinstance(said, Said) else said
    text = statement.text
    if found := BANNED.search(text):
        yield f"banned word '{found[0]}': {text}"
    for pattern, what in BROKEN:
        if pattern.search(text):
            yield f"{what}: {text}"
    if not re.match(r"[A-Z0-9£]", text):
        yield f"no capital: {text}"
    bare = text
    if isinstance(said, Said):
        numerator = said.reading.indicator.numerator
        for words in (said.reading.indicator.title, numerator.name if numerator else ""):
            bare = re.sub(re.escape(words), "", bare, flags=re.I) if words else bare
    for phrase in NO_CLAIM:
        bare = bare.replace(phrase, "")
    claims = isinstance(said, Said) and said.kind == "claim"
    if DIRECTION.search(bare) and not (claims and statement.directed and statement.evidence):
        yield f"a direction without a test: {text}"
    if claims and statement.directed and not statement.evidence:
        yield f"directed without a test: {text}"
    for behind in statement.evidence:
        if not all((behind.asked.endswith("?"), behind.method, behind.numbers, behind.result)):
            yield f"a test that says too little: {behind}"
        for pattern, what in BROKEN[:3]:
            if pattern.search(behind.words()):
                yield f"{what} in a test: {behind.words()}"


def crossings(said: Said) -> Iterator[str]:
    """Breaks, gaps and unknown periods that lie inside what one reading compares."""
    reading = said.reading
    breaks = {one.month for one in reading.changes if one.breaks} | set(reading.joins)
    before, headline = reading.progress.before, reading.headline
    if reading.progress.change and before and before.period and headline and headline.period:
        if before.period.end >= headline.period.start:
            yield f"{reading.indicator.id} compares periods that share months"
        parting = [month for month in breaks if before.period.start < month <= headline.period.end]
        if parting:
            yield f"{reading.indicator.id} compares across {parting}"
    if reading.trend:
        periods = [one.period for one in reading.trend.figures if one.period]
        parting = [month for month in breaks if periods[0].start < month <= periods[-1].end]
        steps = {month_number(b.end) - month_number(a.end) for a, b in pairwise(periods)}
        if parting or steps != {12}:
            yield f"{reading.indicator.id} has a trend across {parting or steps}"
    point = reading.point
    if point and point.usual and point.usual.centre is not None and point.period:
        first = month_number(point.period.end) - point.usual.points * (3 if point.grain == "quarter" else 1) + 1
        inside = [month for month in breaks if first < month_number(month) <= month_number(point.period.end)]
        if inside:
            yield f"{reading.indicator.id} has a usual range across {inside}"


def known_shapes() -> set[str]:
    """The shapes that have been read."""
    return {line for line in SHAPES.read_text("utf-8").splitlines() if line and not line.startswith("#")}


def crawled(release: Release, everything: Iterable[Said]) -> tuple[list[str], set[str], int]:
    """Faults, shapes and number of distinct sentences."""
    shapes, faults, seen = Shapes(release.catalogue), [], {}
    for said in everything:
        faults += crossings(said) if said.kind == "claim" else ()
        if (said.kind, said.statement.text) in seen:
            continue
        faults += faults_of(said)
        seen[said.kind, said.statement.text] = f"{said.kind} | {shapes.of(said.statement.text)}"
    board = board_said(release)
    faults += faults_of(board)
    return faults, {*seen.values(), f"board | {shapes.of(board.text)}"}, len(seen)


def test_every_sentence_of_a_first_opening_is_sound_and_its_shape_was_read(release: Release) -> None:
    faults, shapes, _ = crawled(release, (said for one in usual_readings(release) for said in said_of(one)))
    assert faults[:10] == []
    assert shapes - known_shapes() == set()
    assert len(shapes) > 100


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_every_sentence_of_every_period_is_sound_and_every_shape_was_read(release: Release, part: int) -> None:
    measures = [one for one in release.catalogue.indicators if one.public][part::PARTS]
    readings = (reading for one in measures for reading in every_reading(release, one))
    faults, shapes, sentences = crawled(release, (said for one in readings for said in said_of(one)))
    assert sentences > 100
    assert sorted(set(faults))[:20] == []
    assert sorted(shapes - known_shapes()) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1 offences were recorded.", "one as many"),
        ("Since then +0 % (x).", "signed zero"),
        ("It is  two.", "spacing"),
        ("The rate is NaN higher.".replace("NaN", "nan"), "none"),
        ("More were higher than before.", "without a test"),
        ("The latest figure.", "banned"),
        ("0 crimes were recorded.", "nought"),
    ],
)
def test_a_broken_sentence_would_be_found(text: str, what: str) -> None:
    assert any(what in fault for fault in faults_of(Statement(text)))
