"""What happens to a return, on one page: who sees it, how people in it are protected, and when it is deleted."""

from vawg_metrics.catalogue.returned import Partner, ReturnRules

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def handling_of(partner: Partner, rules: ReturnRules) -> tuple[tuple[str, str], ...]:
    """Heading and paragraph, in order, for the sheet that a partner may keep."""
    days = rules.objection_working_days
    days_words = _NUMBERS[days] if days < len(_NUMBERS) else str(days)
    return (
        (
            "Who sees it",
            "The partnership's data steward, and nobody else. What you send is kept in a restricted folder that the "
            "dashboard cannot open. The board, other partners and the public see only what is described below.",
        ),
        (
            "How people are protected",
            "Counts of people are rounded to base 5 before anyone else sees them: each becomes the multiple of 5 "
            "below or above it, and is shown as “about 10 (6 to 14)”. A count of 0 cannot be told from 1, 2, 3 or 4. "
            "Every rate, share, chart and file is worked out from the rounded counts. Please send exact numbers: "
            "if you round them or leave out small ones, the rounding cannot protect anyone properly.",
        ),
        (
            "What is shown exactly",
            "Counts of things, such as meetings, posts, services and contracts, and sums of money. No person is "
            "counted in them.",
        ),
        ("Your consent", _consent(partner)),
        (
            "Your right to object",
            "When your return is accepted, you get a receipt that shows what will appear. You have "
            f"{days_words} working days to object before any of it is released.",
        ),
        (
            "When it is deleted",
            f"The numbers as you sent them are deleted {rules.keep_months} months after the end of their quarter. "
            "The rounded figures that were released stay.",
        ),
        (
            "What never to put in",
            "Names, initials, dates of birth, addresses, postcodes, telephone numbers, e-mail addresses, NHS numbers, "
            "case or crime references, or notes about anyone. A return that holds any of these is refused unread: "
            "nothing of it is kept or repeated.",
        ),
        (
            "How to send it",
            "By the secure way that you have agreed with the data steward. Never by ordinary e-mail.",
        ),
        ("Whom to ask", "The partnership's data steward."),
    )


def _consent(partner: Partner) -> str:
    if partner.consents:
        return (
            "You have agreed that figures may be shown to which you give most of the numbers. You may withdraw this: "
            "tell the data steward."
        )
    return (
        "Where your numbers are most of a figure, readers could guess that they are yours. Such a figure is merged "
        "with others unless you agree that it is shown. Tell the data steward if you agree; you may withdraw it "
        "at any time."
    )
