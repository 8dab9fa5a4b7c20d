"""Figures as JSON: what they are, what each column means, then the rows; an unknown number is null."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from vawg_metrics.outputs.columns import Column, meanings
from vawg_metrics.outputs.parcel import Parcel


def write_json(parcel: Parcel) -> bytes:
    """A parcel as JSON in UTF-8: the same parcel, the same bytes."""
    columns = meanings(parcel.columns, parcel.records)
    return as_json(parcel.title, parcel.release, parcel.about, columns, parcel.records)


def as_json(
    title: str,
    edition: str,
    about: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    records: Iterable[Mapping[str, object]],
) -> bytes:
    """A document with a line for each pair, each column and each row, so that two editions can be compared by line."""
    pairs = _lines({"name": name, "text": words} for name, words in about)
    described = _lines(asdict(one) for one in columns)
    rows = _lines({one.name: record.get(one.name) for one in columns} for record in records)
    parts = (("about", pairs), ("columns", described), ("records", rows))
    head = "".join(f' "{name}": {_one(words)},\n' for name, words in (("title", title), ("edition", edition)))
    body = ",\n".join(f' "{name}": [{lines}]' for name, lines in parts)
    return f"{{\n{head}{body}\n}}\n".encode("utf-8", "replace")


def _lines(objects: Iterable[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"  {_one(one)}" for one in objects)
    return f"\n{lines}\n " if lines else ""


def _one(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
