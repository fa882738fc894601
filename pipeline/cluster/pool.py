"""The parent's side of a cluster: documents go to Dask's scheduler, results come back as they would from this machine.

Exactly once: whatever the scheduler does with a document (a lost worker, a result that was lost with it, the same
document read twice), its future here is settled once, and only what that one result staged is put in place. Names below
`OUT/_staging` are of one attempt, and what no result names is swept away at the end of the run.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import threading
import time
import uuid
import warnings
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.cluster.reading import busy, greet, read
from pipeline.cluster.terms import Terms, disagreement, software
from pipeline.i18n import problem
from pipeline.location import Location, Url, absolute, named
from pipeline.pool.child import Work
from pipeline.store.out import output_error
from pipeline.task import Result, Task, failed, process
from schemas.errors import BadOption, LkjipError, UnreadableInput, UnusableCluster

ADDRESS = re.compile(r"(?:tcp|tls)://(?:\[[^\s/@\[\]]+\]|[^\s:/@\[\]]+):(\d{1,5})")
REACH = 30.0  # seconds to reach the scheduler, and to wait for a first worker
WORKERLESS = 300.0  # seconds without any worker after which a run ends
LOOK = 5.0  # seconds between two looks at the workers
APPEAR = 20.0  # seconds for files that a worker wrote to be seen here (a shared folder may be late)
PATIENCE = 3.0  # seconds for what should end at once: a client that failed, documents that were taken back
SIGN = "_cluster-"


def open_cluster(address: str, out: Location, work: Work = process) -> ClusterPool:
    """Join the cluster of a scheduler, and see that its workers may take part. `work` is what they do with a document.

    Raises `BadOption` for an address that is none, `UnusableCluster` where Dask is missing, the scheduler cannot be
    reached, or a worker differs.
    """
    known = ADDRESS.fullmatch(address)
    if known is None or not 0 < int(known[1]) < 2**16:
        raise problem(BadOption, "cluster_address", address=address)
    try:
        import distributed
    except ImportError as error:
        raise problem(UnusableCluster, "cluster_extra") from error
    _silence()
    security: Any = distributed.Security
    if address.startswith("tls://") and security().get_connection_args("client").get("ssl_context") is None:
        raise problem(UnusableCluster, "cluster_tls", address=address)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared by ourselves, more strictly
        try:
            client = _join(distributed.Client, address)
        except Exception as error:
            raise problem(UnusableCluster, "cluster_unreachable", address=address, reason=_reason(error)) from error
    return ClusterPool(client, address, out, work)


def _join(kind: Any, address: str) -> Any:
    """A client of the scheduler. Raises whatever Dask does, and `TimeoutError` where nothing answers Dask's greeting."""
    client = kind.__new__(kind)  # held before it is made: a half-made one waits a minute for itself when it is dropped
    made: Future[None] = Future()

    def make() -> None:
        try:
            client.__init__(address, timeout=REACH, set_as_default=False)
        except BaseException as error:  # noqa: BLE001 - it is raised below
            made.set_exception(error)
        else:
            made.set_result(None)

    threading.Thread(target=make, name="lkjip-join", daemon=True).start()
    try:
        made.result(REACH + PATIENCE)
    except TimeoutError as error:
        _abandon(client)
        raise TimeoutError(f"no answer of a Dask scheduler within {REACH:g} s") from error
    except BaseException:
        _abandon(client)
        raise
    return client


def _abandon(client: Any) -> None:
    """Close a half-made client, within a moment."""
    with suppress(Exception):
        client.close(timeout=PATIENCE)
    client.status = "closed"  # whether it came so far or not: nothing waits for it any more


def _silence() -> None:
    """What is wrong is told in one sentence of ours, not in Dask's lines; LKJIP_DEBUG=1 leaves those as they are."""
    if os.environ.get("LKJIP_DEBUG"):
        return
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":  # Dask gives each of its loggers a level of its own
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class ClusterPool:
    """A pool over a Dask client; see `pipeline.pool.face`. Its futures raise `UnusableCluster` too."""

    def __init__(self, client: Any, address: str, out: Location, work: Work = process) -> None:
        run = uuid.uuid4().hex
        self._client = client
        self._address = address
        self._work = work
        place = absolute(out)
        self._terms = Terms(run, software(), place, place / f"{SIGN}{run[:12]}")
        self._remote: dict[Future[Result], Any] = {}
        self._threads = 0
        self._signed = False
        self._closed = threading.Event()
        try:
            self._greet()
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._watch, name="lkjip-cluster", daemon=True).start()

    @property
    def size(self) -> int:
        """Documents that the workers read at a time; changes as workers come and go."""
        return max(1, self._threads)

    def submit(self, task: Task) -> Future[Result]:
        """Hand a document over; it is read where the scheduler sees room."""
        self._sign()
        # a worker's current folder is another one; a link keeps its name, by which its kind is known
        path = task.path.absolute() if isinstance(task.path, Path) else task.path
        task = replace(task, path=path, out=self._terms.out)
        future: Future[Result] = Future()
        key = f"lkjip-{task.origin.document_id}-{uuid.uuid4().hex}"
        try:
            remote = self._client.submit(read, self._terms, task, self._work, key=key)
            asyncio.run_coroutine_threadsafe(self._follow(remote, task, future), self._client.loop.asyncio_loop)
        except Exception as error:
            raise self._lost(error) from error
        self._remote[future] = remote
        return future

    def close(self) -> None:
        """Take back what was handed over (the workers kill what runs) and leave the cluster."""
        if self._closed.is_set():
            return
        self._closed.set()
        with suppress(Exception):  # a scheduler that is gone needs no farewell
            waiting = list(self._remote.values())
            self._client.cancel(waiting, force=True)
            if waiting:
                self._quiet()
        with suppress(Exception):
            self._client.close(timeout=5)
        for future in list(self._remote):
            future.cancel()
        if self._signed:
            with suppress(OSError):
                self._terms.sign.unlink(missing_ok=True)

    def _quiet(self) -> None:
        """Wait a moment for the workers to end what was taken back, so that nothing is staged after OUT is swept."""
        end = time.monotonic() + PATIENCE
        while any(self._client.run(busy, self._terms.run, callback_timeout=PATIENCE).values()):
            if time.monotonic() > end:
                return
            time.sleep(0.1)

    def _greet(self) -> None:
        """Ask every worker there is what it runs; wait for a first one where there is none."""
        try:
            self._client.wait_for_workers(1, timeout=REACH)
            answers: Mapping[str, Any] = self._client.run(greet, on_error="return")
            self._count()
        except TimeoutError as error:
            raise problem(UnusableCluster, "cluster_empty", address=self._address) from error
        except Exception as error:
            raise self._lost(error) from error
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, BaseException):
                raise problem(UnusableCluster, "cluster_without", worker=worker, reason=_reason(answer))
            if differs := disagreement(self._terms, answer, f"{answer['machine']} ({worker})"):
                raise differs

    def _sign(self) -> None:
        """Put into OUT, which this run holds by now, what workers know it by; take away what killed runs left."""
        if self._signed:
            return
        try:
            for old in named(self._terms.out, SIGN):
                old.unlink()
            self._terms.sign.write_text(self._terms.run, encoding="ascii")
        except OSError as error:
            raise output_error(error, self._terms.out) from error
        self._signed = True

    async def _follow(self, remote: Any, task: Task, future: Future[Result]) -> None:
        """Give what becomes of a document to its future."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            ((result, worker),) = await self._client.gather([remote], asynchronous=True)
            await self._appear(result, worker)
        except KilledWorker:  # it took so many workers with it that the scheduler gives it up
            self._settle(future, failed(task, problem(UnreadableInput, "worker_died")))
        except FutureCancelledError as gone:
            lost = gone.reason == "scheduler-connection-lost"
            self._settle(future, self._lost(gone) if lost else CancelledError())
        except LkjipError as error:
            self._settle(future, error)
        except (
            OSError
        ) as error:  # a connection that broke: the document is handed over again, unless it is the scheduler's
            await asyncio.sleep(1.0)
            alive = self._client.status == "running"
            self._settle(future, CancelledError() if alive else self._lost(error))
        except Exception as error:  # noqa: BLE001 - whatever Dask says becomes one sentence
            self._settle(future, self._lost(error))
        else:
            self._settle(future, result)
        remote.release()

    def _settle(self, future: Future[Result], end: Result | BaseException) -> None:
        """Settle a future where nobody has done so meanwhile."""
        self._remote.pop(future, None)
        with suppress(InvalidStateError):
            if isinstance(end, CancelledError):
                future.cancel()
                future.set_running_or_notify_cancel()  # wakes who waits for it
            elif isinstance(end, BaseException):
                future.set_exception(end)
            else:
                future.set_result(end)

    async def _appear(self, result: Result, worker: str) -> None:
        """Wait until what the `worker` staged is seen here. Raises `UnusableCluster` where it never is."""
        if result.staged is None or isinstance(result.staged.folder, Url):  # what is put in a store is seen at once
            return
        wanted = [result.staged.folder / f"{dataset}.parquet" for dataset in result.staged.paths]
        end = time.monotonic() + APPEAR
        while not all(path.exists() for path in wanted):
            if time.monotonic() > end:
                raise problem(UnusableCluster, "cluster_out", out=self._terms.out, worker=worker)
            await asyncio.sleep(0.2)

    def _count(self) -> None:
        self._threads = sum(self._client.nthreads().values())

    def _watch(self) -> None:
        """Keep count of the workers; end the run where all have been gone for long."""
        seen = time.monotonic()
        while not self._closed.wait(LOOK):
            with suppress(Exception):  # the futures say what became of the scheduler
                self._count()
            if self._threads:
                seen = time.monotonic()
            elif time.monotonic() - seen > WORKERLESS:
                for future in list(self._remote):
                    self._settle(future, problem(UnusableCluster, "cluster_empty", address=self._address))

    def _lost(self, error: BaseException) -> UnusableCluster:
        return problem(UnusableCluster, "cluster_lost", address=self._address, reason=_reason(error))


def _reason(error: BaseException) -> str:
    """The first line of what an error says, or its kind."""
    return str(error).partition("\n")[0] or type(error).__name__
