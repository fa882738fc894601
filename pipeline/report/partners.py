"""The other document of a finding between documents: its page, and the places there that say otherwise."""

from __future__ import annotations

from functools import cached_property

from pipeline.location import Location
from pipeline.report.evidence import excerpts, passages
from pipeline.report.labels import Both
from pipeline.report.load import Data, find, load
from pipeline.report.model import OtherSide, Row
from pipeline.report.places import Lookup
from pipeline.report.sentences import who, year_of
from pipeline.report.text import visible

MOST = 12  # other documents whose tables are read for one page; of further ones only the name is shown


def page_name(head: Row) -> str:
    """The file name of a document's page: readable, and never the same twice."""
    return f"{head['agency']}-{head['year']}-{head['document_id']}.html"


class Partners:
    """The documents that one document is compared with, each read once and only if it is needed."""

    def __init__(self, out: Location, data: Data) -> None:
        self._out = out
        self._data = data
        self._known: dict[str, tuple[Row | None, Lookup | None]] = {}

    @cached_property
    def _agency(self) -> str:
        return str(self._data.head["agency"])

    def of(self, row: Row) -> OtherSide | None:
        """The other side of a finding; None for a finding within the document."""
        id_ = row.get("document_id_lain")
        if not id_:
            return None
        head, lookup = self._partner(id_)
        if head is None:
            return OtherSide("", Both(visible(id_, 40), visible(id_, 40)), (), ())
        name, year = who(head), year_of(head)
        title = Both(
            f"{name.id}, {year.id} ({visible(head['sumber'], 120)})",
            f"{name.en}, {year.en} ({visible(head['sumber'], 120)})",
        )
        if lookup is None:
            return OtherSide(page_name(head), title, (), ())
        there = {"rule": row["rule"], "angka": row["angka_lain"], "evidence": row["evidence_lain"]}
        return OtherSide(
            page_name(head), title, excerpts(there, lookup, first="seen"), passages(there, lookup, first="seen")
        )

    def _partner(self, id_: str) -> tuple[Row | None, Lookup | None]:
        if id_ not in self._known:
            head = find(self._out, self._agency, id_)
            few = sum(lookup is not None for _, lookup in self._known.values()) < MOST
            self._known[id_] = head, Lookup(load(self._out, head)) if head is not None and few else None
        return self._known[id_]
