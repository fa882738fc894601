"""Which documents to read, which are unchanged, and whose rows give way: decided before anything is written.

A document is its bytes; its names are where those bytes were found. A name belongs to one document: when the file of
that name changes, the name goes to the new document, and a document without a name left goes with the commit of the one
that took its `sumber`. Names of other runs stay, so the state of OUT depends on which file holds which bytes, not on
the order in which they were ingested.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.read import refuse_large
from extractors.read.files import NotRegular, open_regular
from pipeline.discover import Candidate, Failure
from pipeline.i18n import problem, say
from pipeline.location import Location, Url, each
from pipeline.rows import Origin
from pipeline.store.catalogue import Entry
from schemas.errors import UnreadableInput
from schemas.limits import USUAL, Limits


@dataclass(frozen=True, slots=True)
class Hashed:
    """A candidate with the SHA-256 of its bytes and their number."""

    candidate: Candidate
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: one of its files, its names and version, and the files of OUT that its rows replace."""

    path: Location
    origin: Origin
    size: int
    remove: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """A document whose rows stay and whose names change."""

    entry: Entry
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`jobs` in the order of their ids; `failed_before` could not be read at this version and are not tried again.

    `owner` is the file that each name was found to be; `failures` are files that cannot be told apart.
    """

    owner: Mapping[str, Hashed]
    jobs: tuple[Job, ...]
    unchanged: tuple[Entry, ...]
    failed_before: tuple[Entry, ...]
    failures: tuple[Failure, ...]


def hash_files(
    candidates: Iterable[Candidate],
    limits: Limits = USUAL,
    known: Callable[[Candidate], str | None] = lambda candidate: None,
) -> tuple[list[Hashed], list[Failure]]:
    """The SHA-256 of every candidate's bytes; those that cannot be opened, or that nobody would read for their size, are
    failures. `known` tells it of objects that need not be fetched; others are, some at a time."""
    every = list(candidates)

    def one(candidate: Candidate) -> Hashed | Failure:
        return _hash(candidate, limits, known(candidate))

    remote = any(isinstance(candidate.path, Url) for candidate in every)
    found = each(one, every) if remote else [one(candidate) for candidate in every]
    return [it for it in found if isinstance(it, Hashed)], [it for it in found if isinstance(it, Failure)]


def _hash(candidate: Candidate, limits: Limits, held: str | None) -> Hashed | Failure:
    try:
        if held is not None:
            refuse_large(candidate.size, candidate.path.suffix, candidate.sumber, limits)
            return Hashed(candidate, held, candidate.size)
        path = candidate.path
        with path.open("rb") if isinstance(path, Url) else open_regular(path) as file:
            refuse_large(file.seek(0, os.SEEK_END), candidate.path.suffix, candidate.sumber, limits)
            file.seek(0)
            return Hashed(candidate, hashlib.file_digest(file, "sha256").hexdigest(), file.tell())
    except UnreadableInput as error:
        return Failure(candidate.sumber, error)
    except NotRegular:
        return Failure(candidate.sumber, problem(UnreadableInput, "in_not_file", path=candidate.sumber))
    except OSError as error:
        key = "in_denied" if isinstance(error, PermissionError) else "in_error"
        reason = error.strerror or str(error)
        return Failure(candidate.sumber, problem(UnreadableInput, key, path=candidate.sumber, reason=reason))


def owners(hashed: Sequence[Hashed]) -> tuple[dict[str, Hashed], list[Failure]]:
    """Name to file. Two files of one name and other contents (of two SOURCES called alike) cannot both be kept."""
    owner: dict[str, Hashed] = {}
    failures = []
    for one in hashed:
        first = owner.setdefault(one.candidate.sumber, one)
        if first.sha256 != one.sha256:
            error = problem(
                UnreadableInput,
                "in_same_name",
                path=one.candidate.path,
                other=first.candidate.path,
                sumber=one.candidate.sumber,
            )
            failures.append(Failure(one.candidate.sumber, error))
    return owner, failures


def _worker_died(entry: Entry) -> bool:
    """Did the document fail with its worker (memory, a kill), not for what is in it? Then it is tried again by itself."""
    return entry.error is not None and entry.error.startswith(say("worker_died", "id")[:30])


def _over_a_limit(entry: Entry) -> bool:
    """Was the document refused for one of the limits, which its sentence names? That run may have had others than this
    one; to see again that it is over the limit costs little."""
    return entry.error is not None and "--limit " in entry.error


def make_plan(
    hashed: Sequence[Hashed],
    catalogue: Sequence[Entry],
    version_of: Callable[[str, str], str],
    *,
    retry_failed: bool = False,
) -> Plan:
    """Compare what was found with what OUT holds. `version_of` gives the version that a name and document
    id would be read with now."""
    owner, failures = owners(hashed)
    held = {entry.document_id: entry for entry in catalogue}
    names = names_after(owner, catalogue)
    files: dict[str, Hashed] = {}
    for one in sorted(owner.values(), key=lambda h: h.candidate.sumber):
        files.setdefault(one.sha256[:16], one)
    jobs: list[Job] = []
    unchanged: list[Entry] = []
    failed_before: list[Entry] = []
    for document_id, one in files.items():
        first, *others = names[document_id]
        origin = Origin(document_id, first, tuple(others), one.sha256, version_of(first, document_id))
        entry = held.get(document_id)
        again = (
            entry is not None
            and entry.status == "failed"
            and (retry_failed or _worker_died(entry) or _over_a_limit(entry))
        )
        if entry is not None and entry.version == origin.version and not again:
            (failed_before if entry.status == "failed" else unchanged).append(entry)
        else:
            own = entry.paths if entry is not None else ()
            jobs.append(
                Job(one.candidate.path, origin, one.size, own + _given_up(document_id, owner, catalogue, names))
            )
    jobs.sort(key=lambda job: job.origin.document_id)
    return Plan(owner, tuple(jobs), tuple(unchanged), tuple(failed_before), tuple(failures))


def make_renames(owner: Mapping[str, Hashed], now: Sequence[Entry]) -> tuple[list[Rename], list[Entry]]:
    """After the jobs: documents whose names changed without being read, and documents left without a name.

    `now` is what OUT holds after the jobs; a name whose file came to no rows stays with the document that had it.
    """
    there = {entry.document_id for entry in now}
    settled = {name: one for name, one in owner.items() if one.sha256[:16] in there}
    names = names_after(settled, now)
    renames, nameless = [], []
    for entry in now:
        mine = names.get(entry.document_id, ())
        if not mine:
            nameless.append(entry)
        elif mine != entry.names:
            renames.append(Rename(entry, mine))
    return renames, nameless


def names_after(owner: Mapping[str, Hashed], catalogue: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Document id to its names, sorted: those found now, and those of other runs that no other document took."""
    names: dict[str, set[str]] = {}
    for name, one in owner.items():
        names.setdefault(one.sha256[:16], set()).add(name)
    for entry in catalogue:
        kept = {name for name in entry.names if name not in owner}
        if kept:
            names.setdefault(entry.document_id, set()).update(kept)
    return {document_id: tuple(sorted(found)) for document_id, found in names.items()}


def _given_up(
    document_id: str, owner: Mapping[str, Hashed], catalogue: Sequence[Entry], names: Mapping[str, tuple[str, ...]]
) -> tuple[Path, ...]:
    """Files of documents that lose their last name, and their `sumber` to this document."""
    return tuple(
        path
        for entry in catalogue
        if entry.document_id != document_id
        and entry.document_id not in names
        and entry.sumber in owner
        and owner[entry.sumber].sha256[:16] == document_id
        for path in entry.paths
    )
