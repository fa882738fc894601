"""`lkjip review`: reviewing from the command line, as the dashboard does it in a browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from pipeline.i18n import problem, say
from pipeline.location import Location
from pipeline.review.listing import Listed, figures_of, finding_of, listed, touching
from pipeline.review.misread import Misread, mark, misreadings
from pipeline.review.reviews import reviews, set_review
from pipeline.text import terminal
from schemas.errors import BadOption
from schemas.figure import Figure, Status


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: `set_` is (temuan_id, status), `misread` (document_id, angka_id, right figure)."""

    show: bool = False
    set_: tuple[str, str] | None = None
    misread: tuple[str, str, str] | None = None
    note: str = ""
    by: str = ""


def review(out: Location, wish: Wish, lang: str) -> int:
    """Do it and say it; without a wish the reviews are listed. The exit code is 0."""
    from pipeline.answers import Filter, findings_of
    from pipeline.store import open_for_reading

    open_for_reading(out)
    if wish.note and wish.set_ is None:
        raise problem(BadOption, "review_usage")
    if not (wish.show or wish.set_ or wish.misread):
        wish = Wish(show=True)
    findings = findings_of(out, Filter())
    if wish.set_:
        _set(out, wish, findings, lang)
    if wish.misread:
        _mark(out, wish, findings, lang)
    if wish.show:
        _show(listed(findings, reviews(out)), misreadings(out), lang)
    return 0


def _set(out: Location, wish: Wish, findings: list[dict[str, Any]], lang: str) -> None:
    assert wish.set_ is not None
    temuan_id, status = wish.set_
    row = finding_of(out, temuan_id, findings)
    if row is None:
        raise problem(BadOption, "review_no_finding", id=temuan_id, out=out)
    saved = set_review(out, row, status=None if status == "-" else status, note=wish.note, by=wish.by)
    print(terminal(say("review_set", lang, id=temuan_id, status=status_word(saved.now.status, lang))))


def _mark(out: Location, wish: Wish, findings: list[dict[str, Any]], lang: str) -> None:
    assert wish.misread is not None
    document_id, angka_id, right = wish.misread
    row = figures_of(out, document_id).get(angka_id)
    if row is None:
        raise problem(BadOption, "review_no_figure", figure=angka_id, document=document_id, out=out)
    figure = right_figure(right, row["unit"]) if right.strip() else None
    mark(out, document_id, angka_id, row["text"], right, by=wish.by, findings=touching(findings, document_id, angka_id))
    if figure is None:
        print(terminal(say("review_unmarked", lang, figure=angka_id)))
    else:
        value = figure.status.value if figure.value is None else format(figure.value, "f")
        told = say("review_marked", lang, figure=angka_id, read=row["text"], right=right, value=value)
        print(terminal(told))


def right_figure(right: str, unit: str | None) -> Figure:
    """How a right figure is understood. Raises `BadOption` where it is neither a number nor a dash."""
    from pipeline.overlay import understood

    figure = understood(" ".join(right.split()), unit)
    if figure.status not in (Status.ANGKA, Status.RUSAK, Status.STRIP):
        raise problem(BadOption, "review_no_number", value=right)
    return figure


def status_word(status: str, lang: str) -> str:
    """A status in a language, as the report says it."""
    from pipeline.report.labels import REVIEW

    both = REVIEW.get(status)
    return status if both is None else both.en if lang == "en" else both.id


def _show(rows: list[Listed], marks: list[Misread], lang: str) -> None:
    from rich.table import Table

    from pipeline import present

    console = present.console()
    if not rows:
        print(say("no_findings", lang), file=sys.stdout)
    grid = Table(show_edge=False, pad_edge=False, header_style="dim")
    for key in ("head_status", "head_finding", "head_note", "head_by"):
        grid.add_column(say(key, lang), overflow="fold")
    for one in rows:
        status = status_word(one.status, lang) + (f", {say('review_gone', lang)}" if one.gone else "")
        text = str(one.row.get("message" if lang == "en" else "pesan") or "")
        where = f"{one.row.get('agency') or ''} {one.row.get('year') or ''}".strip()
        figures = ", ".join(one.row.get("angka") or ())
        told = f"{one.row['temuan_id']} ({where}; {one.row.get('document_id', '')} {figures})".replace(" )", ")")
        grid.add_row(
            present.line(status),
            present.line(f"{told}: {text}"),
            present.line(one.review.notes if one.review else ""),
            present.line(one.review.by if one.review else ""),
        )
    if rows:
        console.print(grid)
    if marks:
        console.print(present.line(say("review_misreadings", lang, n=len(marks)), "bold"))
        table = Table(show_edge=False, pad_edge=False, header_style="dim")
        for key in ("head_document", "head_figure", "head_read", "head_right", "head_by"):
            table.add_column(say(key, lang), overflow="fold")
        for m in marks:
            table.add_row(*(present.line(text) for text in (m.document_id, m.angka_id, m.read, m.right, m.by)))
        console.print(table)
