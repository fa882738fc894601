"""Several records in one broken row: a converter (or a missing ruling line) put two or more rows into one.

A row is taken apart only where its own form says so: at least two cells fall into the same number k > 1 of parts (by
`<br>`, or by list numbers "1. ... 2. ..."), one of them all figures, and no other cell contradicts.
"""

from __future__ import annotations

import regex

from extractors.marks import BREAK

NUMBERED = regex.compile(r"(?:(?<=\s)|^)(?P<n>\d{1,2})[.)]\s+(?=\p{L})")
FIGURE = regex.compile(r"^(?:Rp\.?\s*)?\(?-?\d[\d.,]*\)?\s*%?(?:,-)?$|^-$", regex.I)


def split_row(cells: list[str]) -> list[list[str]]:
    """The rows that one raw row holds: usually itself."""
    parts = [_parts(c) for c in cells]
    counts = {len(p) for p, c in zip(parts, cells, strict=True) if c.strip() and len(p) > 1}
    if len(counts) != 1:
        return [cells]
    k = counts.pop()
    figures = [p for p in parts if len(p) == k and all(FIGURE.match(x) for x in p)]
    names = [p for p in parts if len(p) == k and not any(FIGURE.match(x) for x in p)]
    if not figures or not names:
        return [cells]
    single = [p for p, c in zip(parts, cells, strict=True) if c.strip() and len(p) == 1]
    if any(FIGURE.match(p[0]) and not regex.match(r"^\d{1,3}$", p[0]) for p in single):
        return [cells]  # one figure for k names belongs to all of them together: leave the row as it is printed
    return [
        [p[i] if len(p) == k else (c if i == 0 else "") for p, c in zip(parts, cells, strict=True)] for i in range(k)
    ]


def _parts(cell: str) -> list[str]:
    if BREAK.search(cell):
        pieces = [p.strip() for p in BREAK.split(cell) if p.strip()]
        if len(pieces) > 1 and (all(FIGURE.match(p) for p in pieces) or all(NUMBERED.match(p) for p in pieces)):
            return pieces
        return [cell]
    marks = list(NUMBERED.finditer(cell))
    if len(marks) > 1 and marks[0].start() == 0 and [int(m["n"]) for m in marks] == list(range(1, len(marks) + 1)):
        ends = [m.start() for m in marks[1:]] + [len(cell)]
        return [cell[m.start() : e].strip() for m, e in zip(marks, ends, strict=True)]
    tokens = cell.split()
    if len(tokens) > 1 and all(FIGURE.match(t) and len(regex.sub(r"\D", "", t)) > 0 for t in tokens):
        # "102.780.80 0" is one figure broken by a narrow column; two whole amounts are two figures.
        whole = [bool(regex.match(r"^(?:\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?|\d+(?:[.,]\d{1,2})?%)$", t)) for t in tokens]
        if all(whole):
            return tokens
    return [cell]
