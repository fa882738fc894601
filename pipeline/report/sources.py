"""Where the files that OUT was made of lie now. `dokumen.sumber` is only the SOURCE folder's name and the path below it;
the logs of the runs tell which folders were given."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from extractors.read.files import open_regular
from pipeline.location import Location, Url, local_copy, remembered
from pipeline.runlog import first_line, logs
from schemas.errors import UnreadableInput

_BLOCK = 1 << 20
_LOGS = 200  # the newest logs that are looked into


def source_roots(out: Location, given: Sequence[Location] = ()) -> tuple[Location, ...]:
    """Folders and files to look in: those given now, then those of the runs, newest first; each once, if it is there.

    A relative path of a log is looked for below the current folder and beside OUT.
    """
    told: list[Location] = list(given)
    for log in logs(out)[::-1][:_LOGS]:
        for text in _sources(log):
            place = remembered(text)
            beside = isinstance(place, Path) and isinstance(out, Path) and not place.is_absolute()
            told += [place, out.parent / text] if beside else [place]
    here = [place.resolve() if isinstance(place, Path) else place for place in told if _exists(place)]
    return tuple(dict.fromkeys(here))


def _sources(log: Location) -> list[str]:
    """What the first line of a log says was read."""
    try:
        first = json.loads(first_line(log))
        return [str(text) for text in first["sources"]] if first["event"] == "begin" else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _exists(path: Location) -> bool:
    try:
        return path.exists() or (isinstance(path, Url) and path.is_dir())
    except OSError:
        return False


def locate(roots: Iterable[Location], names: Sequence[str], sha256: str | None) -> Path | None:
    """The file of this machine with these bytes under one of its names, or None: gone, moved, or changed since."""
    if not sha256:
        return None
    here = [root for root in roots if isinstance(root, Path)]
    candidates = dict.fromkeys(path for name in names for root in here for path in _candidates(root, name))
    return next((path for path in candidates if _digest(path) == sha256), None)


@contextmanager
def fetched(roots: Iterable[Location], names: Sequence[str], sha256: str | None) -> Iterator[Path | None]:
    """A temporary copy of the object with these bytes under one of its names, or None."""
    with ExitStack() as stack:
        for url in dict.fromkeys(url for name in names for root in roots for url in _objects(root, name)):
            with ExitStack() as mine:
                try:
                    path = mine.enter_context(local_copy(url))
                except UnreadableInput:
                    continue
                if sha256 and _digest(path) == sha256:
                    stack.enter_context(mine.pop_all())
                    yield path
                    return
        yield None


def _objects(root: Location, name: str) -> list[Url]:
    """Where an object of that name would be, as `discover` gave the name."""
    if isinstance(root, Path):
        return []
    head, _, below = name.partition("/")
    return [root / below] if below and head == (root.name or "root") else [root] if root.name == name else []


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
        with open_regular(path) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def link(path: Path, folder: Location) -> str:
    """A link from a page in `folder` to the file: relative where one can be made."""
    if isinstance(folder, Url):
        return path.as_uri()
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return path.as_uri()
    return quote(Path(relative).as_posix())
