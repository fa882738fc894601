"""The command line: arguments in, exit code out. What each command does stands in `pipeline/commands.py`.

Nothing heavy is imported here, so that `lkjip --help` answers at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from pipeline.location import location

_EN = os.environ.get("LKJIP_LANG", "id") == "en"

MOST_SECONDS = 10_000_000


def _h(indonesian: str, english: str) -> str:
    """Help in the language of LKJIP_LANG."""
    return english if _EN else indonesian


class Lang(StrEnum):
    ID = "id"
    EN = "en"


class Ocr(StrEnum):
    AUTO = "auto"
    OFF = "off"
    FORCE = "force"


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


app = typer.Typer(
    name="lkjip",
    help=_h(
        "Membaca laporan kinerja instansi pemerintah (LKjIP, LAKIP, RKT, PK) menjadi data yang dapat ditelusuri, "
        "dan menemukan angka yang tidak cocok. Bahasa Inggris: LKJIP_LANG=en.",
        "Reads Indonesian government performance reports (LKjIP, LAKIP, RKT, PK) into traceable data, and finds the "
        "figures that do not agree.",
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

LangOption = Annotated[
    Lang, typer.Option("--lang", envvar="LKJIP_LANG", help=_h("bahasa keluaran", "language of the output"))
]
PasswordOption = Annotated[
    str | None,
    typer.Option("--password", envvar="LKJIP_PASSWORD", help=_h("kata sandi PDF terkunci", "password of locked PDFs")),
]
OcrOption = Annotated[
    Ocr,
    typer.Option("--ocr", help=_h("kapan gambar halaman dibaca: auto, off, force", "when page images are read")),
]
MaterialOption = Annotated[
    str | None,
    typer.Option(
        "--material",
        help=_h(
            "mulai selisih mana temuan uang bertingkat tinggi: rupiah, persen dari jumlahnya, atau keduanya",
            "from which difference a finding about money is high: rupiah, percent of its total, or both",
        ),
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help=_h(
            "batas satu berkas, misalnya pages=5000 atau unpacked=64M (boleh berulang)",
            "a limit of one file, such as pages=5000 or unpacked=64M (may be repeated)",
        ),
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help=_h("bentuk keluaran", "form of the output"))]
# A folder or an address (s3://, gs://, file://), which is no path: `location` tells them apart.
OutFolder = Annotated[
    str,
    typer.Argument(metavar="OUT", help=_h("folder atau alamat hasil ingest", "folder or address that ingest wrote")),
]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline.version import version

        typer.echo(f"lkjip {version()}")
        raise typer.Exit


def _seconds(text: str | float) -> float:
    """The value of --timeout."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 1 <= value <= MOST_SECONDS:  # which holds of nan too
        raise typer.BadParameter(f"{text} is not a number of seconds from 1 to {MOST_SECONDS}.")
    return value


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_h("versi program", "the version"))
    ] = False,
) -> None:
    pass


@app.command(
    help=_h(
        "Baca semua laporan di SOURCE (folder atau berkas) ke dataset di OUT.",
        "Read all reports of SOURCE (folders or files) into the datasets of OUT.",
    )
)
def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", help=_h("folder, berkas, atau alamat s3://", "folders, files or s3:// addresses")
        ),
    ],
    out: Annotated[str, typer.Option("--out", help=_h("folder atau alamat hasil", "folder or address of the results"))],
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help=_h("CSV: file, instansi, wilayah, year, jenis", "CSV of identities by hand")),
    ] = None,
    aliases: Annotated[
        Path | None,
        typer.Option("--aliases", help=_h("CSV: nama lain satu instansi", "CSV of an agency's other names")),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=0, help=_h("proses serentak (baku: jumlah inti)", "processes (default: cores)")),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout",
            parser=_seconds,
            metavar="SECONDS",
            help=_h("detik untuk satu dokumen sampai 50 halaman", "seconds for a document of up to 50 pages"),
        ),
    ] = 600,
    memory: Annotated[
        int,
        typer.Option(
            "--memory",
            min=0,
            help=_h("MB memori untuk satu dokumen (0: tanpa batas)", "MB of memory for a document (0: no limit)"),
        ),
    ] = 2048,
    password: PasswordOption = None,
    ocr: OcrOption = Ocr.AUTO,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help=_h("coba lagi yang dahulu gagal", "try again what failed before")),
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help=_h("hapus baris berkas yang sudah tidak ada", "take away rows of files that are gone")
        ),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help=_h(
                "hanya berkas yang berubah sejak: 7d, 12h, 2026-01-31", "only files changed since: 7d, 12h, 2026-01-31"
            ),
        ),
    ] = None,
    log_json: Annotated[
        bool,
        typer.Option("--log-json", help=_h("satu objek JSON per baris di stdout", "one JSON object a line on stdout")),
    ] = False,
    material: MaterialOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="tcp://HOST:PORT",
            help=_h("penjadwal Dask: baca di klaster, bukan di mesin ini", "a Dask scheduler: read on its cluster"),
        ),
    ] = None,
    limit: LimitOption = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(
        commands.ingest(
            [location(source) for source in sources],
            location(out),
            manifest=manifest,
            aliases=aliases,
            jobs=jobs,
            timeout=timeout,
            memory=memory,
            password=password,
            ocr=ocr.value,
            retry_failed=retry_failed,
            prune=prune,
            since=since,
            log_json=log_json,
            material=material,
            scheduler=scheduler,
            limits=limit or (),
            lang=lang.value,
        )
    )


@app.command(
    help=_h(
        "Bandingkan dokumen satu instansi di OUT: tahun lalu, rencana, bagian dan versi (ingest juga melakukannya).",
        "Compare the documents of each agency in OUT: last years, plans, parts and versions (ingest does it too).",
    )
)
def reconcile(
    out: OutFolder,
    everything: Annotated[
        bool, typer.Option("--all", help=_h("semua instansi, juga yang tidak berubah", "unchanged agencies too"))
    ] = False,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(commands.reconcile(location(out), everything, lang.value))


@app.command(
    help=_h(
        "Gabungkan berkas-berkas kecil OUT menjadi satu untuk tiap instansi dan tahun; isinya tetap.",
        "Merge the small files of OUT into one for each agency and year; what they hold stays the same.",
    )
)
def compact(out: OutFolder, lang: LangOption = Lang.ID) -> None:
    from pipeline import commands

    raise typer.Exit(commands.compact(location(out), lang.value))


@app.command(help=_h("Tampilkan temuan yang tersimpan di OUT.", "Show the findings stored in OUT."))
def findings(
    out: OutFolder,
    agency: Annotated[
        str | None,
        typer.Option("--agency", help=_h("instansi: slug atau bagiannya", "agency: its slug or a part of it")),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help=_h("tahun anggaran", "fiscal year"))] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help=_h("aturan (boleh berulang)", "rule (may be repeated)"))
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option("--severity", help=_h("tinggi, sedang, rendah (boleh berulang)", "tinggi, sedang, rendah")),
    ] = None,
    format_: FormatOption = Format.TABLE,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands
    from pipeline.answers import Filter

    wanted = Filter(agency, year, tuple(rule or ()), tuple(severity or ()))
    raise typer.Exit(commands.findings(location(out), wanted, format_.value, lang.value))


@app.command(
    help=_h(
        "Tulis laporan pemeriksaan ke OUT/laporan: halaman HTML, temuan.xlsx, temuan.csv.",
        "Write the auditor's report to OUT/laporan: HTML pages, temuan.xlsx, temuan.csv.",
    )
)
def report(
    out: OutFolder,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help=_h("folder sumber bila sudah pindah", "where the sources are, if they moved")),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=0, help=_h("proses serentak (baku: jumlah inti)", "processes (default: cores)")),
    ] = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(commands.report(location(out), [location(one) for one in source or ()], jobs, lang.value))


@app.command(
    help=_h(
        "Tinjau temuan OUT: status, catatan, angka yang salah kami baca.",
        "Review the findings of OUT: status, notes, figures that we misread.",
    )
)
def review(
    out: OutFolder,
    show: Annotated[bool, typer.Option("--list", help=_h("tampilkan semua tinjauan", "show all reviews"))] = False,
    set_: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--set",
            metavar="TEMUAN_ID STATUS",
            help=_h(
                "baru, diterima, ditolak, selesai; - untuk catatan saja", "status of a finding; - for a note alone"
            ),
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", help=_h("catatan untuk --set", "note with --set"))] = "",
    misread: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            "--misread",
            metavar="DOCUMENT ANGKA VALUE",
            help=_h('angka yang tercetak sebenarnya; "" mencabut', 'what the page really says; "" takes it back'),
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", envvar="LKJIP_BY", help=_h("nama peninjau", "name of the reviewer"))] = "",
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline.review.command import Wish
    from pipeline.review.command import review as run

    raise typer.Exit(run(location(out), Wish(show, set_, misread, note, by), lang.value))


@app.command(
    help=_h("Buka dasbor OUT di peramban, hanya dari komputer ini.", "Open a dashboard of OUT in the browser.")
)
def dashboard(
    out: OutFolder,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=_h("port di 127.0.0.1", "port"))] = 8501,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=_h("buka peramban", "open the browser"))
    ] = True,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline.dashboard.launch import launch

    raise typer.Exit(launch(location(out), port, browser, lang.value))


@app.command(
    help=_h(
        "Tulis berkas DuckDB berisi view atas Parquet OUT, dengan keterangan tiap kolom.",
        "Write a DuckDB file of views over the Parquet of OUT, every column described.",
    )
)
def export(
    out: OutFolder,
    duckdb: Annotated[Path, typer.Option("--duckdb", metavar="FILE", help=_h("berkas DuckDB", "DuckDB file"))],
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline.dashboard.export import command

    raise typer.Exit(command(location(out), duckdb, lang.value))


@app.command(
    help=_h("Tampilkan apa yang terbaca dari satu berkas; tidak ada yang ditulis.", "Show what is read from one file.")
)
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_h("berkas laporan", "report file"))],
    table: Annotated[
        str | None, typer.Option("--table", help=_h("satu tabel saja: nomornya (III.10)", "one table: its number"))
    ] = None,
    page: Annotated[
        int | None, typer.Option("--page", help=_h("halaman PDF untuk digambar", "page of a PDF to draw"))
    ] = None,
    image: Annotated[
        Path | None,
        typer.Option("--image", help=_h("gambar halaman itu ke berkas PNG ini", "draw that page to this PNG file")),
    ] = None,
    password: PasswordOption = None,
    ocr: OcrOption = Ocr.AUTO,
    limit: LimitOption = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(
        commands.show(
            location(file), table, password, ocr.value, lang.value, page=page, image=image, limits=limit or ()
        )
    )


@app.command(
    help=_h(
        "Periksa berkas tanpa menulis apa pun. Kode keluar: 0 tanpa temuan, 1 ada temuan, 3 tidak terbaca.",
        "Check files, writing nothing. Exit code: 0 no findings, 1 findings, 3 unreadable.",
    )
)
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=_h("berkas laporan", "report files"))],
    format_: FormatOption = Format.TABLE,
    password: PasswordOption = None,
    ocr: OcrOption = Ocr.AUTO,
    material: MaterialOption = None,
    limit: LimitOption = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(
        commands.check(
            [location(one) for one in files],
            format_.value,
            password,
            ocr.value,
            lang.value,
            material=material,
            limits=limit or (),
        )
    )


@app.command(
    help=_h(
        "Tulis CSV identitas yang dikenali dari tiap berkas, untuk diperbaiki dan diberikan ke ingest --manifest.",
        "Write a CSV of what was recognised of each file, to be corrected and given to ingest --manifest.",
    )
)
def manifest(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=_h("folder laporan", "folder of reports"))],
    out: Annotated[Path, typer.Option("--out", help=_h("berkas CSV", "CSV file"))] = Path("manifest.csv"),
    force: Annotated[bool, typer.Option("--force", help=_h("timpa bila sudah ada", "overwrite it"))] = False,
    password: PasswordOption = None,
    ocr: OcrOption = Ocr.AUTO,
    limit: LimitOption = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(
        commands.manifest(location(folder), out, force, password, ocr.value, lang.value, limits=limit or ())
    )


@app.command(help=_h("Tampilkan aturan pemeriksaan.", "Show the rules of the checker."))
def rules(lang: LangOption = Lang.ID) -> None:
    from pipeline import commands

    raise typer.Exit(commands.rules(lang.value))


@app.command(help=_h("Tampilkan dataset dan kolomnya.", "Show the datasets and their columns."))
def datasets(
    name: Annotated[str | None, typer.Argument(metavar="DATASET", help=_h("satu dataset", "one dataset"))] = None,
    lang: LangOption = Lang.ID,
) -> None:
    from pipeline import commands

    raise typer.Exit(commands.datasets(name, lang.value))


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. An error is one sentence on stderr; LKJIP_DEBUG=1 gives its traceback."""
    given = list(sys.argv[1:] if args is None else args)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by who called
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows "?" for it
            stream.reconfigure(errors="replace")
    code = _run(given)
    try:
        sys.stdout.flush()  # what is printed is kept back for a while
    except OSError as error:
        _give_stdout_up()
        return code if code or isinstance(error, BrokenPipeError) else _told(error, given)
    return code


def _run(given: list[str]) -> int:
    try:
        if any("\0" in one for one in given):  # the system passes none, another program may
            from pipeline.i18n import problem
            from schemas.errors import BadOption

            raise problem(BadOption, "bad_nul")
        app(given, prog_name="lkjip")
    except SystemExit as end:
        if end.__context__ is not None and isinstance(end.__context__.__cause__, KeyboardInterrupt):
            return interrupted(given)  # typer makes an exit of it
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return interrupted(given)
    except BrokenPipeError:
        _give_stdout_up()  # the reader of a pipe has gone
        return 0
    except Exception as error:  # noqa: BLE001 - the last place where an error can be told in a sentence
        return _told(error, given)
    return 0


def _give_stdout_up() -> None:
    """What is left to print goes nowhere: Python must not complain about it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: Exception, given: Sequence[str]) -> int:
    from pipeline.commands import tell

    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        from pipeline.i18n import problem
        from schemas.errors import UnusableOutput

        full = problem(UnusableOutput, "no_space")
        full.__cause__ = error
        return tell(full, _language(given))
    return tell(error, _language(given))


def interrupted(args: Sequence[str]) -> int:
    """Ctrl-C before a command could look after it, or in one that leaves nothing half done."""
    from pipeline.i18n import say
    from pipeline.text import terminal

    print(terminal(f"lkjip: {say('interrupted_early', _language(args))}"), file=sys.stderr)
    return 130


def _language(args: Sequence[str]) -> str:
    """The language an error is told in, where the command that knew it is gone."""
    for i, arg in enumerate(args):
        if arg == "--lang" and i + 1 < len(args) and args[i + 1] in ("id", "en"):
            return args[i + 1]
        if arg in ("--lang=id", "--lang=en"):
            return arg[-2:]
    return "en" if _EN else "id"
