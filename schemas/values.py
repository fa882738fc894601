"""How the classes of small values are made: frozen for the type checker, without the price of it at run time.

`value` is `dataclasses.dataclass`. That nobody changes a value is proved once, by mypy; a frozen class would ask again at
every field of every new value, and takes three times as long to make: 500 values a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool) -> object:
        """A decorator: a class of values that are compared and hashed by their fields."""
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)


__all__ = ["value"]
