"""One document, from its bytes to staged rows: what a worker process does."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.read.files import NotRegular, open_regular
from pipeline.collector import seldom
from pipeline.i18n import problem, sentence
from pipeline.location import Location, local_copy
from pipeline.rows import Origin, failed_rows, rows_of
from pipeline.store.parquet import UNKNOWN_AGENCY
from pipeline.store.transaction import Staged, stage
from schemas.checks import SILENT
from schemas.errors import LkjipError, UnreachedInput, UnreadableInput, UnusableOutput
from schemas.limits import USUAL, Limits
from schemas.records import Identity

if TYPE_CHECKING:
    from pipeline.overlay import Overlay
    from pipeline.reconcile import Materiality


@dataclass(frozen=True, slots=True)
class Quota:
    """What a document may take: `seconds` of time, and bytes of `memory` (None: as much as there is)."""

    seconds: float = 3600.0
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read. `override` puts an identity given by hand in the place of what is recognised; `overlay` are the
    figures that auditors say we misread, laid over it for its checks; `material` decides which findings are grave.
    `quota` holds where the document is read in a process of its own; `attempt` sets apart what several readings of one document
    stage, where there may be several (a cluster); `limits` are what its file may ask of the reader."""

    path: Location
    origin: Origin
    out: Location
    password: str | None = None
    ocr: str = "auto"
    override: Callable[[Identity], Identity] | None = None
    overlay: Overlay = ()
    material: Materiality | None = None
    quota: Quota = Quota()
    attempt: str = ""
    limits: Limits = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document: `staged` are its new rows (None: nothing may be written, its earlier rows stay).

    `error` stands in the datasets, `message` is the same in English where it is known. `rows` counts rows by dataset,
    `checks` by outcome, `findings` by severity. `trace` is for the log alone.
    """

    origin: Origin
    status: str
    error: str | None
    staged: Staged | None
    rows: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    trace: str | None = None
    message: str | None = None


@seldom()
def process(task: Task) -> Result:
    """Read, check and stage one document. Whatever is wrong with it is a failed `Result`; where its bytes cannot be had any more,
    one that stages nothing: what OUT holds of it stays.

    Raises `UnusableOutput` alone: OUT cannot be written, and no other document could be either.
    """
    start = time.monotonic()
    try:
        return _read(task, start)
    except UnusableOutput:
        raise
    except UnreachedInput as error:
        seconds = time.monotonic() - start
        return Result(task.origin, "failed", str(error), None, seconds=seconds, message=sentence(error, "en"))
    except LkjipError as error:
        return failed(task, error, time.monotonic() - start)
    except MemoryError:
        return failed(task, too_much(task.quota), time.monotonic() - start)
    except Exception as error:  # noqa: BLE001 - a defect of ours may cost this document, never the run
        told = problem(UnreadableInput, "internal_short", error=type(error).__name__)
        return failed(task, told, time.monotonic() - start, traceback.format_exc())


def _read(task: Task, start: float) -> Result:
    from pipeline.extract import read_report
    from pipeline.overlay import apply, doubts, marked
    from pipeline.reconcile import Materiality, reconcile

    with local_copy(task.path) as path:
        try:
            report = read_report(
                path,
                name=task.origin.sumber,
                password=task.password,
                ocr=task.ocr,
                limits=task.limits,
                identity_override=task.override,
            )
        except Exception:
            _same_bytes(path, task.origin)
            raise
    if report.document.sha256 != task.origin.sha256:
        raise problem(UnreachedInput, "in_vanished", path=task.origin.sumber)
    checks, findings = marked(
        report, task.overlay, *reconcile(apply(report, task.overlay), task.material or Materiality())
    )
    report = replace(report, doubts=(*report.doubts, *doubts(report, task.overlay)))
    rows = rows_of(report, checks, findings, task.origin)
    identity = report.identity
    staged = stage(
        task.out, staging_name(task), rows, identity.agency, identity.year, task.origin.document_id, settled=False
    )
    (dokumen,) = rows["dokumen"]
    return Result(
        task.origin,
        dokumen["status"],
        dokumen["error"],
        staged,
        rows={name: len(records) for name, records in rows.items()},
        checks=Counter([str(check.outcome) for check in checks if check.rule not in SILENT]),
        findings=Counter(finding.severity.value for finding in findings),
        seconds=time.monotonic() - start,
    )


def _same_bytes(path: Path, origin: Origin) -> None:
    """What went wrong tells of the document only while its bytes are there: raises `UnreachedInput` where they are not."""
    try:
        with open_regular(path) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == origin.sha256:
                return
    except OSError as error:
        if not isinstance(error, FileNotFoundError | NotRegular):
            reason = error.strerror or str(error)
            raise problem(UnreachedInput, "in_error", path=origin.sumber, reason=reason) from error
    raise problem(UnreachedInput, "in_vanished", path=origin.sumber)


def failed(task: Task, error: LkjipError, seconds: float = 0.0, trace: str | None = None) -> Result:
    """The result of a document that could not be read: its one row, staged."""
    rows = failed_rows(task.origin, str(error))
    staged = stage(task.out, staging_name(task), rows, UNKNOWN_AGENCY, 0, task.origin.document_id, settled=False)
    return Result(
        task.origin, "failed", str(error), staged, seconds=seconds, trace=trace, message=sentence(error, "en")
    )


def too_much(quota: Quota) -> LkjipError:
    """The sentence for a document that needs more memory than it may have."""
    if quota.memory is None:
        return problem(UnreadableInput, "worker_died")
    return problem(UnreadableInput, "memory_out", megabytes=quota.memory // 2**20)


def staging_name(task: Task) -> str:
    """The folder below `OUT/_staging`: one for each attempt at a document, for only one run writes at a time."""
    return f"{task.origin.document_id}-{task.attempt}" if task.attempt else task.origin.document_id
