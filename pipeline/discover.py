"""What is in the SOURCES: reports to read, files of another kind, and sources that cannot be used.

A report's name is `sumber`: the SOURCE folder's name and the path below it with `/`; of a file given by name, its name.
The folder's name is the last part of its path or address: where it lies, and in which bucket, is no part of the name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.i18n import problem
from pipeline.location import Location, Url
from schemas.errors import UnreadableInput

# Files that tell about a folder; given by name they are read like any other.
DANGLING = "kind_dangling"  # a link to nothing: the file that it was is gone
ABOUT = {"readme", "license", "licence", "changelog", "contributing", "baca", "bacasaya"}
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ACCEPTED = (".txt", ".text", ".md", ".pdf")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report to read. Of an object, `tag` changes with its contents and `size` is their length."""

    path: Location
    sumber: str
    tag: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is not read. `kind`: its suffix (".xlsx"), or a message key ("kind_hidden")."""

    sumber: str
    kind: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or SOURCE that cannot be used, and why."""

    sumber: str
    error: UnreadableInput


@dataclass(frozen=True, slots=True)
class Found:
    """What the SOURCES hold, each list in the order of names."""

    candidates: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...]
    failures: tuple[Failure, ...]


def discover(sources: Iterable[Location], out: Location | None = None) -> Found:
    """Walk the SOURCES; `out` and what is in it is no source. Nothing is opened here but folders."""
    candidates: dict[Location, Candidate] = {}
    skipped: list[Skipped] = []
    failures: list[Failure] = []
    inside_out = out.resolve() if isinstance(out, Path) else None
    for source in sources:
        if isinstance(source, Url):
            _list(source, out if isinstance(out, Url) else None, candidates, skipped, failures)
        elif is_folder(source):
            _walk(source, inside_out, candidates, skipped, failures)
        else:
            try:
                candidate = named_file(source)
            except UnreadableInput as error:
                failures.append(Failure(printable(source.name or str(source)), error))
            else:
                candidates.setdefault(source.resolve(), candidate)
    return Found(
        tuple(sorted(candidates.values(), key=lambda c: (c.sumber, str(c.path)))),
        tuple(sorted(skipped, key=lambda s: s.sumber)),
        tuple(failures),
    )


def is_folder(place: Location) -> bool:
    """Is it a folder, as far as can be told now? What cannot be looked at is none."""
    try:
        return place.is_dir()
    except OSError:
        return False


def absent(source: Location) -> UnreadableInput | None:
    """Why a SOURCE cannot be looked at: it is not there, not allowed, or its store cannot be reached; None where it is there."""
    shown = printable(str(source))
    try:
        there = source.is_dir() or source.exists()
    except OSError as error:
        key = "in_denied" if isinstance(error, PermissionError) else "in_error"
        return problem(UnreadableInput, key, path=shown, reason=error.strerror or str(error))
    return None if there else problem(UnreadableInput, "in_missing", path=shown)


def named_file(path: Location) -> Candidate:
    """A file given by name. Raises `UnreadableInput` where it is missing, no regular file, or of another kind."""
    try:
        missing = not path.exists()
    except OSError as error:
        reason = error.strerror or str(error)
        raise problem(UnreadableInput, "in_error", path=printable(str(path)), reason=reason) from error
    if missing:
        raise problem(UnreadableInput, "in_missing", path=printable(str(path)))
    if not path.is_file():
        raise problem(UnreadableInput, "in_not_file", path=printable(str(path)))
    if path.suffix.casefold() not in ACCEPTED:
        key = "in_kind" if path.suffix else "in_no_kind"
        raise problem(UnreadableInput, key, path=printable(str(path)), kind=kind_of(path), accepted=" ".join(ACCEPTED))
    return Candidate(path, printable(path.name))


def kind_of(path: Location | PurePath) -> str:
    """What a file that is not read is, by its name: its suffix, or the key of a message."""
    return printable(path.suffix.casefold()) if path.suffix else "kind_none"


def printable(name: str) -> str:
    """A name on one line that any reader of the datasets can take: bytes that are no UTF-8 are written as `\\xNN`, and so are
    control characters and the marks that turn the direction of what follows."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return UNSEEN.sub(lambda mark: mark[0].encode("unicode_escape").decode("ascii"), text)


def _walk(
    root: Path,
    out: Path | None,
    candidates: dict[Location, Candidate],
    skipped: list[Skipped],
    failures: list[Failure],
) -> None:
    resolved = root.resolve()
    head = resolved.name or "root"

    def unreadable(error: OSError) -> None:
        path = Path(error.filename or root)
        key = "in_denied" if isinstance(error, PermissionError) else "in_error"
        reason = error.strerror or str(error)
        problem_ = problem(UnreadableInput, key, path=printable(str(path)), reason=reason)
        failures.append(Failure(_sumber(head, resolved, path.resolve()), problem_))

    for here, folders, files in _folders(resolved, unreadable):
        for name in folders:  # a link to a folder is not followed: inside the folder it is found where it lies
            if not name.startswith(".") and (here / name).is_symlink() and not _inside(here / name, resolved):
                skipped.append(Skipped(_sumber(head, resolved, here / name), "kind_link"))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name) != out)
        for name in sorted(files):
            path = here / name
            sumber = _sumber(head, resolved, path)
            if kind := _unread(path):
                skipped.append(Skipped(sumber, kind))
            elif path.is_symlink() and not _inside(path, resolved):
                skipped.append(Skipped(sumber, "kind_link" if _leads_somewhere(path) else DANGLING))
            elif not path.is_file():
                skipped.append(Skipped(sumber, "kind_special"))
            else:
                candidates.setdefault(path, Candidate(path, sumber))


def _folders(root: Path, unreadable: Callable[[OSError], None]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Every folder below one with the names of its folders and files; those folders still in the list are gone into. What
    `os.walk` does, which goes down only as far as Python calls within calls."""
    waiting = [root]
    while waiting:
        here = waiting.pop()
        folders: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    (folders if _is_folder(entry) else files).append(entry.name)
        except OSError as error:
            unreadable(error)
            continue
        yield here, folders, files
        waiting += [here / name for name in reversed(folders) if not (here / name).is_symlink()]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unread(path: PurePath) -> str | None:
    """The kind of a file that is not read, by its name; None for a report."""
    if path.name.startswith((".", "~$")):
        return "kind_hidden"
    if path.stem.casefold() in ABOUT:
        return "kind_about"
    return None if path.suffix.casefold() in ACCEPTED else kind_of(path)


def _list(
    root: Url,
    out: Url | None,
    candidates: dict[Location, Candidate],
    skipped: list[Skipped],
    failures: list[Failure],
) -> None:
    """What is below a folder of an object store, by the rules for folders of this machine; an object stands for itself."""
    head = root.name or "root"
    try:
        found = root.files()
        if not found:
            candidates.setdefault(root, named_file(root))
            return
    except UnreadableInput as error:
        failures.append(Failure(printable(head), error))
        return
    except OSError as error:
        key = "in_denied" if isinstance(error, PermissionError) else "in_error"
        reason = error.strerror or str(error)
        failures.append(
            Failure(printable(head), problem(UnreadableInput, key, path=printable(str(root)), reason=reason))
        )
        return
    for stat in found:
        if out and _within(stat.url, out):
            continue
        key = stat.url.text.removeprefix(f"{root.text}/")
        if ".." in key.split("/"):  # a name with ".." would be that of another file
            skipped.append(Skipped(printable(f"{head}/{key}"), "kind_up"))
            continue
        below = stat.url.below(root)
        if any(part.startswith(".") for part in below.parts[:-1]):
            continue
        sumber = printable(f"{head}/{below}")
        if kind := _unread(below):
            skipped.append(Skipped(sumber, kind))
        else:
            tag = f"{stat.size} {stat.tag}" if stat.tag else ""
            candidates.setdefault(stat.url, Candidate(stat.url, sumber, tag, stat.size))


def _within(url: Url, folder: Url) -> bool:
    return url.text.startswith(f"{folder.text}/")


def _sumber(head: str, root: Path, path: Path) -> str:
    below = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return printable(head if below == "." else f"{head}/{below}")


def _leads_somewhere(link: Path) -> bool:
    try:
        return link.exists()
    except (OSError, ValueError):
        return True


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
