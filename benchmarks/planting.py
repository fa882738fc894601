"""Plants one error each in thousands of clean made-up reports and counts how many the checker finds and explains.

    python benchmarks/planting.py [N] [--seed S] [--show K]

A report has a budget table (programme, kegiatan, sub kegiatan, percentages, total), a table of indicators, one of staff,
and sentences with amounts in figures and words; it is read from its text, as a user's file is. One printed cell or
sentence is changed the way people err: a digit, two digits exchanged, three digits lost or doubled, the value of the row
above copied, two cells exchanged, a wrong percentage, capaian, count, or word. *Found*: a finding names the changed place
as evidence. *Named*: the finding is about that place and its suggestion is the true value.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from pipeline.extract import report_of
from pipeline.reconcile import reconcile
from schemas.checks import Finding
from schemas.document import Document, SourceLine

PROGRAMMES = ("Penataan", "Pelestarian", "Pelayanan", "Pembinaan", "Pengamanan")
THINGS = (
    "Naskah Kuno", "Arsip Statis", "Koleksi Langka", "Taman Baca", "Sepeda Pustaka", "Rumah Dongeng", "Peta Lama",
    "Surat Warisan", "Rekaman Suara", "Foto Kota", "Lontar Tua", "Kamus Bahasa", "Buku Braille", "Mikrofilm Koran",
    "Pameran Keliling", "Lomba Menulis", "Gudang Dingin", "Bengkel Jilid", "Katalog Digital", "Ruang Anak",
)  # fmt: skip
VERBS = ("Pengadaan", "Perawatan", "Pendataan", "Penyediaan", "Peragaan", "Pemetaan", "Penjilidan", "Pengalihan")
DEGREES = ("SMA", "Diploma III", "Sarjana", "Magister")
UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cell:
    """One printed figure: its line, which tab-separated cell of it (None: within a sentence), text and value."""

    line: int
    col: int | None
    text: str
    value: Decimal
    kind: str  # anggaran | realisasi | persen | capaian | hasil | orang | kalimat | kata


@dataclass
class Clean:
    """A made-up report: its lines and the figures that an error may be planted in."""

    lines: list[str]
    cells: list[Cell]


@dataclass(frozen=True)
class Planted:
    """A report with one error: how it was made, the changed lines and where the wrong values stand."""

    how: str
    lines: list[str]
    wrong: tuple[Cell, ...]  # as printed now, with the true value


@dataclass(frozen=True)
class Outcome:
    how: str
    found: bool
    named: bool
    planted: Planted
    findings: tuple[Finding, ...]


def money(value: Decimal) -> str:
    return f"{value:,.0f}".replace(",", ".")


def percent(value: Decimal) -> str:
    return f"{value.quantize(CENT, ROUND_HALF_UP)}".replace(".", ",")


def words(number: int) -> str:
    """A whole number in Indonesian words."""
    if number < 10:
        return UNITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{UNITS[number - 10]} belas"
    for size, one, name in ((100, "", "puluh"), (1000, "seratus", "ratus")):
        if number < size:
            step = size // 10
            head = one if one and number // step == 1 else f"{UNITS[number // step]} {name}"
            return f"{head} {words(number % step)}".strip()
    for size, name in ((10**6, "ribu"), (10**9, "juta"), (10**12, "miliar"), (10**15, "triliun")):
        if number < size:
            step = size // 1000
            head = "seribu" if name == "ribu" and number // step == 1 else f"{words(number // step)} {name}"
            return f"{head} {words(number % step)}".strip()
    raise ValueError(number)


class _Writer:
    """Writes a report line by line and remembers its figures."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.cells: list[Cell] = []

    def say(self, *lines: str) -> None:
        self.lines += lines

    def row(self, *texts: str, kinds: dict[int, tuple[str, Decimal]] | None = None) -> None:
        self.lines.append("\t".join(texts))
        for col, (kind, value) in (kinds or {}).items():
            self.cells.append(Cell(len(self.lines), col, texts[col], value, kind))

    def sentence(self, text: str, *figures: tuple[str, str, Decimal]) -> None:
        self.lines += ["", text]
        for kind, shown, value in figures:
            self.cells.append(Cell(len(self.lines), None, shown, value, kind))


def clean_report(rng: random.Random) -> Clean:
    """A report without any error."""
    write = _Writer()
    write.say(
        "LAPORAN KINERJA INSTANSI PEMERINTAH", "DINAS KEARSIPAN KOTA SUKAMAJU", "TAHUN 2024", "",
        "BAB I", "PENDAHULUAN", "",
    )  # fmt: skip
    _staff(write, rng)
    write.say("", "BAB III", "AKUNTABILITAS KINERJA", "")
    _indicators(write, rng)
    _budget(write, rng)
    return Clean(write.lines, write.cells)


def _staff(write: _Writer, rng: random.Random) -> None:
    write.say("Tabel 1.1", "Jumlah Pegawai menurut Pendidikan", "", "No\tPendidikan\tLaki-laki\tPerempuan\tJumlah")
    sums = [0, 0]
    for number, degree in enumerate(DEGREES, 1):
        men, women = rng.randint(3, 40), rng.randint(3, 40)
        sums = [sums[0] + men, sums[1] + women]
        _counts(write, str(number), degree, men, women)
    _counts(write, "", "Jumlah", *sums)


def _counts(write: _Writer, number: str, name: str, men: int, women: int) -> None:
    values = [Decimal(men), Decimal(women), Decimal(men + women)]
    kinds = {col: ("orang", value) for col, value in enumerate(values, 2)}
    write.row(number, name, *(str(value) for value in values), kinds=kinds)


def _indicators(write: _Writer, rng: random.Random) -> None:
    write.say("Tabel 3.1", "Capaian Kinerja Tahun 2024", "")
    write.say("No\tSasaran\tIndikator\tSatuan\tTarget\tRealisasi\tCapaian (%)")
    for number, thing in enumerate(rng.sample(THINGS, 4), 1):
        target = Decimal(rng.randint(55, 95))
        real = (target * Decimal(rng.randint(850, 1150)) / 1000).quantize(CENT)
        done = real / target * 100
        write.row(
            str(number), f"Meningkatnya mutu {thing.lower()}", f"Persentase {thing.lower()} yang terawat", "%",
            str(target), percent(real), percent(done),
            kinds={5: ("hasil", real), 6: ("capaian", done.quantize(CENT, ROUND_HALF_UP))},
        )  # fmt: skip


def _budget(write: _Writer, rng: random.Random) -> None:
    names = iter(rng.sample([f"{verb} {thing}" for verb in VERBS for thing in THINGS], 60))
    tree = []
    for name in rng.sample(PROGRAMMES, rng.randint(2, 4)):
        groups = [[(next(names), *_amounts(rng)) for _ in range(rng.randint(2, 4))] for _ in range(rng.randint(1, 3))]
        tree.append((f"Program {name} {rng.choice(THINGS)}", [(f"Kegiatan {next(names)}", group) for group in groups]))
    write.say("", "Tabel 3.2", "Realisasi Anggaran Tahun 2024", "")
    write.say("No\tProgram/Kegiatan/Sub Kegiatan\tAnggaran (Rp)\tRealisasi (Rp)\t%")
    told = []
    for number, (programme, groups) in enumerate(tree, 1):
        told.append((programme, *_line(write, str(number), programme, [sub for _, subs in groups for sub in subs])))
        for step, (kegiatan, subs) in enumerate(groups, 1):
            _line(write, f"{number}.{step}", kegiatan, subs)
            for last, sub in enumerate(subs, 1):
                _line(write, f"{number}.{step}.{last}", f"Sub Kegiatan {sub[0]}", [sub])
    every = [sub for _, groups in tree for _, subs in groups for sub in subs]
    budget, real = _line(write, "", "JUMLAH", every)
    for programme, given, spent in told:
        _sentence(write, f"{programme}", given, spent)
    shown = f"Rp. {money(budget)},00"
    said = words(int(budget))
    write.sentence(
        f"Pada tahun 2024 Dinas Kearsipan Kota Sukamaju memperoleh anggaran sebesar {shown} ({said} rupiah) dengan "
        f"realisasi sebesar Rp. {money(real)},00 atau {percent(real / budget * 100)}%.",
        ("kalimat", shown, budget), ("kata", said, budget), ("kalimat", f"Rp. {money(real)},00", real),
    )  # fmt: skip


def _amounts(rng: random.Random) -> tuple[Decimal, Decimal]:
    budget = Decimal(rng.randint(20_000, 900_000)) * 1000 + rng.choice((0, 0, 250, 500, 725))
    return budget, (budget * Decimal(rng.randint(7000, 9990)) / 10000).quantize(Decimal(1))


def _line(
    write: _Writer, number: str, name: str, parts: Sequence[tuple[str, Decimal, Decimal]]
) -> tuple[Decimal, Decimal]:
    budget, real = sum(part[1] for part in parts), sum(part[2] for part in parts)
    share = Decimal(real) / Decimal(budget) * 100
    write.row(
        number, name, money(Decimal(budget)), money(Decimal(real)), percent(share),
        kinds={
            2: ("anggaran", Decimal(budget)), 3: ("realisasi", Decimal(real)),
            4: ("persen", share.quantize(CENT, ROUND_HALF_UP)),
        },
    )  # fmt: skip
    return Decimal(budget), Decimal(real)


def _sentence(write: _Writer, name: str, budget: Decimal, real: Decimal) -> None:
    given, spent = f"Rp. {money(budget)},00", f"Rp. {money(real)},00"
    share = real / budget * 100
    write.sentence(
        f"{name} dengan anggaran sebesar {given} dan realisasi anggaran sebesar {spent} atau {percent(share)}%.",
        ("kalimat", given, budget), ("kalimat", spent, real),
    )  # fmt: skip


def plant(clean: Clean, how: str, rng: random.Random) -> Planted | None:
    """One error of a kind; None where the drawn cell does not lend itself to it."""
    if how in ("baris tertukar", "sel tertukar"):
        return _exchange(clean, how, rng)
    kinds = {
        "persen": ("persen",), "capaian": ("capaian", "hasil"), "orang": ("orang",), "kata": ("kata",),
        "kalimat": ("kalimat",),
    }.get(how, ("anggaran", "realisasi"))  # fmt: skip
    cell = rng.choice([one for one in clean.cells if one.kind in kinds])
    text = _err(clean, cell, how, rng)
    if text is None or text == cell.text:
        return None
    lines = list(clean.lines)
    line = lines[cell.line - 1]
    if cell.col is None:
        lines[cell.line - 1] = line.replace(cell.text, text, 1)
    else:
        lines[cell.line - 1] = _with(line, cell.col, text)
    return Planted(how, lines, (replace(cell, text=text),))


def _with(line: str, col: int, text: str) -> str:
    parts = line.split("\t")
    parts[col] = text
    return "\t".join(parts)


def _err(clean: Clean, cell: Cell, how: str, rng: random.Random) -> str | None:
    """What is printed in the cell's place."""
    if cell.kind == "kata":
        parts = cell.text.split()
        at = rng.choice([n for n, part in enumerate(parts) if part in UNITS[1:]])
        parts[at] = rng.choice([word for word in UNITS[1:] if word != parts[at]])
        return " ".join(parts)
    if how == "salinan":
        above = next((c for c in clean.cells if c.line == cell.line - 1 and c.col == cell.col), None)
        return above.text if above is not None else None
    if how == "kelompok hilang":
        groups = cell.text.split(".")
        if len(groups) < 3:
            return None
        at = rng.randrange(1, len(groups))
        return ".".join([*groups[:at], *groups[at + 1 :]])
    if how == "kelompok terulang":
        groups = cell.text.split(".")
        at = rng.randrange(1, len(groups)) if len(groups) > 1 else 0
        return ".".join([*groups[:at], groups[at], *groups[at:]]) if at else None
    return _digit(cell, how, rng)


def _digit(cell: Cell, how: str, rng: random.Random) -> str | None:
    ends = len(cell.text) - 3 if cell.kind == "kalimat" else len(cell.text)
    places = [n for n, sign in enumerate(cell.text[:ends]) if sign.isdigit()]
    if how == "angka tertukar":
        pairs = [(a, b) for a, b in pairwise(places) if cell.text[a] != cell.text[b]]
        pairs = [(a, b) for a, b in pairs if not (a == places[0] and cell.text[b] == "0")]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        text = list(cell.text)
        text[a], text[b] = text[b], text[a]
        return "".join(text)
    at = rng.choice(places)
    digit = rng.choice([d for d in "0123456789" if d != cell.text[at] and not (at == places[0] and d == "0")])
    text = cell.text[:at] + digit + cell.text[at + 1 :]
    if cell.kind in ("persen", "capaian", "hasil") and abs(_value(text) - cell.value) < Decimal("0.03"):
        return None  # within what rounding or truncation allows
    return text


def _value(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _exchange(clean: Clean, how: str, rng: random.Random) -> Planted | None:
    """Two cells in each other's place: of two rows of a column, or budget and realisation of one row."""
    rows = defaultdict(dict)
    for cell in clean.cells:
        if cell.kind in ("anggaran", "realisasi"):
            rows[cell.line][cell.kind] = cell
    if how == "sel tertukar":
        line = rng.choice(sorted(rows))
        a, b = rows[line]["anggaran"], rows[line]["realisasi"]
    else:
        first, second = rng.sample(sorted(rows), 2)
        kind = rng.choice(("anggaran", "realisasi"))
        a, b = rows[first][kind], rows[second][kind]
    if a.text == b.text:
        return None
    lines = list(clean.lines)
    for cell, other in ((a, b), (b, a)):
        assert cell.col is not None
        lines[cell.line - 1] = _with(lines[cell.line - 1], cell.col, other.text)
    return Planted(how, lines, (replace(a, text=b.text), replace(b, text=a.text)))


KINDS = (
    "angka", "angka tertukar", "kelompok hilang", "kelompok terulang", "salinan", "baris tertukar", "sel tertukar",
    "persen", "capaian", "orang", "kalimat", "kata",
)  # fmt: skip


def check(lines: Sequence[str]) -> tuple[Finding, ...]:
    source = tuple(SourceLine(number, text) for number, text in enumerate(lines, 1))
    document = Document("contoh.txt", "0" * 64, "text", lines=source)
    return reconcile(report_of(document))[1]


def judge(planted: Planted) -> Outcome:
    """Whether the error is among the evidence of a finding, and whether a finding says what the true value is."""
    findings = check(planted.lines)
    found = any(_seen(cell, one) for one in findings for cell in planted.wrong)
    named = any(_named(cell, one) for one in findings for cell in planted.wrong)
    return Outcome(planted.how, found, named, planted, findings)


def _seen(cell: Cell, finding: Finding) -> bool:
    return any(e.place.line == cell.line and _same(cell, e.text) for e in finding.evidence)


def _same(cell: Cell, text: str) -> bool:
    if cell.kind == "kata":
        return cell.text.replace(" ", "") in text.replace(" ", "")
    digits = "".join(sign for sign in cell.text if sign.isdigit())
    return digits in "".join(sign for sign in text if sign.isdigit())


def _named(cell: Cell, finding: Finding) -> bool:
    if finding.place.line != cell.line or not finding.evidence or not _same(cell, finding.evidence[0].text):
        return False
    try:
        return Decimal(finding.expected or "") == cell.value
    except ArithmeticError:
        return False


def cases(count: int, seed: int) -> Iterator[tuple[Clean, Planted]]:
    """Clean reports and one planted error each, the kinds in turn."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        clean = clean_report(rng)
        planted = plant(clean, KINDS[made % len(KINDS)], rng)
        if planted is not None:
            made += 1
            yield clean, planted


def rates(outcomes: Sequence[Outcome]) -> str:
    """A table of the rates, by kind of error."""
    total: Counter[str] = Counter(one.how for one in outcomes)
    found: Counter[str] = Counter(one.how for one in outcomes if one.found)
    named: Counter[str] = Counter(one.how for one in outcomes if one.named)
    rows = [
        f"{how:18} {total[how]:6} {found[how] / total[how]:8.2%} {named[how] / total[how]:8.2%}"
        for how in KINDS
        if total[how]
    ]
    n = len(outcomes)
    last = f"{'all':18} {n:6} {sum(found.values()) / n:8.2%} {sum(named.values()) / n:8.2%}"
    return "\n".join([f"{'planted':18} {'cases':>6} {'found':>8} {'named':>8}", *rows, last])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="K", help="print K cases that were not found or named")
    options = parser.parse_args()
    start = time.perf_counter()
    outcomes, alarms, shown = [], 0, 0
    for clean, planted in cases(options.count, options.seed):
        alarms += len(check(clean.lines))
        one = judge(planted)
        outcomes.append(one)
        if not one.named and shown < options.show:
            shown += 1
            _print(one)
    print(rates(outcomes))
    seconds = time.perf_counter() - start
    print(
        f"findings on {len(outcomes)} unchanged reports: {alarms}; {seconds / len(outcomes) / 2 * 1000:.0f} ms a report"
    )
    return 1 if alarms else 0


def _print(one: Outcome) -> None:
    cell = one.planted.wrong[0]
    print(f"--- {one.how}: found {one.found}; line {cell.line}: {cell.text} for {cell.value}")
    print("   ", one.planted.lines[cell.line - 1][:150])
    for finding in one.findings:
        print("   *", finding.rule, finding.place.line, finding.subject[:60], finding.stated, finding.expected)


if __name__ == "__main__":
    sys.exit(main())
