"""How many requests a document costs in an object store: `python benchmarks/puts.py [N]` (default 20 documents more).

`lkjip ingest` reads made-up reports from, and writes their datasets to, a server of this process that speaks S3 (moto's) and
counts what it is asked (a copy within the store is a PUT). Two runs of N and of 2 N documents into empty folders: what the
second asked more, divided by N, is what a document costs; the rest comes once with every run. Then a run in which nothing
changed; and the commits alone, which one parent makes one after the other, where each request takes `--latency` seconds more.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from many import report

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("PUT", "POST", "LIST", "GET", "HEAD", "DELETE")


class Counting(logging.Handler):
    """Counts the lines of the server's log by kind of request."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        verb = next((word for word in KINDS if f"{word} /" in line), None)
        if verb == "GET" and "list-type=" in line:
            verb = "LIST"
        if verb:
            self.seen[verb] += 1

    def take(self) -> Counter[str]:
        seen, self.seen = self.seen, Counter()
        return seen


def commits(server: Any, number: int, latency: float) -> tuple[float, float]:
    """Seconds by the clock in which the parent puts one document in place: as the server is, and each request so late."""
    from pipeline.location import Url
    from pipeline.rows import Origin
    from pipeline.store import commit, open_for_writing
    from pipeline.task import Task, process

    out = Url("s3://lkjip/commits")
    open_for_writing(out)
    staged = []
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as folder:
        for agency in range(number):
            path = Path(folder) / f"{agency}.txt"
            path.write_bytes(report(10_000 + agency, 2024))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            staged.append(process(Task(path, Origin(digest[:16], path.name, (), digest, "v"), out)).staged)
    answer = server.DomainDispatcherApplication.__call__

    def late(*args: Any) -> Any:
        time.sleep(latency)
        return answer(*args)

    server.DomainDispatcherApplication.__call__ = late
    taken = []
    for application, some in ((answer, staged[::2]), (late, staged[1::2])):
        server.DomainDispatcherApplication.__call__ = application
        start = time.perf_counter()
        for one in some:
            assert one is not None
            commit(out, one)
        taken.append((time.perf_counter() - start) / len(some))
    server.DomainDispatcherApplication.__call__ = answer
    return taken[0], taken[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=20)
    parser.add_argument("--latency", type=float, default=0.03, help="seconds that a request takes (assumed)")
    given = parser.parse_args()
    number = given.documents
    from moto import server as moto_server

    counting = Counting()
    log = logging.getLogger("werkzeug")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers[:] = [counting]
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ACCESS_KEY_ID": "satu", "AWS_SECRET_ACCESS_KEY": "dua"}
    import s3fs

    files = s3fs.S3FileSystem()
    files.mkdir("lkjip")
    asked = []
    for name, documents in (("one", number), ("two", 2 * number), ("two", 2 * number)):
        if len(asked) < 2:
            for agency in range(documents):
                files.pipe_file(f"lkjip/{name}/laporan/{agency}.txt", report(10_000 + agency, 2024))
        counting.take()
        command = [sys.executable, "-m", "pipeline", "ingest", f"s3://lkjip/{name}/laporan"]
        subprocess.run(
            [*command, "--out", f"s3://lkjip/{name}/out", "--jobs", "2"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        asked.append(counting.take())
    bare, late = commits(moto_server, number, given.latency)
    server.stop()
    one, two, again = asked
    print(f"| requests | {' | '.join(KINDS)} |\n|---|{'--:|' * len(KINDS)}")
    each = [(two[kind] - one[kind]) / number for kind in KINDS]
    print(f"| a document | {' | '.join(f'{n:.1f}' for n in each)} |")
    unchanged = [again[kind] / (2 * number) for kind in KINDS]
    print(f"| a document that did not change | {' | '.join(f'{n:.1f}' for n in unchanged)} |")
    once = [one[kind] - number * n for kind, n in zip(KINDS, each, strict=True)]
    print(f"| a run besides | {' | '.join(f'{n:.0f}' for n in once)} |")
    rounds = (late - bare) / given.latency
    print(
        f"\na commit: {bare:.2f} s with this server, {late:.2f} s with {given.latency * 1000:.0f} ms more for each request:"
    )
    print(
        f"{rounds:.0f} requests one after the other, {1 / (rounds * given.latency):.1f} commits a second by one parent"
    )


if __name__ == "__main__":
    main()
