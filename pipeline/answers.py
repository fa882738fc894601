"""What OUT and single files have to tell: findings filtered, one file read and checked, who reports in a folder."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.i18n import problem
from pipeline.location import Location, local_copy
from pipeline.text import spreadsheet
from schemas.checks import Check, Finding, Severity
from schemas.datasets import DOKUMEN, TABEL, TEMUAN, TEMUAN_LINTAS
from schemas.errors import BadOption
from schemas.limits import USUAL, Limits
from schemas.records import Identity, Report

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.reconcile import Materiality

FORMATS = ("table", "csv", "json")
# Columns of a list of findings, in this order; `evidence` and `angka` follow in JSON alone.
COLUMNS = (
    "agency",
    "year",
    "sumber",
    "temuan_id",
    "rule",
    "severity",
    "label",
    "page",
    "line",
    "subjek",
    "stated",
    "expected",
    "difference",
    "pesan",
    "message",
    "saran",
    "saran_en",
    "table_id",
    "document_id",
    "document_id_lain",
)
NESTED = ("angka", "evidence")
_ORDER = {severity.value: i for i, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings: `agency` is a slug or a part of one; empty means all."""

    agency: str | None = None
    year: int | None = None
    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()


def findings_of(out: Location, wanted: Filter) -> list[dict[str, Any]]:
    """The findings of complete documents, also those between documents, by agency, year, name and place.

    Raises `UnusableOutput` where OUT is none, `BadOption` for a severity or rule that does not exist and for an agency
    or year that OUT does not hold.
    """
    import pandas as pd

    from pipeline.store import open_for_reading
    from pipeline.store.reading import steady

    def frame(dataset: str, columns: list[str], known: Sequence[str]) -> pd.DataFrame:
        return steady(lambda: _frame(out, dataset, columns, known))

    open_for_reading(out)
    _known(wanted)
    documents = frame("dokumen", ["document_id", "sumber", "instansi", "wilayah", "status"], DOKUMEN.names)
    _there(out, wanted, documents)
    tables = frame("tabel", ["document_id", "table_id", "label"], TABEL.names).drop(columns=["agency", "year"])
    findings = frame("temuan", list(TEMUAN.names), TEMUAN.names)
    across = frame("temuan_lintas", [*TEMUAN.names, "document_id_lain"], TEMUAN_LINTAS.names)
    across = across[across["document_id_lain"].isin(documents["document_id"])]
    findings = (
        pd.concat([findings, across], ignore_index=True) if len(across) else findings.assign(document_id_lain=None)
    )
    findings = findings.merge(documents, on=["document_id", "agency", "year"], how="inner")  # dokumen is what counts
    findings = findings.merge(tables, on=["document_id", "table_id"], how="left")
    if wanted.agency:
        findings = findings[findings["agency"].str.contains(wanted.agency.casefold(), regex=False)]
    if wanted.year is not None:
        findings = findings[findings["year"] == wanted.year]
    if wanted.rules:
        findings = findings[findings["rule"].isin(wanted.rules)]
    if wanted.severities:
        findings = findings[findings["severity"].isin(wanted.severities)]
    findings = findings.sort_values(
        ["agency", "year", "sumber", "page", "line", "temuan_id"], kind="stable", na_position="first"
    )
    rows = findings.astype(object).where(pd.notna(findings), None) if len(findings) else findings
    return [{str(k): _plain(v) for k, v in row.items()} for row in rows.to_dict("records")]


def rows_of_findings(report: Report, findings: Sequence[Finding], name: str) -> list[dict[str, Any]]:
    """The findings of one report just read, in the same form."""
    from pipeline.rows.verdicts import temuan_rows

    labels = {typed.raw.table_id: typed.raw.label for typed in report.tables}
    identity = report.identity
    return [
        {
            "agency": identity.agency,
            "year": identity.year,
            "sumber": name,
            "document_id": report.document.document_id,
            "instansi": identity.instansi,
            "wilayah": identity.wilayah,
            "status": None,
            "label": labels.get(row["table_id"] or ""),
            "document_id_lain": None,
            **row,
        }
        for row in temuan_rows(findings)
    ]


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Findings as CSV, one line each, safe to open in a spreadsheet."""
    import pandas as pd

    cells = [{name: _cell(row[name]) for name in COLUMNS} for row in rows]
    sink = io.StringIO()
    pd.DataFrame(cells, columns=list(COLUMNS), dtype="string").to_csv(sink, index=False, lineterminator="\n")
    return sink.getvalue()


def as_json(rows: Iterable[dict[str, Any]]) -> str:
    """Findings as a JSON array, with their evidence."""
    wanted = (*COLUMNS, *NESTED)
    return json.dumps([{name: row[name] for name in wanted} for row in rows], ensure_ascii=False, indent=1) + "\n"


def examine(
    path: Location,
    password: str | None = None,
    ocr: str = "auto",
    material: Materiality | None = None,
    limits: Limits = USUAL,
) -> tuple[Report, tuple[Check, ...], tuple[Finding, ...]]:
    """Read and check one file; nothing is written. Raises `UnreadableInput`."""
    from pipeline.discover import named_file
    from pipeline.extract import read_report
    from pipeline.reconcile import Materiality, reconcile

    candidate = named_file(path)
    with local_copy(path) as copy:
        report = read_report(copy, name=candidate.sumber, password=password, ocr=ocr, limits=limits)
    checks, findings = reconcile(report, material or Materiality())
    return report, checks, findings


def recognise(
    path: Location, name: str, password: str | None = None, ocr: str = "auto", limits: Limits = USUAL
) -> Identity:
    """Who reports, where, when and what, without reading the tables. Raises `UnreadableInput`."""
    from extractors.heads import running_heads
    from extractors.identity import identify
    from extractors.layout import blocks
    from extractors.read import read

    with local_copy(path) as copy:
        document = read(copy, name=name, password=password, ocr=ocr, limits=limits)
    return identify(document.name, blocks(document), running_heads(document))


def _frame(out: Location, dataset: str, columns: list[str], known: Sequence[str]) -> pd.DataFrame:
    """Columns of a dataset with `agency` and `year`; without rows where nothing was written yet."""
    import pandas as pd
    import pyarrow as pa

    from pipeline.arrow import schema
    from pipeline.store.reading import files, tables

    assert set(columns) <= set(known)
    wanted = pa.schema([*(schema(dataset).field(c) for c in columns), ("agency", pa.string()), ("year", pa.int32())])
    found = []
    for file, held in tables(files(out, dataset), columns):
        # An older version of the program may not have had a column; its rows have null there.
        cells = [held[c] if c in held.column_names else pa.nulls(held.num_rows, wanted.field(c).type) for c in columns]
        cells += [pa.repeat(pa.scalar(file.agency, pa.string()), held.num_rows)]
        cells += [pa.repeat(pa.scalar(file.year, pa.int32()), held.num_rows)]
        found.append(pa.Table.from_arrays(cells, names=wanted.names))
    table = pa.concat_tables(found) if found else wanted.empty_table()
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int32(): pd.Int32Dtype(), pa.string(): pd.StringDtype()}.get)
    return frame


def _known(wanted: Filter) -> None:
    from pipeline.docs import described_rules

    for option, given, choices in (
        ("--severity", wanted.severities, tuple(_ORDER)),
        ("--rule", wanted.rules, tuple(name for name, _, _ in described_rules())),
    ):
        for value in given:
            if value not in choices:
                raise problem(BadOption, "bad_choice", option=option, value=value, choices=", ".join(choices))


def _there(out: Location, wanted: Filter, documents: pd.DataFrame) -> None:
    agencies = sorted(set(documents["agency"]))
    if wanted.agency and not any(wanted.agency.casefold() in slug for slug in agencies):
        shown = ", ".join(agencies[:20]) or "-"
        raise problem(BadOption, "no_rows_option", option="--agency", value=wanted.agency, out=out, choices=shown)
    years = sorted({int(year) for year in documents["year"]})
    if wanted.year is not None and wanted.year not in years:
        shown = ", ".join(map(str, years)) or "-"
        raise problem(BadOption, "no_rows_option", option="--year", value=wanted.year, out=out, choices=shown)


def _plain(value: Any) -> Any:
    """A value that JSON knows: NumPy's arrays and integers as Python's."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _cell(value: Any) -> str:
    return "" if value is None else spreadsheet(str(value))
