"""A Dask cluster of several hosts that share nothing but a network and an object store, some of which drop off it.

    python benchmarks/hosts.py [--documents 60] [--workers 3]

A host is a network namespace of this machine on a bridge of their own, with its own temporary folder and name: for Linux, root
and `ip` (iproute2). One holds the store (moto's server of the S3 protocol), one the scheduler, the others a worker each; the
run is started here. SOURCE and OUT are in the store. Hosts are cut off by taking their link down, for good or for a while. What
is left in the store must equal what processes of this machine make of the same reports; the first difference ends it with an
error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster import DASK, ROOT, make_sources

NETWORK = "10.213.77"  # on a bridge of this machine; nothing else is reached
AWHILE = 40.0  # seconds: longer than Dask waits for a host that says nothing, which is 30
BUCKET = "lkjip-uji"


@dataclass
class Hosts:
    """The hosts that were made, each with the processes that were started on it."""

    bridge: str
    folder: Path
    names: list[str] = field(default_factory=list)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add(self) -> str:
        """Another host; its name."""
        name = f"{self.bridge}h{len(self.names) + 1}"
        self.names.append(name)
        ip("netns", "add", name)
        ip("link", "add", self._link(name), "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("link", "set", self._link(name), "master", self.bridge, "up")
        ip("-n", name, "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
        for link in ("lo", "eth0"):
            ip("-n", name, "link", "set", link, "up")
        return name

    def address(self, name: str) -> str:
        return f"{NETWORK}.{self.names.index(name) + 1}"

    def start(self, name: str, *command: str) -> None:
        """Run a command on a host, which has a temporary folder that no other sees."""
        own = self.folder / "tmp"
        own.mkdir(exist_ok=True)
        told = f'mount -t tmpfs none "{own}" && hostname {name} && cd "{own}" && exec "$@"'
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running.append(
                subprocess.Popen(
                    ["ip", "netns", "exec", name, "unshare", "--mount", "--uts", "sh", "-c", told, "sh", *command],
                    env=os.environ | {"TMPDIR": str(own), "PYTHONPATH": str(ROOT)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def cut_off(self, name: str) -> None:
        ip("link", "set", self._link(name), "down")

    def back(self, name: str) -> None:
        ip("link", "set", self._link(name), "up")

    def close(self) -> None:
        for process in self.running:
            for pid in subprocess.run(
                ["ps", "-o", "pid=", "-s", str(process.pid)], capture_output=True, text=True
            ).stdout.split():
                subprocess.run(["kill", "-9", pid], check=False, capture_output=True)
            process.wait()
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False)
        subprocess.run(["ip", "link", "del", self.bridge], check=False)

    def _link(self, name: str) -> str:
        return f"v{name}"


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def unable() -> str:
    """Why no hosts can be made here; empty where they can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "hosts are network namespaces of Linux, which root may make"
    missing = [program for program in ("ip", "unshare", "mount", "ps") if shutil.which(program) is None]
    return f"{', '.join(missing)} is not installed (iproute2, util-linux, procps)" if missing else ""


@contextmanager
def hosts(folder: Path) -> Iterator[Hosts]:
    made = Hosts(f"lk{os.getpid() % 10000}", folder)
    try:
        ip("link", "add", made.bridge, "type", "bridge")
        ip("addr", "add", f"{NETWORK}.254/24", "dev", made.bridge)
        ip("link", "set", made.bridge, "up")
        yield made
    finally:
        made.close()


def store(made: Hosts) -> Any:
    """A host with the store; its file system, for this process and, through the environment, for all that follow."""
    import s3fs

    host = made.add()
    made.start(host, str(Path(sys.executable).parent / "moto_server"), "-H", made.address(host), "-p", "5000")
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{made.address(host)}:5000",
        "AWS_ACCESS_KEY_ID": "uji",
        "AWS_SECRET_ACCESS_KEY": "uji",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    files = s3fs.S3FileSystem(use_listings_cache=False)
    end = time.monotonic() + 60
    while True:
        try:
            files.mkdir(BUCKET)
            return files
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def ingest(out: str, *more: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        f"s3://{BUCKET}/laporan",
        "--out",
        out,
        "--ocr",
        "off",
        *more,
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def data_of(files: Any, out: str) -> dict[str, bytes]:
    root = out.removeprefix("s3://")
    names = [name for name in files.find(root) if name.endswith(".parquet") and "/agency=" in name]
    return {name[len(root) :]: files.cat_file(name) for name in names}


def same(files: Any, out: str, wanted: dict[str, bytes], fault: str) -> None:
    held = data_of(files, out)
    if held != wanted:
        differ = [name for name in sorted(held.keys() | wanted.keys()) if held.get(name) != wanted.get(name)]
        raise SystemExit(f"{fault}: {len(differ)} objects differ, the first is {differ[0]}")
    left = [name for name in files.find(out.removeprefix("s3://")) if "/_staging/" in name or "/_kunci/" in name]
    if left:
        raise SystemExit(f"{fault}: {left[0]} is left over")


def in_place(files: Any, out: str) -> int:
    return sum("/agency=" in name for name in files.find(f"{out.removeprefix('s3://')}/dokumen"))


def nothing(made: Hosts, workers: list[str]) -> None:
    """No fault."""


def for_good(made: Hosts, workers: list[str]) -> None:
    """The first worker's host is gone."""
    made.cut_off(workers[0])


def for_a_while(made: Hosts, workers: list[str]) -> None:
    """The second worker's host is gone until Dask has given its documents to others; what it had read it then puts too."""
    made.cut_off(workers[1])
    time.sleep(AWHILE)
    made.back(workers[1])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--workers", type=int, default=3)
    given = parser.parse_args(argv)
    if why := unable():
        print(f"not done: {why}")
        return 0
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as name, hosts(Path(name)) as made:
        make_sources(made.folder / "laporan", given.documents)
        files = store(made)
        files.put(f"{made.folder / 'laporan'}/", f"{BUCKET}/laporan/", recursive=True)
        alone = f"s3://{BUCKET}/sendiri"
        if code := ingest(alone, "--jobs", "2").wait():
            raise SystemExit(f"the run of this machine's processes ended with {code}")
        wanted = data_of(files, alone)
        scheduler = made.add()
        address = f"tcp://{made.address(scheduler)}:8786"
        made.start(scheduler, *DASK, "scheduler", "--host", made.address(scheduler), "--port", "8786", "--no-dashboard")
        workers = [made.add() for _ in range(given.workers)]
        for worker in workers:
            made.start(worker, *DASK, "worker", address, "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        print(f"{given.documents} reports, {given.workers} hosts with a worker each; all datasets equal\n")
        print("| fault | exit code | seconds |\n|---|--:|--:|", flush=True)
        faults: list[tuple[str, Callable[[Hosts, list[str]], None]]] = [
            ("none", nothing),
            (f"a worker's host cut off for {AWHILE:.0f} seconds", for_a_while),
            ("another worker's host cut off for good", for_good),
        ]
        for number, (fault, strike) in enumerate(faults):
            out, start = f"s3://{BUCKET}/hasil{number}", time.monotonic()
            run = ingest(out, "--scheduler", address)
            while in_place(files, out) < given.documents // 6 and run.poll() is None:
                time.sleep(0.1)
            if run.poll() is not None and strike is not nothing:
                raise SystemExit(f"{fault}: the run had ended with {run.returncode} before")
            strike(made, workers)
            if code := run.wait():
                raise SystemExit(f"{fault}: the run ended with {code}")
            print(f"| {fault} | {code} | {time.monotonic() - start:.0f} |", flush=True)
            same(files, out, wanted, fault)
    return 0


if __name__ == "__main__":
    sys.exit(main())
