"""The sentences of the program: key to (Indonesian, English). A problem's sentence says what, where, and what to do."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # OUT
    "out_is_file": (
        "{out} adalah berkas, bukan folder; pilih folder lain untuk --out",
        "{out} is a file, not a folder; choose another folder for --out",
    ),
    "out_not_writable": (
        "{out} tidak dapat ditulisi; periksa izinnya atau pilih folder lain untuk --out",
        "{out} cannot be written; check its permissions or choose another folder for --out",
    ),
    "out_full": (
        "tidak ada ruang lagi di {out}; kosongkan ruang lalu ulangi, yang sudah tersimpan tidak dibaca lagi",
        "no space is left in {out}; make room and run again, what is stored will not be read again",
    ),
    "out_error": ("{out} tidak dapat dipakai: {reason}", "{out} cannot be used: {reason}"),
    "out_name_taken": (
        "{out} adalah berkas di tempat sebuah dataset; pindahkan, atau pilih folder lain",
        "{out} is a file where a dataset belongs; move it away, or choose another folder",
    ),
    "out_locked": (
        "ingest lain sedang menulis ke {out}; tunggu sampai selesai, atau pilih folder lain untuk --out",
        "another ingest is writing to {out}; wait until it ends, or choose another folder for --out",
    ),
    "out_newer": (
        "{out} ditulis oleh lkjip yang lebih baru (skema {found}, program ini mengenal {known}); perbarui lkjip",
        "{out} was written by a newer lkjip (schema {found}, this program knows {known}); update lkjip",
    ),
    "out_older": (
        "{out} ditulis dengan skema lama ({found}; sekarang {known}); jalankan ingest ke folder baru",
        "{out} was written with an older schema ({found}; now {known}); ingest into a new folder",
    ),
    "out_marker_unreadable": (
        "{out} rusak, jadi isi foldernya tidak dapat dikenali; jalankan ingest ke folder baru",
        "{out} is damaged, so what its folder holds cannot be told; ingest into a new folder",
    ),
    "out_damaged": (
        "{out} rusak; hapus berkas itu lalu jalankan ingest lagi",
        "{out} is damaged; delete that file and run ingest again",
    ),
    "out_missing": (
        "{out} tidak ada atau bukan folder; berikan folder yang ditulis lkjip ingest",
        "{out} does not exist or is not a folder; give the folder that lkjip ingest wrote",
    ),
    "out_not_ours": (
        "{out} bukan hasil lkjip ingest (tidak ada _lkjip.json); berikan folder --out dari ingest",
        "{out} was not written by lkjip ingest (it has no _lkjip.json); give the --out folder of ingest",
    ),
    # sources
    "in_missing": ("{path} tidak ada; periksa namanya", "{path} does not exist; check its name"),
    "in_denied": (
        "{path} tidak boleh dibaca; periksa izinnya",
        "{path} may not be read; check its permissions",
    ),
    "in_error": ("{path} tidak dapat dibaca: {reason}", "{path} cannot be read: {reason}"),
    "in_kind": (
        "{path} berjenis {kind}; yang diterima: {accepted}",
        "{path} is of kind {kind}; accepted are {accepted}",
    ),
    "in_no_kind": (
        "{path} tidak berakhiran; yang diterima: {accepted}",
        "{path} has no suffix; accepted are {accepted}",
    ),
    "in_same_name": (
        "{path} bernama sama ({sumber}) dengan {other} tetapi isinya lain; berikan folder induk keduanya",
        "{path} has the same name ({sumber}) as {other} but other contents; give the parent folder of both",
    ),
    "in_vanished": (
        "{path} berubah atau hilang selagi dibaca; jalankan ingest lagi",
        "{path} changed or vanished while it was read; run ingest again",
    ),
    "in_not_file": ("{path} bukan berkas biasa", "{path} is not a regular file"),
    "nothing_found": (
        "tidak ada laporan di {sources}; yang diterima: {accepted}",
        "there is no report in {sources}; accepted are {accepted}",
    ),
    # kinds of what a folder holds beside reports
    "kind_hidden": ("tersembunyi", "hidden"),
    "kind_link": ("tautan ke luar folder", "link out of the folder"),
    "kind_none": ("tanpa akhiran", "without suffix"),
    "kind_special": ("bukan berkas biasa", "not a regular file"),
    # documents
    "timed_out": (
        "lebih lama dari {seconds} detik, dihentikan; beri waktu lebih dengan --timeout",
        "took longer than {seconds} seconds and was stopped; give it more with --timeout",
    ),
    "worker_died": (
        "proses pembacanya mati (mungkin kehabisan memori); dokumen lain tetap dikerjakan",
        "the process that read it died (out of memory, perhaps); other documents went on",
    ),
    "internal": (
        "kesalahan di dalam program ({error}); rinciannya di {log}, mohon dilaporkan",
        "an error inside the program ({error}); the details are in {log}, please report it",
    ),
    "internal_short": (
        "kesalahan di dalam program ({error}); mohon dilaporkan",
        "an error inside the program ({error}); please report it",
    ),
    # options
    "bad_choice": (
        "{option} tidak mengenal {value}; pilihannya: {choices}",
        "{option} does not know {value}; choose from: {choices}",
    ),
    "no_table": (
        "tidak ada tabel {label} di {name}; yang ada: {labels}",
        "there is no table {label} in {name}; there are: {labels}",
    ),
}
