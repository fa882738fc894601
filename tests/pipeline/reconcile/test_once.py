"""What is derived from a report is derived once, and let go of with it."""

from __future__ import annotations

import gc
import weakref

from pipeline.reconcile.once import KEPT, forget, once


class Thing:
    pass


def test_a_value_is_remembered_for_the_very_same_arguments() -> None:
    asked: list[Thing] = []

    @once
    def derived(thing: Thing) -> int:
        asked.append(thing)
        return len(asked)

    one, other = Thing(), Thing()
    assert [derived(one), derived(one), derived(other), derived(one)] == [1, 1, 2, 1]
    forget()
    assert derived(one) == 3


def test_few_values_are_kept_and_none_when_told_to_forget() -> None:
    @once
    def derived(thing: Thing) -> Thing:
        return thing

    things = [Thing() for _ in range(2 * KEPT)]
    refs = [weakref.ref(thing) for thing in things]
    for thing in things:
        derived(thing)
    del thing, things
    gc.collect()
    assert sum(ref() is not None for ref in refs) == KEPT
    forget()
    gc.collect()
    assert not any(ref() for ref in refs)
