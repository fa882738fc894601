from __future__ import annotations

import gc
import weakref
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


def test_what_was_there_before_is_not_looked_through_and_is_again_afterwards() -> None:
    known = gc.get_freeze_count()
    with seldom():
        assert gc.get_freeze_count() > known + 1000
    assert gc.get_freeze_count() == 0


def test_circles_made_within_are_swept_at_the_end() -> None:
    class Circle:
        me: object

    with seldom():
        pass  # what comes with the first document stays
    with seldom():
        circle = Circle()
        circle.me = circle
        left = weakref.ref(circle)
        del circle
        assert left() is not None
    assert left() is None
