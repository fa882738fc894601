"""Long tables, full pages and endless lines are read in time that grows with their length and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extractors import anggaran
from extractors.cells import TableReader
from extractors.headers import type_table
from extractors.identity import identify
from extractors.layout import blocks
from extractors.tables.stitch import stitch
from schemas.document import Box, Document, Page, Rule, SourceLine, Word

SECONDS = 6.0  # of the processor; each case takes well under one, and took minutes where work grew with the square


def text(*lines: str) -> Document:
    return Document("a.txt", "0" * 64, "text", lines=tuple(SourceLine(k, t) for k, t in enumerate(lines, 1)))


def page(words: list[tuple[str, float, float]], rules: tuple[Rule, ...] = (), size: float = 2.0) -> Document:
    made = tuple(Word(t, Box(x, y - 0.78 * size, x + 14, y + 0.22 * size), size) for t, x, y in words)
    return Document("a.pdf", "0" * 64, "pdf", pages=(Page(1, 600, 800, words=made, rules=rules),))


def coded() -> Document:
    rows = (f"1.{k // 400}.{k // 20 % 20}.{k % 20}\tKegiatan {k}\t{k}.000.000\t{k}.000.000" for k in range(1, 4000))
    return text("Kode\tUraian\tAnggaran\tRealisasi", *rows)


def marked() -> Document:
    return text("*" * 300_000, "*a " * 100_000, "| " * 100_000 + "x", "-" * 50_000 + "x\ta\tb", "(" * 100_000)


def named() -> Document:
    return text("Dinas" + " dan" * 5_000, "no/" * 60_000 + " 2024", "Rp. " * 50_000 + "\t1\t2", "tahun 2024 " * 20_000)


def crowded() -> Document:
    return page([("1.000", 20 + 70 * (k % 8), 10 + 0.6 * (k // 8)) for k in range(8_000)], size=0.5)


def overrun() -> Document:
    across = tuple(Rule(20, 10 + 7 * k, 580, 10 + 7 * k) for k in range(101))
    down = tuple(Rule(20 + 28 * k, 10, 20 + 28 * k, 710) for k in range(21))
    return page([("kata", 14 + 7 * (k % 80), 15 + 7 * (k // 80)) for k in range(8_000)], across + down)


def drawn() -> Document:
    across = tuple(Rule(20, 5 + 0.3 * k, 590, 5 + 0.3 * k) for k in range(2_500))
    down = tuple(Rule(20 + 0.2 * k, 5, 20 + 0.2 * k, 790) for k in range(2_500))
    return page([("1", 30 + 4 * k, 100) for k in range(100)], across + down)


@pytest.mark.parametrize("made", [coded, marked, named, crowded, overrun, drawn])
def test_no_case_runs_away(made: Callable[[], Document]) -> None:
    document = made()
    start = time.process_time()
    laid = blocks(document)
    identity = identify(document.name, laid)
    tables, _ = stitch(laid)
    for table in tables:
        reader = TableReader.of(type_table(table, identity), None)
        anggaran.budget_lines(reader, identity, stage=None, year=None, start=1)
    assert time.process_time() - start < SECONDS


def test_parents_are_found_by_code_then_by_rank() -> None:
    lines = (
        "1.02\tProgram A",
        "1.02.03\tKegiatan B",
        "1.02.03.04\tSub Kegiatan C",
        "2.01\tProgram D",
        "2.01.9\tKegiatan E",
    )
    document = text("Kode\tUraian\tAnggaran", *(f"{line}\t1.000.000" for line in lines))
    identity = identify("a.txt", ())
    (table,), _ = stitch(blocks(document))
    found = anggaran.budget_lines(
        TableReader.of(type_table(table, identity), None), identity, stage=None, year=None, start=1
    )
    names = {record.record_id: record.uraian for record in found}
    assert [names.get(record.induk or "") for record in found] == [
        None,
        "Program A",
        "Kegiatan B",
        None,
        "Program D",
    ]
