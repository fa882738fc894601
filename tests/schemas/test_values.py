"""Small values: equal and hashed by their fields, copied and sent to other processes as they are."""

from __future__ import annotations

import copy
import pickle
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from schemas.document import Box, Place, Word
from schemas.figure import Figure, Status
from schemas.table import Cell, TextLine
from schemas.values import cached_property

PLACE = Place(3, None, Box(1.0, 2.0, 3.0, 4.0))
VALUES = [
    PLACE,
    Word("Rp", Box(1.0, 2.0, 3.0, 4.0), 11.0, bold=True),
    Cell(0, 1, "16.000", PLACE),
    TextLine("Realisasi", PLACE, heading=True),
    Figure("t001r1c2", "16.000", Decimal("16000"), 0, "rp", Status.ANGKA, PLACE),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_a_value_is_what_its_fields_are(value: object) -> None:
    again = replace(value)  # type: ignore[type-var]
    assert again is not value
    assert again == value
    assert hash(again) == hash(value)
    assert not hasattr(value, "__dict__")
    first = fields(value)[0].name  # type: ignore[arg-type]
    assert replace(value, **{first: None}) != value  # type: ignore[type-var]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_a_value_goes_to_another_process(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


class Worked:
    times = 0

    @cached_property
    def out(self) -> int:
        self.times += 1
        return self.times


def test_a_cached_property_is_worked_out_once_for_each_object() -> None:
    one, other = Worked(), Worked()
    assert [one.out, one.out, other.out, one.times] == [1, 1, 1, 1]
    assert one.__dict__["out"] == 1
    assert isinstance(Worked.__dict__["out"], type(Worked.out))
