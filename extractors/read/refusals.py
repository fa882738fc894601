"""Why a file is refused: one sentence in Indonesian and in English for each reason (what, where, what to do)."""

from __future__ import annotations

from typing import Any

from schemas.errors import UnreadableInput

REASONS: dict[str, tuple[str, str]] = {
    "missing": ("{name}: berkas tidak ada; periksa alamatnya.", "{name}: there is no such file; check the path."),
    "folder": (
        "{name}: bukan berkas biasa; berikan berkas laporan atau folder berisi laporan.",
        "{name}: not a regular file; give a report file or a folder of them.",
    ),
    "denied": (
        "{name}: tidak boleh dibaca; ubah izin berkasnya.",
        "{name}: no permission to read it; change its permissions.",
    ),
    "unreadable": (
        "{name}: tidak dapat dibaca ({why}); periksa media simpan atau alamatnya.",
        "{name}: cannot be read ({why}); check the disk or the path.",
    ),
    "empty": (
        "{name}: berkas kosong (0 byte); ambil kembali laporannya.",
        "{name}: the file is empty (0 bytes); get the report again.",
    ),
    "large": (
        "{name}: {size} byte melebihi batas {limit}; bagi berkasnya, atau naikkan batasnya dengan --limit {option}=N.",
        "{name}: {size} bytes is more than the limit of {limit}; split the file, or raise the limit with --limit {option}=N.",
    ),
    "blank": (
        "{name}: berkas hanya berisi spasi; berikan teks laporannya.",
        "{name}: the file holds only white space; give the report's text.",
    ),
    "long_line": (
        "{name}: satu baris berisi {size} karakter (batas {limit}); ini bukan laporan yang diubah menjadi teks,"
        " ubah lagi aslinya dengan pergantian baris tetap ada, atau naikkan batasnya dengan --limit line=N.",
        "{name}: one line has {size} characters (limit {limit}); this is not a report converted to text,"
        " convert the original again with line breaks kept, or raise the limit with --limit line=N.",
    ),
    "many_lines": (
        "{name}: {count} baris, lebih dari {limit}; bagi berkasnya, atau naikkan batasnya dengan --limit lines=N.",
        "{name}: has {count} lines, more than {limit}; split the file, or raise the limit with --limit lines=N.",
    ),
    "many_columns": (
        "{name}: satu baris berisi {count} kolom (batas {limit}); ini bukan tabel laporan, ubah lagi aslinya,"
        " atau naikkan batasnya dengan --limit columns=N.",
        "{name}: one line has {count} columns (limit {limit}); this is no table of a report, convert the original again,"
        " or raise the limit with --limit columns=N.",
    ),
    "unpacked": (
        "{name}: sebagian isinya terurai menjadi lebih dari {limit} byte; ekspor kembali dari sumbernya,"
        " atau naikkan batasnya dengan --limit {option}=N.",
        "{name}: a part of it unpacks to more than {limit} bytes; export it again from its source,"
        " or raise the limit with --limit {option}=N.",
    ),
    "encoding": (
        "{name}: bukan {encoding} yang sah pada byte {at}; ubah menjadi UTF-8.",
        "{name}: not valid {encoding} at byte {at}; convert it to UTF-8.",
    ),
    "no_encoding": (
        "{name}: byte {at} tidak cocok dengan UTF-8, UTF-16 maupun cp1252; ini bukan berkas teks, atau ubah menjadi UTF-8.",
        "{name}: byte {at} fits none of UTF-8, UTF-16 and cp1252; this is not a text file, or convert it to UTF-8.",
    ),
    "binary": (
        "{name}: isinya biner, bukan teks; berikan laporan sebagai PDF atau teks.",
        "{name}: the content is binary, not text; give the report as PDF or as text.",
    ),
    "kind": (
        "{name}: berkas jenis {kind} tidak dibaca; berikan salah satu dari {kinds}.",
        "{name}: files of kind {kind} are not read; give one of {kinds}.",
    ),
    "not_pdf": (
        "{name}: bukan berkas PDF, apa pun namanya; berikan PDF-nya.",
        "{name}: not a PDF file, whatever its name says; give the PDF itself.",
    ),
    "damaged": (
        "{name}: rusak atau terpotong dan tidak dapat dibuka sebagai PDF; salin atau ekspor kembali.",
        "{name}: damaged or cut short and cannot be opened as a PDF; copy or export it again.",
    ),
    "no_pages": (
        "{name}: tidak berhalaman; ekspor kembali dari sumbernya.",
        "{name}: has no pages; export it again from its source.",
    ),
    "many_pages": (
        "{name}: {count} halaman, lebih dari {limit}; bagi menurut laporannya, atau naikkan batasnya dengan --limit pages=N.",
        "{name}: has {count} pages, more than {limit}; split it into its reports, or raise the limit with --limit pages=N.",
    ),
    "locked": (
        "{name}: dilindungi kata sandi; berikan dengan --password.",
        "{name}: protected by a password; give it with --password.",
    ),
    "wrong_password": (
        "{name}: dilindungi kata sandi, dan yang diberikan tidak membukanya; berikan kata sandi yang benar dengan --password.",
        "{name}: protected by a password, and the one given does not open it; give the right one with --password.",
    ),
}


def refuse(reason: str, name: str, **values: Any) -> UnreadableInput:
    """The exception for a reason of `REASONS`, its sentences filled in; numbers are grouped."""
    shown = {k: f"{v:,}".replace(",", ".") if isinstance(v, int) else v for k, v in values.items()}
    english = {k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()}
    indonesian_text, english_text = REASONS[reason]
    return UnreadableInput(indonesian_text.format(name=name, **shown), english_text.format(name=name, **english))
