"""How a value stands in a column: exactly, or not at all with a reason. Nothing is rounded here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any

from schemas.datasets import Kind
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Klaim

Row = dict[str, Any]

_KLAIM_FIELDS = ("anggaran", "realisasi", "persen", "target", "capaian", "terbilang")
_DIGITS = 20
_SCALE = {Kind.MONEY: 2, Kind.NUMBER: 4}
_UNIT = {kind: Decimal(1).scaleb(-scale) for kind, scale in _SCALE.items()}
_LIMIT = {kind: Decimal(10) ** (_DIGITS - scale) for kind, scale in _SCALE.items()}
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
_WIDE = Context(prec=60)
_SHOWN = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A figure that its column cannot hold exactly; `column` is dataset and field."""

    figure: Figure
    column: str
    reason: str


def figures_of(record: Anggaran | Kinerja | Klaim) -> dict[str, Figure | None]:
    """The figure fields of a record by name, in the order of the contract."""
    if isinstance(record, Anggaran):
        return {"anggaran": record.anggaran, "realisasi": record.realisasi, "persen": record.persen}
    if isinstance(record, Kinerja):
        return {"target": record.target, "realisasi": record.realisasi, "capaian": record.capaian}
    return {name: getattr(record, name) for name in _KLAIM_FIELDS}


def fit(value: Decimal | None, kind: Kind) -> tuple[Decimal | None, str | None]:
    """The value for a decimal column of this kind, or None and the reason why it cannot be held exactly."""
    if value is None:
        return None, None
    if not value.is_finite() or abs(value) >= _LIMIT[kind]:
        return None, f"lebih dari {_DIGITS - _SCALE[kind]} angka di depan koma, tidak muat di {kind.value}"
    try:
        return value.quantize(_UNIT[kind], context=_EXACT), None
    except (Inexact, InvalidOperation):
        return None, f"lebih dari {_SCALE[kind]} desimal, tidak muat di {kind.value} tanpa pembulatan"


def figure_cells(field: str, figure: Figure | None, kind: Kind, dataset: str, misfits: list[Misfit]) -> Row:
    """The two columns of a reported figure: its value and what is printed. What does not fit is added to `misfits`."""
    if figure is None:
        return {field: None, f"{field}_teks": None}
    value, reason = fit(figure.value, kind)
    if reason is not None:
        misfits.append(Misfit(figure, f"{dataset}.{field}", reason))
    return {field: value, f"{field}_teks": figure.text}


def place_cells(place: Place, *, box: bool = False) -> Row:
    """`page` and `line`, and with `box` the four coordinates."""
    at = place.box
    if not box:
        return {"page": place.page, "line": place.line}
    if at is None:
        return {"page": place.page, "line": place.line, "x0": None, "top": None, "x1": None, "bottom": None}
    return {"page": place.page, "line": place.line, "x0": at.x0, "top": at.top, "x1": at.x1, "bottom": at.bottom}


def standar_cells(record: Anggaran | None) -> Row:
    """The official line that a budget line is joined to: code, name, level, and how like it the printed name is."""
    resmi = record.standar.resmi if record is not None and record.standar is not None else None
    return {
        "kode_standar": resmi.kode if resmi else None,
        "nama_standar": resmi.nama if resmi else None,
        "tingkat_standar": resmi.tingkat if resmi else None,
        "kemiripan": resmi.kemiripan if resmi else None,
    }


def decimal_text(value: Decimal | str | None, unit: str | None = None) -> str | None:
    """A decimal string without grouping or exponent, as `gold/SPEC.md` writes them; words stay as they are.

    Rupiah have at least two decimals. A computed value of endless decimals is cut to six (it is no reported figure).
    """
    if value is None or isinstance(value, str):
        return value
    if not value.is_finite():
        return str(value)
    text = format(value, "f")
    whole, point, rest = text.partition(".")
    if not point:
        return f"{whole}.00" if unit == "rp" else whole
    if len(rest) > 6:
        whole, _, rest = format(value.quantize(_SHOWN, context=_WIDE), "f").partition(".")
    rest = rest.rstrip("0")
    if unit == "rp":
        return f"{whole}.{rest.ljust(2, '0')}"
    return f"{whole}.{rest}" if rest else whole
