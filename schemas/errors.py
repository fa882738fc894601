"""Exceptions that end the reading of one file or one command, each with its exit code.

An exception means "cannot go on with this file (or command)". What we are unsure of is a doubt (`schemas.records.Doubt`);
what the report says wrongly is a finding (`schemas.checks.Finding`). The message of an `LkjipError` is one clear
sentence for a person: what is wrong, where, and what to do.
"""

from __future__ import annotations


class LkjipError(Exception):
    """Base of every error shown to a person as one sentence; `exit_code` is what the command returns for it."""

    exit_code = 2

    def __init__(self, pesan: str, en: str | None = None) -> None:
        """`pesan` is the Indonesian sentence, `en` the English one (the same where there is none)."""
        super().__init__(pesan)
        self.en = en or pesan


class UnreadableInput(LkjipError):
    """A source file cannot be used (missing, empty, no permission, rubbish, encrypted, too large, wrong kind)."""

    exit_code = 3


class UnreachedInput(UnreadableInput):
    """The bytes of a source file cannot be had now (gone, changed, a store that does not answer): it says nothing of what stands
    in them, so what was read of them before stays."""


class UnusableOutput(LkjipError):
    """OUT cannot be used (is a file, not writable, disk full, written by a newer version, locked by another run)."""

    exit_code = 4


class BadOption(LkjipError):
    """An option or a file given with it (manifest, aliases) is not usable."""

    exit_code = 2


class UnusableCluster(LkjipError):
    """The cluster of `--scheduler` cannot be used (not reachable, lost, without workers, other software, no view of OUT)."""

    exit_code = 6
