"""What SOURCE objects hold that an earlier run fetched: `OUT/_sumber.json`, so that going on fetches none of them again.

An object is known by its address, its size and the tag that the store gives its contents (S3: the ETag). What is known is a
saving alone: a worker that reads other bytes than it was told of says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.discover import Candidate
from pipeline.location import Location, Url
from pipeline.store.out import output_error, replace_file

if TYPE_CHECKING:
    from pipeline.plan import Hashed

FILE = "_sumber.json"


class Fetched:
    """SHA-256 by address. OUT must be locked by the caller."""

    def __init__(self, out: Location) -> None:
        self._out = out
        try:
            held = json.loads((out / FILE).read_bytes())
            self._held = {str(address): (str(tag), str(sha256)) for address, (tag, sha256) in held.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            self._held = {}

    def sha256(self, candidate: Candidate) -> str | None:
        """The SHA-256 of an object that is still what it was; None for any other, and for files."""
        tag, sha256 = self._held.get(str(candidate.path), ("", ""))
        return sha256 if candidate.tag and tag == candidate.tag else None

    def keep(self, hashed: Iterable[Hashed]) -> None:
        """Remember what was fetched. Raises `UnusableOutput` where OUT cannot be written."""
        new = {
            str(one.candidate.path): (one.candidate.tag, one.sha256)
            for one in hashed
            if isinstance(one.candidate.path, Url) and one.candidate.tag
        }
        if new.items() <= self._held.items():
            return
        self._held |= new
        try:
            replace_file(self._out / FILE, json.dumps(dict(sorted(self._held.items())), indent=0).encode() + b"\n")
        except OSError as error:
            raise output_error(error, self._out) from error
