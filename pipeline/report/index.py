"""The index of all documents: totals for the page itself, and the lists as JavaScript files that the page loads in turn
(a page opened from `file://` may load scripts but nothing else)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.report import coverage
from pipeline.report.labels import KIND_SHORT, RULE, SEVERITIES, rule_name
from pipeline.report.model import Coverage, Result, Row
from pipeline.report.numerals import rupiah
from pipeline.report.sentences import who
from pipeline.report.text import visible

FIRST = 200  # rows of the first file, so that something stands there at once
CHUNK = 4000
SUBJECT = 220
_MERGE = 500  # coverages held before they are added up


@dataclass(slots=True)
class Index:
    """What is gathered while documents are written. Memory grows with their number, not with their size."""

    documents: list[list[Any]] = field(default_factory=list)
    findings: list[list[Any]] = field(default_factory=list)
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    severities: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    reviews: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    agencies: set[str] = field(default_factory=set)
    money: Decimal = Decimal(0)
    money_findings: int = 0
    pages: int = 0
    pages_failed: int = 0
    doubts: int = 0
    tables: int = 0
    troubles: list[Row] = field(default_factory=list)
    rules: list[str] = field(default_factory=lambda: list(RULE))
    _parts: list[Coverage] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        self._parts = [coverage.total(self._parts)]
        return self._parts[0]

    def add(self, result: Result) -> None:
        """A document and its findings."""
        head = result.head
        self._parts.append(result.coverage)
        if len(self._parts) >= _MERGE:
            self._parts = [coverage.total(self._parts)]
        self.severities.update(result.severities)
        self.statuses[head["status"]] += 1
        self.years[head["year"]] += 1
        self.agencies.add(head["agency"])
        self.money += result.money
        self.money_findings += result.money_findings
        self.pages += head["pages"] or 0
        self.pages_failed += result.pages_failed
        self.doubts += result.doubts
        self.tables += head["n_tabel"]
        if head["status"] != "ok":
            trouble = {"page": result.page, "sumber": visible(head["sumber"], 200), "status": head["status"]}
            self.troubles.append(trouble | {"why": visible(head["error"], 400)})
        number = len(self.documents)
        self.documents.append(_document(result))
        for finding in result.findings:
            self.by_rule.setdefault(finding["rule"], Counter())[finding["severity"]] += 1
            if finding["tinjauan"]:
                self.reviews[finding["tinjauan"]] += 1
            self.findings.append(self._finding(number, finding))

    def _finding(self, document: int, row: Row) -> list[Any]:
        if row["rule"] not in self.rules:
            self.rules.append(row["rule"])
        return [
            document,
            SEVERITIES.index(row["severity"]) if row["severity"] in SEVERITIES else len(SEVERITIES) - 1,
            self.rules.index(row["rule"]),
            visible(row["subjek"], SUBJECT),
            row["place"],
            row["shown"],
            row["expected_shown"],
            row["difference_shown"],
            _sortable(row["money"]),
            row["temuan_id"],
            visible(row["tinjauan"], 40),
        ]

    def write(self, folder: Path) -> dict[str, list[str]]:
        """The files of both lists, worst first; their names below `folder`."""
        self.findings.sort(key=lambda row: (row[1], -row[8], row[0]))
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "dokumen": list(_files(folder, "dokumen", self.documents)),
            "temuan": list(_files(folder, "temuan", self.findings)),
        }


def _document(result: Result) -> list[Any]:
    head, severities, checks = result.head, result.severities, result.coverage
    name = who(head)
    return [
        result.page,
        name.id,
        head["year"],
        KIND_SHORT.get(head["jenis"] or "", ""),
        head["status"],
        *(severities.get(severity, 0) for severity in SEVERITIES),
        _sortable(result.money),
        rupiah(result.money) if result.money else "",
        *(checks.count(outcome) for outcome in ("cocok", "tidak_cocok", "tak_teruji")),
        visible(head["sumber"], 200),
        visible(head["error"], 300),
    ]


def _sortable(value: Decimal | None) -> int:
    """For sorting alone: whole rupiah, as far as a script can hold them exactly."""
    return min(int(value), 2**53 - 1) if value else 0


def _files(folder: Path, name: str, rows: Sequence[Any]) -> Iterator[str]:
    for i, part in enumerate(_chunks(rows)):
        file = f"{name}-{i:04d}.js"
        body = ",\n".join(script_json(row) for row in part)
        (folder / file).write_text(f'lkjip.terima("{name}",{i},[\n{body}\n]);\n', encoding="ascii")
        yield file


def _chunks(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    yield rows[:FIRST]
    for start in range(FIRST, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def script_json(value: Any) -> str:
    """JSON that is safe inside a script, whatever a report says: pure ASCII, no `<`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def rule_labels(rules: Sequence[str]) -> list[list[str]]:
    """Names of the rules in both languages, as the lists refer to them."""
    return [list(rule_name(rule)) for rule in rules]
