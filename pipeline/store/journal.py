"""The journal of a commit, checked before anything of it is done: OUT may come from anywhere, and a journal tells which
files are written and deleted. It names nothing but the contract's files, and staged files of its own folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from pipeline.i18n import problem
from pipeline.location import Location
from pipeline.store.parquet import safe_agency, safe_year
from schemas.datasets import BY_NAME
from schemas.errors import UnusableOutput

JOURNAL = "commit.json"
_NUMBERED = re.compile(r"[0-9]+")
_REWRITTEN = re.compile(r"gabungan-([a-z_]+)-[0-9]+")


def read_journal(path: Location) -> dict[str, Any]:
    """A journal that may be carried out. Raises `OSError`, and `UnusableOutput` for a damaged or a foreign one."""
    data = path.read_bytes()
    try:
        return _checked(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise problem(UnusableOutput, "out_damaged", out=path) from error


def check_journal(journal: Mapping[str, Any], path: Location) -> None:
    """See that a journal about to be written at `path` is one that `read_journal` will take. Raises `UnusableOutput`."""
    try:
        _checked(journal)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise problem(UnusableOutput, "out_damaged", out=path) from error


def partitions(journal: Mapping[str, Any]) -> list[str]:
    """The folders below OUT in which a sound journal changes something."""
    if "merge" in journal:
        paths = [path for _, target, singles in journal["merge"] for path in (target, *singles)]
    else:
        paths = [*journal["install"].values(), *journal["remove"]]
    return sorted({path.rpartition("/")[0] for path in paths})


def _checked(held: Any) -> dict[str, Any]:
    if "merge" in held:
        merge = [(_place(key, target), target, _places(singles)) for key, target, singles in _list(held["merge"])]
        return {"merge": merge}
    install = {_place(key, path): path for key, path in held["install"].items()}
    rewritten = _list(held.get("rewritten", []))
    if not set(rewritten) <= set(install):
        raise ValueError(rewritten)
    return {"install": install, "remove": _places(held["remove"]), "rewritten": rewritten}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _places(paths: Any) -> list[str]:
    for path in _list(paths):
        _dataset(path)
    return list(paths)


def _place(key: str, path: str) -> str:
    """The key of a staged file that may be put at this path."""
    dataset = _dataset(path)
    rewritten = _REWRITTEN.fullmatch(key)
    if key != dataset and not _NUMBERED.fullmatch(key) and not (rewritten and rewritten[1] == dataset):
        raise ValueError(key)
    return key


def _dataset(path: str) -> str:
    """The dataset of `<dataset>/agency=<slug>/year=<n>/<name>.parquet`. Raises `ValueError` for any other path."""
    os.fsencode(path)  # a name that no file can have
    dataset, agency, year, name = path.split("/")
    slug, number = agency.removeprefix("agency="), year.removeprefix("year=")
    known = dataset in BY_NAME and agency == f"agency={safe_agency(slug)}" and year == f"year={safe_year(int(number))}"
    if not known or not name.endswith(".parquet") or "\0" in name or PurePath(name).name != name:
        raise ValueError(path)
    return dataset
