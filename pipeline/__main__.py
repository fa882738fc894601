"""The program's beginning and end: Ctrl-C is answered in a sentence also while the program is being loaded.

Nothing heavy is imported here before that is seen to. Until then (Python starts, and loads what stands above `main`) Python
answers.
"""

from __future__ import annotations

import os
import signal
import sys

MOMENT = 0.02  # seconds
SIGNALLED = 128  # and more: the exit code of a program that a signal ended

_stopped: list[int] = []  # a Ctrl-C that came while the program was being loaded


def main() -> int:
    """Run the command line with the arguments of this process; the exit code. For the main thread of a process of its own."""
    try:
        before = signal.getsignal(signal.SIGINT)
        heard = before is signal.default_int_handler
        if heard:  # raised within an import, it would be a traceback
            signal.signal(signal.SIGINT, _remember)
        from pipeline import cli

        if heard:
            signal.signal(signal.SIGINT, before)
        sys.unraisablehook = _swallowed
        code = _interrupted() if _stopped else cli.main()
        if heard:  # nothing is left to do that Ctrl-C could interrupt
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        code = _interrupted()
    if code > SIGNALLED:
        # Python would end by the signal, not with the code, where Ctrl-C came while it ran a text (as it makes a dataclass).
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):  # full, closed, or none at all
                continue
        os._exit(code)
    return code


def _remember(number: int, _: object) -> None:
    _stopped.append(number)


def _interrupted() -> int:
    """The sentence, which another Ctrl-C does not break off."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from pipeline import cli

    return cli.interrupted(sys.argv[1:])


def _swallowed(what: sys.UnraisableHookArgs) -> None:
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
