"""`temuan.xlsx`: written row by row, in constant memory. Texts are strings, never formulas or links; a number that
Excel's 15 digits cannot hold stays a text with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.report.book import SHEETS, Head, Sheet
from pipeline.report.labels import OUTCOME, Both

MOST_ROWS = 1_048_575  # of one sheet, below its header
AGREED = OUTCOME["cocok"].id
_DIGITS = 15
_TOO_LONG = Both(
    "Lebih dari 15 angka: ditulis sebagai teks agar tidak ada yang hilang.",
    "More than 15 digits: written as text so that none is lost.",
)
_ABOUT = {
    "sheet": Both("Lembar", "Sheet"),
    "column": Both("Kolom", "Column"),
    "meaning": Both("Arti", "Meaning"),
    "english": Both("Arti (Inggris)", "Meaning (Indonesian)"),
    "rows": Both("(lembar)", "(sheet)"),
    "made": Both("Disusun pada", "Made on"),
    "left": Both("Tidak dimuat", "Left out"),
    "left_text": Both(
        "pemeriksaan yang cocok, di luar batas baris Excel; semuanya ada di dataset pemeriksaan",
        "checks that agree, beyond the rows Excel can hold; all are in the dataset pemeriksaan",
    ),
}


class Workbook:
    """The workbook while it is being written, one document after the other."""

    def __init__(self, path: Path, lang: str, now: datetime, room: int = MOST_ROWS) -> None:
        """`now` is the date the report carries; `room` the rows a sheet may have below its header."""
        import xlsxwriter  # type: ignore[import-untyped]

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        }
        self._lang = 0 if lang == "id" else 1
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"title": "Temuan LKjIP", "created": now.replace(tzinfo=None)})
        self._now = now.replace(tzinfo=None)
        self._room = room
        self._head = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8ECF2"}
        )
        self._numbers = [
            self._book.add_format({"num_format": "#,##0" + ("." + "0" * n if n else ""), "valign": "top"})
            for n in range(5)
        ]
        self._whole = self._book.add_format({"num_format": "0", "valign": "top"})
        self._text = self._book.add_format({"valign": "top"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
        self._sheets = {sheet.name: self._open(sheet.name, sheet.heads) for sheet in SHEETS}
        self._filled = dict.fromkeys(self._sheets, 0)
        self._left_out = dict.fromkeys(self._sheets, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._explain()
            for sheet in SHEETS:
                self._sheets[sheet.name].autofilter(0, 0, max(1, self._filled[sheet.name]), len(sheet.heads) - 1)
            self._sheets["temuan"].activate()
        self._book.close()

    def _open(self, name: str, heads: Sequence[Head]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, 30)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
            sheet.write_string(0, column, head.name[self._lang], self._head)
        return sheet

    def add(self, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """The rows of one document, by sheet. Where a sheet is full, what agrees is left out first, and counted."""
        for sheet in SHEETS:
            for row in rows.get(sheet.name, ()):
                self._write(sheet, row)

    def _write(self, sheet: Sheet, row: Sequence[Any]) -> None:
        filled = self._filled[sheet.name]
        # The last tenth of the sheet of checks is kept for those that do not agree.
        agreed = sheet.name == "pemeriksaan" and row[4] == AGREED
        if filled >= (self._room - self._room // 10 if agreed else self._room):
            self._left_out[sheet.name] += 1
            return
        self._filled[sheet.name] = filled + 1
        target = self._sheets[sheet.name]
        for column, (value, head) in enumerate(zip(row, sheet.heads, strict=True)):
            if value is not None:
                self._cell(target, filled + 1, column, value, head.kind)

    def _cell(self, sheet: Any, row: int, column: int, value: Any, kind: str) -> None:
        if isinstance(value, Decimal):
            if fits(value):
                decimals = max(0, -int(value.normalize().as_tuple().exponent))
                sheet.write_number(row, column, float(value), self._numbers[min(decimals, 4)])
            else:
                sheet.write_string(row, column, f"{value:f}", self._text)
                sheet.write_comment(row, column, _TOO_LONG[self._lang])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._whole)
        else:
            sheet.write_string(row, column, str(value), self._text)

    def _explain(self) -> None:
        """The last sheet: what every sheet and column holds, when it was made, what did not fit."""
        lang = self._lang
        sheet = self._book.add_worksheet("penjelasan" if lang == 0 else "explanation")
        sheet.freeze_panes(1, 0)
        for column, (key, width) in enumerate((("sheet", 14), ("column", 22), ("meaning", 60), ("english", 60))):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, _ABOUT[key][lang], self._head)
        sheet.write_string(1, 1, _ABOUT["made"][lang], self._text)
        sheet.write_datetime(1, 2, self._now, self._date)
        line = 2
        for one in SHEETS:
            entries = [(_ABOUT["rows"][lang], one.about), *((head.name[lang], head.meaning) for head in one.heads)]
            if self._left_out[one.name]:
                count = f"{self._left_out[one.name]}: "
                entries.append((_ABOUT["left"][lang], Both(*(count + text for text in _ABOUT["left_text"]))))
            for name, meaning in entries:
                for column, text in enumerate((one.name, name, meaning[lang], meaning[1 - lang])):
                    sheet.write_string(line, column, text, self._text)
                line += 1
        sheet.autofilter(0, 0, line - 1, 3)


def fits(value: Decimal) -> bool:
    """Whether Excel's numbers hold it without losing a digit."""
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= _DIGITS
