"""The real data as it was one meeting ago: without the last three police months and the last homelessness quarter."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from tests.conftest import DATA
from vawg_metrics.published import MANIFEST, pack_facts, read_facts, read_manifest
from vawg_metrics.sources.contract import Fact

LAST = {"police_uk_street": "2025-09", "homelessness": "2025-09"}  # months: the newest that is kept of each source
Edit = Callable[[Fact], Fact | None]


def write_earlier(data: Path, last: Mapping[str, str] = LAST) -> Path:
    """A copy of data/published in `data`, without the facts of these sources after these months."""

    def kept(end: str) -> Edit:
        return lambda fact: fact if fact.end <= end else None

    return write_edited(data, {source: kept(end) for source, end in last.items()})


def write_edited(data: Path, edits: Mapping[str, Edit], source: Path = DATA) -> Path:
    """A copy of data/published in `data`, each fact of these sources as its edit gives it back, or left out."""
    folder = data / "published"
    shutil.copytree(source / "published", folder)
    manifest = read_manifest(folder)
    facts = dict(manifest.facts)
    for name, edit in edits.items():
        edited = {new: files for fact, files in read_facts(folder, facts[name]).items() if (new := edit(fact))}
        (folder / facts[name].file).unlink()
        facts[name], content = pack_facts(name, edited)
        (folder / facts[name].file).write_bytes(content)
    (folder / MANIFEST).write_text(replace(manifest, facts=facts).text(), "utf-8")
    return data
