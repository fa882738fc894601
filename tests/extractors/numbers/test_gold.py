"""Every figure of the hand-verified gold, read in the style of its column."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.numbers import Style, decide_style, parse
from schemas.figure import Status

GOLD = Path(__file__).parents[3] / "../shared/gold"
KINDS = {"anggaran": "money", "realisasi": "plain", "persen": "percent", "target": "plain", "capaian": "percent"}
# Forms that are well-formed decimals of their columns and are known to be thousands by calculation alone: doubted, not read.
BY_SUMS_ALONE = {"1,417", "16,000", "12,000"}


def cells(gold: dict[str, list[dict[str, object]]]) -> list[tuple[tuple[str, object, str], str, dict[str, object]]]:
    return [
        ((dataset, record.get("table"), field), str(text), record)
        for dataset in ("anggaran", "kinerja", "klaim")
        for record in gold.get(dataset, [])
        for field, text in dict(record.get("teks") or {}).items()  # type: ignore[call-overload]
        if field in KINDS
    ]


def kind_of(dataset: str, field: str, record: dict[str, object]) -> str:
    if dataset == "klaim":
        return "any"
    if dataset == "anggaran" and field != "capaian":
        return "percent" if field == "persen" else "money"
    return "percent" if record.get("satuan") in ("persen", "%") else KINDS[field]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold is not here")
@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda p: p.stem)
def test_every_figure_has_its_value(path: Path) -> None:
    found = cells(json.loads(path.read_text(encoding="utf-8")))
    document = decide_style(text for _, text, _ in found)
    columns: dict[tuple[str, object, str], list[str]] = defaultdict(list)
    for column, text, _ in found:
        columns[column].append(text)
    styles: dict[tuple[str, object, str], Style] = {c: decide_style(t, document) for c, t in columns.items()}
    wrong = []
    for column, text, record in found:
        parsed = parse(text, style=styles[column], kind=kind_of(column[0], column[2], record))
        printed = record.get(column[2])
        expected = None if printed is None else Decimal(str(printed))
        if text in BY_SUMS_ALONE:
            assert parsed.doubt, text
        elif parsed.value != expected:
            wrong.append((column, text, printed, parsed))
        elif column[2] in (record.get("malformed") or ()) and parsed.status is not Status.RUSAK:  # type: ignore[operator]
            wrong.append((column, text, "malformed", parsed))
    assert not wrong
    assert len(found) > 50
