"""One hostile file: its name, how its bytes are made, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """`make` gives the bytes. `says`: a word of the sentence that refuses it, where it must be refused; None where it may
    as well be read. `slow`: only a time or memory limit can end it. `heavy`: takes more than a
    second. `big`: over 20 MB on the disk."""

    name: str
    make: Callable[[], bytes]
    says: str | None = None
    slow: bool = False
    heavy: bool = False
    big: bool = False
