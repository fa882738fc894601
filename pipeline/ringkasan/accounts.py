"""Which spending, revenue or financing line stands above which, by the names of the national accounts."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from schemas.vocab import load


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in load("akun_umum"):
        found[row["uraian"]].append(row["kode"])
    return {name: tuple(codes) for name, codes in found.items()}


def known(name: str) -> bool:
    """Whether a plain name is that of an upper account."""
    return name in _codes()


def same(one: str, other: str) -> bool:
    """Whether two plain names are of one upper account ("belanja", "belanja daerah"): one stands above the other."""
    return known(one) and _codes()[one] == _codes().get(other)


def above(upper: str, lower: str) -> bool:
    """Whether the account named `upper` (plain) contains the one named `lower`, in either chart of accounts."""
    codes = _codes()
    return any(low.startswith(up + ".") for up in codes.get(upper, ()) for low in codes.get(lower, ()))
