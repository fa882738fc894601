"""The program's beginning and end: Ctrl-C is answered in a sentence also while the program is being loaded.

Nothing else is imported here before that is seen to.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

MOMENT = 0.02  # seconds
SIGNALLED = 128  # and more: the exit code of a program that a signal ended


def main() -> int:
    """Run the command line with the arguments of this process; the exit code. For the main thread of a process of its own."""
    stopped: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # raised within an import, it would be a traceback
        signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
    from pipeline import cli

    signal.signal(signal.SIGINT, before)
    sys.unraisablehook = _swallowed
    code = cli.interrupted(sys.argv[1:]) if stopped else cli.main()
    if before is signal.default_int_handler:  # nothing is left to do that Ctrl-C could interrupt
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if code > SIGNALLED:
        # Python would end by the signal, not with the code, where Ctrl-C came while it ran a text (as it makes a dataclass).
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code


def _swallowed(what: Any) -> None:
    """Ctrl-C that came in a finalizer, which Python lets nothing out of, comes again a moment later."""
    if not isinstance(what.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(what)
        return
    import threading

    again = threading.Timer(MOMENT, os.kill, (os.getpid(), signal.SIGINT))
    again.daemon = True
    again.start()


if __name__ == "__main__":
    sys.exit(main())
