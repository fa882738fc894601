"""Rows of `pemeriksaan`, `temuan` and `keraguan`: what was checked, what is wrong, what we are unsure of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.cells import Misfit, Row, decimal_text, place_cells
from schemas.checks import Check, Finding
from schemas.figure import Figure
from schemas.records import Report


def pemeriksaan_rows(checks: Sequence[Check], findings: Sequence[Finding], figures: Mapping[str, Figure]) -> list[Row]:
    """One row for each check, agreed and untestable ones too. `figures` by id, to tell rupiah from other numbers."""
    finding_of = {check_id: finding.id for finding in findings for check_id in finding.checks}
    rows = []
    for check in checks:
        involved = dict.fromkeys(check.operands if check.result is None else (check.result, *check.operands))
        result = figures.get(check.result or "")
        unit = result.unit if result is not None else None
        low = decimal_text(check.low, unit)
        rows.append(
            {
                "check_id": check.id,
                "rule": check.rule,
                "outcome": str(check.outcome),
                "reason": check.reason,
                "subjek": check.subject,
                "stated": decimal_text(check.stated, unit),
                "expected": decimal_text(check.expected, unit),
                "low": low,
                "high": low if check.high is check.low else decimal_text(check.high, unit),
                "angka": list(involved),
                "temuan_id": finding_of.get(check.id),
            }
        )
    return rows


def temuan_rows(findings: Sequence[Finding]) -> list[Row]:
    """One row for each finding, with the places to look at."""
    return [
        {
            "temuan_id": finding.id,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "table_id": finding.table_id,
            **place_cells(finding.place),
            "subjek": finding.subject,
            "stated": finding.stated,
            "expected": finding.expected,
            "difference": finding.difference,
            "pesan": finding.pesan,
            "message": finding.message,
            "saran": finding.saran,
            "saran_en": finding.suggestion,
            "angka": list(dict.fromkeys(finding.figures)),
            "evidence": [
                {"table_id": e.table_id, "row": e.row, "col": e.col, **place_cells(e.place, box=True), "text": e.text}
                for e in finding.evidence
            ],
        }
        for finding in findings
    ]


def keraguan_rows(report: Report, misfits: Sequence[Misfit]) -> list[Row]:
    """One row for each doubt of the readers, and one for each figure that its column cannot hold exactly."""
    rows: list[Row] = [
        {
            "kind": doubt.kind,
            **place_cells(doubt.place),
            "table_id": doubt.table_id,
            "row": doubt.row,
            "col": doubt.col,
            "text": doubt.text,
            "reason": doubt.reason,
            "confidence": doubt.confidence,
        }
        for doubt in report.doubts
    ]
    named: set[str] = set()
    for misfit in misfits:
        if misfit.figure.id in named:
            continue
        named.add(misfit.figure.id)
        rows.append(
            {
                "kind": "tidak_muat",
                **place_cells(misfit.figure.place),
                "table_id": misfit.figure.table_id,
                "row": misfit.figure.row,
                "col": misfit.figure.col,
                "text": misfit.figure.text,
                "reason": f"{misfit.column}: {misfit.reason}; nilainya dikosongkan, tulisannya tetap",
                "confidence": misfit.figure.confidence,
            }
        )
    return rows
