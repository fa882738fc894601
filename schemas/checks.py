"""Checks (relations over figures, with their outcome) and findings (one for each defect)."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from schemas.document import Place
from schemas.values import value

# Rules whose checks are listed in `pemeriksaan` and never become findings: a list of what should be there, no arithmetic.
SILENT = frozenset({"kelengkapan"})


class Outcome(StrEnum):
    COCOK = "cocok"
    TIDAK_COCOK = "tidak_cocok"
    TAK_TERUJI = "tak_teruji"


class Severity(StrEnum):
    TINGGI = "tinggi"
    SEDANG = "sedang"
    RENDAH = "rendah"


@value(frozen=True, slots=True)
class Evidence:
    """One place to look at."""

    text: str
    place: Place
    table_id: str | None = None
    row: int | None = None
    col: int | None = None


@value(frozen=True, slots=True)
class Check:
    """One relation that was tested.

    `relation`: equal, sum, ratio, words, count, notation, order. `result` is the id of the figure that is stated (the
    total, the percentage), `operands` the ids of those it is computed from. `stated` and `expected` are numbers, or words
    where the rule compares words; `low`..`high` is the interval the stated figure stands for (rounding). `place` is that
    of the stated figure. `detail` is what a message needs beside these (for example how many parts were summed);
    `seen` are places that tell, where they are no figures (a row of a scale, another signature), the stated one first.
    """

    id: str
    rule: str
    relation: str
    outcome: Outcome
    subject: str
    result: str | None
    operands: tuple[str, ...]
    stated: Decimal | str | None
    expected: Decimal | str | None
    place: Place
    table_id: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str | None = None
    detail: tuple[tuple[str, str], ...] = ()
    seen: tuple[Evidence, ...] = ()


@value(frozen=True, slots=True)
class Finding:
    """One defect of the report. `stated`, `expected`, `difference` are strings: decimal strings where they are numbers.

    `saran` and `suggestion` (its English) hold the value, its grounds and how sure that is; None where nothing follows.
    """

    id: str
    rule: str
    severity: Severity
    subject: str
    stated: str | None
    expected: str | None
    difference: str | None
    place: Place
    table_id: str | None
    pesan: str
    message: str
    saran: str | None = None
    figures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[str, ...] = field(default=())
    suggestion: str | None = None
