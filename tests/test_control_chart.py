"""Control charts and limits: the band is the published one, unusual points stand out, and no word covers a line."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import OPENED, OUTCOMES, districts, figure, indicator, reading, run
from vawg_metrics.areas import DISTRICTS, UNPLACED
from vawg_metrics.charts import palette, paper, paper_bars, screen
from vawg_metrics.charts.axes import scale_of
from vawg_metrics.charts.districts_words import DASHED_WORDS, LIMITS_WORDS
from vawg_metrics.charts.lettering import HEIGHT, LINE, clear_height
from vawg_metrics.charts.plan import BarsPlan, Plan, Scale, TrendPlan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.figure import Compared, Figure, Usual
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998, SIMILAR
from vawg_metrics.methods.signals import OUTSIDE, RULES, SHIFT, TREND, TWO_OF_THREE
from vawg_metrics.periods import month_number
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection

SHARE = indicator(unit="percent", per=100, unit_words="", breakdown=OUTCOMES, native_period="month")
MONTHLY = indicator(native_period="month")
FEW = "usual variation needs at least 8 points and there are 3"
LIMITS = (40.5, 20.25, 60.75)
NONE = (None, None, None)
GIVEN = (31, 45, 52, 38, 41, 44, 39, 47, 40, 36, 42, 43)
BANNED = ("control limit", "best", "worst", "league", "soar", "plummet", "latest", "now", "current")


def judged(
    figures: Sequence[Figure],
    lines: tuple[float | None, float | None, float | None] = LIMITS,
    note: str = "",
    **rules: tuple[str, int],
) -> tuple[Figure, ...]:
    """Figures with one range, and rules at some of their places: `at3=(OUTSIDE, 1)`."""
    told = [rules.get(f"at{place}", ("", 0)) for place in range(len(figures))]
    return tuple(
        replace(one, usual=Usual(*lines, len(figures), rule, side, note))
        for one, (rule, side) in zip(figures, told, strict=True)
    )


def months(first: str = "2024-01", counts: Sequence[int | None] = GIVEN, area: str = "LLR") -> tuple[Figure, ...]:
    return run(area, first, counts, "month")


def usual(figures: Sequence[Figure], of: object = None, **changes: object) -> TrendPlan:
    plan = PLANS["usual"](reading(figures, of or MONTHLY, **changes))  # type: ignore[arg-type]
    assert isinstance(plan, TrendPlan), plan
    return plan


def limited(
    counts: Sequence[int | None] = (319, 74, 47, 94, 201, 53, 49, 62, 18), of: object = None, **changes: object
) -> Reading:
    """A year of the districts, each with limits a fifth to either side."""
    own = tuple(
        one if one.value is None else replace(one, lower=one.value * 0.8, upper=one.value * 1.2)
        for one in districts(counts, of=of)  # type: ignore[arg-type]
    )
    chosen = next(one for one in own if one.area.name == "Charnwood")
    return reading([chosen], of, districts=own, headline=chosen, **changes)  # type: ignore[arg-type]


def beside(label: str, count: int) -> Compared:
    """A rest of LLR from which a place of 10,000 stands apart as the label says."""
    times = {HIGH_998: 1 / 3, HIGH_95: 1 / 1.3, LOW_95: 1.9, LOW_998: 3.0}.get(label, 1.0)
    rest = round(10 * count * times)
    return Compared(label, rest, 100_000, rest / 100, 0.5, 2.0)


def compared(labels: dict[str, str]) -> Reading:
    own = limited()
    return replace(
        own,
        districts=tuple(
            replace(one, compared=beside(labels[one.area.name], one.numerator or 0)) if one.area.name in labels else one
            for one in own.districts
        ),
    )


JOINED = (*judged(months("2023-01", (31, 33, 35)), NONE, FEW), *judged(months("2023-04"), at2=(OUTSIDE, 1)))
EARLY = judged(months("2023-01"), note="the range rests on 12 points and is provisional", at11=(SHIFT, -1))
CHARTS: dict[str, Plan] = {
    "joined": PLANS["usual"](reading(JOINED, MONTHLY, newest="2025-12")),
    "later points without a range": PLANS["usual"](
        reading([*EARLY, *months("2024-01", GIVEN)], MONTHLY, newest="2025-12", joins=("2024-01",))
    ),
    "concern": PLANS["usual"](
        reading(judged(months(), at1=(TREND, 1), at5=(SHIFT, -1)), replace(MONTHLY, direction="lower"))
    ),
    "share": PLANS["usual"](reading(judged(run("LLR", "2024-01", GIVEN, "month", SHARE, 100)), SHARE)),
    "no range": PLANS["usual"](reading(months(), MONTHLY)),
    "nothing": PLANS["usual"](reading([], MONTHLY)),
    "limits": PLANS["districts"](limited()),
    "limits of some": PLANS["districts"](limited((319, 74, None, 94, 201, 53, 49, 62, 0))),
}


# The band


def test_the_band_holds_exactly_the_published_limits_over_the_months_of_its_stretch() -> None:
    plan = CHARTS["joined"]
    assert isinstance(plan, TrendPlan)
    (band,) = plan.ranges
    assert (band.centre, band.lower, band.upper) == LIMITS
    assert (band.first, band.last) == (month_number("2023-04"), month_number("2024-03") + 1)
    assert not band.provisional
    drawn = checked(screen.draw(plan))
    levels = sorted(shape.y0 for shape in drawn.layout.shapes if shape.type == "line" and shape.y0 == shape.y1)
    assert levels == sorted(LIMITS)
    assert [(s.x0, s.x1, s.y0, s.y1) for s in drawn.layout.shapes if s.type == "rect"] == [
        (band.first, band.last, band.lower, band.upper)
    ]


def test_no_stretch_crosses_a_break_even_where_the_limits_are_the_same() -> None:
    figures = judged(months())
    for changes in ({"joins": ("2024-05",)}, {"changes": (replace(OPENED, month="2024-05"),)}):
        plan = usual(figures, **changes)
        assert [one.last for one in plan.ranges] == [month_number("2024-05"), month_number("2025-01")]
    soft = usual(figures, changes=(replace(OPENED, month="2024-05", breaks=False),))
    assert len(soft.ranges) == 1


def test_no_stretch_crosses_a_gap_or_other_limits() -> None:
    first, second = judged(months()), judged(months("2025-01"), (9.0, 1.0, 20.0))
    assert len(usual([*first, *second]).ranges) == 2
    broken = [*first[:5], *months("2024-06", (None,)), *first[6:]]
    assert [one.first for one in usual(broken).ranges] == [month_number("2024-01"), month_number("2024-07")]
    absent = [*first[:5], *first[6:]]
    assert len(usual(absent).ranges) == 2


def test_the_scale_begins_at_zero_and_holds_the_limits() -> None:
    plan = usual(judged(months(), (40.0, 0.0, 123.0)))
    assert plan.scale.low == 0
    assert plan.scale.high >= 123


def test_counts_are_drawn_of_a_rate_and_per_cent_of_a_share_whatever_is_chosen() -> None:
    for measure in ("rate", "count"):
        chosen = Selection(("LLR",), measure=measure)  # type: ignore[arg-type]
        counts = usual(judged(months()), selection=chosen)
        assert counts.lines[0].joined == tuple(map(float, GIVEN))
        assert counts.scale.words == "number a month"
        shares = usual(judged(run("LLR", "2024-01", GIVEN, "month", SHARE, 200)), SHARE, selection=chosen)
        assert shares.lines[0].joined == tuple(count / 2 for count in GIVEN)
        assert shares.scale.words.startswith("%")
    quarters = usual(judged(run("LLR", "2023-03", GIVEN)), indicator())
    assert quarters.scale.words == "number a quarter"
    assert quarters.ranges[0].first == month_number("2023-01")


def test_points_without_limits_are_plain_and_their_reason_is_said_once() -> None:
    bare = usual(judged(months(), NONE, FEW))
    assert bare.ranges == ()
    assert len([point for point in bare.lines[0].points if point.value is not None]) == 12
    assert bare.notes.count(f"No usual range for 2024: {FEW}.") == 1
    assert "no usual range" in bare.title
    assert "band" not in bare.subtitle
    assert usual(months()).ranges == ()


def test_provisional_limits_are_dotted_and_say_on_how_few_points_they_rest() -> None:
    plan = usual(EARLY)
    assert plan.ranges[0].provisional
    assert "Dotted ends are provisional: the usual range rests on 12 points." in plan.notes
    dashes = [shape.line.dash for shape in checked(screen.draw(plan)).layout.shapes if shape.y0 == shape.y1]
    assert sorted(dashes) == ["dash", "dot", "dot"]
    firm = [shape.line.dash for shape in checked(screen.draw(usual(JOINED))).layout.shapes if shape.y0 == shape.y1]
    assert sorted(firm) == ["dash", "solid", "solid"]


# The points


@pytest.mark.parametrize(
    "direction, above, below",
    [
        ("lower", "concern", "improvement"),
        ("higher", "improvement", "concern"),
        ("neither", "changed", "changed"),
    ],
)
def test_an_unusual_point_says_what_it_means(direction: str, above: str, below: str) -> None:
    plan = usual(
        judged(months(), at2=(OUTSIDE, 1), at7=(SHIFT, -1)), indicator(native_period="month", direction=direction)
    )
    signals = [point.signal for point in plan.lines[0].points]
    assert (signals[2], signals[7]) == (above, below)
    assert signals.count("") == 10
    words = {
        "concern": "Orange diamonds: unusual, of concern.",
        "improvement": "Blue squares: unusual, an improvement.",
        "changed": "Purple hexagons: changed, no direction.",
    }
    assert {note for note in plan.notes if note in words.values()} == {words[above], words[below]}
    (trace,) = (one for one in checked(screen.draw(plan)).data if one.name)
    assert (trace.marker.symbol[2], trace.marker.symbol[7]) == (
        palette.SIGNAL_SHAPES[above],
        palette.SIGNAL_SHAPES[below],
    )
    assert trace.marker.color[2] == palette.LIGHT.signals[above]
    assert trace.marker.size[2] > 2 * trace.marker.size[0]


def test_no_shape_is_explained_that_is_not_shown() -> None:
    notes = " ".join(usual(judged(months())).notes)
    assert not any(word in notes for word in ("Purple", "Orange", "Blue", "Grey", "Dotted"))


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_said_in_plain_words(rule: str, side: int) -> None:
    plan = usual(judged(months(), at11=(rule, side)))
    said = " ".join((plan.title, plan.subtitle, plan.alternative, *plan.notes, plan.lines[0].points[-1].text)).lower()
    assert "; unusual: " in plan.lines[0].points[-1].text
    assert rule not in said or rule == SHIFT
    words = said.replace(",", " ").replace(":", " ").replace(".", " ").split()
    assert not [word for word in BANNED if word in words or (" " in word and word in said)]
    sides = {OUTSIDE: ("above", "below"), TREND: ("rising", "falling"), TWO_OF_THREE: ("upper", "lower")}
    up, down = sides.get(rule, ("above", "below"))
    assert (up if side > 0 else down) in plan.title
    assert (down if side > 0 else up) not in plan.title


def test_a_usual_point_says_its_period_number_and_range() -> None:
    text = usual(judged(months())).lines[0].points[0].text
    assert text == "LLR, January 2024: 31; within the usual range of 21 to 60"


def test_the_title_is_the_finding_and_the_alternative_one_sentence() -> None:
    plan = usual(judged(months(), at11=(OUTSIDE, 1)))
    assert plan.title == "Households helped: December 2024 lies above the usual range, LLR"
    assert plan.alternative == (
        "December 2024 in LLR (43) lies above the usual range of 21 to 60; 1 of the 12 months shown is unusual."
    )


def test_the_finding_is_of_the_months_shown() -> None:
    shown = judged(months())
    newer = judged(months("2025-01"), at0=(OUTSIDE, 1))[0]
    assert "December 2024" in usual(shown, point=newer).title


def test_a_small_quarter_is_in_no_point() -> None:
    figures = judged(run("Rutland", "2023-03", (9, 4, 8, 7, 9, 8, 7, 6)), (7.2, 1.0, 13.0), at1=(SHIFT, -1))
    plan = usual(figures, indicator())
    assert [point.value for point in plan.lines[0].points] == [9.0, None, 8.0, 7.0, 9.0, 8.0, 7.0, 6.0]
    assert all(point.signal == "" for point in plan.lines[0].points)
    assert "Rutland: 1 quarter under 5 is in the table and not drawn; this is not a gap." in plan.notes
    newest = usual(judged(run("Rutland", "2023-03", (9, 8, 7, 4)), (7.2, 1.0, 13.0)), indicator())
    assert (
        newest.alternative
        == "October to December 2023 in Rutland counts under 5 and stands in tables only: in Explore, by quarter."
    )
    assert "counts under 5" in newest.title


def test_only_the_first_place_is_shown_and_said_so() -> None:
    plan = usual([*judged(months()), *judged(months(area="Rutland"))])
    assert [line.name for line in plan.lines] == ["LLR"]
    assert plan.notes[0] == "Only LLR, the first place chosen, is shown with its usual range."
    assert "Rutland" not in " ".join((plan.subtitle, *plan.footer))
    assert not any("first place" in note for note in usual(judged(months())).notes)


def test_nothing_to_chart_says_why() -> None:
    assert PLANS["usual"](reading([], MONTHLY)).empty == "No figure is held for LLR."
    assert "months and quarters only" in PLANS["usual"](reading(run("LLR", "2024-12", [4, 5], "year"))).empty
    assert "One month only" in PLANS["usual"](reading(judged(months(counts=(9,))), MONTHLY)).empty
    assert isinstance(PLANS["usual"](reading(months(area=UNPLACED.name), MONTHLY)), TrendPlan)


# Its words


def test_the_band_is_named_at_its_right_end_and_inside_where_later_points_follow() -> None:
    outside, inside = CHARTS["joined"], CHARTS["later points without a range"]
    assert isinstance(outside, TrendPlan) and isinstance(inside, TrendPlan)
    assert [(one.words, one.inside) for one in outside.every_label] == [("usual range", False), ("mean", False)]
    assert [(one.words, one.inside) for one in inside.every_label] == [("usual range", True)]
    assert "The level dashed line is the mean." in inside.notes


def test_the_words_beside_a_narrow_band_do_not_touch() -> None:
    upper, mean = usual(judged(months(), (40.0, 39.0, 41.0))).every_label
    scale = usual(judged(months(), (40.0, 39.0, 41.0))).scale
    assert upper.height - mean.height >= (scale.high - scale.low) / HEIGHT * LINE - 1e-9


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30), st.floats(10, 90))
def test_words_inside_cover_no_point_or_stand_at_the_top(values: list[float], upper: float) -> None:
    drawn = [(float(place), value) for place, value in enumerate(values)]
    height = clear_height(drawn, (0, 12), (upper / 2, upper), Scale("", 0, 100, ()))
    unit = 100 / HEIGHT * LINE
    near = [value for place, value in drawn if place <= 12 and abs(value - height) < unit / 2]
    assert not near or height == 100 - unit / 2


# What is drawn


def checked(drawn: go.Figure) -> go.Figure:
    """The figure with every property checked by Plotly, which the screen leaves out for speed."""
    return go.Figure(drawn.to_dict())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_on_both_pages(name: str, dark: bool) -> None:
    text = checked(screen.draw(CHARTS[name], dark)).to_json() or ""
    assert palette.colours(dark).text in text


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_printed_with_the_same_bytes_each_time(name: str) -> None:
    plan = CHARTS[name]
    assert paper.draw_png(plan) == paper.draw_png(plan)
    assert paper.draw_svg(plan) == paper.draw_svg(plan)


@pytest.mark.parametrize("dark", [False, True])
def test_unusual_points_are_seen_on_the_page_and_in_the_band(dark: bool) -> None:
    tone = palette.colours(dark)
    band = mixed(tone.axis, tone.page, palette.VEIL)
    for ground in (tone.page, band):
        assert palette.contrast(tone.axis, ground) >= 3  # the line and the usual points
        assert palette.contrast(tone.mark, ground) >= 3  # the ends of the band, and the edges of unusual points
    assert len(set(palette.SIGNAL_SHAPES.values())) == len(set(tone.signals.values())) == 3


def mixed(colour: str, ground: str, share: float) -> str:
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)


# Limits of the bars


def test_whiskers_are_the_figures_limits() -> None:
    one = limited()
    plan = PLANS["districts"](one)
    assert isinstance(plan, BarsPlan)
    held = {figure.area.name: (figure.lower, figure.upper) for figure in one.districts}
    bars = [bar for block in plan.blocks for bar in block]
    assert len(bars) == 10 and all((bar.low, bar.high) == held[bar.name] for bar in bars)
    assert plan.scale.high >= max(bar.high or 0 for bar in bars)
    assert LIMITS_WORDS in plan.notes and plan.reference is not None and DASHED_WORDS in plan.notes
    halo, line = checked(screen.draw(plan)).data[1:]
    expected = [value for bar in bars for value in (bar.low, bar.high, None)]
    assert list(halo.x) == list(line.x) == expected


def test_the_limits_of_a_rate_are_not_drawn_at_its_counts() -> None:
    for of in (None, replace(SHARE, native_period="quarter")):
        plan = PLANS["districts"](limited(of=of, selection=Selection(("Charnwood",), measure="count")))
        assert isinstance(plan, BarsPlan)
        assert all(bar.whisker is None for block in plan.blocks for bar in block)
        assert LIMITS_WORDS not in plan.notes
        assert len(screen.draw(plan).data) == 1
    count = PLANS["districts"](limited(of=indicator(denominator=None, unit="count", unit_words="")))
    assert isinstance(count, BarsPlan) and all(bar.whisker for bar in count.blocks[0])


def test_a_small_quarter_has_no_whisker_and_is_not_compared() -> None:
    small = replace(
        figure("Rutland", "2025-03", 4), lower=1.0, upper=9.0, compared=Compared(LOW_998, 9, 9, 1.0, 0.5, 2.0)
    )
    others = [
        replace(figure(area, "2025-03", 40), lower=30.0, upper=50.0, compared=Compared(SIMILAR, 9, 9, 1.0, 0.5, 2.0))
        for area in DISTRICTS[:8]
    ]
    plan = PLANS["districts"](reading(others[:1], districts=(*others, small), headline=others[0]))
    assert isinstance(plan, BarsPlan)
    bar = plan.blocks[0][-1]
    assert (bar.name, bar.whisker) == ("Rutland", None)
    assert not any("Rutland" in note for note in plan.notes)


def test_words_at_a_bar_stand_beyond_its_whisker() -> None:
    plan = PLANS["districts"](limited())
    assert isinstance(plan, BarsPlan)
    bars = [bar for block in plan.blocks for bar in block]
    drawn = checked(screen.draw(plan))
    at = {note.text: note.x for note in drawn.layout.annotations if note.xanchor == "left" and note.xref == "x"}
    assert {bar.text: at[bar.text] for bar in bars} == {bar.text: bar.high for bar in bars}
    sheet = paper_bars.draw_bars(plan)
    (axes,) = sheet.figure.axes
    places = {text.get_text(): text.get_position()[0] for text in sheet.figure.texts}
    for bar in bars:
        whisker = sheet.figure.transFigure.inverted().transform(axes.transData.transform((bar.high or 0.0, 0)))[0]
        assert places[bar.text] > whisker


def test_districts_that_differ_from_the_rest_are_named_in_fixed_order() -> None:
    labels = {
        "Rutland": LOW_998,
        "Leicester": HIGH_998,
        "Blaby": LOW_998,
        "Melton": SIMILAR,
        "Charnwood": LOW_95,
        "Harborough": HIGH_95,
    }
    plan = PLANS["districts"](compared(labels))
    assert (
        "Beyond 99.8 % limits, higher than the rest of LLR: Leicester; lower: Blaby and Rutland. "
        "Beyond 95 % limits only, higher: Harborough; lower: Charnwood. Not to be told from it: Melton."
    ) in plan.notes
    alone = PLANS["districts"](compared({"Melton": SIMILAR, "Rutland": SIMILAR}))
    assert "Not to be told from the rest of LLR: Melton and Rutland." in alone.notes
    lower = PLANS["districts"](compared({"Rutland": LOW_95}))
    assert "Beyond 95 % limits only, lower than the rest of LLR: Rutland." in lower.notes
    doubled = PLANS["districts"](compared({"Oadby and Wigston": SIMILAR, "Hinckley and Bosworth": SIMILAR}))
    assert "Not to be told from the rest of LLR: Hinckley and Bosworth, and Oadby and Wigston." in doubled.notes


def test_a_scale_of_the_bars_holds_nothing_that_is_not_drawn() -> None:
    one = limited(selection=Selection(("Charnwood",), measure="count"))
    plan = PLANS["districts"](one)
    assert isinstance(plan, BarsPlan)
    assert plan.scale == scale_of(one, [bar.value for block in plan.blocks for bar in block], "year")


def test_lines_of_a_control_chart_are_broken_where_a_trend_is() -> None:
    plan = usual(judged(months()), joins=("2024-05",))
    places = [point.place for point in plan.lines[0].points]
    assert plan.lines[0].joined[4] is None
    assert all(before < after for before, after in pairwise(places))
