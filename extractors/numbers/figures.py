"""A reading and its place make a `Figure`."""

from __future__ import annotations

from extractors.numbers.model import Parsed
from schemas.document import Place
from schemas.figure import Figure


def make_figure(
    parsed: Parsed,
    text: str,
    *,
    id: str,
    place: Place,
    confidence: float = 1.0,
    table_id: str | None = None,
    row: int | None = None,
    col: int | None = None,
) -> Figure:
    """The figure with this `id`, printed as `text` at `place`; `confidence` is that of its characters."""
    return Figure(
        id=id,
        text=text,
        value=parsed.value,
        decimals=parsed.decimals,
        unit=parsed.unit,
        status=parsed.status,
        place=place,
        confidence=confidence,
        table_id=table_id,
        row=row,
        col=col,
        relation=parsed.relation,
        high=parsed.high,
        scale=parsed.scale,
    )
