"""The story of `lkjip reconcile`: for each agency whose documents changed, group them, compare them, write what differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.cells import Row
from pipeline.lintas import checks
from pipeline.lintas.compare import Compared
from pipeline.lintas.documents import Stored, reread, stored_documents
from pipeline.lintas.findings import rows_of
from pipeline.lintas.groups import Member, members_of
from pipeline.lintas.store import agencies_held, read_state, replace_rows, signature, write_state
from pipeline.location import Location
from pipeline.store.parquet import UNKNOWN_AGENCY


@dataclass(slots=True)
class Reconciled:
    """What a run did: agencies looked at and left alone, documents that are parts or old versions, figures compared.

    Counts but `unchanged` are of the agencies looked at in this run.
    """

    agencies: int = 0
    unchanged: int = 0
    documents: int = 0
    parts: int = 0
    old: int = 0
    findings: int = 0
    compared: Compared = field(default_factory=Compared)


def reconcile_out(out: Location, *, everything: bool = False) -> Reconciled:
    """Bring `kelompok_dokumen` and `temuan_lintas` up to date with the documents of OUT.

    Only agencies are looked at whose documents changed since the last time (`everything`: all). OUT must be locked by
    the caller, and recovered. Raises `UnusableOutput` where OUT cannot be written.
    """
    by_agency: dict[str, list[Stored]] = defaultdict(list)
    for stored in stored_documents(out):
        by_agency[stored.agency].append(stored)
    before = {} if everything else read_state(out)
    now = {agency: signature(documents) for agency, documents in by_agency.items()}
    done = Reconciled()
    settled = dict(before)
    try:
        for agency in sorted(by_agency):
            if before.get(agency) == now[agency]:
                done.unchanged += 1
                continue
            settled.pop(agency, None)
            _agency(out, agency, by_agency[agency], done)
            settled[agency] = now[agency]
        for agency in sorted(agencies_held(out) - set(by_agency)):
            replace_rows(out, agency, {}, {})
            settled.pop(agency, None)
    finally:
        write_state(out, {agency: held for agency, held in settled.items() if agency in now})
    return done


def _agency(out: Location, agency: str, stored: list[Stored], done: Reconciled) -> None:
    members = members_of(reread(out, one) for one in stored)
    found: list[checks.Contradiction] = []
    if agency != UNKNOWN_AGENCY:
        for look in (checks.prior_years, checks.plans, checks.parts):
            found += look(members, done.compared)
    rows = rows_of(found)
    years = {one.document_id: one.year for one in stored}
    replace_rows(out, agency, {"kelompok_dokumen": [_row(m) for m in members], "temuan_lintas": rows}, years)
    done.agencies += 1
    done.documents += len(members)
    done.parts += sum(member.role == "bagian" for member in members)
    done.old += sum(not member.current for member in members)
    done.findings += len(rows)


def _row(member: Member) -> Row:
    indonesian, english = member.reason
    return {
        "document_id": member.document.document_id,
        "jenis": member.document.stored.jenis,
        "kelompok": member.group,
        "peran": member.role,
        "digantikan_oleh": member.replaced_by,
        "anggaran_dipakai": member.budget,
        "kinerja_dipakai": member.indicators,
        "alasan": indonesian,
        "reason": english,
    }
