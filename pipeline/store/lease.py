"""Who writes in an OUT of an object store: one run at a time.

A run puts `_kunci/<number>.json`, one above the highest that is there, which the store lets only one do
(If-None-Match). It says who it is, and puts the object again every `BEAT` seconds. A lock that was not put again for
`EXPIRES` seconds, by the clock of the store, is left over from a run that died, and the next run takes a higher number; on
the machine of the dead run it need not wait. A run that finds its own lock gone, or could not put it again in time, stops
before its next commit.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.i18n import problem
from pipeline.location import Url, remove
from schemas.errors import UnusableOutput

BEAT = 20.0
EXPIRES = 120.0

_held: dict[tuple[Url, str], Lease] = {}


class Lease:
    """A lock that this process holds. `folder` is where the locks of its kind are."""

    def __init__(self, url: Url) -> None:
        self.url = url
        self._data = json.dumps(_me() | {"nonce": uuid.uuid4().hex}).encode()
        self._beaten = time.monotonic()
        self._over = threading.Event()
        self._lost = False

    def put(self) -> bool:
        """Whether the lock is ours now. A store that ignores the condition is asked what it holds."""
        return self.url.create(self._data) and self.url.read_bytes() == self._data

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._beat, name="lkjip-lock", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        if not self._lost:
            with suppress(OSError):
                remove([self.url])

    def holds(self) -> bool:
        """Whether it is certain that no other run took OUT meanwhile."""
        return not self._lost and time.monotonic() - self._beaten < EXPIRES * 0.75

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                before = time.monotonic()
                locks = [stat.url for stat in self.url.parent.files()]
                if self.url not in locks or max(locks) != self.url:
                    self._lost = True
                    return
                self.url.write_bytes(self._data)
            except OSError:
                continue  # tried again; `holds` knows how long ago the last was
            self._beaten = before


@contextmanager
def lease(out: Url, name: str = "_kunci", wait: float = 0.0) -> Iterator[None]:
    """Hold OUT (or, under another name, a part of it). `wait`: seconds to try for.

    Raises `UnusableOutput` where another run holds it, `OSError` where the store refuses.
    """
    until = time.monotonic() + wait
    while True:
        try:
            mine = _take(out, name)
            break
        except UnusableOutput:
            if time.monotonic() >= until:
                raise
            time.sleep(0.2)
    _held[out, name] = mine
    mine.begin()
    try:
        yield
    finally:
        _held.pop((out, name), None)
        mine.end()


def check(out: Url) -> None:
    """See, before something is put in place, that a lock of OUT held by this process still holds."""
    mine = _held.get((out, "_kunci"))
    if mine is not None and not mine.holds():
        raise problem(UnusableOutput, "out_lock_lost", out=out)


def _take(out: Url, name: str) -> Lease:
    folder = out / name
    now = _clock(out, name)
    locks = {stat.url: _owner(stat.url) for stat in folder.files()}
    dead = {url for url, owner in locks.items() if _dead(url, owner, now)}
    for url, owner in locks.items():
        if url not in dead and owner is not None:
            raise _locked(out, owner, url, now)
    numbers = [int(url.stem) for url in locks if url.stem.isdigit()]
    mine = Lease(folder / f"{max(numbers, default=0) + 1:08d}.json")
    if not mine.put():
        raise _locked(out, _owner(mine.url) or {}, mine.url, now)
    # Somebody may have looked before our lock was there and have another number, where a third ended in between.
    others = [stat.url for stat in folder.files() if stat.url != mine.url and stat.url not in dead]
    if others:
        remove([mine.url])
        raise _locked(out, _owner(others[0]) or {}, others[0], now)
    remove(dead)
    return mine


def _clock(out: Url, name: str) -> Callable[[], datetime]:
    """The time by the clock of the store, asked for when it is first needed: the clocks of two machines may differ."""
    known: list[datetime] = []

    def now() -> datetime:
        if not known:
            probe = out / f"_waktu{name}-{uuid.uuid4().hex}"
            probe.write_bytes(b"")
            known.append(probe.written())
            remove([probe])
        return known[0]

    return now


def _dead(url: Url, owner: Mapping[str, Any] | None, now: Callable[[], datetime]) -> bool:
    if owner is None:
        return True  # ended between listing and looking
    me = _me()
    if owner.get("machine") == me["machine"] and me["machine"] and _started(int(owner["pid"])) != owner.get("started"):
        return True
    return _age(url, now) > EXPIRES


def _age(url: Url, now: Callable[[], datetime]) -> float:
    try:
        return (now() - url.written()).total_seconds()
    except FileNotFoundError:
        return EXPIRES * 2


def _owner(url: Url) -> dict[str, Any] | None:
    try:
        told = json.loads(url.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _locked(out: Url, owner: Mapping[str, Any], url: Url, now: Callable[[], datetime]) -> UnusableOutput:
    left = max(1, round(EXPIRES - _age(url, now)))
    return problem(
        UnusableOutput, "out_locked_by", out=out, host=owner.get("host", "?"), pid=owner.get("pid", "?"), seconds=left
    )


def _me() -> dict[str, Any]:
    """This process. `machine` names the machine as long as it runs, and what its process numbers mean; empty where the
    system does not tell."""
    return {"host": platform.node(), "pid": os.getpid(), "machine": _machine(), "started": _started(os.getpid())}


def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"  # noqa: PTH115 - no path: `pid:[4026531836]`
    except OSError:
        return ""


def _started(pid: int) -> str | None:
    """When a process of this machine began; None where there is none of that number, or only what is left of it."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return None if told[0] == "Z" else told[19]
    except (OSError, IndexError):
        return None
