"""How the room of a large chart is shared out: which labels it has, where they stand, and how many bars there are."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from string import ascii_uppercase
from typing import Final

from vawg_metrics.charts.lettering import HEIGHT, LINE, spread, staggered, wrapped
from vawg_metrics.charts.plan import Bar, BarsPlan, Mark, Range, Scale, Shade, StacksPlan, TrendPlan
from vawg_metrics.charts.screen_house import FONT_SIZE, unit_height
from vawg_metrics.wording import in_sentence

LETTERS: Final = 32  # pixels: 24 pt
GROWTH: Final = LETTERS / FONT_SIZE
WIDE, TALL = 740, 460  # pixels of the box on a screen of 1280 by 720
LETTER: Final = 15.5  # pixels of an average letter
ROW: Final = LINE * GROWTH  # pixels from one line of text to the next
LOWEST: Final = 4 * ROW  # of the inside: two names of two lines at the ends of lines
MOST_BARS: Final = 11
MOST_KEYS: Final = 6  # lines of the names of groups above bars of 100 %
KEY_CHARACTERS: Final = 42
SHORTEST: Final = 150  # pixels of the longest bar beside its words
SIDES: Final = 230  # pixels beside the inside of a trend: its ticks, and the names at its ends
BAND_CHARACTERS: Final = 8
MOST_MARK_ROWS: Final = 2  # of labels above a trend: with more, dashed lines carry letters
FLATTER: Final = 0.61  # a degree of longitude against one of latitude, here


def width_of(text: str) -> float:
    """The pixels of a text with a space beside it."""
    return len(text) * LETTER + LETTERS / 2


def shortened(plan: BarsPlan) -> BarsPlan:
    """Lying bars that fit: whole blocks while there is room for them, and values alone where counts have none."""
    kept: list[tuple[Bar, ...]] = []
    rows = 0
    for block in plan.blocks:
        if kept and rows + len(block) > MOST_BARS:
            break
        kept.append(block)
        rows += len(block)
    whole = replace(plan, blocks=tuple(kept))
    if longest_bar(whole) >= SHORTEST:
        return whole
    short = (tuple(replace(bar, text=bar.text.partition(" (")[0]) for bar in block) for block in kept)
    return replace(plan, blocks=tuple(short))


def briefer(plan: StacksPlan) -> StacksPlan:
    """Bars of 100 % whose groups' names leave out their brackets where all of them would take too many lines."""
    if sum(len(wrapped(name, KEY_CHARACTERS)) for name in plan.groups) <= MOST_KEYS:
        return plan
    return replace(plan, groups=tuple(name.partition(" (")[0] for name in plan.groups))


def parted(shades: Sequence[Shade], across: float) -> tuple[float, ...]:
    """The longitudes of a map's values, those that would touch moved apart; `across` is pixels of a degree of it."""
    longitudes = [one.at[0] for one in shades]
    for first in range(len(shades)):
        for second in range(first + 1, len(shades)):
            one, other = shades[first], shades[second]
            level = abs(one.at[1] - other.at[1]) * across / FLATTER < LETTERS
            needed = (len(one.text) + len(other.text)) / 2 * LETTER / across
            short = needed - abs(longitudes[first] - longitudes[second])
            if level and short > 0:
                left, right = (first, second) if longitudes[first] < longitudes[second] else (second, first)
                longitudes[left] -= short / 2
                longitudes[right] += short / 2
    return tuple(longitudes)


def longest_bar(plan: BarsPlan) -> float:
    """The pixels left for the longest bar beside the names and the words at the bars' ends."""
    bars = [bar for block in plan.blocks for bar in block]
    return WIDE - max(width_of(bar.name) for bar in bars) - max(width_of(bar.text) for bar in bars)


def refitted(plan: TrendPlan) -> TrendPlan:
    """A trend with its labels placed for large letters: marks in rows, names at the ends moved apart, fewer ticks.

    The words of the hatched band stand inside it where `band_words` finds room for them, and above it otherwise. Of a
    share whose ticks say % the unit is left to the screen's title where the chart would be too low with it.
    """
    if inside_of(plan) < LOWEST and plan.scale.words.startswith("%"):
        plan = replace(plan, scale=replace(plan.scale, words=""))
    plan = replace(plan, ranges=_apart(plan))
    plan = _keyed(plan)
    inside = replace(plan, band=replace(plan.band, label=_unlabelled(plan.band.label))) if plan.band else plan
    placed = _named(_marked(inside))
    if plan.band and not band_words(placed):
        placed = _named(_marked(plan))
    return replace(placed, scale=_thinned(placed.scale, inside_of(placed)))


def _keyed(plan: TrendPlan) -> TrendPlan:
    """The same, the labels of dashed lines put into a note under letters where they would press the chart flat."""
    dashed = [mark for mark in plan.marks if mark.dashed and mark.label]
    if len(dashed) < MOST_MARK_ROWS or _marked(plan).label_rows <= MOST_MARK_ROWS:
        return plan
    letters = dict(zip(dashed, ascii_uppercase, strict=False))
    marks = tuple(replace(mark, label=(letters[mark],)) if mark in letters else mark for mark in plan.marks)
    key = "; ".join(f"{letter}: {in_sentence(' '.join(mark.label))}" for mark, letter in letters.items())
    return replace(plan, marks=marks, notes=(f"{key}.", *plan.notes))


def _apart(plan: TrendPlan) -> tuple[Range, ...]:
    """The ranges with the words beside them that do not touch; inside a large chart words would cover the points."""
    least = (plan.scale.high - plan.scale.low) * ROW / inside_of(plan)
    kept: list[float] = []
    found = []
    for one in plan.ranges:
        labels = []
        for label in one.labels:
            if not label.inside and all(abs(label.height - height) >= least for height in kept):
                kept.append(label.height)
                labels.append(label)
        found.append(replace(one, labels=tuple(labels)))
    return tuple(found)


def _unlabelled(mark: Mark) -> Mark:
    return replace(mark, label=(), row=0)


def _marked(plan: TrendPlan) -> TrendPlan:
    """The marks in as few rows as the width of a large chart allows."""
    shown = [mark for mark in plan.every_mark if mark.label]
    placed = staggered(shown, plan.span, (WIDE - SIDES) / GROWTH)
    if plan.band is None or not plan.band.label.label:
        return replace(plan, marks=placed)
    ending = next(mark for mark in placed if mark.place == plan.band.label.place)
    others = tuple(mark for mark in placed if mark is not ending)
    return replace(plan, marks=others, band=replace(plan.band, label=ending))


def _named(plan: TrendPlan) -> TrendPlan:
    """The names at the lines' ends, so far apart that none covers another."""
    named = [number for number, line in enumerate(plan.lines) if line.label]
    wanted = [point.value or 0.0 for number in named if (point := plan.lines[number].newest)]
    taller = GROWTH * HEIGHT / inside_of(plan)
    lines = [ceil(len(plan.lines[number].label) * taller) for number in named]
    heights = spread(wanted, lines, plan.scale.low, plan.scale.high)
    found = list(plan.lines)
    for number, height in zip(named, heights, strict=True):
        found[number] = replace(found[number], label_at=height)
    return replace(plan, lines=tuple(found))


def inside_of(plan: TrendPlan) -> float:
    """The pixels between the lowest and the highest value."""
    ticks = max((len(text.split("\n")) for _, text in plan.span.ticks), default=1)
    return max(TALL - plan.label_rows * ROW - unit_height(plan.scale.words) * GROWTH - ticks * ROW - 75, ROW)


def _thinned(scale: Scale, inside: float) -> Scale:
    """A scale with every second or third tick where all of them would touch; zero and the top stay."""
    for step in range(1, len(scale.ticks)):
        kept = scale.ticks[::-step][::-1]
        if len(kept) < 2 or inside / (len(kept) - 1) >= LETTERS * 1.1:
            zero = [tick for tick in scale.ticks if tick[0] == 0 and tick not in kept]
            far = zero and kept[0][0] / (scale.high - scale.low) * inside >= LETTERS * 1.1
            return replace(scale, ticks=(*(zero if far else ()), *kept))
    return scale


def band_words(plan: TrendPlan) -> tuple[tuple[str, ...], bool] | None:
    """The lines of the words inside the hatched band, and whether they stand at its foot; None without room there."""
    if plan.band is None or plan.band.label.label:
        return None
    lines = wrapped("Not held here", BAND_CHARACTERS)
    share = (plan.band.last - plan.band.first) / (plan.span.last - plan.span.first)
    if share * (WIDE - SIDES) < width_of(max(lines, key=len)):
        return None
    inside = inside_of(plan)
    taken = [_share(plan, one.label_at, len(one.label) * ROW / inside) for one in plan.lines if one.label]
    taken += [_share(plan, one.height, ROW / inside) for one in plan.every_label if not one.inside]
    needed = len(lines) * ROW / inside
    if all(low > needed for low, _ in taken):
        return lines, True
    return (lines, False) if all(high < 1 - needed for _, high in taken) else None


def _share(plan: TrendPlan, height: float, tall: float) -> tuple[float, float]:
    """The foot and the head of a label as shares of the chart's height."""
    middle = (height - plan.scale.low) / (plan.scale.high - plan.scale.low)
    return middle - tall / 2, middle + tall / 2
