from __future__ import annotations

import gc
from contextlib import suppress

from pipeline.collector import YOUNG, seldom


def test_garbage_is_sought_seldom_and_then_as_before() -> None:
    before = gc.get_threshold()
    within = None
    with suppress(ValueError), seldom():
        within = gc.get_threshold()
        raise ValueError
    assert within == (YOUNG, *before[1:])
    assert gc.get_threshold() == before
