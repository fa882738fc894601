"""How reports compute efficiency, as intervals of the printed figures of a row or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.reconcile.interval import FULL, Interval, Mode, agreement, operand
from pipeline.reconcile.relations import HUNDRED
from schemas.document import Place
from schemas.figure import Figure, Status

HALF = Interval.point(Decimal(50))
TWENTY = Interval.point(Decimal(20))


@dataclass(frozen=True, slots=True)
class Basis:
    """The figures an efficiency is computed from; None where a row does not print one."""

    capaian: Figure | None = None
    serapan: Figure | None = None
    anggaran: Figure | None = None
    realisasi: Figure | None = None

    @property
    def achieved(self) -> Interval | None:
        return operand(self.capaian) if self.capaian is not None else None

    @property
    def used(self) -> Interval | None:
        """The absorption in percent, as printed, else computed."""
        if self.serapan is not None:
            return operand(self.serapan)
        if self.anggaran is None or self.realisasi is None:
            return None
        quotient = operand(self.realisasi).over(operand(self.anggaran))
        return quotient * HUNDRED if quotient else None

    @property
    def saved(self) -> Interval | None:
        if self.anggaran is None or self.realisasi is None:
            return None
        return operand(self.anggaran) - operand(self.realisasi)

    @property
    def figures(self) -> list[Figure]:
        parts = (self.capaian, self.serapan, self.anggaran, self.realisasi)
        return [figure for figure in parts if figure is not None]


Way = Callable[[Basis], Interval | None]


def _left(basis: Basis) -> Interval | None:
    used = basis.used
    return HUNDRED - used if used else None


def _ahead(basis: Basis) -> Interval | None:
    achieved, used = basis.achieved, basis.used
    return achieved - used if achieved and used else None


def _per_use(basis: Basis) -> Interval | None:
    achieved, used = basis.achieved, basis.used
    return achieved.over(used) if achieved and used else None


def _per_use_percent(basis: Basis) -> Interval | None:
    ratio = _per_use(basis)
    return ratio * HUNDRED if ratio else None


def _gain(basis: Basis) -> Interval | None:
    ratio = _per_use_percent(basis)
    return ratio - HUNDRED if ratio else None


def _of_output(basis: Basis) -> Interval | None:
    achieved, used = basis.achieved, basis.used
    share = used.over(achieved) if achieved and used else None
    return HUNDRED - share * HUNDRED if share else None


def _value(basis: Basis) -> Interval | None:
    gain = _of_output(basis)
    share = gain.over(TWENTY) if gain else None
    return HALF + share * HALF if share else None


def _money(basis: Basis) -> Interval | None:
    return basis.saved


WAYS: dict[str, Way] = {
    "100 - serapan": _left,
    "capaian - serapan": _ahead,
    "capaian : serapan": _per_use,
    "capaian : serapan x 100": _per_use_percent,
    "capaian : serapan x 100 - 100": _gain,
    "(1 - serapan : capaian) x 100": _of_output,
    "50 + (1 - serapan : capaian) x 100 : 20 x 50": _value,
    "anggaran - realisasi": _money,
}
RATIO = "capaian : serapan"


def ways_of(stated: Figure, basis: Basis) -> list[str]:
    """All ways by which a stated efficiency follows from the figures beside it."""
    found = []
    for name, way in WAYS.items():
        computed = way(basis)
        if computed is not None and fits(stated, computed):
            found.append(name)
    return found


def fits(stated: Figure, computed: Interval) -> Mode | None:
    return agreement(stated, computed)


def repeats(stated: Figure, basis: Basis) -> bool:
    """Whether a stated efficiency is the absorption itself, rounded."""
    used = basis.used
    return used is not None and fits(stated, used) is not None


def in_words(text: str, place: Place, unit: str) -> Figure | None:
    """A figure of running text ("4.32%", "Rp.1.455.472.897,-") that no record holds; None where it is no number."""
    digits = text.casefold().removeprefix("rp").strip(" .:").rstrip("-, %").strip()
    decimals = 0
    if unit == "persen":
        digits = digits.replace(",", ".")
        decimals = len(digits.partition(".")[2])
    else:
        whole, _, sen = digits.partition(",")
        digits = whole.replace(".", "").replace(" ", "") + (f".{sen}" if sen else "")
        decimals = len(sen)
    try:
        value = Decimal(digits)
    except ArithmeticError:
        return None
    return Figure("", text, value, decimals, unit, Status.ANGKA, place)


def full(figure: Figure) -> Figure:
    """A target that is met, for sentences that name no capaian."""
    return replace(figure, value=FULL, decimals=0, unit="persen")
