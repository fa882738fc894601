"""Where the files that OUT was made of lie now. `dokumen.sumber` is only the SOURCE folder's name and the path below it;
the logs of the runs tell which folders were given."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from pipeline.store.out import RUNS

_BLOCK = 1 << 20
_LOGS = 200  # the newest logs that are looked into


def source_roots(out: Path, given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Folders and files to look in: those given now, then those of the runs, newest first; each once, if it is there.

    A relative path of a log is looked for below the current folder and beside OUT.
    """
    told: list[Path] = list(given)
    for log in sorted((out / RUNS).glob("*.jsonl"), reverse=True)[:_LOGS]:
        for text in _sources(log):
            told += [Path(text)] if Path(text).is_absolute() else [Path(text), out.parent / text]
    found = dict.fromkeys(path.resolve() for path in told if _exists(path))
    return tuple(found)


def _sources(log: Path) -> list[str]:
    """What the first line of a log says was read."""
    try:
        with log.open(encoding="utf-8") as file:
            first = json.loads(file.readline(_BLOCK))
        return [str(text) for text in first["sources"]] if first["event"] == "begin" else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def locate(roots: Iterable[Path], names: Iterable[str], sha256: str | None) -> Path | None:
    """The file with these bytes under one of its names, or None: gone, moved, or changed since."""
    if not sha256:
        return None
    candidates = dict.fromkeys(path for name in names for root in roots for path in _candidates(root, name))
    return next((path for path in candidates if _digest(path) == sha256), None)


def _candidates(root: Path, name: str) -> list[Path]:
    """Where a file of that name would be: below the folder it was found in, or the file that was given itself."""
    head, _, below = name.partition("/")
    if ".." in Path(name).parts:
        return []
    paths = [root / below] if below and root.name == head else []
    paths += [root / name, *([root / below] if below else [])] if root.is_dir() else []
    if not below and root.name == name:
        paths.append(root)
    return paths


def _digest(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def link(path: Path, folder: Path) -> str:
    """A link from a page in `folder` to the file: relative where one can be made."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return path.as_uri()
    return quote(Path(relative).as_posix())
