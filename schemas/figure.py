"""A figure: one printed number (or what stands in a number's place), the value everything else refers to by id."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from schemas.document import Place
from schemas.values import value


class Status(StrEnum):
    """What stands in the place of a number. Four different things, never confused."""

    ANGKA = "angka"  # a well-formed number
    KOSONG = "kosong"  # nothing: missing, not zero
    STRIP = "strip"  # a dash: nil (counts as 0 in a money column)
    KATA = "kata"  # words ("Belum diketahui", "n/a")
    RUSAK = "rusak"  # a number written wrongly, with the value it evidently means


@value(frozen=True, slots=True)
class Figure:
    """One printed figure.

    `value`: what the figure's own characters mean, in its unit after the scale a header or a word gives ("juta");
    a percentage is the number of percent; None for KOSONG and KATA. `decimals`: printed decimals. `unit`: "rp",
    "persen", another unit word as printed, or None. `high` is set for a range ("91 <= 100": value 91, high 100) and
    `relation` for a bound ("≥", "<", ...). `table_id`, `row`, `col` locate a figure of a table (None in running text).
    """

    id: str
    text: str
    value: Decimal | None
    decimals: int
    unit: str | None
    status: Status
    place: Place
    confidence: float = 1.0
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    relation: str | None = None
    high: Decimal | None = None
    scale: Decimal = Decimal(1)

    @property
    def malformed(self) -> bool:
        return self.status is Status.RUSAK

    def stating(self, value: Decimal | None, decimals: int) -> Figure:
        """The figure with another value: `dataclasses.replace`, eight times as fast."""
        return Figure(
            self.id,
            self.text,
            value,
            decimals,
            self.unit,
            self.status,
            self.place,
            self.confidence,
            self.table_id,
            self.row,
            self.col,
            self.relation,
            self.high,
            self.scale,
        )
