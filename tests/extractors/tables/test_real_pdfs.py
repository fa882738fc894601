"""Every figure of a hand-verified report stands in one row with its name, however the report is typeset."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from extractors.read.pdf import read_pdf
from extractors.tables.pdf_blocks import blocks
from schemas.table import TablePiece

SHARED = Path(__file__).parents[3] / "../shared"
GOLD = {
    "reports/pdf/banjarbaru-2024.grid.pdf": "banjarbaru-2024",
    "reports/pdf/banjarbaru-2024.rules.pdf": "banjarbaru-2024",
    "reports/pdf/banjarbaru-2024.plain.pdf": "banjarbaru-2024",
    "reports/pdf/pontianak-2024.rules.pdf": "pontianak-2024",
    "reports/pdf/pontianak-2024.plain.pdf": "pontianak-2024",
    "reports/real/jabar_kesbangpol_lkip2016_draft.pdf": "jabar_kesbangpol_lkip2016_draft",
    "reports/real/wonosobo_diskominfo_program_kegiatan2017.pdf": "wonosobo_diskominfo_program_kegiatan2017",
}


def squashed(text: str | None) -> str:
    return re.sub(r"[\s*_\-‐‑–\x02\ufffe\u00ad]+", "", unicodedata.normalize("NFKC", text or "")).casefold()


def rows_with_merged(piece: TablePiece) -> list[list[str]]:
    """Each row's texts, those of cells merged from above among them."""
    cells = [c for row in piece.rows for c in row if c is not None]
    return [[squashed(c.text) for c in cells if c.row <= r < c.row + c.row_span] for r in range(len(piece.rows))]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
@pytest.mark.parametrize("name", GOLD)
def test_every_gold_row_is_a_row(name: str) -> None:
    gold: dict[str, Any] = json.loads((SHARED / "gold" / f"{GOLD[name]}.json").read_text(encoding="utf-8"))
    document = read_pdf(SHARED / name)
    rows = [r for b in blocks(document) if isinstance(b, TablePiece) for r in rows_with_merged(b)]
    missing = []
    for record in gold["anggaran"] + gold["kinerja"]:
        figures = [squashed(t) for t in (record.get("teks") or {}).values() if t and re.search(r"\d", t)]
        start = squashed(record.get("uraian") or record.get("indikator"))[:14]
        if not any(all(f in row for f in figures) and any(start in text for text in row) for row in rows):
            missing.append((start, figures))
    assert missing == []
