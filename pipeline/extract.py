"""The story of one report on one screen: file -> Document -> tables -> typed rows -> records -> Report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from itertools import chain
from pathlib import Path

from extractors import anggaran, context, kinerja
from extractors.angka_lain import other_figures, used_ids
from extractors.cells import TableReader, document_style
from extractors.headers import type_table
from extractors.heads import running_heads
from extractors.identity import identify
from extractors.klaim import extract_claims
from extractors.layout import blocks
from extractors.numbers import Style
from extractors.read import read
from extractors.read.doubts import ScannedWords
from extractors.rumus import calculations
from extractors.standar import link
from extractors.tables.stitch import stitch
from schemas.document import Document, PageStatus
from schemas.figure import Figure
from schemas.limits import USUAL, Limits
from schemas.records import Anggaran, Doubt, Identity, Kinerja, Klaim, Report, TypedTable


def read_report(
    path: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: str = "auto",
    limits: Limits = USUAL,
    identity_override: Callable[[Identity], Identity] | None = None,
) -> Report:
    """Read one file into a `Report`: everything it says, nothing of what we think of it.

    `name` is how the file is called in messages (default: its file name); `identity_override` puts what a manifest or
    an alias says in the place of what was recognised; `limits` are what the file may ask of us. Raises UnreadableInput
    with one clear sentence.
    """
    return report_of(read(path, name=name, password=password, ocr=ocr, limits=limits), identity_override)


def report_of(document: Document, identity_override: Callable[[Identity], Identity] | None = None) -> Report:
    """Everything after reading: the same for text, PDF and scans."""
    laid_out = blocks(document)
    identity = identify(document.name, laid_out, running_heads(document))
    if identity_override:
        identity = identity_override(identity)
    raw_tables, text = stitch(laid_out)
    tables = tuple(type_table(raw, identity) for raw in raw_tables)
    style = document_style(tables)
    stages, years = context.stages(tables), context.years(tables, text, identity)

    budget: list[Anggaran] = []
    results: list[Kinerja] = []
    counts: list[Figure] = []
    used: set[str] = set()  # ids of the figures that records hold
    doubts: list[Doubt] = list(_page_doubts(document))
    for table in tables:
        reader = TableReader.of(table, style)
        where = {"stage": stages.get(table.raw.table_id), "year": years.get(table.raw.table_id)}
        if table.kind in ("anggaran", "campuran"):
            lines = anggaran.budget_lines(reader, identity, **where, start=len(budget) + 1)  # type: ignore[arg-type]
            used.update(used_ids(lines))
            budget.extend(lines)
        if table.kind in ("anggaran", "kinerja", "campuran"):
            rows = kinerja.indicators(reader, identity, **where, start=len(results) + 1)  # type: ignore[arg-type]
            used.update(used_ids(rows))
            results.extend(rows)
        counts.extend(other_figures(reader, used))
        doubts.extend(reader.doubts)
        doubts.extend(_table_doubts(table))
    claims, claim_doubts = extract_claims(text, identity_year=identity.year, style=style)
    scanned = ScannedWords.of(document)
    claims = scanned.weigh(claims)
    if scanned.pages:
        doubts.extend(scanned.doubts(_figures(budget, results, claims, counts)))
    return Report(
        document=document,
        identity=identity,
        tables=tables,
        text=tuple(text),
        anggaran=link(budget, identity),
        kinerja=tuple(results),
        klaim=claims,
        doubts=(*doubts, *claim_doubts),
        counts=tuple(counts),
        formulas=calculations(document, text, claims),
    )


def _figures(*records: Iterable[Anggaran | Kinerja | Klaim | Figure]) -> Sequence[Figure]:
    """Every figure of some records once."""
    found: dict[str, Figure] = {}
    for record in chain(*records):
        values = [record] if isinstance(record, Figure) else [getattr(record, f.name) for f in fields(record)]
        found.update({v.id: v for v in values if isinstance(v, Figure)})
    return list(found.values())


def _table_doubts(table: TypedTable) -> Sequence[Doubt]:
    raw = table.raw
    shape = [Doubt("tabel", raw.doubt, raw.place_first, raw.title or "", raw.table_id, confidence=raw.confidence)]
    if not raw.doubt:
        shape = []
    if raw.n_header == 0 and table.kind != "lain":
        return [
            *shape,
            Doubt(
                "kepala_tabel",
                "the table has no header; its columns were told from what they hold",
                raw.place_first,
                raw.title or "",
                raw.table_id,
                confidence=table.confidence,
            ),
        ]
    unknown = [c for c in table.columns if c.role == "lain" and c.header]
    if unknown and table.kind != "lain":
        return shape + [
            Doubt(
                "kolom",
                f"column not understood: {c.header}",
                raw.place_first,
                c.header,
                raw.table_id,
                None,
                c.index,
                table.confidence,
            )
            for c in unknown
        ]
    return shape


def _page_doubts(document: Document) -> Sequence[Doubt]:
    from schemas.document import Place

    return [
        Doubt("halaman", page.reason or "page not read", Place(page=page.number))
        for page in document.pages
        if page.status is PageStatus.FAILED
    ]


__all__ = ["Style", "read_report", "report_of"]
