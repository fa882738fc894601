"""What the benchmarks share: peak memory, the clock, processes that are timed from outside."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def peak_mb() -> float:
    """Largest resident memory of this process so far, in megabytes (`ru_maxrss` is kilobytes on Linux, bytes on macOS)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def wall(command: Sequence[str], times: int) -> tuple[float, float]:
    """Median and fastest wall seconds of a command, its output thrown away."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), min(taken)
