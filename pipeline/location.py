"""Where SOURCE and OUT are: a folder of this machine (`Path`) or of an object store (`Url`).

A `Url` is a text alone, so it can be handed to a worker on any machine; each process opens its own connection. Who may
read and write is left to the libraries (s3fs, gcsfs): their environment variables and configuration files, never an
address.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BufferedReader
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Literal, TypeVar
from urllib.parse import unquote_to_bytes

from pipeline.i18n import problem
from schemas.errors import BadOption, UnreachedInput

# What can be read and written, and the extra that brings the library for it. `memory` lives in one process: for tests.
EXTRAS = {"s3": "s3", "gs": "gs", "memory": "s3"}
LOGGERS = ("gcsfs", "google", "s3fs", "aiobotocore")
THREADS = 8  # requests under way at a time
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")
_PATTERN = set("*?[]")

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Stat:
    """What the store knows of an object: its address, bytes, and a text that changes with its contents."""

    url: Url
    size: int
    tag: str


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """An object, or a folder of objects: `s3://bucket/key`, without a slash at the end.

    Has the part of `Path` that is used for both. Where the store refuses or cannot be reached, methods raise `OSError`
    as those of `Path` do; an object that is not there is `FileNotFoundError`.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def __truediv__(self, below: str | PurePath) -> Url:
        return Url(f"{self.text}/{below.as_posix() if isinstance(below, PurePath) else below}")

    @property
    def name(self) -> str:
        """The last part of the key; of a bare bucket nothing."""
        return PurePosixPath(self.key).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def parent(self) -> Url:
        return Url(self.text.rpartition("/")[0])

    @property
    def key(self) -> str:
        """The address below its bucket."""
        return self.text.partition("://")[2].partition("/")[2]

    def below(self, folder: Url) -> PurePosixPath:
        """The path from a folder to this. Raises `ValueError` where it is not in it."""
        return PurePosixPath(self.text).relative_to(PurePosixPath(folder.text))

    def is_file(self) -> bool:
        with _told():
            try:
                return str(_store(self).info(self.text)["type"]) == "file"
            except FileNotFoundError:
                return False

    def is_dir(self) -> bool:
        with _told():
            try:  # `isdir` of the libraries takes a store that does not answer for one that has no such folder
                return str(_store(self).info(self.text)["type"]) == "directory"
            except FileNotFoundError:
                return False

    def exists(self) -> bool:
        return self.is_file()

    def open(self, mode: Literal["rb"] = "rb") -> BufferedReader:
        """The object for reading, block by block."""
        with _told():
            file: BufferedReader = _store(self).open(self.text, mode)
            return file

    def read_bytes(self) -> bytes:
        with _told():
            return bytes(_store(self).cat_file(self.text))

    def read_text(self, encoding: str = "utf-8") -> str:
        return self.read_bytes().decode(encoding)

    def write_bytes(self, data: bytes) -> None:
        """Put the object, in the place of what was there: readers see the one or the other."""
        with _told():
            _store(self).pipe_file(self.text, data)

    def write_text(self, text: str, encoding: str = "utf-8") -> None:
        self.write_bytes(text.encode(encoding))

    def unlink(self, missing_ok: bool = False) -> None:
        if not missing_ok and not self.exists():
            raise FileNotFoundError(self.text)
        remove([self])

    def named(self, start: str) -> list[Url]:
        """Objects of this folder itself whose names begin so."""
        with _told():
            try:
                found = _store(self).ls(self.text, detail=False)
            except FileNotFoundError:
                return []
        names = sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)
        return [self / name for name in names if name.startswith(start)]

    def create(self, data: bytes) -> bool:
        """Put the object only where there is none; whether that was so. The store decides (If-None-Match)."""
        with _told():
            try:
                _store(self).pipe_file(self.text, data, mode="create")
            except FileExistsError:
                return False
        return True

    def copy_to(self, target: Url) -> None:
        """Copy within the store, in the place of what was there."""
        with _told():
            _store(self).cp_file(self.text, target.text)

    def written(self) -> datetime:
        """When the object was put, by the clock of the store."""
        with _told():
            when: datetime = _store(self).modified(self.text)
            return when

    def files(self) -> list[Stat]:
        """Every object below this folder, in the order of keys; none where there is no such folder."""
        scheme = self.text.partition("://")[0]
        with _told():
            try:
                found = _store(self).find(self.text, detail=True)
            except FileNotFoundError:
                return []
        inside = self.text + "/"
        stats = []
        for path, facts in found.items():
            address = f"{scheme}://{path.lstrip('/')}"
            if facts["type"] == "file" and address.startswith(inside) and not address.endswith("/"):
                tag = str(facts.get("ETag") or facts.get("etag") or facts.get("created") or "")
                stats.append(Stat(Url(address), int(facts["size"] or 0), tag))
        return sorted(stats, key=lambda stat: stat.url.text)


Location = Path | Url


def location(text: str) -> Location:
    """What a person gives as SOURCE or OUT. Raises `BadOption` for an address that cannot be used."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Path(text)
    kind = scheme[1].casefold()
    if kind == "file":
        return _file(text)
    if kind not in EXTRAS or not text[len(kind) :].startswith("://"):
        raise problem(BadOption, "address_unknown", address=text)
    rest = text[len(kind) + 3 :].rstrip("/")
    if "@" in rest.partition("/")[0]:
        raise problem(BadOption, "address_secret", scheme=kind)
    if not rest or "//" in rest or {".", ".."} & set(rest.split("/")) or _PATTERN & set(rest):
        raise problem(BadOption, "address_bad", address=text)
    return Url(f"{kind}://{rest}")


def _file(text: str) -> Path:
    """The path of a `file:` address. By hand, for `#` and `?` are letters of a path here, and a host is no folder."""
    host, path = "", text.partition(":")[2]
    if path.startswith("//"):
        host, slash, below = path[2:].partition("/")
        path = slash + below
    path = os.fsdecode(unquote_to_bytes(os.fsencode(path)))
    if host.casefold() not in ("", "localhost") or not path or "\0" in path:
        raise problem(BadOption, "address_file", address=text)
    return Path(path)


def remembered(text: str) -> Location:
    """A SOURCE as a log tells it; what is no address that can be used is a path, whatever it is called."""
    try:
        return location(text)
    except BadOption:
        return Path(text)


def absolute(place: Location) -> Location:
    """The place as any other process finds it."""
    return place.resolve() if isinstance(place, Path) else place


def named(folder: Location, start: str) -> list[Location]:
    """Files of a folder itself whose names begin so (`start` without `*?[`)."""
    return [*folder.named(start)] if isinstance(folder, Url) else [*folder.glob(f"{start}*")]


def remove(urls: Iterable[Url]) -> None:
    """Take objects away; those that are gone already are no error."""
    gone = list(urls)
    if not gone:
        return
    with _told():
        store = _store(gone[0])
        if hasattr(store, "_bulk_delete"):
            store.rm([url.text for url in gone])  # many in one request
            return
        for url in gone:
            try:
                store.rm_file(url.text)
            except (FileNotFoundError, KeyError):
                continue


def each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Some requests at a time: the results in order. The first error is raised after all have ended."""
    if len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(min(THREADS, len(items))) as threads:
        return list(threads.map(work, items))


@contextmanager
def local_copy(place: Location) -> Iterator[Path]:
    """A file of this machine with the same contents; an object's is temporary and has a name of our own making.

    Raises `UnreachedInput` for an object that cannot be fetched.
    """
    if isinstance(place, Path):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="lkjip-") as folder:
        copy = Path(folder, f"berkas{place.suffix if place.suffix.isascii() and place.suffix[1:].isalnum() else ''}")
        try:
            with place.open() as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except OSError as error:
            key = "in_denied" if isinstance(error, PermissionError) else "in_error"
            key = "in_missing" if isinstance(error, FileNotFoundError) else key
            raise problem(UnreachedInput, key, path=place, reason=error.strerror or str(error)) from error
        yield copy


@contextmanager
def _told() -> Iterator[None]:
    """Errors of the stores' own kinds become `OSError`, with what they say and nothing else."""
    try:
        yield
    except (OSError, BadOption, KeyboardInterrupt):
        raise
    except Exception as error:
        words = " ".join(str(error).split())[:300]
        raise OSError(f"{type(error).__name__}: {words}") from error


@cache
def _filesystem(scheme: str) -> Any:
    """The store, without a memory of listings: another machine may have written meanwhile."""
    # What it logs (each failure with its traceback, each try) is no sentence for a person; the error itself is raised.
    for library in LOGGERS:
        logging.getLogger(library).addHandler(logging.NullHandler())
    # It would ask, for each bucket, of what type it is: which few may see, and only renaming folders would need.
    os.environ.setdefault("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    try:
        import fsspec

        return fsspec.filesystem(scheme, use_listings_cache=False)
    except ImportError as error:
        raise problem(BadOption, "address_extra", scheme=scheme, extra=EXTRAS[scheme]) from error


def _store(url: Url) -> Any:
    return _filesystem(url.text.partition("://")[0])
