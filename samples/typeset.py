"""Lines of a text sample as ReportLab flowables: titles, headings, lists, contents, tables with merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, Flowable, LongTable, PageBreak, Paragraph, Spacer

FIGURE = re.compile(r"(Rp\.? ?)?[\d(][\d.,]*\)?( ?%|,-)?|-")
NUMBERING = re.compile(r"\(?\d\d?\)?(=.*)?")
LISTED = re.compile(r"( *)([-*] (?:[a-z]\. )?|\d\)|[a-z]\.|\d\.) ?(.*)")
TOTAL = re.compile(r"(jumlah|total)( keseluruhan)?", re.I)
BREAK = re.compile(r"(BAB |KATA PENGANTAR|DAFTAR |IKHTISAR|LAMPIRAN)")
CONTENTS = re.compile(r"\t|\s*\.{4,}\s*")
CELL = 5.4  # points left and right of a cell's text: the default of word processors

Line = tuple[int, str]
Row = list[str]


@dataclass(frozen=True)
class Face:
    """A regular and a bold font and the size of running text in points."""

    regular: str
    bold: str
    size: float


@dataclass(frozen=True)
class Style:
    """How a document is typeset; `repeat` draws a table's header again on each page, `shade` colours it."""

    face: Face
    ruled: bool = True
    repeat: bool = True
    shade: str | None = None
    running: str = ""

    def paragraph(
        self, *, bold: bool = False, align: int = TA_JUSTIFY, size: float = 0, **more: float
    ) -> ParagraphStyle:
        size = size or self.face.size
        font = self.face.bold if bold else self.face.regular
        return ParagraphStyle("p", fontName=font, fontSize=size, leading=size * 1.25, alignment=align, **more)


def faces() -> None:
    """Make the fonts known that come with ReportLab."""
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")


def typed_lines(text: str, joined: tuple[int, ...]) -> list[Line]:
    """The numbered lines, those in `joined` put back to the line they were cut from."""
    lines = [[n, t] for n, t in enumerate(text.splitlines(), 1)]
    for n in joined:
        before = next(line for line in reversed(lines[: n - 1]) if line[1].strip() and not _repeated(lines, line))
        before[1] = _put_back(before[1], lines[n - 1][1])
        lines[n - 1][1] = ""
    return [(n, t) for n, t in lines]


def _repeated(lines: list[list], line: list) -> bool:
    """Does the line stand in a header that was printed before?"""
    return any(other[1] == line[1] for other in lines[: line[0] - 1]) or bool(re.fullmatch(r"[\d\t]+", line[1]))


def _put_back(before: str, after: str) -> str:
    if "\t" not in after:
        return f"{before} {after}"
    cells = []
    for a, b in zip(before.split("\t"), after.split("\t"), strict=True):
        cut = bool(FIGURE.fullmatch(a) and FIGURE.fullmatch(b))
        cells.append(a + b if cut else f"{a} {b}".strip())
    return "\t".join(cells)


# --- running text --------------------------------------------------------------------------------------------------


def story(lines: list[Line], style: Style, width: float, *, title: bool) -> list[Flowable]:
    """Flowables of the lines; with `title`, all before the first chapter is a title page."""
    flow: list[Flowable] = []
    i = 0
    if title:
        i = next((k for k, (_, t) in enumerate(lines) if BREAK.match(_bare(t)) or "\t" in t or len(t) > 100), 0)
        flow += [
            Paragraph(escape(_bare(t)), style.paragraph(bold=True, align=TA_CENTER, size=15))
            if t.strip()
            else Spacer(1, 24)
            for _, t in lines[:i]
        ]
    contents = caption = False
    while i < len(lines):
        raw = lines[i][1]
        bare = _bare(raw)
        entry = contents and CONTENTS.search(raw)
        if BREAK.match(bare) and not entry:
            if flow and not contents:
                flow.append(PageBreak())
            contents = bare.startswith("DAFTAR")
            if flow and not contents and not isinstance(flow[-1], PageBreak):
                flow.append(PageBreak())
        if re.match(r"Tabel [\dIVX]+\.\d", bare) and not contents:
            caption = True
            flow.append(CondPageBreak(style.face.size * 12))
        if not bare:
            caption = False
            flow.append(Spacer(1, style.face.size * 0.6))
        elif entry:
            *name, page = CONTENTS.split(bare)
            flow.append(Leader(" ".join(name), page, style))
        elif "\t" in raw:
            rows, i = _rows(lines, i)
            flow += _tabbed(rows, style, width)
            continue
        elif raw.startswith("$$"):
            flow.append(Equation(raw.strip("$"), style))
        else:
            flow.append(_line(raw, bare, style, caption))
        i += 1
    return flow


def _bare(text: str) -> str:
    return re.sub(r"\*\*|</?b>|^#+ ", "", text).strip()


def _line(raw: str, bare: str, style: Style, caption: bool) -> Paragraph:
    text = escape(bare)
    if BREAK.match(bare) or (bare.isupper() and len(bare) < 90 and not re.match(r"[A-Z]\. ", bare)):
        return Paragraph(text, style.paragraph(bold=True, align=TA_CENTER, size=style.face.size + 1))
    if caption:
        return Paragraph(text, style.paragraph(bold=True, align=TA_CENTER))
    if re.match(r"(\*\*|#+ |<b>)|[A-Z]\. |\d\.\d\.? ", raw):
        return Paragraph(text, style.paragraph(bold=True, align=TA_LEFT, spaceBefore=4))
    listed = LISTED.fullmatch(raw)
    if listed:
        indent = 18 + 6 * len(listed[1])
        mark = "\u2022" if listed[2].strip() in "-*" else listed[2].removeprefix("- ").strip()
        where = style.paragraph(leftIndent=indent, bulletIndent=indent - 16, spaceAfter=2)
        return Paragraph(escape(_bare(listed[3])), where, bulletText=mark)
    return Paragraph(text, style.paragraph(align=TA_JUSTIFY if len(bare) > 80 else TA_LEFT))


class Leader(Flowable):
    """A line of a table of contents: its name, dots, its page."""

    def __init__(self, name: str, page: str, style: Style) -> None:
        super().__init__()
        self.name, self.number, self.style = name, page, style

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.style.face.size * 1.4

    def draw(self) -> None:
        face = self.style.face
        long = pdfmetrics.stringWidth(self.name, face.regular, face.size)
        dots = int((self.width - 30 - long) / pdfmetrics.stringWidth(".", face.regular, face.size))
        self.canv.setFont(face.regular, face.size)
        self.canv.drawString(0, 3, f"{self.name} {'.' * max(3, dots - 2)}")
        self.canv.drawRightString(self.width, 3, self.number)


class Equation(Flowable):
    r"""`\frac{a}{b} \times c`: the fraction drawn over its line, the rest beside it."""

    def __init__(self, source: str, style: Style) -> None:
        super().__init__()
        before, above, below, after = re.fullmatch(r"(.*?)\\frac\{(.*)\}\{(.*?)\}(.*)", source).groups()
        self.parts = [
            re.sub(r" +", " ", p.replace(r"\times", "\u00d7").replace("\\", "")).strip()
            for p in (before, above, below, after)
        ]
        self.face = style.face

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self.face.size * 3

    def draw(self) -> None:
        before, above, below, after = self.parts
        face, size, draw = self.face, self.face.size, self.canv
        middle, x = size * 1.4, 60.0
        draw.setFont(face.regular, size)
        if before:
            draw.drawString(x, middle - size * 0.3, before)
            x += pdfmetrics.stringWidth(before, face.regular, size) + 4
        wide = max(pdfmetrics.stringWidth(p, face.regular, size) for p in (above, below)) + 6
        draw.drawCentredString(x + wide / 2, middle + size * 0.3, above)
        draw.drawCentredString(x + wide / 2, middle - size * 0.95, below)
        draw.setLineWidth(0.6)
        draw.line(x, middle, x + wide, middle)
        draw.drawString(x + wide + 4, middle - size * 0.3, after)


class Stops(Flowable):
    """A line set with tab stops: key, colon, value; or two columns of signatures."""

    def __init__(self, cells: Row, style: Style) -> None:
        super().__init__()
        self.cells, self.face = cells, style.face

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.face.size * 1.5

    def draw(self) -> None:
        filled = [c for c in self.cells if c]
        stops = (0, 110, 120) if ":" in filled else (20, self.width * 0.52)
        self.canv.setFont(self.face.regular, self.face.size)
        for x, text in zip(stops, filled, strict=False):
            self.canv.drawString(x, 3, text)


# --- tables --------------------------------------------------------------------------------------------------------


def _rows(lines: list[Line], i: int) -> tuple[list[Row], int]:
    """The rows of the table that begins at `lines[i]`, over gaps and without repeated headers; the index after it."""
    rows: list[Row] = []
    after = i
    again = False
    for k in range(i, len(lines)):
        text = lines[k][1]
        if "\t" not in text:
            if text.strip():
                break
            continue
        row = [c.strip() for c in text.split("\t")]
        gap = bool(rows) and k > after
        again = (gap or again) and row in rows[:4]  # a header that stands again after a page break
        if gap and not again and _begins(row, rows[0]):
            break
        if not again:
            rows.append(row)
        after = k + 1
    return rows, after


def _begins(row: Row, first: Row) -> bool:
    """Does another table begin with this row, that stands below a gap?"""
    named = [c for c in row if c]
    return len(row) != len(first) or (len(named) > 1 and not any(map(FIGURE.fullmatch, named)))


def _tabbed(rows: list[Row], style: Style, width: float) -> list[Flowable]:
    if any(":" in row for row in rows) or all(sum(map(bool, row)) <= 2 and "" in row for row in rows):
        return [Stops(row, style) for row in rows]
    return [Spacer(1, 3), table(rows, style, width), Spacer(1, 6)]


def table(rows: list[Row], style: Style, width: float) -> LongTable:
    """A table with its merged cells: header groups, names merged downwards, totals merged to the left."""
    n_cols = max(map(len, rows))
    rows = [row + [""] * (n_cols - len(row)) for row in rows]
    head = _header_rows(rows)
    numbered = sum(1 for row in rows[:head] if _is_numbering(row))
    spans = [*_header_spans(rows[: head - numbered]), *_body_spans(rows, head)]
    widths = _widths(rows, head, spans, style, width)
    cells = [[_cell(rows, r, c, head, style) for c in range(n_cols)] for r in range(len(rows))]
    commands: list[tuple] = [
        ("VALIGN", (0, 0), (-1, head - 1), "MIDDLE"),
        ("VALIGN", (0, head), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5 if style.ruled else 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3 if style.ruled else 4),
    ]
    commands += [("SPAN", (c0, r0), (c1, r1)) for r0, c0, r1, c1 in spans]
    if style.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if style.shade:
        commands.append(("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor(style.shade)))
    return LongTable(cells, widths, repeatRows=head if style.repeat else 0, style=commands, splitInRow=1)


def _cell(rows: list[Row], r: int, c: int, head: int, style: Style) -> Paragraph:
    text, row = rows[r][c], rows[r]
    size = style.face.size - 1
    if r < head:
        return Paragraph(escape(_bare(text)), style.paragraph(bold=not _is_numbering(row), align=TA_CENTER, size=size))
    figure = FIGURE.fullmatch(text) and c > 0
    money = any(len(rows[k][c]) > 9 and FIGURE.fullmatch(rows[k][c]) for k in range(head, len(rows)))
    align = (TA_RIGHT if money else TA_CENTER) if figure else TA_LEFT
    return Paragraph(escape(_bare(text)), style.paragraph(bold=_strong(row), align=align, size=size))


def _strong(row: Row) -> bool:
    """Totals, and lines in capitals, are set bold."""
    name = max(map(_bare, row), key=len)
    total = any(TOTAL.fullmatch(_bare(text)) for text in row[:2])
    return total or "<b>" in "".join(row) or (name.isupper() and len(name) > 9)


def _is_numbering(row: Row) -> bool:
    return len(row) > 2 and all(NUMBERING.fullmatch(c) for c in row)


def _header_rows(rows: list[Row]) -> int:
    """A header goes on where its last row has a merged cell and the next begins under one, and with column numbers."""
    n = 1
    while n < len(rows) and not _is_numbering(rows[n - 1]):
        if not _is_numbering(rows[n]) and not (rows[n][0] == "" and "" in rows[n - 1]):
            break
        n += 1
    return n


def _header_spans(rows: list[Row]) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of merged header cells."""
    spans = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if not text or (r, c) in taken:
                continue
            c1, r1 = c, r
            while c1 + 1 < len(row) and not row[c1 + 1] and (r, c1 + 1) not in taken:
                c1 += 1
            while r1 + 1 < len(rows) and not any(rows[r1 + 1][c : c1 + 1]):
                r1 += 1
            taken.update((a, b) for a in range(r, r1 + 1) for b in range(c, c1 + 1))
            if (c1, r1) != (c, r):
                spans.append((r, c, r1, c1))
    return spans


def _body_spans(rows: list[Row], head: int) -> list[tuple[int, int, int, int]]:
    spans = []
    names = [" ".join(rows[r][c] for r in range(head)).casefold() for c in range(len(rows[0]))]
    merged = next((c for c in reversed(range(len(names))) if names[c].startswith("sasaran")), -1)
    for c in range(merged + 1):
        starts = [r for r in range(head, len(rows)) if rows[r][c]] + [len(rows)]
        spans += [(a, c, b - 1, c) for a, b in pairwise(starts) if b - a > 1]
    for r in range(head, len(rows)):
        if TOTAL.fullmatch(rows[r][0]):
            last = next(c for c in range(1, len(rows[r]) + 1) if rows[r][c]) - 1
            spans += [(r, 0, r, last)] if last else []
    return spans


def _widths(rows: list[Row], head: int, spans: list, style: Style, width: float) -> list[float]:
    """As a word processor fits columns: no word is cut, long texts share what is left."""
    wide = {(r0, c0) for r0, c0, _, c1 in spans if c1 > c0}
    size = style.face.size - 1

    def measured(text: str, bold: bool) -> float:
        return float(pdfmetrics.stringWidth(text, style.face.bold if bold else style.face.regular, size)) + 2 * CELL + 1

    least, wanted = [], []
    for c in range(len(rows[0])):
        texts = [(_bare(row[c]), r < head or _strong(row)) for r, row in enumerate(rows) if (r, c) not in wide]
        least.append(max(measured(w, b) for t, b in texts for w in ([t] if FIGURE.fullmatch(t) else t.split() or [""])))
        wanted.append(min(max(measured(t, b) for t, b in texts), 260))
    spare = width - sum(least)
    more = [max(b - a, 0) for a, b in zip(least, wanted, strict=True)]
    share = min(spare / sum(more), 1.0) if sum(more) else 0.0
    return [a + m * share for a, m in zip(least, more, strict=True)]
