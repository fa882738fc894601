"""The rows of one document, dataset by dataset, and the one row of a document that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.cells import Misfit, Row
from pipeline.ringkasan import ringkasan_rows
from pipeline.rows.layout import halaman_rows, sel_rows, tabel_rows
from pipeline.rows.records import anggaran_rows, angka_rows, kinerja_rows, klaim_rows, used_figures
from pipeline.rows.verdicts import keraguan_rows, pemeriksaan_rows, temuan_rows
from schemas.checks import Check, Finding
from schemas.datasets import PER_DOCUMENT
from schemas.document import Document, PageStatus
from schemas.records import Report

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from: its names (the first is `sumber`), its bytes, and what reads it.

    `sha256` is None for a file that could not be opened; `document_id` is then made of its name.
    """

    document_id: str
    sumber: str
    sumber_lain: tuple[str, ...]
    sha256: str | None
    version: str


def rows_of(report: Report, checks: Sequence[Check], findings: Sequence[Finding], origin: Origin) -> Rows:
    """Rows of every per-document dataset, each with `document_id`."""
    misfits: list[Misfit] = []
    used = list(used_figures(report))
    figures = {figure.id: figure for _, _, _, figure in used}
    rows: Rows = {
        "halaman": halaman_rows(report.document),
        "tabel": tabel_rows(report),
        "sel": sel_rows(report),
        "anggaran": anggaran_rows(report, misfits),
        "kinerja": kinerja_rows(report, misfits),
        "klaim": klaim_rows(report, misfits),
        "angka": angka_rows(used, misfits),
        "pemeriksaan": pemeriksaan_rows(checks, findings, figures),
        "temuan": temuan_rows(findings),
        "ringkasan": ringkasan_rows(report, findings),
    }
    rows["keraguan"] = keraguan_rows(report, misfits)
    rows["dokumen"] = [_dokumen(report, rows, origin)]
    for row in chain.from_iterable(rows.values()):
        row["document_id"] = origin.document_id
    return {dataset.name: rows[dataset.name] for dataset in PER_DOCUMENT}


def failed_rows(origin: Origin, error: str) -> Rows:
    """The one row of a document that could not be read: `dokumen` alone, status failed, with the reason."""
    row: Row = dict.fromkeys(
        ("format", "jenis", "instansi", "wilayah", "kode_wilayah", "pages", "ocr_pages", "kelompok")
    )
    row |= dict.fromkeys(("n_tabel", "n_anggaran", "n_kinerja", "n_klaim", "n_temuan"), 0)
    row |= {"document_id": origin.document_id, "status": "failed", "error": error, **_origin_cells(origin)}
    return {"dokumen": [row]}


def _origin_cells(origin: Origin) -> Row:
    return {
        "sumber": origin.sumber,
        "sumber_lain": list(origin.sumber_lain),
        "sha256": origin.sha256,
        "version": origin.version,
    }


def _dokumen(report: Report, rows: Rows, origin: Origin) -> Row:
    document, identity = report.document, report.identity
    status, error = _status(document)
    return {
        **_origin_cells(origin),
        "format": document.format,
        "jenis": identity.jenis,
        "instansi": identity.instansi,
        "wilayah": identity.wilayah,
        "kode_wilayah": identity.kode_wilayah,
        "pages": len(document.pages) or None,
        "ocr_pages": sum(page.method == "ocr" for page in document.pages) if document.pages else None,
        **{f"n_{name}": len(rows[name]) for name in ("tabel", "anggaran", "kinerja", "klaim", "temuan")},
        "status": status,
        "error": error,
        "kelompok": identity.kelompok,
    }


def _status(document: Document) -> tuple[str, str | None]:
    """A document of which a page was not read is `partial`, never `ok`; an empty page has nothing to read."""
    from extractors.read.legible import EMPTY

    missed = [page for page in document.pages if page.status is not PageStatus.READ and page.reason != EMPTY]
    if not missed:
        return "ok", None
    by_reason: dict[str, list[int]] = {}
    for page in missed:
        by_reason.setdefault(page.reason or page.status.value, []).append(page.number)
    parts = [f"{reason}: halaman {_ranges(numbers)}" for reason, numbers in by_reason.items()]
    return "partial", f"{len(missed)} dari {len(document.pages)} halaman tidak terbaca ({'; '.join(parts)})"


def _ranges(numbers: Sequence[int]) -> str:
    """[1, 2, 3, 7] as "1-3, 7"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
