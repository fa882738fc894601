"""The rules of the checker, in the order in which they are carried out and documented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pipeline.reconcile.rules import (
    agency,
    capaian,
    count,
    cross_table,
    efficiency,
    kelengkapan,
    malformed,
    missing,
    narrative,
    nomenclature,
    other,
    over_budget,
    percent,
    predicate,
    swapped,
    terbilang,
    year,
)
from pipeline.reconcile.rules import sum as sum_
from schemas.checks import Check
from schemas.records import Report


class Rule(Protocol):
    """A rule module: its name, its source (regulation or arithmetic) and the function whose docstring states it."""

    RULE: str
    SOURCE: str

    def check(self, report: Report) -> Iterator[Check]: ...


RULES: tuple[Rule, ...] = (
    sum_,
    percent,
    capaian,
    cross_table,
    narrative,
    terbilang,
    count,
    malformed,
    swapped,
    over_budget,
    predicate,
    missing,
    nomenclature,
    year,
    agency,
    efficiency,
    other,
    kelengkapan,
)


def statement(rule: Rule) -> str:
    """The rule in one sentence: the first line of its docstring (documentation and command line print it)."""
    return (rule.check.__doc__ or "").strip().splitlines()[0]
