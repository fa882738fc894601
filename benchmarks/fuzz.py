"""Fuzzing by hypothesis of numbers, numbers in words, tables of text and PDFs, for as long as wanted.

    python benchmarks/fuzz.py [--seconds 300] [--only numbers|words|tables|pdfs] [--seed N]

pdfium is not made to survive everything: should it end this process, the last example is printed again by `--seed`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from corpus import fuzz  # noqa: E402
from hypothesis import HealthCheck, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

TARGETS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
    "numbers": (fuzz.number, (fuzz.NUMBERS,)),
    "words": (fuzz.words, (fuzz.WORDS,)),
    "tables": (fuzz.table, (fuzz.TABLES,)),
    "pdfs": (fuzz.pdf, (fuzz.PDF_BYTES, st.integers(0, 2**32))),
}
ROUND = 200  # examples of one round


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300, help="for each target")
    parser.add_argument("--only", choices=tuple(TARGETS))
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    for name, (target, strategies) in TARGETS.items():
        if chosen.only in (None, name):
            rounds, took = _rounds(target, strategies, chosen.seconds, chosen.seed)
            print(f"{name}: {rounds * ROUND} examples in {took:.0f} s, none failed", flush=True)
    return 0


def _rounds(
    target: Callable[..., None], strategies: tuple[st.SearchStrategy[object], ...], seconds: float, first: int
) -> tuple[int, float]:
    start, rounds = time.monotonic(), 0
    how = settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    while time.monotonic() - start < seconds:
        seed(first + rounds)(how(given(*strategies)(target)))()
        rounds += 1
    return rounds, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
