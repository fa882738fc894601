"""What a worker must be to take part in a run: the same software, and a view of the same OUT."""

from __future__ import annotations

import platform
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata

from pipeline.i18n import problem
from pipeline.location import Location
from pipeline.version import version
from schemas.errors import UnusableCluster

# Besides our own code these decide what is read from a page, or how it is written: other versions, other bytes.
DECIDING = ("pyarrow", "pypdfium2", "pdfplumber", "pdfminer.six", "camelot-py", "spacy", "rapidocr", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Terms:
    """One run: its name, the parent's software, OUT, and the file in OUT by which a worker sees that it is this OUT."""

    run: str
    software: Mapping[str, str]
    out: Location
    sign: Location


def software() -> dict[str, str]:
    """Name to version of everything that decides what comes out of a file."""
    found = {"lkjip": version(), "python": platform.python_version()}
    for name in DECIDING:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "-"
    return found


def disagreement(terms: Terms, mine: Mapping[str, str], where: str) -> UnusableCluster | None:
    """Why the worker `where` with the software `mine` may not take part; None where it may."""
    for name, wanted in terms.software.items():
        if (held := mine.get(name, "-")) != wanted:
            return problem(UnusableCluster, "cluster_version", worker=where, name=name, held=held, wanted=wanted)
    return None


def here() -> str:
    """This machine's name, for sentences."""
    return socket.gethostname()


def sees_out(terms: Terms) -> bool:
    """Does this machine see the OUT of the run, and not another folder of the same name?"""
    try:
        return terms.sign.read_text(encoding="ascii") == terms.run
    except OSError:
        return False
