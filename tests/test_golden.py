"""The samples' golden outputs: what is read from each and what is found in it, as compact text.

`make golden` writes them anew (it sets LKJIP_REGENERATE_GOLDEN=1); read the difference before committing it. A test
below fails while that switch is on, so that nobody compares a run with itself.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import read_report
from pipeline.reconcile import reconcile
from schemas.checks import Check, Finding, Outcome
from schemas.document import Place
from schemas.figure import Figure, Status
from schemas.records import Report

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden"
REPORTS = sorted(p for p in SAMPLES.iterdir() if p.suffix in {".txt", ".md"} and p.stem != "README")
REGENERATE = bool(os.environ.get("LKJIP_REGENERATE_GOLDEN"))
CLEAN = ("literasi-ternate-2023.txt", "pk-satpolpp-nusa-kencana-2024.txt")


@cache
def run(path: Path) -> tuple[Report, tuple[Check, ...], tuple[Finding, ...]]:
    report = read_report(path)
    checks, findings = reconcile(report)
    return report, tuple(checks), tuple(findings)


def at(place: Place) -> str:
    return f"{place.line}" if place.line is not None else f"p{place.page}"


def shown(figure: Figure | None) -> str:
    """A figure in one word: its value, or why there is none; `!` marks a malformed one."""
    if figure is None or figure.status is Status.KOSONG:
        return "."
    if figure.value is None:
        return f"<{figure.text}>"
    bound = figure.relation or ""
    upper = f"..{figure.high}" if figure.high is not None else ""
    return f"{bound}{figure.value}{upper}" + ("!" if figure.malformed else "")


def word(value: object) -> str:
    return "." if value is None or value == "" else str(value)


def line(*parts: object) -> str:
    return " | ".join(word(p) for p in parts)


def report_lines(report: Report) -> Iterator[str]:
    who = report.identity
    yield "# identity"
    yield line(who.jenis, who.instansi, who.wilayah, who.kode_wilayah, who.year, who.agency)
    yield "# tables: id | label | title | kind | lines | pieces | rows x columns | columns"
    for table in report.tables:
        raw = table.raw
        span = f"{at(raw.place_first)}-{at(raw.place_last)}"
        roles = " ".join(
            "/".join(word(x) for x in (c.role, c.year, c.stage, c.period) if x is not None) for c in table.columns
        )
        yield line(
            raw.table_id, raw.label, raw.title, table.kind, span, raw.pieces, f"{len(raw.rows)}x{raw.n_cols}", roles
        )
    yield "# anggaran: line | table | kode | tingkat | uraian | tahun | tahap | anggaran | realisasi | % | parent"
    place_of = {a.record_id: at(a.place) for a in report.anggaran}
    for a in report.anggaran:
        figures = (shown(a.anggaran), shown(a.realisasi), shown(a.persen))
        parent = place_of.get(a.induk or "")
        yield line(at(a.place), a.table_id, a.kode, a.tingkat, a.uraian, a.tahun, a.tahap, *figures, parent)
    yield "# kinerja: line | table | sasaran | indikator | satuan | tahun | periode | tahap | acuan | figures"
    for k in report.kinerja:
        figures = (shown(k.target), shown(k.realisasi), shown(k.capaian))
        when = (k.tahun, k.periode, k.tahap, k.acuan)
        yield line(at(k.place), k.table_id, k.sasaran, k.indikator, k.satuan, *when, *figures)
    yield "# klaim: line | subjek | anggaran | realisasi | persen | target | capaian | terbilang"
    for c in report.klaim:
        figures = tuple(shown(f) for f in (c.anggaran, c.realisasi, c.persen, c.target, c.capaian, c.terbilang))
        yield line(at(c.place), c.subjek, *figures)
    yield "# doubts: kind | line | text"
    yield from sorted(line(d.kind, at(d.place), d.text) for d in report.doubts)


def check_lines(checks: Iterable[Check], findings: Iterable[Finding]) -> Iterator[str]:
    yield "# checks: rule | agreed | failed | could not be tested"
    outcomes: dict[str, list[int]] = {}
    for check in checks:
        counts = outcomes.setdefault(check.rule, [0, 0, 0])
        counts[list(Outcome).index(check.outcome)] += 1
    yield from (line(rule, *counts) for rule, counts in sorted(outcomes.items()))
    yield "# findings: rule | severity | line | table | subject | stated | expected | difference"
    for f in findings:
        numbers = (f.stated, f.expected, f.difference)
        yield line(f.rule, f.severity, at(f.place), f.table_id, f.subject, *numbers)


def golden_text(path: Path) -> str:
    report, checks, findings = run(path)
    return "\n".join([*report_lines(report), *check_lines(checks, findings)]) + "\n"


def planted(name: str | None = None) -> list[dict[str, str]]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if name in (None, row["file"])]


def same(found: str | None, listed: str) -> bool:
    """Both as numbers where both are numbers, else as the text they are."""
    try:
        return Decimal(found or "") == Decimal(listed)
    except ArithmeticError:
        return "".join((found or "").split()) == "".join(listed.split())


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_sample_gives_its_golden_output(path: Path) -> None:
    file = GOLDEN / f"{path.stem}.txt"
    text = golden_text(path)
    if REGENERATE:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()


def test_regeneration_is_switched_off() -> None:
    if os.environ.get("LKJIP_REGENERATE_GOLDEN"):
        pytest.fail("the golden files were just written, not compared; run again without LKJIP_REGENERATE_GOLDEN")


def test_every_golden_file_belongs_to_a_sample() -> None:
    assert {p.stem for p in GOLDEN.glob("*.txt")} == {p.stem for p in REPORTS}


@pytest.mark.parametrize("row", planted(), ids=lambda row: f"{row['file']}:{row['line']}-{row['rule']}")
def test_every_planted_defect_is_found(row: dict[str, str]) -> None:
    _, _, findings = run(SAMPLES / row["file"])
    there = [f for f in findings if f.rule == row["rule"] and at(f.place) == row["line"]]
    assert len(there) == 1, [(f.rule, at(f.place), f.subject, f.stated, f.expected) for f in findings]
    assert same(there[0].expected, row["expected"])
    if row["rule"] != "terbilang":  # there the words themselves are what is stated
        assert same(there[0].stated, row["stated"])


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_nothing_is_found_that_was_not_planted(path: Path) -> None:
    _, _, findings = run(path)
    listed = {(row["rule"], row["line"]) for row in planted(path.name)}
    extra = [(f.rule, at(f.place), f.subject, f.stated, f.expected) for f in findings]
    assert [e for e in extra if e[:2] not in listed] == []


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_sample_is_checked_and_found_clean(name: str) -> None:
    _, checks, findings = run(SAMPLES / name)
    assert findings == ()
    assert [c for c in checks if c.outcome is Outcome.TIDAK_COCOK] == []
    assert sum(c.outcome is Outcome.COCOK for c in checks) > 0
