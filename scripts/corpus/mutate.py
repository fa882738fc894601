"""Sound files made unsound: cut short at every kilobyte, and with bits turned over at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from corpus.case import Case

KILOBYTE = 1024


def cut_short(paths: Sequence[Path]) -> Iterator[Case]:
    """Every file cut off after each of its kilobytes."""
    for path in paths:
        data = path.read_bytes()
        for size in range(KILOBYTE, len(data), KILOBYTE):
            yield Case(f"potong-{size // KILOBYTE:04d}-{path.name}", lambda size=size, data=data: data[:size])


def flipped(paths: Sequence[Path], count: int, seed: int) -> Iterator[Case]:
    """`count` files, in turn of each of `paths`, with one to a few hundred bits turned over."""
    rng = random.Random(seed)
    held = [(path, path.read_bytes()) for path in paths]
    for number in range(count):
        path, data = held[number % len(held)]
        name = f"bit-{number:05d}-{path.name}"
        yield Case(name, partial(_turned, data, rng.getrandbits(64)))


def _turned(data: bytes, key: int) -> bytes:
    return turn_over(data, random.Random(key))


def turn_over(data: bytes, rng: random.Random) -> bytes:
    """The bytes with bits turned over, a stretch doubled or a stretch taken out."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20, 200))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    if rng.random() < 0.2:
        start, length = rng.randrange(len(out)), rng.randrange(1, 2000)
        piece = out[start : start + length]
        out[start : start + length] = piece * 2 if rng.random() < 0.5 else b""
    return bytes(out)
