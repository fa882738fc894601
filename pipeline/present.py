"""What people see: the closing summary, findings, one file, rules and datasets. Text of reports is made safe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.i18n import say
from pipeline.ingest import Summary, Trouble
from pipeline.lintas import Reconciled
from pipeline.location import Location
from pipeline.text import terminal
from schemas.checks import SILENT, Check, Finding, Outcome, Severity
from schemas.datasets import AGENCY, YEAR, Dataset
from schemas.figure import Figure
from schemas.records import Report, TypedTable

_STYLE = {"tinggi": "bold red", "sedang": "yellow", "rendah": "cyan", "failed": "red", "partial": "yellow"}
_WIDE = 160  # columns where the output is no terminal
_SHOWN = 20  # names listed before "and more"


def console(*, stderr: bool = False) -> Console:
    """A console that is wide where it is no terminal, and never reads markup in what it prints."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def line(text: str, style: str = "") -> Text:
    return Text(terminal(text), style=style)


# --- ingest --------------------------------------------------------------------------------------------------------


def summary(done: Summary, out: Location, lang: str) -> RenderableType:
    """The end of a run: every file accounted for, then what was found in those read."""
    counts = [
        f"{done.read} {say('sum_read', lang)}",
        *([say("sum_copies", lang, n=done.copies)] if done.copies else []),
        f"{done.unchanged} {say('sum_unchanged', lang)}",
        *([say("sum_older", lang, n=done.older)] if done.older else []),
        f"{len(done.skipped)} {say('sum_other', lang)}",
        f"{len(done.all_failed)} {say('sum_failed', lang)}",
    ]
    parts: list[RenderableType] = [line(", ".join(counts), "bold")]
    if done.recovered:
        parts.append(line(say("sum_recovered", lang, n=done.recovered)))
    parts += _listed([f"{one.sumber}: {_kind(one.kind, lang)}" for one in done.skipped], "", lang)
    parts += _listed([_trouble(one, "partial", lang) for one in done.partial], "partial", lang)
    parts += _listed([_trouble(one, "failed", lang) for one in done.all_failed], "failed", lang)
    if done.failed_before:
        parts.append(line(say("sum_retry", lang)))
    if done.pruned:
        parts.append(line(say("sum_pruned", lang, n=len(done.pruned))))
        parts += _listed([f"{name}: {say('pruned', lang)}" for name in done.pruned], "", lang)
    parts += [line(one.pesan if lang == "id" else one.message, "yellow") for one in done.unpruned]
    if done.broken:
        parts.append(line(say("sum_log", lang, log=done.log), "red"))
    if done.read:
        rows = done.rows
        records = say("sum_records", lang, **{name: rows[name] for name in ("anggaran", "kinerja", "klaim")})
        grid = Table.grid(padding=(0, 2))
        grid.add_row(say("sum_tables", lang), str(rows["tabel"]))
        grid.add_row(say("sum_figures", lang), f"{rows['angka']} ({records})")
        grid.add_row(say("sum_checks", lang), f"{done.checks.total()} ({_parts(done.checks, Outcome, lang)})")
        grid.add_row(say("sum_findings", lang), f"{done.findings.total()} ({_parts(done.findings, Severity, lang)})")
        grid.add_row(say("sum_doubts", lang), str(rows["keraguan"]))
        parts.append(grid)
    if done.across is not None and done.across.agencies:
        parts.append(across(done.across, lang))
    parts.append(line(say("sum_time", lang, seconds=f"{done.seconds:.1f}", out=out)))
    if done.read or done.unchanged:
        parts.append(line(say("sum_look", lang, out=out)))
    return Group(*parts)


def across(done: Reconciled, lang: str) -> RenderableType:
    """What the comparison of documents came to."""
    compared = done.compared
    grid = Table.grid(padding=(0, 2))
    text = say(
        "sum_across_parts",
        lang,
        n=done.findings,
        documents=done.documents,
        agencies=done.agencies,
        agree=compared.agree,
        differ=compared.differ,
        apart=compared.apart,
    )
    grid.add_row(say("sum_across", lang), text)
    if done.parts or done.old:
        grid.add_row("", say("sum_groups", lang, parts=done.parts, old=done.old))
    return grid


def _kind(kind: str, lang: str) -> str:
    return say(kind, lang) if kind.startswith("kind_") else kind


def _trouble(one: Trouble, status: str, lang: str) -> str:
    """A file and why it was not read, its name said once."""
    why = one.pesan if lang == "id" else one.message
    return f"{one.sumber}: {say(status, lang)}: {why.removeprefix(f'{one.sumber}: ')}"


def _listed(items: Sequence[str], style: str, lang: str) -> list[RenderableType]:
    shown: list[RenderableType] = [
        Padding(line(item, _STYLE.get(style, "dim")), (0, 0, 0, 2)) for item in items[:_SHOWN]
    ]
    if len(items) > _SHOWN:
        shown.append(line(say("and_more", lang, n=len(items) - _SHOWN), "dim"))
    return shown


def _parts(counts: Any, kinds: Iterable[Any], lang: str) -> str:
    return ", ".join(f"{say(kind.value, lang)} {counts.get(kind.value, 0)}" for kind in kinds)


# --- findings ------------------------------------------------------------------------------------------------------


def findings(rows: Sequence[dict[str, Any]], lang: str) -> RenderableType:
    """Findings by document, each with its severity, rule, place and sentence; the count at the end."""
    if not rows:
        return line(say("no_findings", lang))
    parts: list[RenderableType] = []
    for (_, sumber), group in groupby(rows, key=lambda row: (row["document_id"], row["sumber"])):
        of = list(group)
        parts.append(line(f"{_who(of[0], lang)} - {sumber}", "bold"))
        table = Table(show_edge=False, pad_edge=False, header_style="dim")
        for head in ("head_severity", "head_rule", "head_place"):
            table.add_column(say(head, lang), no_wrap=True)
        table.add_column(say("head_finding", lang), ratio=1, overflow="fold")
        for row in of:
            severity = row["severity"]
            text = row["pesan"] if lang == "id" else row["message"]
            table.add_row(
                line(say(severity, lang), _STYLE[severity]), line(row["rule"]), line(place(row, lang)), line(text)
            )
        parts += [table, Text("")]
    counts = {severity.value: sum(row["severity"] == severity.value for row in rows) for severity in Severity}
    parts.append(line(say("n_findings", lang, n=len(rows), parts=_parts(counts, Severity, lang)), "bold"))
    return Group(*parts)


def place(row: dict[str, Any], lang: str) -> str:
    """Where a row's figure is printed: page or line, and the table's number."""
    parts = []
    if row.get("page") is not None:
        parts.append(say("at_page", lang, n=row["page"]))
    if row.get("line") is not None:
        parts.append(say("at_line", lang, n=row["line"]))
    if row.get("label"):
        parts.append(say("at_table", lang, label=row["label"]))
    return ", ".join(parts)


def checked(checks: Sequence[Check], lang: str) -> RenderableType:
    """How many checks were made, and with what outcome: silence must not look like agreement."""
    checks = [check for check in checks if check.rule not in SILENT]  # completeness is a list of its own
    counts = {outcome.value: sum(check.outcome is outcome for check in checks) for outcome in Outcome}
    return line(say("checked", lang, n=len(checks), parts=_parts(counts, Outcome, lang)))


def _who(row: dict[str, Any], lang: str) -> str:
    names = [row.get("instansi") or say("unknown_agency", lang), row.get("wilayah") or ""]
    year = str(row["year"]) if row["year"] else say("unknown_year", lang)
    return ", ".join([" ".join(name for name in names if name), year])


# --- show ----------------------------------------------------------------------------------------------------------


def report(read: Report, checks: Sequence[Check], found: Sequence[Finding], lang: str) -> RenderableType:
    """What is read from one file: who, where, when; tables with their kind and columns; records; doubts."""
    identity, document = read.identity, read.document
    who = {"instansi": identity.instansi, "wilayah": identity.wilayah, "year": identity.year}
    parts: list[RenderableType] = [
        line(f"{_who(who, lang)} ({identity.jenis})", "bold"),
        line(f"{document.name}: {document.format}, {document.document_id}, {identity.agency}", "dim"),
        Text(""),
        line(say("tables_head", lang, n=len(read.tables)), "bold"),
        _tables(read.tables, lang),
    ]
    for typed in read.tables:
        parts += _records(read, typed, lang)
    if read.klaim:
        parts += [Text(""), line(say("claims_head", lang, n=len(read.klaim)), "bold"), _claims(read, lang)]
    if read.doubts:
        parts += [Text(""), line(say("doubts_head", lang, n=len(read.doubts)), "bold")]
        for doubt in read.doubts:
            at = place({"page": doubt.place.page, "line": doubt.place.line}, lang)
            parts.append(line(f"{at}: {doubt.kind}: {doubt.reason} {doubt.text}", "dim"))
    parts += [Text(""), checked(checks, lang), line(_found(found, lang))]
    return Group(*parts)


def one_table(read: Report, typed: TypedTable, lang: str) -> RenderableType:
    """One table as it was read: what each column means, every cell, and the records made of it."""
    raw = typed.raw
    title = f"{raw.label or raw.table_id} {raw.title or ''} ({typed.kind}, {raw.method})"
    grid = Table(show_header=False, show_lines=True, pad_edge=False)
    for _ in range(raw.n_cols):
        grid.add_column(overflow="fold")
    role = {column.index: column.role for column in typed.columns}
    grid.add_row(*[Text(role.get(j, ""), style="cyan") for j in range(raw.n_cols)])
    for i, cells in enumerate(raw.rows):
        style = "bold" if i < raw.n_header else ""
        texts = [line(cell.text, style) if cell is not None else Text("") for cell in cells]
        grid.add_row(*texts, *[Text("")] * (raw.n_cols - len(texts)))
    return Group(line(title, "bold"), grid, *_records(read, typed, lang))


def _found(found: Sequence[Finding], lang: str) -> str:
    if not found:
        return say("no_findings", lang)
    counts = {severity.value: sum(f.severity is severity for f in found) for severity in Severity}
    return say("n_findings", lang, n=len(found), parts=_parts(counts, Severity, lang))


def _tables(tables: Sequence[TypedTable], lang: str) -> Table:
    grid = Table(show_edge=False, pad_edge=False, header_style="dim")
    for head in ("head_table", "head_place", "head_kind", "head_rows"):
        grid.add_column(say(head, lang), no_wrap=True)
    grid.add_column(say("head_title", lang), overflow="fold", ratio=2)
    grid.add_column(say("head_columns", lang), overflow="fold", ratio=3)
    for typed in tables:
        raw = typed.raw
        columns = " | ".join(_column(column) for column in typed.columns)
        at = place({"page": raw.place_first.page, "line": raw.place_first.line}, lang)
        name = raw.label or raw.table_id
        grid.add_row(
            line(name), at, typed.kind, str(len(raw.rows) - raw.n_header), line(raw.title or ""), line(columns)
        )
    return grid


def _column(column: Any) -> str:
    more = [str(x) for x in (column.year, column.stage, column.period, column.acuan) if x]
    return f"{column.role} ({' '.join(more)})" if more else str(column.role)


def _records(read: Report, typed: TypedTable, lang: str) -> list[RenderableType]:
    raw = typed.raw
    budget = [a for a in read.anggaran if a.table_id == raw.table_id]
    results = [k for k in read.kinerja if k.table_id == raw.table_id]
    parts: list[RenderableType] = []
    title = f"{raw.label or raw.table_id} {raw.title or ''}"
    if budget:
        grid = _grid(("head_place", "head_level", "head_name", "head_year", "head_stage"), lang)
        for field in ("anggaran", "realisasi", "persen"):
            grid.add_column(field, justify="right")
        for a in budget:
            when = " ".join(str(x) for x in (a.tahun, a.periode) if x)
            name = f"{a.kode} {a.uraian}" if a.kode else a.uraian
            figures = [_figure(f) for f in (a.anggaran, a.realisasi, a.persen)]
            grid.add_row(_at(a.place, lang), a.tingkat, line(name), when, a.tahap or "", *figures)
        parts += [Text(""), line(title, "bold"), grid]
    if results:
        grid = _grid(("head_place", "head_name", "head_year", "head_stage"), lang)
        grid.add_column("satuan")
        for field in ("target", "realisasi", "capaian"):
            grid.add_column(field, justify="right")
        for k in results:
            when = " ".join(str(x) for x in (k.tahun, k.periode) if x)
            figures = [_figure(f) for f in (k.target, k.realisasi, k.capaian)]
            grid.add_row(_at(k.place, lang), line(k.indikator), when, k.tahap or "", line(k.satuan or ""), *figures)
        parts += [Text(""), line(title, "bold"), grid]
    return parts


def _claims(read: Report, lang: str) -> Table:
    grid = _grid(("head_place", "head_sentence"), lang)
    grid.add_column("", overflow="fold")
    for k in read.klaim:
        named = ("anggaran", "realisasi", "persen", "target", "capaian", "terbilang")
        figures = ", ".join(f"{name} {_figure(f)}" for name in named if (f := getattr(k, name)) is not None)
        grid.add_row(_at(k.place, lang), line(k.kalimat), line(figures))
    return grid


def _grid(heads: Sequence[str], lang: str) -> Table:
    grid = Table(show_edge=False, pad_edge=False, header_style="dim")
    for head in heads:
        wide = head in ("head_name", "head_sentence")
        grid.add_column(say(head, lang), overflow="fold", no_wrap=not wide, ratio=1 if wide else None)
    return grid


def _at(place_: Any, lang: str) -> str:
    return place({"page": place_.page, "line": place_.line}, lang)


def _figure(figure: Figure | None) -> Text:
    """The value; where there is none, what is printed; a number written wrongly is marked."""
    if figure is None:
        return Text("")
    if figure.value is None:
        return line(figure.text, "dim")
    return Text(f"{figure.value:,f}" + (" !" if figure.malformed else ""), style="yellow" if figure.malformed else "")


# --- rules and datasets --------------------------------------------------------------------------------------------


def rules(described: Sequence[tuple[str, str, str]], lang: str) -> RenderableType:
    """Every rule: its name, what it states, its source."""
    grid = Table(show_edge=False, pad_edge=False, header_style="dim", show_lines=True)
    grid.add_column(say("head_rule", lang), no_wrap=True)
    grid.add_column(say("head_statement", lang), overflow="fold")
    grid.add_column(say("head_source", lang), overflow="fold")
    for name, statement, source in described:
        grid.add_row(line(name, "bold"), line(statement), line(source, "dim"))
    return grid


def datasets(wanted: Sequence[Dataset], lang: str) -> RenderableType:
    """Every dataset: what one row is, and its columns. All have the partitions `agency` and `year` too."""
    parts: list[RenderableType] = []
    for dataset in wanted:
        row = dataset.row_id if lang == "id" else dataset.row_en
        parts.append(line(f"{dataset.name}: {say('one_row_per', lang, row=row)}", "bold"))
        grid = Table(show_edge=False, pad_edge=False, header_style="dim")
        for head in ("head_column", "head_type"):
            grid.add_column(say(head, lang), no_wrap=True)
        grid.add_column(say("head_meaning", lang), overflow="fold")
        for column in (*dataset.columns, AGENCY, YEAR):
            kind = f"{column.kind.value}{'?' if column.nullable else ''}"
            grid.add_row(column.name, kind, line(column.id if lang == "id" else column.en))
        parts += [grid, Text("")]
    return Group(*parts)
