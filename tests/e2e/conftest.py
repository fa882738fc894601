"""What tests of whole commands share."""

from __future__ import annotations

import pytest

from pipeline.cli import main


@pytest.fixture
def lkjip(capfd):
    """Run a command in this process: (exit code, stdout, stderr)."""

    def run(*args: object) -> tuple[int, str, str]:
        code = main([str(arg) for arg in args])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run
