"""Why a figure was revised, as far as the editions tell: never guessed."""

from dataclasses import dataclass

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.registers import KnownFault
from vawg_metrics.changes.figures_held import Held
from vawg_metrics.changes.found import Registered, numbers_of
from vawg_metrics.figure import Figure

COUNTED_BY = ("numerator", "denominator", "breakdown", "per", "unit", "source", "returned", "uses")


@dataclass(frozen=True)
class Reasons:
    """What is known of the two editions beside their figures: registers of recording changes and of faults."""

    registered: tuple[Registered, ...]
    faults: tuple[frozenset[KnownFault], frozenset[KnownFault]]

    def of(self, before: Held, after: Held, old: Figure | None, new: Figure | None) -> tuple[str, ...]:
        """Every reason that is known for a revision, in words; none where none is."""
        found = [_definition(before.indicator, after.indicator)]
        if old is None or new is None:
            return tuple(one for one in found if one)
        same = numbers_of(old) == numbers_of(new)
        found += [_provisional(old, new, same), _counted_on(old, new), _revised(after.indicator, new, same)]
        found += [self._recorded(after.indicator, new), self._complete(after.indicator, old, new, same)]
        return tuple(one for one in found if one)

    def _recorded(self, indicator: Indicator, new: Figure) -> str:
        """A recording change that the register has gained and that touches the measure by the end of the period."""
        end = new.period.end if new.period else ""
        labels = [
            one.change.label
            for one in self.registered
            if one.new and indicator.id in one.change.indicators and one.change.month <= end
        ]
        return f"the register names a recording change since: {'; '.join(labels)}" if labels else ""

    def _complete(self, indicator: Indicator, old: Figure, new: Figure, same: bool) -> str:
        """What is the same number, and was taken for incomplete in one edition and not in the other."""
        if not same or "incomplete" not in (old.marker, new.marker):
            return ""
        first, second = ({one for one in held if indicator.id in one.indicators} for held in self.faults)
        if first != second:
            return "the register of known faults changed"
        return "its completeness is judged again with newer months; the number is the same"


def _definition(before: Indicator, after: Indicator) -> str:
    if before.version != after.version:
        return f"the definition changed from version {before.version} to version {after.version}"
    if any(getattr(before, name) != getattr(after, name) for name in COUNTED_BY):
        return "the definition changed"
    return "it is counted again for each edition" if after.native_period == "edition" else ""


def _provisional(old: Figure, new: Figure, same: bool) -> str:
    if old.marker != "provisional":
        return ""
    settled = "it was provisional and is settled, the number is the same"
    return settled if same and new.marker != "provisional" else "" if same else "it was provisional before"


def _counted_on(old: Figure, new: Figure) -> str:
    """That the whole of a rate is the estimate of another year, or a corrected one."""
    if old.denominator == new.denominator or not new.denominator_period:
        return ""
    if old.denominator_period != new.denominator_period:
        return f"the estimate of {new.denominator_period} took the place of that of {old.denominator_period}"
    return f"the estimate of {new.denominator_period} was revised"


def _revised(indicator: Indicator, new: Figure, same: bool) -> str:
    """That a partner sent a return again, or a publisher says that it revised the figure."""
    if same:
        return ""
    if indicator.from_partners:
        return "a return was revised"
    return "the publisher marks it as revised" if new.marker == "revised" else ""
