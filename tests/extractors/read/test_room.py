"""Who takes memory at the same time."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from extractors.read.room import Room


def test_many_take_a_little_together():
    room, met = Room(), threading.Barrier(3, timeout=10)

    def take() -> None:
        with room.little():
            met.wait()

    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(take) for _ in range(3)]:
            done.result(10)


def test_much_is_taken_alone():
    room, inside = Room(), []
    wrong: list[tuple[str, ...]] = []

    def take(kind: str) -> None:
        for _ in range(50):
            with getattr(room, kind)():
                inside.append(kind)
                time.sleep(0.0002)
                if "much" in inside and len(inside) > 1:
                    wrong.append(tuple(inside))
                inside.remove(kind)

    with ThreadPoolExecutor(5) as threads:
        for done in [threads.submit(take, kind) for kind in ("much", "little", "little", "much", "little")]:
            done.result(30)
    assert not wrong
    assert not inside


def test_an_error_gives_it_back():
    room = Room()
    for kind in (room.much, room.little):
        try:
            with kind():
                raise ValueError
        except ValueError:
            pass
    with room.much():
        pass
