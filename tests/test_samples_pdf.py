"""The PDF samples say what their text says: the same records, the planted defects and no other finding."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from extractors.read.pdf import read_pdf
from extractors.tables.pdf_blocks import blocks
from pipeline.extract import read_report
from pipeline.reconcile import reconcile
from schemas.checks import Finding
from schemas.document import PageStatus
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Report

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PDFS = sorted(SAMPLES.glob("*.pdf"))
FORMATS = {"ruled": "pdf", "plain": "pdf", "rotated": "pdf", "mixed": "mixed", "scan": "scan"}
LARGEST = 300_000  # bytes
# Readings that are still wrong; a mark that is no longer needed fails the suite, so that it is taken away.
PLAIN = "no lines: the sasaran of a merged cell is not the one of the row below it"


@cache
def run(path: Path) -> tuple[Report, tuple[Finding, ...]]:
    report = read_report(path)
    return report, tuple(reconcile(report)[1])


def text_of(pdf: Path) -> Path:
    return SAMPLES / f"{pdf.name.split('.')[0]}.txt"


def squash(text: str | None) -> str:
    return "".join((text or "").split()).casefold()


def value(figure: Figure | None) -> object:
    return figure and figure.value


def budget(records: Iterable[Anggaran]) -> Counter[object]:
    return Counter(
        (squash(a.uraian), a.kode, a.tingkat, a.tahun, a.tahap, value(a.anggaran), value(a.realisasi), value(a.persen))
        for a in records
    )


def results(records: Iterable[Kinerja]) -> Counter[object]:
    return Counter(
        (
            *(squash(k.indikator), squash(k.sasaran), k.tahun, k.tahap, k.periode),
            *(value(k.target), value(k.realisasi), value(k.capaian)),
        )
        for k in records
    )


def findings_of(path: Path) -> Counter[object]:
    return Counter((f.rule, f.subject, f.stated, f.expected) for f in run(path)[1])


def samples(**wrong: str) -> list[object]:
    """All PDFs as parameters; those of the given variants are expected to fail."""
    found: list[object] = []
    for path in PDFS:
        why = wrong.get(path.name.split(".")[1])
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        found.append(pytest.param(path, marks=marks, id=named(path)))
    return found


def named(path: Path) -> str:
    return path.name.removesuffix(".pdf")


@pytest.mark.parametrize("pdf", samples(plain=PLAIN))
def test_a_pdf_gives_the_records_of_its_text(pdf: Path) -> None:
    typeset, source = run(pdf)[0], run(text_of(pdf))[0]
    assert typeset.anggaran
    assert budget(typeset.anggaran) - budget(source.anggaran) == Counter()
    assert budget(source.anggaran) - budget(typeset.anggaran) == Counter()
    assert results(typeset.kinerja) - results(source.kinerja) == Counter()
    assert results(source.kinerja) - results(typeset.kinerja) == Counter()


@pytest.mark.parametrize("pdf", PDFS, ids=named)
def test_a_pdf_has_the_findings_of_its_text_and_no_others(pdf: Path) -> None:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        planted = [row for row in csv.DictReader(file) if row["file"] == text_of(pdf).name]
    assert findings_of(pdf) == findings_of(text_of(pdf))
    assert findings_of(pdf).total() == len(planted)


@pytest.mark.parametrize("pdf", PDFS, ids=named)
def test_a_pdf_has_the_identity_of_its_text(pdf: Path) -> None:
    mine, theirs = run(pdf)[0].identity, run(text_of(pdf))[0].identity
    assert (mine.agency, mine.year, mine.jenis) == (theirs.agency, theirs.year, theirs.jenis)


@pytest.mark.parametrize("pdf", PDFS, ids=named)
def test_every_page_is_read_and_every_figure_has_its_box(pdf: Path) -> None:
    report, _ = run(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        assert [page.number for page in report.document.pages] == list(range(1, len(document) + 1))
    assert {page.status for page in report.document.pages} == {PageStatus.READ}
    assert report.document.format == FORMATS[pdf.name.split(".")[1]]
    figures = [f for a in report.anggaran for f in (a.anggaran, a.realisasi, a.persen) if f is not None]
    figures += [f for k in report.kinerja for f in (k.target, k.realisasi, k.capaian) if f is not None]
    assert [f.text for f in figures if f.place.box is None or f.place.page is None] == []


def test_the_long_table_stands_on_three_pages() -> None:
    report, _ = run(SAMPLES / "kesbangpol-tanjung-harapan-2023.plain.pdf")
    pages = {
        t.raw.label: (t.raw.place_first.page or 0, t.raw.place_last.page or 0, t.raw.pieces) for t in report.tables
    }
    first, last, pieces = pages["III.4"]
    assert (last - first + 1, pieces) == (3, 3)


def test_the_turned_pages_are_turned() -> None:
    report, _ = run(SAMPLES / "literasi-ternate-2023.rotated.pdf")
    pages = report.document.pages
    assert [p.number for p in pages if p.rotation == 90] == [8, 9]
    assert {w.rotation for w in pages[5].words} == {270}
    assert pages[5].rotation == 0


def test_pdfs_are_small_and_named_in_the_readme() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert {p.name.split(".")[1] for p in PDFS} == set(FORMATS)
    assert [p.name for p in PDFS if p.stat().st_size > LARGEST or f"`{p.name}`" not in readme] == []


def test_the_script_makes_the_pdfs_that_are_here(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    subprocess.run([sys.executable, SAMPLES / "make.py", "--out", tmp_path], check=True, capture_output=True)
    assert [p.name for p in sorted(tmp_path.iterdir())] == [p.name for p in PDFS]
    for pdf in PDFS:
        assert words(tmp_path / pdf.name) == words(pdf), pdf.name


def words(path: Path) -> list[tuple[object, ...]]:
    """Size, rotation and text of every page."""
    with pypdfium2.PdfDocument(path) as document:
        return [(p.get_size(), p.get_rotation(), p.get_textpage().get_text_range()) for p in document]


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_letters_without_a_size_are_no_error(path: Path, every: int) -> None:
    """A spoilt font may print letters of no size, all or some of them."""
    document = read_pdf(path, ocr="off")
    spoilt = tuple(
        replace(page, words=tuple(replace(w, size=0.0) if k % every == 0 else w for k, w in enumerate(page.words)))
        for page in document.pages
    )
    found = blocks(replace(document, pages=spoilt))
    assert bool(found) == any(page.words for page in spoilt)
