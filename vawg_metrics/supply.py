"""What is not held: which measures, who could supply each, by when, and whether a return is agreed; in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import COMPUTED_LINES, Partner
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.reading import Release
from vawg_metrics.standing import standing_of

MEANS: Final = (
    "A measure that is not held has no figure here, which is not zero and does not mean that nobody counts it."
)


@dataclass(frozen=True, slots=True)
class Supplied:
    """A kind of partner with the measures not held that it could supply."""

    partner: Partner
    measures: tuple[Indicator, ...]


def not_held(release: Release) -> tuple[Indicator, ...]:
    """The measures of the priorities that have no figure, in the order of the strategy."""
    catalogue = release.catalogue
    return tuple(
        one
        for priority in catalogue.strategy.priorities
        for one in catalogue.indicators
        if one.priority == priority.id and not one.retired and standing_of(release, one) == "awaited"
    )


def by_partner(release: Release) -> tuple[Supplied, ...]:
    """Each kind of partner that could supply a measure that is not held, in the order of the alphabet."""
    measures = not_held(release)
    found = (
        Supplied(partner, tuple(one for one in measures if one.id in partner.supplies))
        for partner in sorted(release.catalogue.partners, key=lambda one: one.name.casefold())
    )
    return tuple(one for one in found if one.measures)


def unregistered(release: Release) -> tuple[Indicator, ...]:
    """The measures not held for which no partner is registered."""
    return tuple(one for one in not_held(release) if not release.catalogue.suppliers_of(one))


def opening(release: Release) -> tuple[str, ...]:
    """How many measures are not held and how many kinds of partner could supply them; what that means; what is due."""
    catalogue, missing = release.catalogue, len(not_held(release))
    if not missing:
        return ("Every measure of the priorities is held.",)
    priorities = {one.id for one in catalogue.strategy.priorities}
    every = sum(one.priority in priorities and not one.retired for one in catalogue.indicators)
    partners, without = [one.partner for one in by_partner(release)], len(unregistered(release))
    kinds = "1 kind of partner" if len(partners) == 1 else f"{len(partners)} kinds of partner"
    if not partners:
        who = "no partner is registered for any of them yet."
    elif without:
        who = f"{kinds} could supply {missing - without} of them, and for the other {without} none is registered yet."
    else:
        who = f"{kinds} could supply them."
    return f"{missing} of {every} measures are not held; {who}", MEANS, due_words(partners)


def due_words(partners: Sequence[Partner]) -> str:
    """With which of some partners returns are agreed and from when; or that nothing is due."""
    agreed = [f"{one.name} from {_quarter(one)}" for one in partners if one.agreed_from]
    if not agreed:
        return "No return has been agreed with any partner yet, so nothing is due and nothing is late."
    rest = "" if len(agreed) == len(partners) else " From the others nothing is due."
    return f"Returns are agreed with: {'; '.join(agreed)}.{rest}"


def not_held_words(indicator: Indicator) -> str:
    """`Not held. Council commissioners could supply it.`; only the first where nobody is named."""
    who = indicator.supplier
    return f"Not held. {who[0].upper()}{who[1:]} could supply it." if who else "Not held."


def who_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """The kinds of partner that would supply a measure: those of the register, else as the measure says it."""
    return "; ".join(one.name for one in catalogue.suppliers_of(indicator)) or indicator.supplier


def when_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """How often a measure would be sent, and from when that is agreed; or what is lacking first, so nothing is due."""
    kinds, due = catalogue.suppliers_of(indicator), indicator.due or "not decided"
    agreed = [f"{one.name} from {_quarter(one)}" for one in kinds if one.agreed_from]
    if not kinds:
        return f"{due}, once {'partners send returns' if _computed(indicator) else 'a partner is registered'}"
    if not agreed:
        return f"{due}, once a return is agreed"
    return f"{due}; agreed with {', '.join(agreed)}" + (
        "" if len(agreed) == len(kinds) else "; not yet with the others"
    )


def agreed_words(partner: Partner) -> str:
    """From which quarter on a return is agreed with a kind of partner, or that none is."""
    return f"return agreed from {_quarter(partner)}" if partner.agreed_from else "no return agreed"


def template_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """Whether there is a template for those who would supply a measure."""
    return "ready" if catalogue.suppliers_of(indicator) else "none needed" if _computed(indicator) else "none yet"


def supply_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """Who could supply a measure that is not held, by when, and whether there is a template."""
    who, when = who_words(catalogue, indicator), when_words(catalogue, indicator)
    return f"Who could supply it: {who}. By when: {when}. Template: {template_words(catalogue, indicator)}."


def _computed(indicator: Indicator) -> bool:
    """Whether a measure is counted from the register of returns, so that nobody is asked for it."""
    return bool(indicator.uses) and set(indicator.uses) <= set(COMPUTED_LINES) and not indicator.returned


def _quarter(partner: Partner) -> str:
    return quarter_words(quarter_named(partner.agreed_from))
