"""Findings as a page shows them, worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.report.crops import PageImages
from pipeline.report.evidence import excerpts, passages
from pipeline.report.labels import SEVERITIES, WORDED, Both, rule_name
from pipeline.report.marks import located
from pipeline.report.model import FindingView, OtherSide, Row
from pipeline.report.numerals import as_decimal, stated
from pipeline.report.places import Lookup
from pipeline.report.review import Review
from pipeline.report.text import visible
from pipeline.report.workings import workings

_ORDER = {severity: i for i, severity in enumerate(SEVERITIES)}


def ordered(findings: Sequence[Row], lookup: Lookup) -> list[Row]:
    """Worst first: by severity, then by rupiah in question, then as they stand in the report."""

    def key(row: Row) -> tuple[int, Decimal, int, int, str]:
        money = money_of(row, lookup) or Decimal(0)
        return _ORDER.get(row["severity"], 9), -money, row["page"] or 0, row["line"] or 0, row["temuan_id"]

    return sorted(findings, key=key)


def unit_of(row: Row, lookup: Lookup) -> str | None:
    """The unit of the figure that is wrong; None where no amount is wrong."""
    if row["rule"] in WORDED:
        return None
    figure = lookup.figures.get(row["angka"][0]) if row["angka"] else None
    return figure["unit"] if figure is not None else None


def value_of(row: Row, column: str, unit: str | None, longest: int = 300) -> str:
    """`stated`, `expected` or `difference` as a page shows it."""
    text = row[column]
    return visible(text if row["rule"] in WORDED else stated(text, unit), longest)


def money_of(row: Row, lookup: Lookup) -> Decimal | None:
    """The difference of a finding without its sign, where it is rupiah."""
    difference = as_decimal(row["difference"])
    return abs(difference) if difference is not None and unit_of(row, lookup) == "rp" else None


def view(
    row: Row,
    lookup: Lookup,
    reviews: Mapping[str, Review],
    images: PageImages | None,
    source: str,
    other: OtherSide | None = None,
) -> FindingView:
    """One finding with its evidence. `source` links to the file it was read from (empty: it is gone); `other` is the other
    side of a finding between documents."""
    unit = unit_of(row, lookup)
    evidence = located(row, lookup)
    pages = dict.fromkeys(one["page"] for one in evidence if one["page"] is not None)
    return FindingView(
        row=row,
        rule=rule_name(row["rule"]),
        subject=visible(row["subjek"], 400),
        printed=visible(evidence[0]["text"], 300) if evidence else "",
        stated=value_of(row, "stated", unit),
        expected=value_of(row, "expected", unit),
        difference=value_of(row, "difference", unit),
        pesan=visible(row["pesan"]),
        message=visible(row["message"]),
        suggestion=suggestion(row),
        place=lookup.place(row),
        money=money_of(row, lookup),
        workings=workings(
            lookup.checks_of.get(row["temuan_id"], ()), row["angka"][0] if row["angka"] else None, lookup
        ),
        excerpts=excerpts(row, lookup),
        passages=passages(row, lookup),
        crops=images.crops(evidence) if images is not None else (),
        page_links=tuple((page, f"{source}#page={page}") for page in list(pages)[:8]) if source else (),
        review=_shown(reviews.get(row["temuan_id"])),
        other=other,
    )


def _shown(review: Review | None) -> Review | None:
    """A review with its texts made visible: what people type is as little trusted as what reports print."""
    if review is None:
        return None
    return replace(
        review,
        status=visible(review.status, 40),
        notes=visible(review.notes),
        right_value=visible(review.right_value, 200),
        by=visible(review.by, 200),
    )


def suggestion(row: Row) -> Both | None:
    """The suggestion with its grounds; in Indonesian alone where the datasets hold no other."""
    if not row["saran"]:
        return None
    return Both(visible(row["saran"]), visible(row.get("suggestion") or row["saran"]))
