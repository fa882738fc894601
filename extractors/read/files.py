"""The bytes of a source file, or one sentence why there are none."""

from __future__ import annotations

from pathlib import Path

from extractors.read.refusals import refuse


def read_bytes(path: Path, shown: str, limit: int, option: str = "file") -> bytes:
    """The bytes of a file; UnreadableInput when it is missing, empty, larger than `limit` (which `--limit option=` sets) or
    may not be read."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refuse("folder", shown)
        if size > limit:
            raise refuse("large", shown, size=size, limit=limit, option=option)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refuse("missing", shown) from error
    except PermissionError as error:
        raise refuse("denied", shown) from error
    except OSError as error:
        raise refuse("unreadable", shown, why=str(error.strerror or error)) from error
    if not data:
        raise refuse("empty", shown)
    return data
