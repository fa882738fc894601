"""Text files: lines without end, bytes that are no text, repetitions that make patterns and parsers slow, words that try
to be paths, scripts and formulas."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from corpus.case import Case

HEAD = "LAPORAN KINERJA INSTANSI PEMERINTAH\n{agency}\nTAHUN 2024\n\nTabel 3.1 {title}\n{rows}\n"
COLUMNS = "No\tProgram\tAnggaran\tRealisasi\t%"
ROWS = (
    COLUMNS + "\n1\t{name}\t1.000.000\t900.000\t90,00\n2\tProgram Jalan\t2.000.000\t1.000.000\t50,00"
    "\n\tJumlah\t3.000.001\t1.900.000\t63,33"
)

AGENCIES = {
    "naik": "DINAS ../../../../etc KOTA SUKAMAJU",
    "mutlak": "DINAS /etc/passwd KOTA SUKAMAJU",
    "titik": "DINAS ........ KOTA SUKAMAJU",
    "con": "DINAS CON KOTA SUKAMAJU",
    "panjang": "DINAS " + "PEKERJAAN UMUM DAN PENATAAN RUANG " * 60 + "KOTA SUKAMAJU",
    "sama-dengan": "DINAS agency=x/year=1/../../y KOTA SUKAMAJU",
    "skrip": "DINAS <script>alert(1)</script> KOTA SUKAMAJU",
    "rumus": 'DINAS =HYPERLINK("http://127.0.0.1","x") KOTA SUKAMAJU',
    "balik": "DINAS \u202eTXT.NANIHATREP\u202c KOTA SUKAMAJU",
    "emoji": "DINAS \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 KOTA SUKAMAJU",
    "kendali": "DINAS \x1b[31mMERAH\x1b[0m\x07 KOTA SUKAMAJU",
    "gabung": "DINAS P" + "\u0301" * 5000 + " KOTA SUKAMAJU",
}
NAMES = {
    "skrip": '<img src=x onerror=alert(1)>"><script>alert(2)</script>',
    "templat": "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}",
    "rumus-sama": "=1+1|' /C calc'!A0",
    "rumus-tambah": "+1+cmd|' /C calc'!A0",
    "rumus-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "rumus-kurang": "-2+3+cmd|' /C calc'!A0",
    "rumus-samar": "\uff1d1+1",
    "sql": "'; DROP TABLE dokumen; --",
    "kendali": "\x1b]0;judul\x07\x08\x08",
}
LONG = 40_000
REPEATED = {
    "spasi": " ",
    "a": "a",
    "kurung": "(",
    "kurung-angka": "((1))",
    "titik": ".",
    "angka": "9",
    "angka-titik": "1.",
    "ribuan": "1.000.",
    "koma": "1,1",
    "rp": "Rp ",
    "minus": "-1 ",
    "persen": "1% ",
    "juta": "satu juta ",
    "belas": "dua belas ratus ribu ",
    "dan": "Dinas dan ",
    "dinas": "DINAS KOTA ",
    "tabel": "Tabel 3.1 ",
    "tahun": "tahun 2024 ",
    "sebesar": "sebesar Rp1.000 dari Rp2.000 atau 50% ",
    "kalimat": "Realisasi anggaran mencapai 90,00% dari target Rp1.000.000. ",
    "rumus": "1 : 2 x 100 = ",
    "tanda": "*_",
    "kutip": "\"'",
    "ligatur": "\ufdfa",
    "gabung": "e\u0301\u0302",
    "balik": "\u202e1\u202c",
    "peluru": "• a ",
    "romawi": "IIIVX. ",
    "kode": "1.01.02.2.03.",
    "pipa": "|",
    "sama": "= ",
    "eksponen": "1e999999999 ",
}


def cases(seed: int) -> Iterator[Case]:
    for name, agency in AGENCIES.items():
        yield Case(f"instansi-{name}.txt", partial(_report, agency, "Program Taman"))
    for name, text in NAMES.items():
        yield Case(f"nama-{name}.txt", partial(_report, "DINAS KEBUN KOTA SUKAMAJU", text))
    yield Case("baris-100-juta.txt", lambda: b"1.000 " * 17_000_000, says="byte", big=True)
    yield Case("baris-dua-juta.txt", lambda: b"1.000 " * 350_000, says="karakter")
    yield Case("biner.txt", lambda: bytes(random.Random(seed).randbytes(200_000)))
    yield Case("biner-samar.txt", lambda: b"LAPORAN KINERJA\n" * 20_000 + bytes(range(32)) * 9000)
    yield Case("nol.txt", lambda: bytes(50_000))
    yield Case("utf16-le.txt", lambda: _report("DINAS KEBUN KOTA SUKAMAJU", "A").decode().encode("utf-16-le"))
    yield Case("utf16-be.txt", lambda: _report("DINAS KEBUN KOTA SUKAMAJU", "A").decode().encode("utf-16-be"))
    yield Case("utf16-ganjil.txt", lambda: _report("DINAS", "A").decode().encode("utf-16-le") + b"x")
    yield Case("utf16-surrogat.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * 5000)
    yield Case("utf32.txt", lambda: _report("DINAS", "A").decode().encode("utf-32"))
    yield Case("utf8-lewah.txt", lambda: b"\xc0\xaf\xc0\xae" * 20_000)
    yield Case("juta-tab.txt", lambda: b"1" + b"\t" * 900_000 + b"1\n")
    yield Case("juta-tab-berbaris.txt", lambda: (b"1\t" * 30 + b"\n") * 60_000, heavy=True)
    yield Case("tab-bergerigi.txt", lambda: b"".join(b"1\t" * (k % 997) + b"x\n" for k in range(2000)), heavy=True)
    yield Case("pipa-berbaris.txt", lambda: (b"|1|2|3|\n") * 100_000, heavy=True)
    yield Case("juta-baris.txt", lambda: b"a\n" * 3_000_000, heavy=True)
    yield Case("baris-kosong.txt", lambda: b"\n" * 20_000_000, says="spasi", heavy=True)
    yield Case("kembali-saja.txt", lambda: b"a\r" * 100_000, heavy=True)
    yield Case("tabel-banyak.txt", lambda: ("Tabel 3.1 A\n1\t2\t3\n\nx\n" * 20_000).encode(), heavy=True)
    yield Case("angka-dalam.txt", _deep_numbers)
    yield Case("angka-raksasa.txt", _huge_numbers, heavy=True)
    yield Case(
        "terbilang-raksasa.txt",
        lambda: b"sebesar Rp1.000 (" + b"satu juta miliar triliun ratus belas puluh " * 9000 + b"rupiah)\n",
        heavy=True,
    )
    for name, unit in REPEATED.items():
        yield Case(f"ulang-{name}.txt", partial(_repeated, unit), heavy=True)


def _report(agency: str, name: str) -> bytes:
    return HEAD.format(agency=agency, title=f"Realisasi {name}", rows=ROWS.format(name=name)).encode("utf-8")


def _repeated(unit: str) -> bytes:
    """The unit as one long line, as a cell, and as many short lines."""
    long = unit * (LONG // len(unit))
    table = ROWS.format(name=unit * (4_000 // len(unit)))
    return HEAD.format(
        agency="DINAS KEBUN KOTA SUKAMAJU", title="Realisasi", rows=f"{table}\n\n{long}\n{(unit * 3 + chr(10)) * 300}"
    ).encode()


def _deep_numbers() -> bytes:
    deep = ["(" * n + "1.000" + ")" * n for n in (10, 1000, 50_000)]
    deep += ["-" * n + "1" for n in (10, 1000, 50_000)]
    deep += ["1" + "." * n + "5" for n in (10, 50_000)]
    rows = "\n".join(f"{k}\tProgram {k}\t{one}\t1\t1" for k, one in enumerate(deep))
    return HEAD.format(agency="DINAS", title="Realisasi", rows=f"{COLUMNS}\n{rows}").encode()


def _huge_numbers() -> bytes:
    numbers = ["9" * n for n in (20, 40, 400, 5000, 200_000)]
    numbers += [".".join(["999"] * n) for n in (12, 13, 200, 20_000)]
    numbers += ["1," + "9" * n for n in (30, 40, 5000)]
    numbers += ["1e999999999", "NaN", "Infinity", "-0", "0x10", "٣٤٥", "１２３", "1_000", "1.000.000.000,-", "½", "²"]
    rows = "\n".join(f"{k}\tProgram {k}\t{one}\t{one}\t{one}%" for k, one in enumerate(numbers))
    text = " ".join(f"Realisasi sebesar Rp{one} atau {one}% dari target." for one in numbers if len(one) < 5001)
    return HEAD.format(
        agency="DINAS KEBUN KOTA SUKAMAJU",
        title="Realisasi",
        rows=f"{COLUMNS}\n{rows}\n\n{text}",
    ).encode()
