"""Frictionless Data Packages: what tables lie in a folder, what their columns mean, and the hash of each."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from vawg_metrics.outputs.columns import Column

DESCRIPTOR: Final = "datapackage.json"
OGL: Final = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}
Json = dict[str, Any]


def table_resource(
    path: str, title: str, columns: Sequence[Column], content: bytes, key: Sequence[str] = (), description: str = ""
) -> Json:
    """A pure CSV as a resource whose cells can be checked; `key` names the columns that tell its rows apart."""
    schema: Json = {
        "fields": [
            {"name": one.name, "type": one.type, "title": one.title, "description": one.description} for one in columns
        ],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = list(key)
    return {
        "name": path.rpartition("/")[2].removesuffix(".csv"),
        "path": path,
        "title": title,
        **({"description": description} if description else {}),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **fingerprint(content),
        "schema": schema,
    }


def fingerprint(content: bytes) -> Json:
    """The length of a file and its hash."""
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def descriptor(
    name: str, title: str, edition: str, resources: Iterable[Json], sources: Iterable[Json], more: Mapping[str, Any]
) -> bytes:
    """The package as JSON: no clock, so that the same edition gives the same bytes."""
    whole = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "version": edition,
        "licenses": [OGL],
        "sources": list(sources),
        **more,
        "resources": list(resources),
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")
