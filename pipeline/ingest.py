"""The story of a folder: find, leave what is unchanged, read the rest in worker processes, put each in place."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from extractors.read import TEXT_SUFFIXES
from pipeline.discover import Candidate, Failure, Found, Skipped, discover, is_folder
from pipeline.fetched import Fetched
from pipeline.i18n import sentence
from pipeline.lintas import Reconciled, reconcile_out
from pipeline.location import Location, absolute
from pipeline.overlay import Overlay, canonical
from pipeline.plan import Plan, hash_files, make_plan, make_renames
from pipeline.pool import Pool, open_pool, run
from pipeline.prune import find_gone, read_roots
from pipeline.reconcile.material import Materiality
from pipeline.review.misread import overlays
from pipeline.rows import Origin, failed_rows
from pipeline.runlog import RunLog
from pipeline.schedule import Planned, survey
from pipeline.since import changed_since
from pipeline.stopping import Stopping
from pipeline.store import Entry, commit, lock, open_for_writing, read_catalogue, recover, stage
from pipeline.store.parquet import UNKNOWN_AGENCY
from pipeline.store.transaction import finish, remove_document, rename, settle
from pipeline.task import Result, Task
from pipeline.version import version
from schemas.errors import LkjipError, UnusableOutput
from schemas.limits import USUAL, Limits
from schemas.records import Identity

Override = Callable[[Identity], Identity]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to ingest. `by_hand` gives, for a name, what the manifest and the aliases put in the place of what is
    recognised (None: nothing), and a text that changes when that does; `material` decides which findings are grave.
    `timeout` is in seconds, for a document of ordinary length; `memory` in bytes, for each (None: without limit).
    `since` (seconds since the epoch) leaves out files that did not change since; `prune` takes away what is gone;
    `echo` is given every line of the log; `limits` are what a file may ask of the reader."""

    jobs: int | None = None
    timeout: float = 600.0
    password: str | None = None
    ocr: str = "auto"
    retry_failed: bool = False
    by_hand: Callable[[str], tuple[Override, str] | None] | None = None
    material: Materiality | None = None
    memory: int | None = 2 * 2**30
    since: float | None = None
    prune: bool = False
    echo: Callable[[str], None] | None = None
    limits: Limits = USUAL


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """A file that was not read, or not wholly, and why: in Indonesian, and in English where it is known."""

    sumber: str
    pesan: str
    message: str

    @staticmethod
    def of(failure: Failure) -> Trouble:
        return Trouble(failure.sumber, str(failure.error), sentence(failure.error, "en"))


@dataclass(slots=True)
class Summary:
    """What a run did. Counts of tables, figures, checks and findings are of the documents read in this run.

    `broken`: an error of ours failed a document; its traceback is in the log. `across` is what came of the comparison of
    documents at the end (None where the run did not come so far). `older` files were left out by `since`; `pruned` are
    the names that were taken away, `unpruned` the SOURCEs of which none was, and why.
    """

    read: int = 0
    copies: int = 0
    partial: list[Trouble] = field(default_factory=list)
    unchanged: int = 0
    failed: list[Trouble] = field(default_factory=list)
    failed_before: list[Trouble] = field(default_factory=list)
    skipped: tuple[Skipped, ...] = ()
    older: int = 0
    pruned: tuple[str, ...] = ()
    unpruned: list[Trouble] = field(default_factory=list)
    recovered: int = 0
    broken: bool = False
    rows: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    across: Reconciled | None = None
    seconds: float = 0.0
    log: Location | None = None

    @property
    def all_failed(self) -> list[Trouble]:
        """Every file that could not be read, now or before."""
        return sorted([*self.failed, *self.failed_before])


class Listener(Protocol):
    """Is told how a run goes on."""

    def begin(self, total: int) -> None:
        """`total` documents will be read."""

    def done(self, result: Result) -> None:
        """One of them is finished."""


def ingest(
    sources: Sequence[Location], out: Location, settings: Settings, listener: Listener, pool: Pool | None = None
) -> Summary:
    """Read every report of the SOURCES into OUT, in `pool` (default: `settings.jobs` processes), which is closed.

    What is wrong with a single file is told in the summary. Raises `UnusableOutput` where OUT cannot be used, and
    `Stopped` after Ctrl-C or SIGTERM: what was put in place stays, and the next run goes on from there.
    """
    start = time.monotonic()
    with closing(pool or open_pool(settings.jobs)) as readers, _locked(out), Stopping() as stopping:
        summary = Summary(recovered=recover(out))
        with RunLog(out, settings.echo) as log:
            summary.log = log.path
            log.write(
                "begin",
                version=version(),
                sources=[str(source) for source in sources],
                roots=[str(absolute(source)) for source in sources if is_folder(source)],
                jobs=settings.jobs,
                ocr=settings.ocr,
            )
            try:
                _run(sources, out, settings, listener, readers, stopping, summary, log)
            except BaseException as error:
                with stopping.whole():
                    _tidy(out, readers)
                    log.write("stopped", reason=type(error).__name__, message=str(error))
                raise
            finish(out)
            summary.seconds = time.monotonic() - start
            log.write(
                "end",
                seconds=round(summary.seconds, 3),
                read=summary.read,
                unchanged=summary.unchanged,
                failed=len(summary.all_failed),
                findings=dict(summary.findings),
            )
    return summary


@contextmanager
def _locked(out: Location) -> Iterator[None]:
    open_for_writing(out)
    with lock(out):
        yield


def _run(
    sources: Sequence[Location],
    out: Location,
    settings: Settings,
    listener: Listener,
    pool: Pool,
    stopping: Stopping,
    summary: Summary,
    log: RunLog,
) -> None:
    found = discover(sources, out)
    candidates: Sequence[Candidate] = found.candidates
    if settings.since is not None:
        candidates, summary.older = changed_since(candidates, settings.since)
    fetched = Fetched(out)
    hashed, unopened = hash_files(candidates, settings.limits, fetched.sha256)
    fetched.keep(hashed)
    catalogue = read_catalogue(out)
    laid_over = overlays(out)
    plan = make_plan(
        hashed,
        catalogue,
        lambda name, document_id: version(_options(name, settings, laid_over.get(document_id, ()))),
        retry_failed=settings.retry_failed or settings.password is not None or settings.limits != USUAL,
    )
    _tell(plan, found.failures, unopened, found.skipped, summary, log)
    _store_unopened(out, unopened, catalogue)
    removes = {job.origin.document_id: job.remove for job in plan.jobs}
    planned = survey(
        plan.jobs,
        ocr=settings.ocr,
        timeout=settings.timeout,
        memory=settings.memory,
        password=settings.password,
        isolated=pool.size > 0,
    )
    log.write("plan", documents=len(planned), pages=sum(one.shape.pages for one in planned), older=summary.older)
    listener.begin(len(planned))
    tasks = (_task(one, out, settings, laid_over.get(one.job.origin.document_id, ())) for one in planned)
    for results in run(pool, tasks):
        with stopping.whole():
            settle(out, [result.staged for result in results if result.staged is not None])
            for result in results:
                if result.staged is not None:
                    commit(out, result.staged, removes[result.origin.document_id])
                _count(result, summary, log)
                listener.done(result)
    with stopping.whole():
        pool.close()
    _settle_names(out, plan)
    if settings.prune:
        _prune(sources, out, found, stopping, summary, log)
    _across(out, summary, log)


def _prune(
    sources: Sequence[Location], out: Location, found: Found, stopping: Stopping, summary: Summary, log: RunLog
) -> None:
    """Take the names away whose files are gone, and with its last name a document; each as one step."""
    catalogue = read_catalogue(out)
    gone = find_gone(sources, found, catalogue, read_roots(out))
    summary.unpruned = [Trouble(head, gone.why(head, "id"), gone.why(head, "en")) for head in sorted(gone.left)]
    for entry in catalogue:
        kept = tuple(name for name in entry.names if name not in gone.names)
        if kept == entry.names:
            continue
        with stopping.whole():
            if kept:
                rename(out, entry, kept)
            else:
                remove_document(out, entry.document_id, entry.paths)
            log.write("pruned", document_id=entry.document_id, names=sorted({*entry.names} - {*kept}), removed=not kept)
    summary.pruned = tuple(sorted(gone.names))


def _tidy(out: Location, pool: Pool) -> None:
    """End the workers and delete what they had begun; where OUT refuses even that, the next run does it."""
    pool.close()
    with suppress(UnusableOutput):
        recover(out)


def _across(out: Location, summary: Summary, log: RunLog) -> None:
    """Compare the documents of the agencies this run touched; an error of ours costs the comparison alone."""
    try:
        summary.across = reconcile_out(out)
    except LkjipError:
        raise
    except Exception:  # noqa: BLE001 - the documents are in place; the next run compares them again
        summary.broken = True
        log.write("reconcile", trace=traceback.format_exc())
    else:
        done = summary.across
        log.write("reconcile", agencies=done.agencies, unchanged=done.unchanged, findings=done.findings)


def _options(name: str, settings: Settings, overlay: Overlay) -> str:
    """What besides the bytes decides the rows of this file, in a canonical form; empty for none."""
    text = name.casefold().endswith(TEXT_SUFFIXES)  # has no pages that could be recognised
    parts = [] if settings.ocr == "auto" or text else [f"ocr={settings.ocr}"]
    given = settings.by_hand(name) if settings.by_hand else None
    parts += [f"identitas={given[1]}"] if given else []
    parts += [f"material={settings.material}"] if settings.material else []
    parts += [f"batas={limits}"] if (limits := settings.limits.of_rows()) else []
    return ";".join([*parts, f"salah_baca={canonical(overlay)}"] if overlay else parts)


def _task(planned: Planned, out: Location, settings: Settings, overlay: Overlay) -> Task:
    job = planned.job
    given = settings.by_hand(job.origin.sumber) if settings.by_hand else None
    override = given[0] if given else None
    return Task(
        job.path,
        job.origin,
        out,
        settings.password,
        settings.ocr,
        override,
        overlay,
        material=settings.material,
        quota=planned.quota,
        limits=settings.limits,
    )


def _tell(
    plan: Plan,
    failures: Sequence[Failure],
    unopened: Sequence[Failure],
    skipped: Sequence[Skipped],
    summary: Summary,
    log: RunLog,
) -> None:
    """Put what is known before reading into the summary and the log."""
    for failure in (*failures, *unopened, *plan.failures):
        summary.failed.append(Trouble.of(failure))
        log.write("failed", sumber=failure.sumber, error=str(failure.error))
    summary.unchanged = len(plan.unchanged)
    summary.copies = len(plan.owner) - len({one.sha256 for one in plan.owner.values()})
    summary.failed_before = [Trouble(e.sumber, e.error or "", e.error or "") for e in plan.failed_before]
    summary.skipped = tuple(skipped)
    for one in skipped:
        log.write("skipped", sumber=one.sumber, kind=one.kind)


def _count(result: Result, summary: Summary, log: RunLog) -> None:
    trouble = Trouble(result.origin.sumber, result.error or "", result.message or result.error or "")
    if result.status == "failed":
        summary.failed.append(trouble)
    else:
        summary.read += 1
    if result.status == "partial":
        summary.partial.append(trouble)
    summary.broken = summary.broken or result.trace is not None
    summary.rows.update(result.rows)
    summary.checks.update(result.checks)
    summary.findings.update(result.findings)
    log.write(
        "document",
        document_id=result.origin.document_id,
        sumber=result.origin.sumber,
        status=result.status,
        error=result.error,
        seconds=round(result.seconds, 3),
        rows=dict(result.rows),
        trace=result.trace,
    )


def _store_unopened(out: Location, unopened: Sequence[Failure], catalogue: Sequence[Entry]) -> None:
    """A file that cannot be opened has a row too, unless its name has one: then that one stays as it is."""
    known = {name for entry in catalogue for name in entry.names}
    for failure in unopened:
        if failure.sumber in known:
            continue
        document_id = hashlib.sha256(b"unopened\0" + failure.sumber.encode()).hexdigest()[:16]
        origin = Origin(document_id, failure.sumber, (), None, version())
        rows = failed_rows(origin, str(failure.error))
        commit(out, stage(out, document_id, rows, UNKNOWN_AGENCY, 0, document_id))


def _settle_names(out: Location, plan: Plan) -> None:
    """Give documents that were not read their new names, and take away those whose names all went to others."""
    renames, nameless = make_renames(plan.owner, read_catalogue(out))
    for one in renames:
        rename(out, one.entry, one.names)
    for entry in nameless:
        remove_document(out, entry.document_id, entry.paths)
