"""OUT itself: is it usable, whose is it, and who is writing in it."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.i18n import problem
from pipeline.location import Location, Url, remove
from pipeline.store.lease import lease
from pipeline.version import program_version
from schemas.datasets import DATASETS, PER_DOCUMENT, SCHEMA_VERSION
from schemas.errors import UnusableOutput

MARKER = "_lkjip.json"
LOCK = "_lkjip.lock"
STAGING = "_staging"
RUNS = "_runs"
FEW = 16  # files that are forced to disk one by one: the files of one document


def open_for_writing(out: Location) -> None:
    """Make OUT ready: create it, see that it can be written and that its datasets are of this schema.

    Raises `UnusableOutput` where it is a file, cannot be written, was written with another schema, or where links stand
    for its folders.
    """
    try:
        if isinstance(out, Url):
            _probe_store(out)
        else:
            _probe_folder(out)
    except OSError as error:
        raise output_error(error, out) from error
    if _check_marker(out):
        return
    text = json.dumps({"program": "lkjip", "version": program_version(), "schema_version": SCHEMA_VERSION}, indent=1)
    try:
        replace_file(out / MARKER, text.encode() + b"\n")
    except OSError as error:
        raise output_error(error, out) from error


def _probe_store(out: Url) -> None:
    if out.is_file():
        raise problem(UnusableOutput, "out_is_file", out=out)
    probe = out / f"_probe-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"lkjip")
        remove([probe])
    except FileNotFoundError as error:
        raise problem(UnusableOutput, "out_no_bucket", out=out) from error


def _probe_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise problem(UnusableOutput, "out_is_file", out=out)
    out.mkdir(parents=True, exist_ok=True)
    refuse_links(out)
    probe = out / f"_probe-{os.getpid()}"
    with _fresh(probe) as file:
        file.write(b"lkjip")
    probe.unlink()
    for dataset in PER_DOCUMENT:
        if (folder := out / dataset.name).exists() and not folder.is_dir():
            raise problem(UnusableOutput, "out_name_taken", out=folder)


def refuse_links(out: Path) -> None:
    """See that nothing is written or deleted through a link: what it leads to is not OUT. Raises `UnusableOutput`."""
    for name in (STAGING, RUNS, LOCK, *(dataset.name for dataset in DATASETS)):
        if (place := out / name).is_symlink():
            raise problem(UnusableOutput, "out_link", out=place)


def refuse_linked(out: Path, partitions: Iterable[str]) -> None:
    """The same for partitions, `<dataset>/agency=<slug>/year=<n>`, in which something is about to change."""
    for partition in partitions:
        for place in (out / partition, (out / partition).parent):
            if place.is_symlink():
                raise problem(UnusableOutput, "out_link", out=place)


def open_for_reading(out: Location) -> None:
    """See that OUT holds datasets of this schema. Raises `UnusableOutput` where it does not."""
    try:
        if not out.is_dir():
            raise problem(UnusableOutput, "out_missing", out=out)
        if not _check_marker(out):
            raise problem(UnusableOutput, "out_not_ours", out=out)
    except PermissionError as error:
        raise problem(UnusableOutput, "out_not_readable", out=out) from error
    except OSError as error:
        raise output_error(error, out) from error


def _check_marker(out: Location) -> bool:
    """Whether OUT is marked as ours. Raises `UnusableOutput` where another schema is."""
    marker = out / MARKER
    try:
        held = json.loads(marker.read_text(encoding="utf-8"))
        found = int(held["schema_version"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise problem(UnusableOutput, "out_marker_unreadable", out=marker) from error
    if found > SCHEMA_VERSION:
        raise problem(UnusableOutput, "out_newer", out=out, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise problem(UnusableOutput, "out_older", out=out, found=found, known=SCHEMA_VERSION)
    return True


@contextmanager
def lock(out: Location) -> Iterator[None]:
    """Hold OUT for one run. Raises `UnusableOutput` at once where another run holds it."""
    if isinstance(out, Url):
        with _store_errors(out), lease(out):
            yield
        return
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


@contextmanager
def _store_errors(out: Url) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise output_error(error, out) from error


def replace_file(path: Location, data: bytes) -> None:
    """Put a file in the place of what was there: readers see the one or the other. Raises `OSError`."""
    if isinstance(path, Url):
        path.write_bytes(data)
        return
    draft = path.with_name(f"{path.name}.tmp")
    write_file(draft, data)
    draft.replace(path)


def write_file(path: Path, data: bytes) -> None:
    """Write and force to disk, so that a rename that follows never shows an empty file after a power cut."""
    with _fresh(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _fresh(path: Path) -> BinaryIO:
    """A new file, open for writing. What has its name (a draft of a killed run, a link) is taken away, never written to."""
    try:
        return path.open("xb")
    except FileExistsError:
        path.unlink()
        return path.open("xb")


def sync_file(path: Path) -> None:
    """Force a written file's contents to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_together(paths: Sequence[Path]) -> None:
    """Force written files of one filesystem to disk: each by itself where they are few, else all with one request, where
    the system knows that. Every request waits for the disk, so that a hundred small files take a second or more."""
    if len(paths) > FEW and sys.platform == "linux":
        import ctypes

        with _descriptor(paths[0]) as descriptor:
            if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(paths[0]))
        return
    for path in paths:
        sync_file(path)


@contextmanager
def _descriptor(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def output_error(error: OSError, out: Location) -> UnusableOutput:
    """What the system says about OUT, as one sentence."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return problem(UnusableOutput, "out_full", out=out)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return problem(UnusableOutput, "out_not_writable", out=out)
    return problem(UnusableOutput, "out_error", out=out, reason=error.strerror or str(error))
