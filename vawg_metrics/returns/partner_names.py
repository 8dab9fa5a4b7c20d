"""Which partner is meant by a word, and the nearest names where none is."""

from rapidfuzz import fuzz, process

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner

ALIKE = 60  # of 100: below it a name was not meant


def partner_named(catalogue: Catalogue, words: str) -> Partner:
    """The partner of a name or id, however it is capitalised; LookupError with the nearest names without one."""
    plain = _plain(words)
    found = next((one for one in catalogue.partners if plain in (_plain(one.name), one.id)), None)
    if found:
        return found
    names = {one.name: _plain(one.name) for one in catalogue.partners}
    near = process.extract(plain, names, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=3)
    meant = " or ".join(f"'{name}'" for _, _, name in near)
    hint = f"Did you mean {meant}?" if meant else "`returns template --list` lists them."
    raise LookupError(f"No partner is called that. {hint}")


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
