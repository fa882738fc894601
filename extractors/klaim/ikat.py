"""Binding: which field each figure of a sentence fills.

A figure belongs to the cue that governs it; a percentage right behind an amount belongs to the amount; a figure with no
cue of its own goes on with the one before.
"""

from __future__ import annotations

import regex

from extractors.klaim.calon import Candidate, is_bound, looks_like_money
from extractors.klaim.cues import WORD, Cue, only, structure
from extractors.klaim.kepala import AMOUNT_ROLES, MONEY_FIELD, NEAR, SHARE_FIELD, govern
from extractors.klaim.waktu import Year
from schemas.values import value

REACHED = regex.compile(r"target$", regex.I)
OF_TARGET = regex.compile(r"\s*(?:\([^)]*\)\s*)?(?:\p{L}+\s+){0,4}dari\s+(?:\w+\s+)?target", regex.I)
SLIP = "dua kata kunci di depan satu jumlah: dibaca sebagai anggaran"


@value(frozen=True, slots=True)
class Bound:
    """A figure and the field it fills. `matter` is uang (budget) or kinerja (indicator)."""

    candidate: Candidate
    field: str
    matter: str
    cue: Cue | None
    year: Year | None = None
    stage: str | None = None
    doubt: str | None = None
    carried: bool = False  # no cue of its own
    begin: int = 0  # where the words that may name it begin: behind the figure before
    named: bool = False  # an indicator's name stands before it


def bind(text: str, numbers: list[Candidate], cues: tuple[Cue, ...], inherited: str | None = None) -> list[Bound]:
    """The figures of a sentence that say something, each with its field.

    `inherited` is the role that the line introducing a list gives to amounts without a cue of their own.
    """
    bound: list[Bound] = []
    begin = 0
    governing: Cue | None = None
    last: Bound | None = None
    for number in numbers:
        region = [c for c in cues if c.start >= begin and c.end <= number.start]
        money = number.kind == "money"
        cue = govern(text, region, number, money or looks_like_money(number))
        role = cue.role if cue else None
        carried = False
        gap = text[last.candidate.end : number.start] if last else ""
        if number.kind == "percent" and last and last.candidate.kind == "money" and _joins(gap, region):
            made = _share(number, cue, last) if last.field in ("anggaran", "realisasi") else None
            begin, last = number.after, made or last
            if made:
                bound.append(made)
            continue
        if number.kind == "percent" and last and last.field in ("realisasi", "target") and _shares(gap, region, last):
            done = last.field == "realisasi" or any(b.field == "realisasi" for b in bound[-2:])
            if done:
                last = Bound(number, "capaian", "kinerja", last.cue, begin=last.candidate.after)
                bound.append(last)
            begin = number.after
            continue
        if cue is None and governing and (_carries(gap, money, region) or _series(gap, number)):
            cue, role, carried = governing, governing.role, True
        if money and (cue is None or carried) and _then_realised(text, number, cues, numbers):
            role, carried = "anggaran", False
        if money and inherited and role in (None, "pendapatan") and not carried:
            role = inherited
        if role is None and not money and OF_TARGET.match(text, number.end):
            role = "kinerja"  # "Jumlah kunjungan sebanyak 125.430 orang dari target 120.000 orang"
        if role is None or (not money and is_bound(text, number, role)):
            continue
        if number.kind == "plain":
            if looks_like_money(number) and role in AMOUNT_ROLES:
                money = True
            elif carried:
                if not _series(gap, number):
                    continue
            elif cue is not None and not _adjacent(text, cue, number, role):
                continue
        slip = money and _slip(text, region, cue, number)
        name = (MONEY_FIELD if money else SHARE_FIELD).get(role)
        if role == "dicapai" and cue and REACHED.search(cue.text) and not text[cue.end : number.start].strip(" :"):
            name = "target"  # "telah mencapai target 3%"
        start, begin = begin, number.after
        if role != "selisih":
            governing = cue or governing
        if name is None:
            # A figure of something else; what is joined to it is not ours either.
            last = Bound(number, "", "", cue)
            continue
        matter = "uang" if money or role == "serapan" else "kinerja"
        named = any(c.role == "indikator" and _named(text[c.end : number.start]) for c in region)
        last = Bound(number, name, matter, cue, carried=carried, doubt=SLIP if slip else None, begin=start, named=named)
        bound.append(last)
    return bound


def _share(number: Candidate, cue: Cue | None, last: Bound) -> Bound:
    return Bound(number, "persen", "uang", cue or last.cue, begin=last.candidate.after)


def _then_realised(text: str, number: Candidate, cues: tuple[Cue, ...], numbers: list[Candidate]) -> bool:
    """ "Kegiatan X Rp A dengan realisasi Rp B": A is the anggaran, though no word says so."""
    cue = next((c for c in cues if c.start >= number.end), None)
    follower = next((n for n in numbers if n.start >= number.end), None)
    if cue is None or follower is None or follower.kind != "money" or cue.start > follower.start:
        return False
    gap = regex.sub(r"\([^)]*\)", "", text[number.end : cue.start])
    return cue.role in ("serapan", "realisasi") and only(gap, structure("jarak") | {"dengan", "dan", "telah", "dapat"})


def _joins(gap: str, region: list[Cue]) -> bool:
    """Whether what stands between an amount and a percentage makes the one the share of the other."""
    if any(c.role in ("bukan", "selisih", "target", "anggaran", "dicapai", "pembanding") for c in region):
        return False
    if any(c.role == "indikator" and c.text.casefold() not in structure("setara") for c in region):
        return False
    words = [w.casefold() for w in WORD.findall(gap)]
    if len(words) > NEAR:
        return False
    named = {w.casefold() for c in region for w in WORD.findall(c.text)} if region else set()
    if any(c.role in ("capaian", "kinerja") and "kinerja" in c.text.casefold() for c in region):
        return False
    return all(w in structure("setara") or w in named or w == "rp" for w in words)


def _shares(gap: str, region: list[Cue], last: Bound) -> bool:
    """ "30 desa (120%)", "72,8 tahun atau 100,41%": behind a plain number, the percentage is its capaian."""
    if last.candidate.kind != "plain" or region:
        return False
    joined = regex.fullmatch(r"\s*(?:\p{L}+\s*){0,3}(?:\(\s*|\batau\s+(?:sebesar\s+|setara\s+|\(\s*)?)", gap)
    return joined is not None


def _carries(gap: str, money: bool, region: list[Cue]) -> bool:
    """Whether a figure without a cue goes on with the cue of the figure before it."""
    if region and any(c.role != "selisih" for c in region):
        return False
    if money:
        return regex.search(r"[;!?]", gap) is None and len(WORD.findall(gap)) <= 25
    links = structure("pengantar") | structure("awalan") | structure("sambung")
    return all(w in links for w in (m.casefold() for m in WORD.findall(regex.sub(r"\d+", "", gap))))


def _adjacent(text: str, cue: Cue, number: Candidate, role: str) -> bool:
    """A plain number says something only where its cue announces it: "target 73,14", "terealisasi sebanyak 159"."""
    gap = regex.sub(r"\(?\b(?:tahun|ta)\s*\d{4}\)?|\d{4}", "", text[cue.end : number.start])
    words = [w.casefold() for w in WORD.findall(gap)]
    if OF_TARGET.match(text, number.end):
        return True
    in_words = regex.match(r"\s*\(\s*\p{L}+", text[number.end : number.end + 20]) is not None
    if role == "indikator":
        if in_words and len(words) <= 8 and number.found.parsed.value == 0:
            return True
        announced = (bool(words) and words[-1] in structure("pengantar")) or gap.rstrip().endswith((":", "="))
        return announced and number.found.parsed.decimals > 0 and len(words) <= 30
    if role in ("serapan", "bukan", "anggaran", "tuntas"):
        return False
    if only(gap, structure("pengantar") | structure("ukuran")):
        return True
    announced = bool(words) and words[-1] in structure("pengantar") - {"dengan", "jumlah", "total", "tersebut"}
    return announced and number.found.parsed.decimals > 0 and len(words) <= 30


def _named(gap: str) -> bool:
    return not only(gap, structure("pengantar") | structure("setara"))


def _series(gap: str, number: Candidate) -> bool:
    """ "... tahun 2022 yaitu 65,51 sedangkan di tahun 2023 yaitu 75,51": a second plain value of the same thing."""
    words = WORD.findall(gap)
    announced = bool(words) and words[-1].casefold() in structure("pengantar")
    plain = number.kind == "plain" and number.found.parsed.decimals > 0
    return plain and announced and gap.rstrip().endswith(words[-1]) and len(words) <= 20


def _slip(text: str, region: list[Cue], cue: Cue | None, number: Candidate) -> bool:
    """ "anggaran sebesar realisasi anggaran sebesar Rp A": two cues announce one amount, the first is taken."""
    if cue is None or cue.role != "anggaran":
        return False
    behind = [c for c in region if c.start >= cue.end and c.role in ("serapan", "realisasi")]
    gap = text[cue.end : behind[0].start] if behind else ""
    return bool(gap.strip()) and only(gap, structure("pengantar"))
