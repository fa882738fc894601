"""The bytes of a source file, or one sentence why there are none."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from extractors.read.refusals import refuse


class NotRegular(OSError):
    """What is opened is a folder, a pipe or a device."""


def open_regular(path: Path) -> FileIO:
    """A file for reading, and never a wait for one: a pipe that nobody writes to would hang who opens it. What was looked at
    before may have been exchanged meanwhile, so the open file itself is asked. Raises `OSError`, `NotRegular` among them.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular(errno.EINVAL, "not a regular file", str(path))
    return FileIO(descriptor)


def read_bytes(path: Path, shown: str, limit: int, option: str = "file") -> bytes:
    """The bytes of a file; UnreadableInput when it is missing, empty, larger than `limit` (which `--limit option=` sets), no
    regular file, or may not be read."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                raise refuse("large", shown, size=size, limit=limit, option=option)
            data = file.readall()
    except NotRegular as error:
        raise refuse("folder", shown) from error
    except FileNotFoundError as error:
        raise refuse("missing", shown) from error
    except PermissionError as error:
        raise refuse("denied", shown) from error
    except OSError as error:
        raise refuse("unreadable", shown, why=str(error.strerror or error)) from error
    if not data:
        raise refuse("empty", shown)
    return data
