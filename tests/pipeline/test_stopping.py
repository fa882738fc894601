"""Signals: the first waits for the step in hand, the second for nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from pipeline.stopping import Stopped, Stopping


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """A shell lets what runs in its background ignore Ctrl-C; here it is heard."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def told(number: signal.Signals = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


def test_a_signal_stops_at_once_where_nothing_is_half_done():
    def run() -> None:
        with Stopping():
            told()
            time.sleep(5)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Stopped) as stop:
        run()
    assert (stop.value.exit_code, str(stop.value)) == (130, "SIGINT")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_step_is_finished_first():
    done = []

    def run() -> None:
        with Stopping() as stopping:
            with stopping.whole():
                with stopping.whole():
                    told(signal.SIGTERM)
                    done.append(1)
                done.append(2)
            done.append(3)

    with pytest.raises(Stopped) as stop:
        run()
    assert (done, stop.value.exit_code) == ([1, 2], 143)


class Last:
    """Something at whose end a signal comes."""

    def __del__(self) -> None:
        told()
        time.sleep(0.01)


def test_a_signal_in_a_finalizer_is_raised_after_the_next_step_and_nothing_is_printed(monkeypatch: pytest.MonkeyPatch):
    done: list[int] = []
    printed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", printed.append)

    def run() -> None:
        with Stopping() as stopping:
            Last()
            with stopping.whole():
                done.append(1)
            done.append(2)

    with pytest.raises(Stopped):
        run()
    assert (done, printed) == ([1], [])
    sys.unraisablehook("as before")  # type: ignore[arg-type]
    assert printed == ["as before"]


def test_ctrl_c_in_a_finalizer_outside_a_run_comes_again():
    code = (
        "import os, signal, sys, time\n"
        "import pipeline.cli\n"
        "class Last:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGINT); time.sleep(0.01)\n"
        "def work(args, **_):\n"
        "    Last(); time.sleep(30); print('not stopped')\n"
        "pipeline.cli.app = work\n"
        "from pipeline.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("lkjip: dihentikan")
    assert done.stderr.count("\n") == 1


def test_an_error_of_the_step_is_told_rather_than_the_signal():
    def run() -> None:
        with Stopping() as stopping, stopping.whole():
            told()
            raise ValueError("penuh")

    with pytest.raises(ValueError, match="penuh"):
        run()


def test_the_second_signal_ends_the_process_at_once():
    code = (
        "import time; from pipeline.stopping import Stopping\n"
        "with Stopping() as stopping, stopping.whole():\n    print('siap', flush=True); time.sleep(60)\n    time.sleep(60)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"siap\n"
    run.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert run.poll() is None
    run.send_signal(signal.SIGINT)
    assert run.wait(10) == 130
    run.stdout.close()


def test_what_is_ignored_stays_ignored_and_other_threads_are_left_alone():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stopping():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            told(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
    seen = []

    def work() -> None:
        with Stopping() as stopping, stopping.whole():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
