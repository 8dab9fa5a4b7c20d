"""What is measured and where it comes from: the frozen definitions that every TOML file must fit."""

from typing import Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from vawg_metrics.catalogue.actions import Action
from vawg_metrics.catalogue.registers import STRICT, Download, KnownFault, Lines, RecordingChange, SupportLine, Text
from vawg_metrics.catalogue.returned import RETURNS, Line, OpenTotal, Partner, ReturnRules
from vawg_metrics.catalogue.terms import Breakdown, Term
from vawg_metrics.periods import Period, month_number

Page = Text  # the id of a priority, or CONTEXT
CONTEXT = "context"


@dataclass(frozen=True, config=STRICT)
class Indicator:
    """One measure: what is counted, out of what, why it matters, and what it does not say."""

    id: Text
    code: Text
    title: Text
    question: Text
    priority: Page
    order: int
    kind: Literal["activity", "output", "outcome", "context"]
    direction: Literal["higher", "lower", "neither"]
    unit: Literal["rate", "percent", "count", "ratio", "days", "pounds"]
    whom: Text
    native_period: Literal["month", "quarter", "year", "edition"]
    geography: Literal["district", "district_and_unplaced", "upper", "upper_and_unplaced", "force"]
    disclosure: Literal["published", "protected", "exact", "survey", "llr_only"]
    why: Text
    ask: Text
    asked_as: Lines
    includes: Lines
    excludes: Lines
    caveats: Lines
    method: Text
    per: int = 1
    unit_words: Text = ""
    collected: bool = True
    core: bool = False
    also_on: tuple[Page, ...] = ()
    leads: tuple[Page, ...] = ()
    source: Text = ""
    version: int = 1
    agreed_with_survivors: bool = False
    numerator: Term | None = None
    denominator: Term | None = None
    breakdown: Breakdown | None = None
    within_download: bool = False
    mature_after_months: int = 0
    year_ends: int = 0
    limits: Literal["", "poisson", "wilson", "none"] = ""
    chart: Literal["xmr", "none"] = "xmr"
    screen_grain: Literal["", "month", "quarter", "year", "rolling12"] = ""
    supplier: Text = ""
    awaits: Text = ""
    due: Text = ""
    returned: tuple[Line, ...] = ()
    uses: Lines = ()
    answers_at_least: int = 0
    layout_only: bool = False
    retired: Text = ""
    unlike: Text = ""  # which measure of a like name counts something else, and why; stands with its chart
    between_places: int = 0  # which of the caveats, counted from 1, stands wherever places are side by side

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def place_caveat(self) -> str:
        """What to be careful about wherever places are side by side; '' where nothing is named."""
        return self.caveats[self.between_places - 1] if self.between_places else ""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to be careful about, first which measure of a like name counts something else."""
        return (*([self.unlike] if self.unlike else []), *self.caveats)

    @property
    def share(self) -> bool:
        return self.unit == "percent"

    @property
    def places(self) -> str:
        """The smallest places it is published for: district, upper or force."""
        return self.geography.removesuffix("_and_unplaced")

    @property
    def from_partners(self) -> bool:
        """Whether its figures come from partner returns."""
        return self.source == RETURNS

    @property
    def public(self) -> bool:
        """Whether publishers, or the catalogue itself, give its figures: no partner is waited for."""
        return self.collected and not self.from_partners

    @property
    def rounded(self) -> bool:
        """Whether its counts are people in partner returns, which are published rounded."""
        return self.from_partners and self.disclosure != "exact" and self.unit != "days"

    @property
    def limits_by(self) -> str:
        """The formula of its limits: as declared, else by its unit; none where things are counted whole."""
        if self.limits:
            return self.limits
        if self.disclosure == "exact" or self.native_period == "edition":
            return "none"
        return {"rate": "poisson", "count": "poisson", "percent": "wilson"}.get(self.unit, "none")


@dataclass(frozen=True, config=STRICT)
class Source:
    """A publisher's dataset: its licence, its rhythm, and where its next edition is to be fetched."""

    id: Text
    publisher: Text
    dataset: Text
    licence: Text
    page: Text
    rhythm: Literal["monthly", "quarterly", "yearly", "once", "computed"]
    lag_months: int
    covers_words: Text
    known_faults: Lines = ()
    fetch: Text = ""
    no_force: Text = ""
    no_nation: Text = ""
    no_region: Text = ""
    why_gaps: Text = ""  # what is known of why months between others are missing, as a clause

    def why_not(self, kind: str) -> str:
        """Why it has no figure of a kind of area outside LLR; '' where nothing is declared."""
        return {"force": self.no_force, "nation": self.no_nation, "region": self.no_region}.get(kind, "")


@dataclass(frozen=True, config=STRICT)
class Priority:
    """One of the strategy's priorities, in its order."""

    id: Page
    number: int
    title: Text
    short: Text
    intent: Text
    owner: Text
    opening: Text


@dataclass(frozen=True, config=STRICT)
class Strategy:
    """The strategy that is watched: its name, its years, its priorities."""

    name: Text
    short_name: Text
    product: Text
    starts: Text
    ends: Text
    years_confirmed: bool
    priorities: tuple[Priority, ...]

    @property
    def period(self) -> Period:
        return Period(self.starts, self.ends)

    @property
    def baseline(self) -> Period:
        """The last complete calendar year before the strategy."""
        year = (month_number(self.starts) // 12) - 1
        return Period(f"{year}-01", f"{year}-12")


@dataclass(frozen=True, config=STRICT)
class Catalogue:
    """Everything that is meant, whether or not there is data for it."""

    strategy: Strategy
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    recording_changes: tuple[RecordingChange, ...]
    known_faults: tuple[KnownFault, ...]
    downloads: tuple[Download, ...]
    support_lines: tuple[SupportLine, ...]
    fingerprint: Text = Field(default="")
    partners: tuple[Partner, ...] = ()
    return_rules: ReturnRules = ReturnRules(5, 24, 12, 5)
    open_totals: tuple[OpenTotal, ...] = ()
    actions: tuple[Action, ...] = ()

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def indicator(self, id_: str) -> Indicator:
        """The indicator of this id; KeyError when there is none."""
        return {one.id: one for one in self.indicators}[id_]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.indicators)

    @property
    def lines(self) -> dict[str, Line]:
        """Every line that partners are asked for, by its id."""
        return {line.id: line for one in self.indicators for line in one.returned}

    def line_owner(self, id_: str) -> Indicator:
        """The measure whose file declares a line: its areas and its rhythm are the line's; KeyError without one."""
        return {line.id: one for one in self.indicators for line in one.returned}[id_]

    def lines_of(self, indicator: Indicator) -> tuple[Line, ...]:
        """The lines that a measure is computed from: its own, and those that it borrows from another measure."""
        return (*indicator.returned, *(self.lines[id_] for id_ in indicator.uses if id_ in self.lines))

    def partner(self, id_: str) -> Partner:
        """The partner of this id; KeyError when there is none."""
        return {one.id: one for one in self.partners}[id_]

    def suppliers_of(self, indicator: Indicator) -> tuple[Partner, ...]:
        """The partners that the register says supply a measure."""
        return tuple(one for one in self.partners if indicator.id in one.supplies)

    def source(self, id_: str) -> Source:
        """The source of this id; KeyError when there is none."""
        return {one.id: one for one in self.sources}[id_]

    def on_page(self, page: str) -> tuple[Indicator, ...]:
        """The indicators that a page shows, those that lead it first, then its own, then those it borrows."""
        shown = [one for one in self.indicators if page in (one.priority, *one.also_on) and not one.retired]
        return tuple(sorted(shown, key=lambda one: (page not in one.leads, page != one.priority, one.order, one.id)))

    def changes_for(self, indicator: Indicator) -> tuple[RecordingChange, ...]:
        """The recording changes that touch an indicator, by date."""
        touching = [one for one in self.recording_changes if indicator.id in one.indicators]
        return tuple(sorted(touching, key=lambda one: one.month))

    def joins_for(self, indicator: Indicator) -> tuple[str, ...]:
        """The first months of the downloads after the first, for a measure that is compared inside one only."""
        starts = sorted(one.start for one in self.downloads if one.source == indicator.source)
        return tuple(starts[1:]) if indicator.within_download else ()

    def breaks_for(self, indicator: Indicator) -> tuple[str, ...]:
        """The months across which nothing is compared: joins of downloads, and changes that break the series."""
        changed = (one.month for one in self.changes_for(indicator) if one.breaks)
        return tuple(sorted({*self.joins_for(indicator), *changed}))

    def parts_between(self, indicator: Indicator, first: str, last: str) -> Literal["", "join", "change"]:
        """What begins after the month `first` and by `last` and parts them: a download, a recording change, nothing."""
        if any(first < month <= last for month in self.joins_for(indicator)):
            return "join"
        return "change" if any(first < month <= last for month in self.breaks_for(indicator)) else ""
