"""The checker: a report's figures against each other.

Rules state relations and yield `Check`s, each with its outcome; then one stage turns the failing ones into findings,
one for each wrong printed cell or sentence. Nothing is ever corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pipeline.reconcile.diagnose import defects
from pipeline.reconcile.figures import index
from pipeline.reconcile.findings import ANY, finding
from pipeline.reconcile.material import Materiality
from pipeline.reconcile.once import forget
from pipeline.reconcile.rules import RULES
from pipeline.reconcile.trust import trusted
from schemas.checks import SILENT, Check, Finding
from schemas.records import Report

__all__ = ["RULES", "Materiality", "reconcile"]


def reconcile(report: Report, material: Materiality = ANY) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """All checks of a report (agreeing, failing, untestable) and the findings the failing ones come to.

    `material` decides the severity of findings about money, never whether they exist.

    Deterministic: the same report gives the same checks and findings, with the same ids, in the same order (findings in
    the order of their places).
    """
    try:
        return _reconcile(report, material)
    finally:
        forget()


def _reconcile(report: Report, material: Materiality) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    spots = index(report)
    checks = _numbered(trusted((check for rule in RULES for check in rule.check(report)), report, spots))
    tested = [check for check in checks if check.rule not in SILENT]
    found = [finding(defect, spots, report, material) for defect in defects(tested, spots)]
    found.sort(key=lambda one: (one.place.page or 0, one.place.line or 0, one.table_id or "", one.rule, one.id))
    return checks, _distinct(found)


def _numbered(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Ids made unique: a check that states the same relation of the same figures again gets an ordinal."""
    seen: dict[str, int] = {}
    result = []
    for check in checks:
        times = seen[check.id] = seen.get(check.id, 0) + 1
        result.append(check if times == 1 else replace(check, id=f"{check.id}-{times}"))
    return tuple(result)


def _distinct(found: Iterable[Finding]) -> tuple[Finding, ...]:
    seen: Counter[str] = Counter()
    result = []
    for one in found:
        seen[one.id] += 1
        result.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}-{seen[one.id]}"))
    return tuple(result)
