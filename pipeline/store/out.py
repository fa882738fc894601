"""OUT itself: is it usable, whose is it, and who is writing in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.i18n import problem
from pipeline.version import program_version
from schemas.datasets import PER_DOCUMENT, SCHEMA_VERSION
from schemas.errors import UnusableOutput

MARKER = "_lkjip.json"
LOCK = "_lkjip.lock"
STAGING = "_staging"
RUNS = "_runs"


def open_for_writing(out: Path) -> None:
    """Make OUT ready: create it, see that it can be written and that its datasets are of this schema.

    Raises `UnusableOutput` where it is a file, cannot be written, or was written with another schema.
    """
    if out.exists() and not out.is_dir():
        raise problem(UnusableOutput, "out_is_file", out=out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f"_probe-{os.getpid()}"
        probe.write_bytes(b"lkjip")
        probe.unlink()
    except OSError as error:
        raise output_error(error, out) from error
    _check_marker(out)
    for dataset in PER_DOCUMENT:
        if (folder := out / dataset.name).exists() and not folder.is_dir():
            raise problem(UnusableOutput, "out_name_taken", out=folder)
    if not (out / MARKER).exists():
        text = json.dumps(
            {"program": "lkjip", "version": program_version(), "schema_version": SCHEMA_VERSION}, indent=1
        )
        try:
            write_file(out / f"{MARKER}.tmp", text.encode() + b"\n")
            (out / f"{MARKER}.tmp").replace(out / MARKER)
        except OSError as error:
            raise output_error(error, out) from error


def open_for_reading(out: Path) -> None:
    """See that OUT holds datasets of this schema. Raises `UnusableOutput` where it does not."""
    if not out.is_dir():
        raise problem(UnusableOutput, "out_missing", out=out)
    if not (out / MARKER).exists():
        raise problem(UnusableOutput, "out_not_ours", out=out)
    _check_marker(out)


def _check_marker(out: Path) -> None:
    marker = out / MARKER
    if not marker.exists():
        return
    try:
        held = json.loads(marker.read_text(encoding="utf-8"))
        found = int(held["schema_version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise problem(UnusableOutput, "out_marker_unreadable", out=marker) from error
    if found > SCHEMA_VERSION:
        raise problem(UnusableOutput, "out_newer", out=out, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise problem(UnusableOutput, "out_older", out=out, found=found, known=SCHEMA_VERSION)


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Hold OUT for one run. Raises `UnusableOutput` at once where another run holds it."""
    from filelock import FileLock, Timeout

    held = FileLock(out / LOCK, timeout=0)
    try:
        held.acquire()
    except Timeout as error:
        raise problem(UnusableOutput, "out_locked", out=out) from error
    except OSError as error:
        raise output_error(error, out) from error
    try:
        yield
    finally:
        held.release()


def write_file(path: Path, data: bytes) -> None:
    """Write and force to disk, so that a rename that follows never shows an empty file after a power cut."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Force a written file's contents to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def output_error(error: OSError, out: Path) -> UnusableOutput:
    """What the system says about OUT, as one sentence."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return problem(UnusableOutput, "out_full", out=out)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return problem(UnusableOutput, "out_not_writable", out=out)
    return problem(UnusableOutput, "out_error", out=out, reason=error.strerror or str(error))
