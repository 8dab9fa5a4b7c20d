"""Which of the Home Office's recorded offences the dashboard uses, by offence code and never by subgroup."""

import re
from collections.abc import Mapping
from typing import Final

RAPE: Final[Mapping[str, str]] = {
    "19C": "Rape of a female aged 16 and over",
    "19D": "Rape of a female child under 16",
    "19E": "Rape of a female child under 13",
    "19F": "Rape of a male aged 16 and over",
    "19G": "Rape of a male child under 16",
    "19H": "Rape of a male child under 13",
}
SEXUAL_OFFENCES: Final[Mapping[str, str]] = {
    **RAPE,
    "17A": "Sexual assault on a male aged 13 and over",
    "17B": "Sexual assault on a male child under 13",
    "20": "Indecent assault on a female",  # before 2004; only outcomes of old offences
    "20A": "Sexual assault on a female aged 13 and over",
    "20B": "Sexual assault on a female child under 13",
    "21": "Sexual activity involving a child under 13",
    "22A": "Causing sexual activity without consent",
    "22B": "Sexual activity involving child under 16",
    "23": "Incest or familial sexual offences",
    "70": "Sexual activity etc with a person with a mental disorder",
    "71": "Abuse of children through sexual exploitation",
    "72": "Trafficking for sexual exploitation",
    "73": "Abuse of position of trust of a sexual nature",
    "88A": "Sexual grooming",
    "88C": "Other miscellaneous sexual offences",
    "88D": "Unnatural sexual offences",
    "88E": "Exposure and voyeurism",
}
STALKING_AND_HARASSMENT: Final[Mapping[str, str]] = {
    "8L": "Harassment",
    "8M": "Racially or religiously aggravated harassment",
    "8Q": "Stalking",
    "8R": "Malicious communications",
}
OFFENCES: Final[Mapping[str, str]] = {**SEXUAL_OFFENCES, **STALKING_AND_HARASSMENT}

# Offences that became codes of their own after the files above were published are known by their words until their
# codes are listed: controlling or coercive behaviour, strangulation and suffocation, new kinds of harassment.
_WORDS: Final = re.compile(r"stalking|harassment|malicious communications|coerci|strangulation|suffocation", re.I)


def is_used(code: str, group: str, description: str) -> bool:
    """Whether an offence is used: its code is listed, its group is sexual offences, or its words name it.

    The group of sexual offences is the same in all files, and their sum must not lose a code that is new; the
    subgroups differ between files and are never asked.
    """
    return code in OFFENCES or group.casefold() == "sexual offences" or _WORDS.search(description) is not None
