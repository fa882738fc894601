"""One document: from its rows to its page on disk, and what the index and the workbook need of it. Runs in a worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.location import Location
from pipeline.report.book import Source, sheet_rows
from pipeline.report.charts import charts
from pipeline.report.coverage import coverage
from pipeline.report.crops import PageImages
from pipeline.report.findings import money_of, ordered, unit_of, value_of, view
from pipeline.report.labels import Both
from pipeline.report.load import Data, find, load
from pipeline.report.marks import marks_of
from pipeline.report.model import FindingView, Result, Row
from pipeline.report.pages import render
from pipeline.report.partners import Partners, page_name
from pipeline.report.places import Lookup, at
from pipeline.report.review import Review, load_reviews
from pipeline.report.sentences import summary, who, year_of
from pipeline.report.sources import fetched, link, locate
from pipeline.report.tables import statements, table_views
from pipeline.report.text import visible

PAGES, IMAGES = "dokumen", "gambar"  # folders below laporan/


@dataclass(frozen=True, slots=True)
class Job:
    """A document to write. `folder` is where the report is being made, `final` where it will stand (links to source
    files are made from there); `others` are the heads of the agency's earlier years; `run` names this run."""

    out: Location
    folder: Path
    final: Location
    head: Row
    others: Sequence[Row]
    roots: Sequence[Location]
    lang: str
    today: date
    run: str = ""
    pictures: bool = True


@lru_cache(maxsize=1)
def _reviews(out: Location, run: str) -> Mapping[str, Review]:
    """Reviews, read once by each process of a run: handing them over with every job would be quadratic."""
    return load_reviews(out)


def write_document(job: Job) -> Result:
    """Write the page of one document. Raises `UnusableOutput` for damaged datasets, `OSError` where the disk refuses."""
    data = load(job.out, job.head, job.others)
    lookup = Lookup(data)
    own = [*data["temuan"], *data["temuan_lintas"]]
    found = ordered(own, lookup)
    source = locate(job.roots, (job.head["sumber"], *job.head["sumber_lain"]), job.head["sha256"])
    href = link(source, job.final / PAGES) if source is not None else ""
    reviews = _reviews(job.out, job.run)
    with ExitStack() as stack:
        if source is None and _wants_pictures(job, found):
            names = (job.head["sumber"], *job.head["sumber_lain"])
            source = stack.enter_context(fetched(job.roots, names, job.head["sha256"]))
        images = _images(job, source, found, stack)
        partners = Partners(job.out, data)
        views = [view(row, lookup, reviews, images, href, partners.of(row)) for row in found]
    path = job.folder / PAGES / page_name(job.head)
    path.write_text(_page(job, data, lookup, views, href, images is not None), encoding="utf-8")
    return _result(data, lookup, views, reviews)


def _images(job: Job, source: Path | None, found: Sequence[Row], stack: ExitStack) -> PageImages | None:
    """The page images of a PDF that is still there and can be opened; only where a finding has a place on a page."""
    if source is None or not _wants_pictures(job, found):
        return None
    id_ = job.head["document_id"]
    try:
        return stack.enter_context(PageImages(source, job.folder / IMAGES / id_, f"../{IMAGES}/{id_}"))
    except Exception:  # noqa: BLE001 - a file that pdfium will not open (a password) costs the pictures alone
        return None


def _wants_pictures(job: Job, found: Sequence[Row]) -> bool:
    return job.pictures and job.head["format"] != "text" and _boxed(found)


def _boxed(found: Sequence[Row]) -> bool:
    """Whether any evidence has a place on a page that could be shown."""
    return any(one["x0"] is not None for row in found for one in row["evidence"])


def _page(job: Job, data: Data, lookup: Lookup, views: Sequence[FindingView], href: str, pictured: bool) -> str:
    severities = Counter(one.severity for one in views)
    money = [one.money for one in views if one.money]
    checks = coverage(data["pemeriksaan"])
    findings = [one.row for one in views]
    marks = marks_of(findings, lookup)
    claims = statements(lookup, findings)
    values: dict[str, Any] = {
        "head": _head(data.head),
        "who": who(data.head),
        "year": year_of(data.head),
        "sentences": summary(data, checks, severities, sum(money, Decimal(0)), len(money)),
        "severities": severities,
        "money": sum(money, Decimal(0)),
        "n_money": len(money),
        "coverage": checks,
        "charts": charts(data),
        "findings": views,
        "tables": table_views(lookup, marks),
        "claims": claims,
        "pages": _pages(data),
        "group": _group(job, data),
        "doubts": [_doubt(row, lookup) for row in data["keraguan"]],
        "source": href,
        "unpictured": not pictured and _boxed(findings),
    }
    return render("document.html.j2", job.lang, job.today, values)


def _group(job: Job, data: Data) -> dict[str, Any] | None:
    """What part or version of a report this is, where it is not simply the report."""
    for row in data["kelompok_dokumen"]:
        if row["peran"] != "utama":
            newer = row["digantikan_oleh"]
            head = find(job.out, job.head["agency"], newer) if newer else None
            why = Both(visible(row["alasan"], 300), visible(row["reason"], 300))
            return {"role": row["peran"], "why": why, "page": page_name(head) if head is not None else ""}
    return None


def _head(head: Row) -> dict[str, Any]:
    """The row of `dokumen` with its texts made visible."""
    return {key: visible(value, 500) if isinstance(value, str) else value for key, value in head.items()}


def _pages(data: Data) -> list[tuple[Both, str, str]]:
    """Pages that were not read, and why."""
    return [
        (at(row["page"], None), row["status"], visible(row["reason"], 300))
        for row in data["halaman"]
        if row["status"] == "failed" or (row["status"] == "skipped" and row["words"])
    ]


def _doubt(row: Row, lookup: Lookup) -> tuple[Both, str, str, str]:
    return lookup.place(row), visible(row["kind"], 60), visible(row["text"], 200), visible(row["reason"], 300)


def _result(data: Data, lookup: Lookup, views: Sequence[FindingView], reviews: Mapping[str, Review]) -> Result:
    money = [one.money for one in views if one.money]
    units = {one.id: unit_of(one.row, lookup) for one in views}
    book = sheet_rows(Source(data, lookup, [one.row for one in views], units, reviews))
    return Result(
        head=data.head,
        page=f"{PAGES}/{page_name(data.head)}",
        findings=tuple(_listed(one, data, lookup, units[one.id]) for one in views),
        coverage=coverage(data["pemeriksaan"]),
        severities=Counter(one.severity for one in views),
        money=sum(money, Decimal(0)),
        money_findings=len(money),
        pages_failed=sum(row["status"] == "failed" for row in data["halaman"]),
        doubts=len(data["keraguan"]),
        book=book,
    )


def _listed(one: FindingView, data: Data, lookup: Lookup, unit: str | None) -> Row:
    """A finding for the index and the CSV."""
    row, head = one.row, data.head
    table = lookup.tables.get(row["table_id"] or "")
    review = one.review
    return {
        **{key: row[key] for key in ("temuan_id", "rule", "severity", "subjek", "stated", "expected", "difference")},
        **{key: row[key] for key in ("page", "line", "pesan", "message", "saran")},
        **{key: head[key] for key in ("agency", "year", "instansi", "wilayah", "sumber", "document_id")},
        "label": table["label"] if table is not None else None,
        "unit": unit,
        "place": visible(one.place.id, 120),
        "shown": value_of(row, "stated", unit, 60),
        "expected_shown": value_of(row, "expected", unit, 60),
        "difference_shown": value_of(row, "difference", unit, 60),
        "money": money_of(row, lookup),
        "tinjauan": review.status if review else "",
        "catatan": review.notes if review else "",
        "nilai_benar": review.right_value if review else "",
    }
