"""Contradictions between documents as rows of `temuan_lintas`: sentences in two languages, severity, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import sha256

from pipeline.cells import Row, decimal_text, place_cells
from pipeline.lintas.checks import Contradiction
from pipeline.lintas.compare import Cell
from pipeline.lintas.documents import Reread
from pipeline.reconcile.figures import name_of, subject
from pipeline.reconcile.interval import as_printed, is_money, step
from pipeline.reconcile.messages import LANGUAGES, Language, Where, number
from schemas.checks import Severity
from schemas.figure import Figure

MOST = 20  # places of each side that are kept

SENTENCES: dict[str, dict[Language, str]] = {
    "lapor": {
        "id": "{where}, {subject}: tercetak {stated}, sedangkan {kind} {year} sendiri ({file}, {there}) mencetak "
        "{expected}; selisih {difference}.",
        "en": "{where}, {subject}: {stated} is printed while the {kind} of {year} itself ({file}, {there}) prints "
        "{expected}; the difference is {difference}.",
    },
    "rencana": {
        "id": "{where}, {subject}: tercetak {stated}, sedangkan {kind} {year} ({file}, {there}) menetapkan {expected}; "
        "selisih {difference}.",
        "en": "{where}, {subject}: {stated} is printed while the {kind} of {year} ({file}, {there}) sets {expected}; "
        "the difference is {difference}.",
    },
    "bagian": {
        "id": "{where}, {subject}: tercetak {stated}, sedangkan bagian lain laporan ini ({file}, {there}) mencetak "
        "{expected}; selisih {difference}.",
        "en": "{where}, {subject}: {stated} is printed while another part of this report ({file}, {there}) prints "
        "{expected}; the difference is {difference}.",
    },
}
SUGGESTIONS: dict[str, dict[Language, str]] = {
    "lapor": {
        "id": "{expected} menurut {kind} {year}; bila angka itu diperbaiki sesudahnya, laporan perlu menyebutkannya",
        "en": "{expected} by the {kind} of {year}; if that figure was corrected since, the report should say so",
    },
    "rencana": {
        "id": "{expected} menurut {kind} {year}; bila diubah sesudahnya, laporan perlu menyebutkan perubahannya",
        "en": "{expected} by the {kind} of {year}; if it was changed since, the report should say so",
    },
    "bagian": {
        "id": "{expected} atau {stated}: kedua bagian laporan perlu disamakan",
        "en": "{expected} or {stated}: the two parts of the report must be made to agree",
    },
}
KINDS: dict[str, dict[Language, str]] = {
    "lkjip": {"id": "laporan kinerja", "en": "performance report"},
    "rkt": {"id": "rencana kinerja tahunan", "en": "annual performance plan"},
    "pk": {"id": "perjanjian kinerja", "en": "performance agreement"},
    "lain": {"id": "dokumen", "en": "document"},
}


def rows_of(found: Iterable[Contradiction]) -> list[Row]:
    """One row for each contradiction, in the order of documents and places; ids are the same in every run."""
    rows: dict[tuple[str, str], Row] = {}
    for one in found:
        row = _row(one)
        rows.setdefault((row["document_id"], row["temuan_id"]), row)
    return sorted(rows.values(), key=_order)


def _order(row: Row) -> tuple[object, ...]:
    return (row["document_id"], row["page"] or 0, row["line"] or 0, row["rule"], row["temuan_id"])


def _row(one: Contradiction) -> Row:
    here, there = one.difference.here, one.difference.there
    cell, other = here[0], _best(here[0], there)
    figure = cell.figure
    stated, expected = _printed(figure), _printed(other.figure)
    unit = "rp" if is_money(figure) else figure.unit
    name = subject(cell.row, cell.field, cell.document.report)
    values = {language: _values(one, cell, other, name, language) for language in LANGUAGES}
    key = (one.rule, name, other.document.document_id, _plain(cell, figure.table_id), str(figure.row), str(figure.col),
           str(cell.row.place.line), str(cell.row.place.page), str(stated))  # fmt: skip
    return {
        "document_id": cell.document.document_id,
        "document_id_lain": other.document.document_id,
        "temuan_id": sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:16],
        "rule": one.rule,
        "severity": _severity(figure, other.figure).value,
        "table_id": _plain(cell, figure.table_id),
        **place_cells(figure.place),
        "subjek": name,
        "stated": decimal_text(stated, unit),
        "expected": decimal_text(expected, unit),
        "difference": decimal_text(stated - expected, unit),
        "pesan": SENTENCES[one.kind]["id"].format(**values["id"]),
        "message": SENTENCES[one.kind]["en"].format(**values["en"]),
        "saran": SUGGESTIONS[one.kind]["id"].format(**values["id"]),
        "saran_en": SUGGESTIONS[one.kind]["en"].format(**values["en"]),
        "angka": _ids(here),
        "evidence": [_evidence(one_cell) for one_cell in here[:MOST]],
        "angka_lain": _ids(c for c in there if c.document.document_id == other.document.document_id),
        "evidence_lain": [_evidence(c) for c in there if c.document.document_id == other.document.document_id][:MOST],
    }


def _best(cell: Cell, there: Sequence[Cell]) -> Cell:
    """The place to name first: of the same stage, in the document that prints the value most often."""
    values = [c.figure.value for c in there]
    return max(there, key=lambda c: (c.row.tahap == cell.row.tahap, values.count(c.figure.value)))


def _values(one: Contradiction, cell: Cell, other: Cell, name: str, language: Language) -> dict[str, str]:
    stated, expected = _printed(cell.figure), _printed(other.figure)
    there = _where(other, language)
    return {
        "where": _where(cell, language),
        "subject": name,
        "stated": number(stated, language),
        "expected": number(expected, language),
        "difference": number(stated - expected, language),
        "kind": KINDS.get(other.document.stored.jenis, KINDS["lain"])[language],
        "year": str(other.document.stored.year),
        "file": other.document.name,
        "there": there if other.figure.table_id else there[:1].lower() + there[1:],
    }


def _where(cell: Cell, language: Language) -> str:
    return Where(cell.document.report).of(cell.figure.place, _plain(cell, cell.figure.table_id), language)


def _plain(cell: Cell, id_: str | None) -> str | None:
    """An id without its document's head (see `documents.merged`)."""
    return id_.removeprefix(f"{cell.document.document_id}/") if id_ else None


def _ids(cells: Iterable[Cell]) -> list[str]:
    return list(dict.fromkeys(_plain(cell, cell.figure.id) or "" for cell in cells))[:MOST]


def _printed(figure: Figure) -> Decimal:
    assert figure.value is not None
    return as_printed(figure.value, figure)


def _severity(figure: Figure, other: Figure) -> Severity:
    if is_money(figure):
        return Severity.TINGGI
    assert figure.value is not None
    assert other.value is not None
    small = abs(figure.value - other.value) <= max(step(figure), step(other))
    return Severity.RENDAH if small and (figure.decimals or other.decimals) else Severity.SEDANG


def _evidence(cell: Cell) -> Row:
    figure = cell.figure
    return {
        "table_id": _plain(cell, figure.table_id),
        "row": figure.row,
        "col": figure.col,
        **place_cells(figure.place, box=True),
        "text": figure.text,
    }


def named_documents(rows: Sequence[Row], documents: Sequence[Reread]) -> dict[str, str]:
    """Ids of the documents of some rows to the names of their files."""
    names = {one.document_id: one.name for one in documents}
    return {id_: names[id_] for row in rows for id_ in (row["document_id"], row["document_id_lain"]) if id_ in names}


__all__ = ["KINDS", "SENTENCES", "SUGGESTIONS", "name_of", "named_documents", "rows_of"]
