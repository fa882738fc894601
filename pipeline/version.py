"""The program's version, and a fingerprint of everything that decides what comes out of a file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

NAME = "lkjip"

_ROOT = Path(__file__).resolve().parent.parent
# A compiled module counts by its source: with it or without, the same comes out.
_DATA = {".py", ".c", ".csv", ".json", ".txt", ".gz", ".toml", ".onnx"}
# What of pipeline/ decides results. The rest drives or shows them; a change there does not read every file again.
DECIDING = ("extract.py", "overlay.py", "cells.py", "arrow.py", "rows", "ringkasan", "reconcile")
ASIDE = (
    "__main__.py",
    "__init__.py",
    "answers.py",
    "cli.py",
    "cluster",
    "collector.py",
    "commands.py",
    "compact.py",
    "dashboard",
    "discover.py",
    "docs.py",
    "draw.py",
    "estimate.py",
    "fetched.py",
    "i18n.py",
    "ingest.py",
    "lintas",
    "location.py",
    "manifest.py",
    "messages.py",
    "plan.py",
    "pool",
    "present.py",
    "progress.py",
    "prune.py",
    "report",
    "review",
    "runlog.py",
    "schedule.py",
    "since.py",
    "stopping.py",
    "store",
    "task.py",
    "text.py",
    "version.py",
)


@cache
def program_version() -> str:
    """The installed version ("0.1.0"), or "0" where the package is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(NAME)
    except PackageNotFoundError:
        return "0"


def deciding_files() -> list[Path]:
    """Code, vocabulary and reference data that decide results, in a fixed order."""
    roots = [_ROOT / "schemas", _ROOT / "extractors", *(_ROOT / "pipeline" / name for name in DECIDING)]
    found = {
        path
        for root in roots
        for path in (root.rglob("*") if root.is_dir() else [root])
        if path.suffix in _DATA and path.is_file()
    }
    return sorted(found, key=lambda path: path.relative_to(_ROOT).as_posix())


@cache
def fingerprint() -> str:
    """First 12 hex digits of a SHA-256 over names and contents of the deciding files."""
    digest = hashlib.sha256()
    for path in deciding_files():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def version(options: str = "") -> str:
    """The value of `dokumen.version`: "0.1.0+1f2e3d4c5b6a".

    `options` are the settings that change what comes out of this document (an identity given by hand, an OCR mode), in
    a canonical form; where there are any, four bytes of their SHA-256 follow, so that changing them reads it again.
    """
    base = f"{program_version()}+{fingerprint()}"
    return f"{base}.{hashlib.sha256(options.encode()).hexdigest()[:8]}" if options else base
