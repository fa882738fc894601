"""How the classes of small values are made: frozen for the type checker, without the price of it at run time.

`value` is `dataclasses.dataclass`. That nobody changes a value is proved once, by mypy; a frozen class would ask again at
every field of every new value, and takes three times as long to make: 500 values a page.

`cached_property` is that of `functools`, without the lock that it takes at each first access: a value is asked by one
thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
    from functools import cached_property
else:
    from collections.abc import Callable
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool) -> object:
        """A decorator: a class of values that are compared and hashed by their fields."""
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)

    class cached_property:  # noqa: N801 - called as it is elsewhere
        """A property that is worked out when it is first asked for, and then stands in the object itself."""

        def __init__(self, work_out: Callable[[object], object]) -> None:
            self.work_out = work_out

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, one: object, owner: type | None = None) -> object:
            if one is None:
                return self
            found = one.__dict__[self.name] = self.work_out(one)
            return found


__all__ = ["cached_property", "value"]
