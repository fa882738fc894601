"""What a process takes of the machine, and what it may take.

What counts is resident memory, which the parent looks at: onnxruntime, pyarrow and OpenCV reserve far more address space
than they use (2.7 GB of it at 0.76 GB resident), so that RLIMIT_AS alone would stop harmless documents or none. It is
set all the same, well above, so that a single request for very much is refused at once.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

RESERVED = 4 * 2**30  # bytes of address space above its memory that a process may have


def resident(pid: int) -> int:
    """Resident memory of a process in bytes; 0 where the system does not tell (it is gone, or this is no Linux)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def bound(memory: int | None) -> None:
    """Let the address space of this process grow no further than its memory (None: without limit) and a reserve."""
    try:
        import resource
    except ImportError:  # no Unix
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = resource.RLIM_INFINITY if memory is None else memory + RESERVED
    if hard != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or wanted > hard):
        wanted = hard
    with contextlib.suppress(OSError, ValueError):  # where the system knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
