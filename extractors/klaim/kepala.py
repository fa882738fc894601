"""Which cue governs a figure: the head of the phrase the figure ends.

The head of an Indonesian noun phrase stands first ("realisasi rata-rata ketercapaian ..."): of the last phrase before a
figure that has a cue for this kind of figure, the first cue counts.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.klaim.calon import Candidate
from extractors.klaim.cues import WORD, Cue, only, structure

SEPARATOR = regex.compile(
    r"[,;]|\b(?:dengan|dan|sehingga|sedangkan|serta|namun|maka|dimana|adalah|yaitu|yakni)\b", regex.I
)
VERB = regex.compile(r"(?:(?:telah|dapat|hanya|sudah)\s+)?(?:ter|di|me[nlmr])\p{L}+", regex.I)
WHICH = regex.compile(r"\byang\s*$", regex.I)
OUT_OF = regex.compile(r"\bdari\s+(?:\w+\s+)?$", regex.I)
AMOUNT_ROLES = frozenset({"anggaran", "serapan", "realisasi"})
MONEY_FIELD = {
    "anggaran": "anggaran",
    "sumber": "anggaran",
    "pendapatan": "realisasi",
    "target": "anggaran",
    "serapan": "realisasi",
    "terpakai": "realisasi",
    "realisasi": "realisasi",
    "kinerja": "realisasi",
    "dicapai": "realisasi",
    "capaian": "realisasi",
}
SHARE_FIELD = {
    "serapan": "persen",
    "realisasi": "realisasi",
    "kinerja": "realisasi",
    "target": "target",
    "capaian": "capaian",
    "dicapai": "capaian",
    "indikator": "realisasi",
    "tuntas": "realisasi",
    "pembanding": "target",
}
NEAR = 6  # words that may stand between a cue of no budget word, or an amount, and the figure it goes with


def govern(text: str, region: list[Cue], number: Candidate, money: bool) -> Cue | None:
    """The cue of the region before a number that says what it is.

    The head of an Indonesian noun phrase stands first ("realisasi rata-rata ketercapaian ..."): of the last phrase that
    has a cue for this kind of number, the first cue counts.
    """
    region = [
        c
        for c in region
        if c.role not in ("selisih", "terpakai") or only(text[c.end : number.start], structure("jarak"))
    ]
    for phrase in reversed(_phrases(text, region)):
        cue = _head(text, phrase, number, money)
        if cue is not None:
            return cue
    return None


def _phrases(text: str, region: list[Cue]) -> list[list[Cue]]:
    """The cues of a region, parted where a comma, a linking word or a verb begins a new phrase."""
    parts: list[list[Cue]] = []
    for cue in region:
        gap = text[parts[-1][-1].end : cue.start] if parts else ""
        verb = VERB.match(cue.text) is not None and not WHICH.search(gap)
        of_budget = cue.role in ("anggaran", "target") and OUT_OF.search(gap)
        compared = bool(parts) and parts[-1][-1].role == "pembanding"
        if not parts or verb or of_budget or compared or SEPARATOR.search(gap):
            parts.append([cue])
        else:
            parts[-1].append(cue)
    return parts


def _head(text: str, phrase: list[Cue], number: Candidate, money: bool) -> Cue | None:
    for cue in phrase:
        if cue.role == "bukan" and (cue is phrase[0] or "fisik" in cue.text.casefold()):
            return cue
    if phrase[-1].role == "selisih" and phrase[0].role != "indikator":
        return phrase[-1]  # "realisasi mengalami kenaikan sebesar ..."
    if not money and phrase[0].role == "indikator":
        phrase = _predicate(text, phrase)
    wanted = (*AMOUNT_ROLES, "terpakai", "bukan", "selisih") if money else (*SHARE_FIELD, "bukan", "selisih")
    eligible = [c for c in phrase if c.role in wanted and c.role != "indikator"]
    if not money and eligible and eligible[0].role == "pembanding":
        return eligible[0] if only(text[eligible[0].end : number.start], structure("pengantar")) else None
    if eligible:
        head = eligible[0]
        of_budget = any(c.role in ("anggaran", "serapan", "sumber") for c in phrase if c.start > head.start)
        if not money and head.role in ("capaian", "realisasi") and of_budget:
            return replace(head, role="serapan")  # "capaian dari aspek penggunaan anggaran"
        return head
    if money:
        near = [c for c in phrase if c.role in ("target", "capaian", "dicapai") or VERB.match(c.text)]
        near = [c for c in near if len(WORD.findall(text[c.end : number.start])) <= NEAR]
        return near[0] if near else next((c for c in phrase if c.role in ("sumber", "pendapatan")), None)
    return next((c for c in phrase if c.role == "indikator"), None)


def _predicate(text: str, phrase: list[Cue]) -> list[Cue]:
    """A phrase that begins with an indicator's name: words in the name ("persentase ketercapaian ...") say nothing, the
    last noun behind it does ("... realisasi tahun 2022 sebesar")."""
    named = [phrase[0]]
    for cue in phrase[1:]:
        part_of_name = cue.role in ("indikator", "capaian") and not WORD.findall(text[named[-1].end : cue.start])
        if not part_of_name:
            break
        named.append(cue)
    behind = phrase[len(named) :]
    return [behind[-1], *behind[:-1]] if behind else [phrase[0]]
