"""How many series are looked at, how many chance alone would flag, and how many are to be believed."""

from vawg_metrics.areas import HOME
from vawg_metrics.periods import month_words
from vawg_metrics.statements.claims import Evidence, Statement
from vawg_metrics.unusual import Unusual
from vawg_metrics.wording import listed


def board_words(found: Unusual) -> Statement:
    """What the list of the newest month is drawn from, in words, with the test behind it."""
    board = found.board
    flagged, believed = len(board.flagged), len(board.believed)
    said = [
        f"This board looks at {len(board.panels)} series of LLR and its nine districts; about {board.expected:.1f} "
        "would flag by chance alone.",
        _flagged_words(flagged, believed),
        _places_words(believed_in(found), believed),
    ]
    evidence = Evidence(
        f"Which series are unusual in {month_words(found.month)}?",
        "the share of simulated stable series whose newest point lies as far out; Benjamini-Hochberg at 10 %",
        f"{len(board.panels)} series, {flagged} flagged by a rule of NHS Making Data Count",
        f"{believed} believed; {board.expected:.1f} flags expected by chance",
    )
    return Statement(" ".join(one for one in said if one), (evidence,))


def believed_in(found: Unusual) -> tuple[str, ...]:
    """The places of what is believed, in their fixed order."""
    codes = {one.area for one in found.board.believed}
    return tuple(area.name for area in HOME if area.code in codes)


def _places_words(places: tuple[str, ...], believed: int) -> str:
    if not places:
        return ""
    return f"{'It is' if believed == 1 else 'They are'} in {listed(places)}."


def _flagged_words(flagged: int, believed: int) -> str:
    """How many are flagged, and how many of them still are when the number of series looked at is allowed for."""
    if flagged == 0:
        return "None is flagged."
    after = "still unusual after allowing for the number of series"
    if flagged == 1:
        return f"One is flagged, and it is {'' if believed else 'not '}{after}."
    of_them = "none of them is" if believed == 0 else "one of them is" if believed == 1 else f"{believed} of them are"
    doubt = f" Of these {believed} at most about one in ten is expected to be chance." if believed > 1 else ""
    return f"{flagged} are flagged, and {of_them} {after}.{doubt}"
