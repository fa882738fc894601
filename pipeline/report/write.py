"""The story of a report: read the catalogue, write each document's page, gather, write index, workbook and CSV, and put the
whole folder in place at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.i18n import problem
from pipeline.location import Location, Url, absolute, each, remove
from pipeline.report import load, workers
from pipeline.report.csv import FindingsCsv
from pipeline.report.document import PAGES, Job
from pipeline.report.excel import Workbook
from pipeline.report.index import Index, rule_labels, script_json
from pipeline.report.pages import render, write_static
from pipeline.report.review import Review, load_reviews
from pipeline.report.sources import source_roots
from pipeline.report.text import visible
from pipeline.store import lock, open_for_reading
from pipeline.store.out import output_error
from schemas.errors import UnusableOutput

FOLDER = "laporan"
DRAFT, OLD = "_laporan.tmp", "_laporan.old"
MARKER = "_laporan.json"  # in the folder, so that nothing that is not ours is ever replaced
MOST_TROUBLES = 100


@dataclass(frozen=True, slots=True)
class Written:
    """`index` is the page to open."""

    index: Location
    documents: int
    findings: int


def write_report(
    out: Location,
    lang: str = "id",
    *,
    sources: Sequence[Location] = (),
    jobs: int = 0,
    now: datetime | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Write `OUT/laporan/`, in the place of an earlier one; in an object store the index goes last.

    `lang` is the language it opens in; `sources` are folders where the files that were read lie now, beside those the
    logs of OUT name; `jobs` are worker processes (0: none); `told` hears how many documents are done. Raises
    `UnusableOutput` where OUT is none, is being written to, or cannot be written.
    """
    open_for_reading(out)
    final = out / FOLDER
    now = now or datetime.now().astimezone()
    try:
        if (final.is_dir() or final.exists()) and not (final / MARKER).exists():
            raise problem(UnusableOutput, "report_taken", out=final)
        with lock(out), _draft(out) if isinstance(out, Path) else _uploaded(out / FOLDER) as draft:
            written = _write(out, draft, final, lang, sources, jobs, now, told)
    except OSError as error:
        raise output_error(error, final) from error
    return written


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """A folder to write in that takes the place of the report at the end, and is gone if anything fails."""
    draft, old, final = out / DRAFT, out / OLD, out / FOLDER
    if old.exists() and not final.exists():  # killed between the two renames
        old.rename(final)
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        if final.exists():
            final.rename(old)
        draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _uploaded(final: Url) -> Iterator[Path]:
    """A temporary folder whose files are put in the place of the objects of an earlier report, the index last."""
    with tempfile.TemporaryDirectory(prefix="lkjip-") as folder:
        draft = Path(folder)
        yield draft
        files = [path for path in sorted(draft.rglob("*")) if path.is_file()]
        new = {final / path.relative_to(draft): path for path in files}
        old = [stat.url for stat in final.files() if stat.url not in new]
        index = final / "index.html"
        each(lambda url: url.write_bytes(new[url].read_bytes()), [url for url in new if url != index])
        index.write_bytes(new[index].read_bytes())
        remove(old)


def _write(
    out: Location,
    draft: Path,
    final: Location,
    lang: str,
    sources: Sequence[Location],
    jobs: int,
    now: datetime,
    told: Callable[[int, int], None],
) -> Written:
    heads = load.catalogue(out)
    reviews = load_reviews(out)
    todo = _jobs(out, draft, final, heads, lang, sources, now)
    (draft / PAGES).mkdir()
    write_static(draft / "static")
    index = Index()
    seen: set[str] = set()
    told(0, len(todo))
    with Workbook(draft / "temuan.xlsx", lang, now) as book, FindingsCsv(draft / "temuan.csv") as table:
        for done, result in enumerate(workers.run(todo, jobs), 1):
            index.add(result)
            book.add(result.book)
            table.add(result.findings)
            seen.update(row["temuan_id"] for row in result.findings if row["temuan_id"] in reviews)
            told(done, len(todo))
    findings = len(index.findings)
    _write_index(draft, index, _vanished(reviews, seen), lang, now)
    (draft / MARKER).write_text(json.dumps({"program": "lkjip", "documents": len(todo), "findings": findings}) + "\n")
    return Written(final / "index.html", len(todo), findings)


def _jobs(
    out: Location,
    draft: Path,
    final: Location,
    heads: Sequence[load.Row],
    lang: str,
    sources: Sequence[Location],
    now: datetime,
) -> list[Job]:
    before = load.earlier(heads)
    roots = source_roots(out, sources)
    return [
        Job(
            out=out,
            folder=draft,
            final=absolute(final),
            head=head,
            others=before.get(head["document_id"], ()),
            roots=roots,
            run=now.isoformat(),
            lang=lang,
            today=now.date(),
        )
        for head in heads
    ]


def _vanished(reviews: Mapping[str, Review], seen: set[str]) -> list[dict[str, Any]]:
    """Reviews of findings that are not there any more: told, never dropped."""
    return [
        {
            "id": visible(id_, 60),
            "status": visible(review.status, 40),
            "notes": visible(review.notes, 300),
            "subject": visible(str(review.about["subjek"] or id_), 200),
            "agency": visible(str(review.about["agency"]), 200),
            "year": review.about["year"],
        }
        for id_, review in sorted(reviews.items())
        if id_ not in seen
    ]


def _write_index(draft: Path, index: Index, vanished: Sequence[Mapping[str, Any]], lang: str, now: datetime) -> None:
    names = index.write(draft / "data")
    values: dict[str, Any] = {
        "index": index,
        "coverage": index.coverage,
        "troubles": index.troubles[:MOST_TROUBLES],
        "vanished": vanished[:MOST_TROUBLES],
        "n_vanished": len(vanished),
        "years": sorted(year for year in index.years if year),
        "first": {name: parts[0] for name, parts in names.items()},
    }
    settings = {
        "berkas": {name: [f"data/{part}" for part in parts] for name, parts in names.items()},
        "jumlah": {"dokumen": len(index.documents), "temuan": len(index.findings)},
        "aturan": rule_labels(index.rules),
    }
    (draft / "data" / "awal.js").write_text(f"lkjip.mulai({script_json(settings)});\n", encoding="ascii")
    (draft / "index.html").write_text(render("index.html.j2", lang, now.date(), values), encoding="utf-8")
