"""What each command does: calls the stage that answers, prints the answer, gives the exit code.

Exit codes: 0 done; 1 done, and something needs a look (`check`: findings; `ingest`: a file failed); 2 wrong usage; 3 no
input could be used; 4 OUT cannot be used, or stdout is full; 5 an error inside the program; 6 the cluster cannot be used;
130 stopped by Ctrl-C, 143 by SIGTERM.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.i18n import problem, say, sentence
from pipeline.location import Location, absolute, local_copy
from pipeline.text import terminal
from schemas.errors import BadOption, LkjipError, UnreadableInput
from schemas.records import Identity

if TYPE_CHECKING:
    from pipeline.answers import Filter
    from pipeline.ingest import Summary
    from pipeline.pool import Pool
    from pipeline.reconcile.material import Materiality
    from schemas.checks import Check
    from schemas.limits import Limits

OK, LOOK, USAGE, INPUT, OUTPUT, INTERNAL, STOPPED = 0, 1, 2, 3, 4, 5, 130


def tell(error: BaseException, lang: str, name: str = "") -> int:
    """Print an error as one sentence on stderr; its exit code. `name`: of the file that an error of ours is about."""
    if os.environ.get("LKJIP_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    known = isinstance(error, LkjipError)
    what = f"{name}: {type(error).__name__}: {error}" if name else f"{type(error).__name__}: {error}"
    text = sentence(error, lang) if known else say("internal_short", lang, error=what)
    with suppress(OSError):  # where nobody can be told, the code says it
        print(f"lkjip: {terminal(text)}", file=sys.stderr)
    return error.exit_code if isinstance(error, LkjipError) else INTERNAL


def ingest(
    sources: Sequence[Location],
    out: Location,
    *,
    manifest: Path | None,
    aliases: Path | None,
    jobs: int | None,
    timeout: float,
    memory: int,
    password: str | None,
    ocr: str,
    retry_failed: bool,
    prune: bool,
    since: str | None,
    log_json: bool,
    material: str | None,
    scheduler: str | None,
    limits: Sequence[str],
    lang: str,
) -> int:
    """`lkjip ingest`; `memory` in MB, 0 for no limit. With `log_json` the log's lines are all that stdout gets."""
    from pipeline import present
    from pipeline.ingest import Settings
    from pipeline.ingest import ingest as run
    from pipeline.progress import Watch, echo
    from pipeline.since import parse_since
    from pipeline.stopping import Stopped

    by_hand = _by_hand(manifest, aliases)
    settings = Settings(
        jobs,
        timeout,
        password,
        ocr,
        retry_failed,
        by_hand,
        _material(material),
        memory=memory * 2**20 or None,
        since=None if since is None else parse_since(since, datetime.now().astimezone()),
        prune=prune,
        echo=echo() if log_json else None,
        limits=_limits(limits),
    )
    lost = _absent(sources)
    if len(lost) == len(sources):  # before OUT is made: a mistyped SOURCE leaves nothing behind
        for error in lost:
            tell(error, lang)
        return INPUT
    try:
        pool = _cluster(scheduler, out)
        with Watch(lang, silent=log_json) as watch:
            done = run(sources, out, settings, watch, pool)
    except KeyboardInterrupt as stop:
        print(terminal(f"lkjip: {say('interrupted', lang, out=out)}"), file=sys.stderr)
        return stop.exit_code if isinstance(stop, Stopped) else STOPPED
    if not log_json:
        present.console().print(present.summary(done, out, lang))
    if manifest is not None:
        _name_unused(manifest, sources, out, lang)
    return _outcome(done, sources, lang)


def _absent(sources: Sequence[Location]) -> list[UnreadableInput]:
    """Why the first SOURCEs are not there, up to one that is: where one is, the run tells of the others."""
    from pipeline.discover import absent

    told = (absent(source) for source in sources)
    return [error for error in takewhile(lambda error: error is not None, told) if error]


def _cluster(scheduler: str | None, out: Location) -> Pool | None:
    """The pool over a Dask scheduler; None where none was named."""
    if scheduler is None:
        return None
    from pipeline.cluster import open_cluster

    return open_cluster(scheduler, out)


def _outcome(done: Summary, sources: Sequence[Location], lang: str) -> int:
    from pipeline.discover import ACCEPTED

    if done.read or done.unchanged or done.older:
        return LOOK if done.all_failed else OK
    if not done.all_failed:
        names = ", ".join(str(source) for source in sources)
        tell(problem(UnreadableInput, "nothing_found", sources=names, accepted=" ".join(ACCEPTED)), lang)
    return INPUT


def _by_hand(
    manifest: Path | None, aliases: Path | None
) -> Callable[[str], tuple[Callable[[Identity], Identity], str] | None] | None:
    """What the manifest and the aliases say of a name; None where neither is given."""
    if manifest is None and aliases is None:
        return None
    from pipeline.manifest import apply, read_aliases, read_manifest, row_for

    rows = read_manifest(manifest) if manifest else ()
    known = read_aliases(aliases) if aliases else ()

    def given(name: str) -> tuple[Callable[[Identity], Identity], str] | None:
        row = row_for(name, rows)
        if row is None and not known:
            return None
        mine = (row,) if row is not None else ()
        return partial(apply, source_name=name, manifest=mine, aliases=known), repr((row, known))

    return given


def _name_unused(manifest: Path, sources: Sequence[Location], out: Location, lang: str) -> None:
    from pipeline.discover import discover
    from pipeline.manifest import read_manifest, unused

    names = [candidate.sumber for candidate in discover(sources, out).candidates]
    if left := unused(read_manifest(manifest), names):
        tell(problem(BadOption, "manifest_unused", files=", ".join(row.file for row in left)), lang)


def reconcile(out: Location, everything: bool, lang: str) -> int:
    """`lkjip reconcile`."""
    from pipeline import present
    from pipeline.lintas import reconcile_out
    from pipeline.store import lock, open_for_reading, open_for_writing, recover

    open_for_reading(out)
    open_for_writing(out)
    with lock(out):
        recover(out)
        done = reconcile_out(out, everything=everything)
    if done.agencies:
        present.console().print(present.across(done, lang))
    if done.unchanged:
        print(say("across_unchanged", lang, n=done.unchanged))
    print(terminal(say("sum_look", lang, out=out)))
    return OK


def compact(out: Location, lang: str) -> int:
    """`lkjip compact`."""
    from pipeline.compact import compact as run

    done = run(out)
    print(terminal(say("compacted", lang, out=out, before=done.before, after=done.after)))
    if done.orphans:
        print(say("compact_orphans", lang, n=done.orphans))
    if done.left:
        print(say("compact_left", lang, n=done.left))
    return OK


def findings(out: Location, wanted: Filter, format_: str, lang: str) -> int:
    """`lkjip findings`."""
    from pipeline.answers import findings_of

    _print_findings(findings_of(out, wanted), format_, lang)
    return OK


def _print_findings(rows: Sequence[dict[str, object]], format_: str, lang: str) -> None:
    from pipeline import answers

    if format_ == "csv":
        sys.stdout.write(answers.as_csv(rows))
    elif format_ == "json":
        sys.stdout.write(answers.as_json(rows))
    else:
        from pipeline import present

        present.console().print(present.findings(rows, lang))


def report(out: Location, sources: Sequence[Location], jobs: int | None, lang: str) -> int:
    """`lkjip report`."""
    from pipeline.pool import default_jobs
    from pipeline.report import write_report
    from pipeline.report.telling import bar

    with bar() as told:
        done = write_report(out, lang, sources=sources, jobs=default_jobs() if jobs is None else jobs, told=told)
    print(say("report_written", lang, documents=done.documents, findings=done.findings, index=done.index))
    return OK


def show(
    file: Location,
    label: str | None,
    password: str | None,
    ocr: str,
    lang: str,
    *,
    page: int | None = None,
    image: Path | None = None,
    limits: Sequence[str] = (),
) -> int:
    """`lkjip show`; with `page` and `image` the page is drawn."""
    from pipeline import present
    from pipeline.answers import examine

    bounds = _limits(limits)
    if (page is None) != (image is None):
        raise problem(BadOption, "image_and_page")
    if page is not None and image is not None:
        from pipeline.draw import check_out, draw

        check_out(image)
        report, _, found = examine(file, password, ocr, limits=bounds)
        with local_copy(file) as copy:
            draw(report, found, copy, page, image, password=password, lang=lang)
        print(say("image_written", lang, page=page, out=image))
        return OK
    report, checks, found = examine(file, password, ocr, limits=bounds)
    if label is None:
        present.console().print(present.report(report, checks, found, lang))
        return OK
    wanted = label.casefold().split()
    tables = [
        t for t in report.tables if wanted in ((t.raw.label or "").casefold().split(), [t.raw.table_id.casefold()])
    ]
    if not tables:
        labels = ", ".join(t.raw.label or t.raw.table_id for t in report.tables) or "-"
        raise problem(BadOption, "no_table", label=label, name=file.name, labels=labels)
    for typed in tables:
        present.console().print(present.one_table(report, typed, lang))
    return OK


def _material(text: str | None) -> Materiality | None:
    """The value of --material; raises BadOption where it is no amount and no percentage."""
    from pipeline.reconcile.material import Materiality

    if text is None:
        return None
    try:
        return Materiality.parse(text)
    except ValueError:
        raise problem(BadOption, "bad_material", value=text) from None


def _limits(given: Sequence[str]) -> Limits:
    """The values of --limit; raises BadOption for a name that is none, or a number that is none."""
    from schemas.limits import NAMES, Limits

    try:
        return Limits.parse(given)
    except ValueError as error:
        raise problem(BadOption, "bad_limit", value=str(error), names=", ".join(NAMES)) from None


def check(
    files: Sequence[Location],
    format_: str,
    password: str | None,
    ocr: str,
    lang: str,
    *,
    material: str | None = None,
    limits: Sequence[str] = (),
) -> int:
    """`lkjip check`: a file that cannot be read counts more than findings in others."""
    from pipeline import present
    from pipeline.answers import examine, rows_of_findings

    rows: list[dict[str, object]] = []
    checks: list[Check] = []
    code = OK
    weight, bounds = _material(material), _limits(limits)
    for file in files:
        try:
            report, tested, found = examine(file, password, ocr, weight, bounds)
        except UnreadableInput as error:
            code = max(code, tell(error, lang))
        except LkjipError:
            raise
        except Exception as error:  # noqa: BLE001 - an error of ours over one file leaves the others their findings
            code = tell(error, lang, file.name)
        else:
            rows += rows_of_findings(report, found, file.name)
            checks += tested
    _print_findings(rows, format_, lang)
    if format_ == "table":
        present.console().print(present.checked(checks, lang))
    return code or (LOOK if rows else OK)


def manifest(
    folder: Location,
    out: Path,
    force: bool,
    password: str | None,
    ocr: str,
    lang: str,
    *,
    limits: Sequence[str] = (),
) -> int:
    """`lkjip manifest`: what was corrected by hand is never overwritten without being told to."""
    from pipeline.answers import recognise
    from pipeline.discover import ACCEPTED, discover
    from pipeline.manifest import write_manifest

    bounds = _limits(limits)
    if out.exists() and not force:
        raise problem(BadOption, "exists", path=out)
    found = discover([folder])
    head = f"{absolute(folder).name or 'root'}/"
    rows = []
    failures = [failure.error for failure in found.failures]
    code = OK
    for candidate in found.candidates:
        try:
            identity = recognise(candidate.path, candidate.sumber, password, ocr, bounds)
        except UnreadableInput as error:
            failures.append(error)
        except LkjipError:
            raise
        except Exception as error:  # noqa: BLE001 - an error of ours over one file leaves the others their rows
            code = tell(error, lang, candidate.sumber)
        else:
            rows.append((candidate.sumber.removeprefix(head) if folder.is_dir() else candidate.sumber, identity))
    for failure in failures:
        tell(failure, lang)
    if not rows:
        if not failures and not code:
            raise problem(UnreadableInput, "nothing_found", sources=folder, accepted=" ".join(ACCEPTED))
        return code or INPUT
    write_manifest(rows, out)
    print(terminal(say("manifest_written", lang, path=out, n=len(rows))))
    return code or (LOOK if failures else OK)


def rules(lang: str) -> int:
    """`lkjip rules`."""
    from pipeline import present
    from pipeline.docs import described_rules

    present.console().print(present.rules(described_rules(), lang))
    return OK


def datasets(name: str | None, lang: str) -> int:
    """`lkjip datasets`."""
    from pipeline import present
    from schemas.datasets import BY_NAME, DATASETS

    if name is not None and name not in BY_NAME:
        raise problem(BadOption, "bad_choice", option="DATASET", value=name, choices=", ".join(BY_NAME))
    present.console().print(present.datasets([BY_NAME[name]] if name else DATASETS, lang))
    return OK
