"""The places a finding asks to look at: rows of tables with the cells marked, sentences with the figures marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.report.marks import located, spot_of
from pipeline.report.model import Cell, Excerpt, Passage, Row, TableRow
from pipeline.report.places import Lookup, at
from pipeline.report.text import visible

MOST_TABLES = 5
MOST_ROWS = 16
MOST_PASSAGES = 10
CELL = 600  # characters of a cell in an excerpt
HEADERS = 4
WHOLE = 40  # characters from which a text is a sentence, not a figure
_BEFORE = re.compile(r"\d[.,]?$")  # the text would stand within a longer number
_AFTER = re.compile(r"[.,]?\d")


def excerpts(finding: Row, lookup: Lookup, first: str = "wrong") -> tuple[Excerpt, ...]:
    """For each table that evidence stands in: its header and the rows in question, the finding's own table first.

    `first` marks the first piece of evidence, the figure in question."""
    rows: dict[str, dict[tuple[int, int], str]] = {}
    own = finding["rule"] == "malformed"
    for i, evidence in enumerate(located(finding, lookup)):
        if (spot := spot_of(evidence)) is not None and spot[0] in lookup.tables:
            rows.setdefault(spot[0], {}).setdefault(spot[1:], first if i == 0 or own else "seen")
    return tuple(_excerpt(table, wanted, lookup) for table, wanted in list(rows.items())[:MOST_TABLES])


def _excerpt(table_id: str, wanted: Mapping[tuple[int, int], str], lookup: Lookup) -> Excerpt:
    first_wrong = [row for (row, _), mark in wanted.items() if mark == "wrong"]
    others = [row for (row, _), mark in wanted.items() if mark != "wrong"]
    shown = list(dict.fromkeys([*first_wrong, *others]))[:MOST_ROWS]
    headers = [row for row in range(min(lookup.header_rows(table_id), HEADERS)) if row not in shown]
    by_row = _covering(lookup.cells.get(table_id, ()), {*shown, *headers})
    numbers = {(figure["row"], figure["col"]) for figure in lookup.figures_of_table.get(table_id, ())}
    lines: list[TableRow] = []
    before = -1
    for row in sorted({*shown, *headers}):
        cells = by_row.get(row, [])
        place = "" if row in headers else _place(cells, row)
        gap = row - before - 1 if before >= 0 else 0
        marked = tuple(_cell(cell, row, wanted, numbers) for cell in cells)
        lines.append(TableRow(marked, place, gap, row in headers))
        before = row
    table = lookup.tables[table_id]
    after = max(0, table["n_rows"] - before - 1)
    title = visible(table["title"], 300) if table["label"] else ""
    return Excerpt(table_id, lookup.table_name(table_id), title, tuple(lines), after)


def _covering(cells: Sequence[Row], rows: set[int]) -> dict[int, list[Row]]:
    """Cells by each wanted row they reach into, in column order: a merged cell stands in all its rows."""
    found: dict[int, list[Row]] = {}
    for cell in cells:
        top, height = cell["row"], max(1, cell["row_span"])
        reach = (top,) if height == 1 else (row for row in sorted(rows) if top <= row < top + height)
        for row in reach:
            if row in rows:
                found.setdefault(row, []).append(cell)
    for row in found.values():
        row.sort(key=lambda cell: cell["col"])
    return found


def _place(cells: Sequence[Row], row: int) -> str:
    for cell in cells:
        if cell["row"] == row and (cell["line"] is not None or cell["page"] is not None):
            return at(cell["page"], cell["line"]).id
    return ""


def _cell(cell: Row, row: int, wanted: Mapping[tuple[int, int], str], numbers: set[tuple[int, int]]) -> Cell:
    mark = wanted.get((cell["row"], cell["col"]), "")
    return Cell(
        text=visible(cell["text"], CELL),
        mark=mark if cell["row"] == row else "",
        cols=max(1, cell["col_span"]),
        number=(cell["row"], cell["col"]) in numbers,
        repeated=cell["row"] != row,
    )


def passages(finding: Row, lookup: Lookup, first: str = "wrong") -> tuple[Passage, ...]:
    """The sentences that evidence outside cells stands in (captions too), each once, with all its marks."""
    found: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    texts: dict[tuple[object, ...], tuple[str, Row]] = {}
    for i, evidence in enumerate(located(finding, lookup)):
        if not evidence["text"] or ((spot := spot_of(evidence)) is not None and spot[0] in lookup.tables):
            continue
        sentence = _sentence(evidence, _figure(finding, i, lookup), lookup)
        key = (evidence["table_id"], evidence["page"], evidence["line"], sentence)
        texts.setdefault(key, (sentence, evidence))
        found.setdefault(key, []).append((visible(evidence["text"], CELL), first if i == 0 else "seen"))
    keys = list(found)[:MOST_PASSAGES]
    return tuple(Passage(lookup.place(texts[key][1]), tuple(pieces(texts[key][0], found[key]))) for key in keys)


def _figure(finding: Row, i: int, lookup: Lookup) -> Row | None:
    """The figure a piece of evidence is: they stand in the same order, as far as both go."""
    figure = lookup.figures.get(finding["angka"][i]) if i < len(finding["angka"]) else None
    return figure if figure is not None and figure["text"] == finding["evidence"][i]["text"] else None


def _sentence(evidence: Row, figure: Row | None, lookup: Lookup) -> str:
    """The statement a figure belongs to, else one of that place that holds the text, else the text itself."""
    if figure is not None and figure["dataset"] == "klaim":
        record = lookup.records.get(("klaim", figure["record_id"]))
        if record is not None:
            return visible(record["kalimat"])
    for claim in lookup.claims_at.get((evidence["page"], evidence["line"]), ()):
        if evidence["text"] in claim["kalimat"]:
            return visible(claim["kalimat"])
    return visible(evidence["text"])


def pieces(sentence: str, marked: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The sentence cut into (text, mark); marks that cannot be found in it follow at its end."""
    spans: list[tuple[int, int, str]] = []
    missing: list[tuple[str, str]] = []
    for text, mark in marked:
        if text == sentence and len(text) >= WHOLE:  # all of it: nothing in it stands out
            continue
        start = _free(sentence, text, spans)
        if start < 0 or not text:
            if len(text) < WHOLE or text not in sentence:  # a sentence whose figures are marked is there already
                missing.append((text, mark))
        else:
            spans.append((start, start + len(text), mark))
    end = 0
    for start, stop, mark in sorted(spans):
        yield sentence[end:start], ""
        yield sentence[start:stop], mark
        end = stop
    yield sentence[end:], ""
    for text, mark in missing:
        if text:
            yield " … ", ""
            yield text, mark


def _free(sentence: str, text: str, spans: Sequence[tuple[int, int, str]]) -> int:
    """Where the text stands in the sentence, not within a longer number and not where something is marked already."""
    start = sentence.find(text) if text else -1
    while start >= 0:
        stop = start + len(text)
        inside = any(start < end and begin < stop for begin, end, _ in spans)
        grown = _BEFORE.search(sentence[:start][-2:]) or (text[-1].isdigit() and _AFTER.match(sentence, stop))
        if not inside and not grown:
            return start
        start = sentence.find(text, start + 1)
    return -1
