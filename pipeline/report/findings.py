"""Findings as a page shows them, worst first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.reconcile.messages import SUGGESTION, SURE
from pipeline.report.crops import PageImages
from pipeline.report.evidence import excerpts, passages
from pipeline.report.labels import SEVERITIES, Both, rule_name
from pipeline.report.marks import located
from pipeline.report.model import FindingView, OtherSide, Row
from pipeline.report.numerals import as_decimal, stated
from pipeline.report.places import Lookup
from pipeline.report.review import Review
from pipeline.report.text import visible
from pipeline.report.workings import workings

_ORDER = {severity: i for i, severity in enumerate(SEVERITIES)}
_FIELD = re.compile(r"\{(\w+)\}")


def ordered(findings: Sequence[Row], lookup: Lookup) -> list[Row]:
    """Worst first: by severity, then by rupiah in question, then as they stand in the report."""

    def key(row: Row) -> tuple[int, Decimal, int, int, str]:
        money = money_of(row, lookup) or Decimal(0)
        return _ORDER.get(row["severity"], 9), -money, row["page"] or 0, row["line"] or 0, row["temuan_id"]

    return sorted(findings, key=key)


def unit_of(row: Row, lookup: Lookup) -> str | None:
    """The unit of the figure that is wrong."""
    figure = lookup.figures.get(row["angka"][0]) if row["angka"] else None
    return figure["unit"] if figure is not None else None


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
        stated=visible(stated(row["stated"], unit), 300),
        expected=visible(stated(row["expected"], unit), 300),
        difference=visible(stated(row["difference"], unit), 300),
        pesan=visible(row["pesan"]),
        message=visible(row["message"]),
        suggestion=suggestion(row["saran"]),
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


def suggestion(text: str | None) -> Both | None:
    """The suggestion in both languages. The datasets hold it in Indonesian; its parts are put into the English form."""
    if not text:
        return None
    for form in SUGGESTION.values():
        pattern = "".join(
            f"(?P<{part}>.*)" if i % 2 else re.escape(part) for i, part in enumerate(_FIELD.split(form["id"]))
        )
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            parts = found.groupdict()
            if "sure" in parts:
                parts["sure"] = next((way["en"] for way in SURE.values() if way["id"] == parts["sure"]), parts["sure"])
            return Both(visible(text), visible(form["en"].format(**parts)))
    return Both(visible(text), visible(text))
