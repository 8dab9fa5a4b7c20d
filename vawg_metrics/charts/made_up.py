"""Plans of made-up figures say so: whatever plans a chart, the first word of its title, caption and text is marked."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from vawg_metrics.charts.plan import Plan, Stack, StacksPlan
from vawg_metrics.wording import marked


class Made(Protocol):
    """What a chart is planned from: it knows whether it is made up."""

    @property
    def demonstration(self) -> bool:
        """Whether its figures are made up."""


P = ParamSpec("P")
Of = TypeVar("Of", bound=Made)
Planned = Callable[Concatenate[Of, P], Plan]


def says_so(planned: "Planned[Of, P]") -> "Planned[Of, P]":
    """A function that plans a chart, so that what it plans of a demonstration begins with that word everywhere."""

    @wraps(planned)
    def made(of: Of, /, *others: P.args, **named: P.kwargs) -> Plan:
        plan = planned(of, *others, **named)
        if not of.demonstration:
            return plan
        if isinstance(plan, StacksPlan):
            plan = replace(plan, stacks=tuple(_hovers(stack) for stack in plan.stacks))
        return replace(
            plan,
            title=marked(plan.title, True),
            subtitle=marked(plan.subtitle, True),
            alternative=marked(plan.alternative, True),
        )

    return made


def _hovers(stack: Stack) -> Stack:
    return replace(stack, hovers=tuple(marked(words, True) for words in stack.hovers))
