"""The program's beginning and end: Ctrl-C is answered in a sentence also while the program is being loaded.

Nothing else is imported here before that is seen to. While Python itself starts and looks for this module, it answers.
"""

from __future__ import annotations

import sys

MOMENT = 0.02  # seconds
SIGNALLED = 128  # and more: the exit code of a program that a signal ended

_stopped: list[int] = []  # a Ctrl-C that came before there was anything to answer it


def _is_ctrl_c(error: BaseException | None) -> bool:
    """Or came of one: Python makes another error of what happens while it makes a class."""
    return isinstance(error, KeyboardInterrupt) or (
        error is not None and (_is_ctrl_c(error.__cause__) or _is_ctrl_c(error.__context__))
    )


while True:
    try:
        import os
        import signal
    except BaseException as error:
        if not _is_ctrl_c(error):
            raise
        _stopped.append(len(_stopped))
    else:
        break


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
