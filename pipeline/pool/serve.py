"""The other end of `Child`: what runs in the process that reads documents."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection

from extractors.read import memory
from pipeline.pool.limits import bound


def serve(tasks: int, results: int, parent: int) -> None:
    """Do the work that comes through the pipe `tasks` until it closes; answers go through `results` (file descriptors).

    What comes is a function, its argument and a `Quota`; what goes is None when it is here, then what the function
    returned or the exception it raised. `parent` is the process without which this one ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(parent)
    with Connection(tasks, writable=False) as incoming, Connection(results, readable=False) as outgoing:
        while True:
            try:
                function, argument, quota = incoming.recv()
            except EOFError:
                return
            outgoing.send(None)
            bound(quota.memory)
            try:
                answer = function(argument)
            except (Exception, memory.Crowded) as error:  # noqa: BLE001 - raised again on the other side
                answer = error
            outgoing.send(answer)
            memory.use()


def _end_with(parent: int) -> None:
    """Be killed when the parent is gone, however it went: by the kernel where it can, else by a look every second.

    On Linux the kernel does it when the thread that started this process ends, which is when nobody waits for it any more.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
