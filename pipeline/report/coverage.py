"""What was checked, by rule and outcome, and why some checks could not be made. Silence must not look like agreement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.report.labels import RULE
from pipeline.report.model import Coverage, Row, RuleCoverage
from pipeline.report.text import visible

MOST_REASONS = 12
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_ORDER = {rule: i for i, rule in enumerate(RULE)}


def coverage(checks: Iterable[Row]) -> Coverage:
    """The checks of one document."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for check in checks:
        counts[check["rule"]][check["outcome"]] += 1
        if check["outcome"] == "tak_teruji":
            reasons[check["rule"]][kind_of_reason(check["reason"])] += 1
    return _coverage(counts, reasons)


def total(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of many documents."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for rule in part.rules:
            counts[rule.rule].update(rule.counts)
            for text, n in rule.reasons:
                reasons[rule.rule][text] += n
    return _coverage(counts, reasons)


def _coverage(counts: dict[str, Counter[str]], reasons: dict[str, Counter[str]]) -> Coverage:
    order = sorted(counts, key=lambda rule: (_ORDER.get(rule, len(_ORDER)), rule))
    return Coverage(tuple(RuleCoverage(rule, dict(counts[rule]), _most(reasons[rule])) for rule in order))


def _most(reasons: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The commonest reasons first; the long tail as one line."""
    common = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    if len(common) <= MOST_REASONS:
        return tuple(common)
    kept, rest = common[: MOST_REASONS - 1], common[MOST_REASONS - 1 :]
    return (*kept, ("lainnya", sum(n for _, n in rest)))


def kind_of_reason(reason: str | None) -> str:
    """A reason without what it quotes from the report, so that like reasons are counted together."""
    return visible(_QUOTED.sub("…", reason or "tanpa keterangan"), 200).rstrip(": …") or "tanpa keterangan"
