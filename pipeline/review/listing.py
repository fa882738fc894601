"""Findings of OUT beside what was said of them; those that are found no more are listed too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.location import Location
from pipeline.review.reviews import Review

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding and its review. `gone`: it was reviewed and no run finds it any more; `row` is then what was kept of it."""

    row: Mapping[str, Any]
    review: Review | None
    gone: bool = False

    @property
    def status(self) -> str:
        return self.review.status if self.review else "baru"


def listed(findings: Iterable[Row], held: Mapping[str, Review]) -> list[Listed]:
    """Every finding with its review, then every review whose finding is gone."""
    found = [Listed(row, held.get(row["temuan_id"])) for row in findings]
    seen = {one.row["temuan_id"] for one in found}
    gone = [Listed({"temuan_id": id_, **review.about}, review, True) for id_, review in held.items() if id_ not in seen]
    return found + sorted(gone, key=lambda one: str(one.row["temuan_id"]))


def finding_of(out: Location, temuan_id: str, findings: Sequence[Row]) -> Row | None:
    """The finding with this id, or what was kept of one that is gone; None where it was never there."""
    from pipeline.review.reviews import reviews

    row = next((row for row in findings if row["temuan_id"] == temuan_id), None)
    if row is not None:
        return row
    review = reviews(out).get(temuan_id)
    return {"temuan_id": temuan_id, **review.about} if review else None


def figures_of(out: Location, document_id: str) -> dict[str, Row]:
    """Rows of `angka` of one document by their id; none where OUT does not hold it."""
    from pipeline.store import read_catalogue
    from pipeline.store.reading import document_rows

    entry = next((entry for entry in read_catalogue(out) if entry.document_id == document_id), None)
    if entry is None:
        return {}
    rows = document_rows(out, "angka", entry.agency, entry.year, document_id)
    return {row["angka_id"]: row for row in rows}


def touching(findings: Iterable[Row], document_id: str, angka_id: str) -> tuple[str, ...]:
    """Ids of a document's findings that involve a figure."""
    return tuple(row["temuan_id"] for row in findings if row["document_id"] == document_id and angka_id in row["angka"])
