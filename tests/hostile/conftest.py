"""One run over hostile files, names and links beside sound reports, without a network; every test looks at what it left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from corpus import files
from corpus.case import Case
from corpus.mutate import cut_short, flipped
from corpus.tree import folder
from corpus.trial import BAD, GOOD, Trial, run, state, write

SAMPLES = Path(__file__).parents[2] / "samples"
SOUND = ("bpbd-telaga-sari-2023.txt", "kecamatan-karang-jati-2021.txt", "dmpl-wakatobi-2022.ruled.pdf")
NAMES = "nama"
MEMORY = 700  # MB

# Worker processes begin as new interpreters, so this is in force in all of them.
NO_NETWORK = """
import os, socket, sys

def refuse(event, args):
    if event == "socket.bind" and args[1][:1] == ("::1",):
        return  # urllib3, which a library loads, looks whether this machine knows IPv6
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg") and args[0].family != socket.AF_UNIX:
        told = f"{event} {args[1:]}"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        told = f"{event} {args}"
    else:
        return
    with open(os.environ["LKJIP_TEST_NETWORK"], "a") as file:
        file.write(told + chr(10))
    raise PermissionError(told)

sys.addaudithook(refuse)
open(os.environ["LKJIP_TEST_NETWORK"] + ".on", "a").write(f"{os.getpid()}" + chr(10))
"""


@dataclass(frozen=True)
class Ground:
    """Where a run took place. `before` is what lay around OUT; `asked` is the file that names what asked for the network."""

    place: Path
    out: Path
    clean: Path
    trial: Trial
    cases: dict[str, Case]
    named: list[Path]
    before: dict[str, str]
    asked: Path
    env: dict[str, str]


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    place = tmp_path_factory.mktemp("bermusuhan")
    hook = tmp_path_factory.mktemp("kait")
    (hook / "sitecustomize.py").write_text(NO_NETWORK)
    root = SAMPLES.parent
    env = {"PYTHONPATH": f"{hook}:{root}", "LKJIP_TEST_NETWORK": str(hook / "jaringan.txt")}
    source, out, clean = place / "sumber", place / "out", place / "bersih"
    (source / GOOD).mkdir(parents=True)
    for name in SOUND:
        (source / GOOD / name).write_bytes((SAMPLES / name).read_bytes())
    run(source, clean, "--jobs", "1", "--ocr", "off")
    texts = [SAMPLES / SOUND[0]]
    pdfs = [SAMPLES / SOUND[2]]
    broken = [*list(cut_short(texts))[::3], *list(cut_short(pdfs))[::4], *flipped([*texts, *pdfs], 8, 7)]
    made = [case for case in files(1, small=True) if not (case.slow or case.heavy)]
    cases = write([*made, *broken], source / BAD)
    named = folder(source / NAMES, (SAMPLES / SOUND[0]).read_text(encoding="utf-8"), place / "luar")
    before = state(place, [out])
    options = ("--jobs", "2", "--ocr", "off", "--memory", str(MEMORY), "--timeout", "10")
    trial = run(source, out, *options, env=env)
    return Ground(place, out, clean, trial, cases, named, before, hook / "jaringan.txt", env)
