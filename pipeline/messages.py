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
    "out_not_readable": (
        "{out} tidak boleh dibaca; periksa izinnya, atau kunci untuk penyimpanannya",
        "{out} may not be read; check its permissions, or the keys for its store",
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
    "out_link": (
        "{out} adalah tautan simbolis; lkjip hanya menulis ke folder OUT sendiri, jadi ganti dengan folder biasa atau pilih "
        "folder lain untuk --out",
        "{out} is a symbolic link; lkjip writes in the folder OUT itself alone, so put a plain folder in its place or choose "
        "another folder for --out",
    ),
    "out_bad_name": (
        "di dalam OUT ada dokumen bernama {name}, yang tidak mungkin ditulis lkjip; jalankan ingest ke folder baru",
        "OUT holds a document called {name}, which lkjip cannot have written; ingest into a new folder",
    ),
    "out_locked": (
        "perintah lain sedang menulis ke {out}; tunggu sampai selesai, atau pilih folder lain untuk --out",
        "another command is writing to {out}; wait until it ends, or choose another folder for --out",
    ),
    "out_locked_by": (
        "perintah lain ({host}, proses {pid}) sedang menulis ke {out}; tunggu sampai selesai. Bila proses itu sudah mati, "
        "kuncinya lepas sendiri dalam {seconds} detik",
        "another command ({host}, process {pid}) is writing to {out}; wait until it ends. If that process is dead, its "
        "lock goes by itself in {seconds} seconds",
    ),
    "out_lock_lost": (
        "kunci {out} lepas karena tidak dapat diperbarui tepat waktu (jaringan, atau komputer sempat tidur); ulangi, yang "
        "sudah tersimpan tidak dibaca lagi",
        "the lock of {out} was lost because it could not be renewed in time (network, or a computer that slept); run "
        "again, what is stored will not be read again",
    ),
    "out_changing": (
        "OUT terus berubah selama dibaca; ulangi setelah perintah yang menulisnya selesai",
        "OUT kept changing while it was read; run again after the command that writes to it has ended",
    ),
    "out_no_bucket": (
        "{out}: bucket itu tidak ada; buat dulu, atau periksa alamatnya dan AWS_ENDPOINT_URL",
        "{out}: there is no such bucket; create it first, or check the address and AWS_ENDPOINT_URL",
    ),
    "no_space": (
        "tidak ada ruang lagi di tempat keluaran (stdout) atau berkas sementara ditulis; kosongkan ruang lalu ulangi",
        "no space is left where the output (stdout) or temporary files are written; make room and run again",
    ),
    "compacted": ("{out}: {before} berkas menjadi {after}", "{out}: {before} files became {after}"),
    "compact_orphans": (
        "{n} berkas dokumen yang tidak ada di dokumen dihapus",
        "{n} files of documents that dokumen does not name were deleted",
    ),
    "compact_left": (
        "{n} berkas dibiarkan: dari versi lain program ini, atau ada berkas asing di foldernya",
        "{n} files were left alone: of another version of this program, or beside a file that is not ours",
    ),
    # addresses
    "address_unknown": (
        "{address}: alamat semacam itu tidak dikenal; berikan folder, file:///..., s3://bucket/... atau gs://bucket/...",
        "{address}: no such kind of address is known; give a folder, file:///..., s3://bucket/... or gs://bucket/...",
    ),
    "address_bad": (
        "{address}: alamat ini tidak dapat dipakai; berikan bucket dan jalurnya, tanpa * ? [ ] dan tanpa bagian kosong",
        "{address}: this address cannot be used; give a bucket and a path without * ? [ ] and without empty parts",
    ),
    "address_file": (
        "{address}: alamat file:// memuat jalur lengkap di komputer ini dan tanpa nama komputer lain; tulis file:///folder, "
        "atau folder itu tanpa file://",
        "{address}: a file:// address holds a whole path of this computer and no other computer's name; write file:///folder, "
        "or the folder without file://",
    ),
    "address_secret": (
        "alamat {scheme}:// ini memuat @; kunci dan kata sandi tidak diberikan di alamat, melainkan lewat lingkungan "
        "(AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS) atau berkas konfigurasi pustakanya",
        "this {scheme}:// address has an @ in it; keys and passwords are not given in an address but in the environment "
        "(AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS) or the configuration files of the libraries",
    ),
    "address_extra": (
        "untuk {scheme}:// diperlukan pustaka tambahan; jalankan: pip install 'lkjip[{extra}]'",
        "{scheme}:// needs another library; run: pip install 'lkjip[{extra}]'",
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
    "report_taken": (
        "{out} bukan laporan yang ditulis lkjip; pindahkan folder itu dulu",
        "{out} is not a report that lkjip wrote; move that folder away first",
    ),
    # cluster
    "cluster_address": (
        "--scheduler {address} bukan alamat penjadwal Dask; tulis seperti tcp://mesin:8786 atau tls://mesin:8786",
        "--scheduler {address} is no address of a Dask scheduler; write it like tcp://host:8786 or tls://host:8786",
    ),
    "cluster_extra": (
        "--scheduler membutuhkan Dask, yang belum terpasang; jalankan: pip install 'lkjip[cluster]'",
        "--scheduler needs Dask, which is not installed; run: pip install 'lkjip[cluster]'",
    ),
    "cluster_unreachable": (
        "penjadwal {address} tidak dapat dihubungi ({reason}); periksa alamatnya dan apakah dask scheduler berjalan",
        "the scheduler {address} cannot be reached ({reason}); check its address and that dask scheduler runs",
    ),
    "cluster_tls": (
        "{address} membutuhkan sertifikat; tulis distributed.comm.tls di konfigurasi Dask (docs/cluster.md)",
        "{address} needs certificates; put distributed.comm.tls into Dask's configuration (docs/cluster.md)",
    ),
    "cluster_empty": (
        "tidak ada pekerja di {address}; jalankan dask worker {address}, lalu ulangi; yang sudah tersimpan tidak dibaca lagi",
        "there is no worker at {address}; start dask worker {address} and run again; what is stored is not read again",
    ),
    "cluster_without": (
        "pekerja {worker} tidak dapat menjalankan lkjip ({reason}); pasang lkjip versi yang sama di sana",
        "the worker {worker} cannot run lkjip ({reason}); install the same version of lkjip there",
    ),
    "cluster_version": (
        "pekerja {worker} memakai {name} {held}, di sini {wanted}; pasang versi yang sama di semua mesin",
        "the worker {worker} has {name} {held}, here it is {wanted}; install the same version on all machines",
    ),
    "cluster_out": (
        "pekerja {worker} tidak melihat {out} ini; pilih --out yang dilihat semua mesin (folder bersama atau s3://)",
        "the worker {worker} does not see this {out}; choose an --out that all machines see (a shared folder or s3://)",
    ),
    "cluster_unseen": (
        "{path} tidak terlihat dari pekerja {worker}; taruh SOURCE di folder yang dilihat semua mesin",
        "{path} cannot be seen from the worker {worker}; put SOURCE into a folder that all machines see",
    ),
    "cluster_lost": (
        "penjadwal {address} hilang di tengah jalan ({reason}); ulangi perintahnya, yang sudah tersimpan tidak dibaca lagi",
        "the scheduler {address} was lost on the way ({reason}); run again, what is stored is not read again",
    ),
    # review
    "review_busy": (
        "{path} sedang dipakai terlalu lama oleh yang lain; coba lagi sebentar",
        "{path} has been in use by somebody else for too long; try again in a moment",
    ),
    "review_denied": ("{path} tidak dapat dipakai: {reason}", "{path} cannot be used: {reason}"),
    "review_damaged": (
        "{path} rusak ({reason}); pulihkan dari cadangan, atau pindahkan berkas itu untuk mulai tanpa tinjauan",
        "{path} is damaged ({reason}); restore it from a backup, or move it away to begin without reviews",
    ),
    "review_newer": (
        "{path} ditulis oleh lkjip yang lebih baru; perbarui lkjip",
        "{path} was written by a newer lkjip; update lkjip",
    ),
    "review_nothing": (
        "tidak ada yang disimpan; berikan status atau catatan",
        "there is nothing to keep; give a status or a note",
    ),
    "review_long": ("terlalu panjang; paling banyak {n} karakter", "too long; at most {n} characters"),
    "review_same": (
        "{read} memang sudah terbaca begitu; tidak ada yang ditandai",
        "{read} is how it was read; nothing was marked",
    ),
    "review_no_number": (
        "{value} tidak dapat dibaca sebagai angka; tulis angkanya seperti tercetak",
        "{value} cannot be read as a number; write it as it is printed",
    ),
    "review_no_finding": (
        "tidak ada temuan {id} di {out}; lihat lkjip review {out} --list",
        "there is no finding {id} in {out}; see lkjip review {out} --list",
    ),
    "review_no_figure": (
        "tidak ada angka {figure} pada dokumen {document} di {out}; lihat kolom angka pada lkjip review {out} --list",
        "there is no figure {figure} in document {document} of {out}; see lkjip review {out} --list",
    ),
    "review_usage": (
        "berikan --set TEMUAN_ID STATUS, --note, --misread DOKUMEN ANGKA NILAI, atau --list",
        "give --set TEMUAN_ID STATUS, --note, --misread DOCUMENT ANGKA VALUE, or --list",
    ),
    "review_stale": (
        "status {id} tidak diubah: sementara itu {by} menetapkannya {status}; catatan Anda tetap tersimpan",
        "the status of {id} was not changed: meanwhile {by} set it to {status}; your note was kept",
    ),
    "review_set": ("{id}: {status}", "{id}: {status}"),
    "review_marked": (
        "{figure}: terbaca {read}, yang benar {right} (dibaca sebagai {value}); berlaku pada ingest berikutnya",
        "{figure}: read as {read}, right is {right} (taken as {value}); honoured by the next ingest",
    ),
    "review_unmarked": ("{figure}: tanda salah baca dicabut", "{figure}: no longer marked as misread"),
    "review_gone": ("tidak muncul lagi", "no longer found"),
    "review_misreadings": ("Angka yang ditandai salah baca ({n})", "Figures marked as misread ({n})"),
    "somebody": ("orang lain", "somebody else"),
    "head_status": ("status", "status"),
    "head_note": ("catatan", "note"),
    "head_by": ("oleh", "by"),
    "head_document": ("dokumen", "document"),
    "head_read": ("terbaca", "read as"),
    "head_right": ("yang benar", "right"),
    "head_figure": ("angka", "figure"),
    # dashboard and export
    "extra_missing": (
        "{package} belum terpasang; jalankan: pip install 'lkjip[dashboard]'",
        "{package} is not installed; run: pip install 'lkjip[dashboard]'",
    ),
    "dashboard_at": (
        "dasbor {out}: http://127.0.0.1:{port} (hentikan dengan Ctrl-C)",
        "dashboard of {out}: http://127.0.0.1:{port} (stop it with Ctrl-C)",
    ),
    "dashboard_port": (
        "port {port} sudah dipakai; pilih yang lain dengan --port",
        "port {port} is in use; choose another with --port",
    ),
    "export_taken": (
        "{path} sudah ada dan bukan hasil lkjip export; pilih nama lain",
        "{path} exists and was not written by lkjip export; choose another name",
    ),
    "export_no_folder": (
        "folder {folder} tidak ada; buat dulu, atau pilih jalur lain untuk --duckdb",
        "there is no folder {folder}; create it first, or choose another path for --duckdb",
    ),
    "export_failed": ("{path} tidak dapat ditulis: {reason}", "{path} cannot be written: {reason}"),
    "exported_copy": (
        "{path} ditulis: {views} view atas salinan {out} pada saat ini, karena DuckDB tidak membaca penyimpanan objek tanpa "
        "pengaya; ekspor lagi setelah ingest",
        "{path} written: {views} views over a copy of {out} as it is now, for DuckDB reads no object store without an extension; "
        "export again after an ingest",
    ),
    "exported": (
        "{path} ditulis: {views} view atas {out} (jalur mutlak; ekspor lagi bila OUT dipindahkan)",
        "{path} written: {views} views over {out} (absolute paths; export again if OUT moves)",
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
    "kind_about": ("keterangan folder", "about the folder"),
    "kind_hidden": ("tersembunyi", "hidden"),
    "kind_link": ("tautan ke luar folder", "link out of the folder"),
    "kind_dangling": ("tautan ke berkas yang tidak ada", "link to a file that is not there"),
    "kind_none": ("tanpa akhiran", "without suffix"),
    "kind_special": ("bukan berkas biasa", "not a regular file"),
    "kind_up": ("kunci dengan bagian ..", "a key with a part .."),
    # documents
    "timed_out": (
        "lebih lama dari {seconds} detik, dihentikan; beri waktu lebih dengan --timeout",
        "took longer than {seconds} seconds and was stopped; give it more with --timeout",
    ),
    "memory_out": (
        "memerlukan lebih dari {megabytes} MB memori, dihentikan; beri lebih dengan --memory",
        "needed more than {megabytes} MB of memory and was stopped; give it more with --memory",
    ),
    "worker_died": (
        "proses pembacanya mati (mungkin kehabisan memori); dokumen lain tetap dikerjakan",
        "the process that read it died (out of memory, perhaps); other documents went on",
    ),
    "internal_short": (
        "kesalahan di dalam program ({error}); mohon dilaporkan",
        "an error inside the program ({error}); please report it",
    ),
    # options
    "bad_since": (
        "--since tidak mengenal {value}; tulis lamanya dalam menit, jam, hari atau minggu (30m, 12h, 7d, 2w) atau tanggalnya "
        "(2026-01-31)",
        "--since does not know {value}; write how long in minutes, hours, days or weeks (30m, 12h, 7d, 2w) or the date "
        "(2026-01-31)",
    ),
    "prune_empty": (
        "--prune tidak menghapus apa pun dari {source}: tidak ada satu laporan pun di sana; periksa apakah diska terpasang",
        "--prune took nothing of {source} away: there is no report in it at all; see that its disk is mounted",
    ),
    "prune_other": (
        "--prune tidak menghapus apa pun dari {name}: dulu dibaca juga dari {other}, yang sekarang tidak ada; "
        "bila folder itu dipindahkan, hapus catatan lama di OUT/_runs lalu ulangi",
        "--prune took nothing of {name} away: it was also read from {other}, which is not there now; "
        "if that folder was moved, delete the old logs in OUT/_runs and run again",
    ),
    "bad_choice": (
        "{option} tidak mengenal {value}; pilihannya: {choices}",
        "{option} does not know {value}; choose from: {choices}",
    ),
    "bad_material": (
        "--material tidak mengenal {value}; tulis rupiah, persen, atau keduanya: 1.000.000, 0,5%, atau '1.000.000; 0,5%'",
        "--material does not know {value}; write rupiah, a percentage or both: 1.000.000, 0.5% or '1.000.000; 0.5%'",
    ),
    "bad_nul": (
        "ada karakter NUL dalam baris perintah; nama berkas dan nilai tidak boleh memuatnya",
        "there is a NUL character in the command line; names of files and values cannot hold one",
    ),
    "bad_limit": (
        "--limit tidak mengenal {value}; tulis NAMA=BILANGAN (k, M, G: ribu, juta, miliar), misalnya pages=5000; "
        "namanya: {names}",
        "--limit does not know {value}; write NAME=NUMBER (k, M, G: thousands, millions, thousands of millions), such as "
        "pages=5000; the names are {names}",
    ),
    "no_table": (
        "tidak ada tabel {label} di {name}; yang ada: {labels}",
        "there is no table {label} in {name}; there are: {labels}",
    ),
    "image_needs_pdf": (
        "{name} bukan PDF, tidak ada halaman untuk digambar; --page dan --image hanya untuk PDF",
        "{name} is not a PDF and has no pages to draw; --page and --image are for PDFs",
    ),
    "image_and_page": (
        "--image memerlukan --page, dan --page memerlukan --image: halaman mana, digambar ke berkas mana",
        "--image needs --page and --page needs --image: which page, drawn to which file",
    ),
    "no_page": (
        "tidak ada halaman {page} di {name}; berkas itu berisi {count} halaman",
        "there is no page {page} in {name}; it has {count} pages",
    ),
    "image_written": ("halaman {page} digambar ke {out}", "page {page} was drawn to {out}"),
    "image_legend": (
        "kotak: sel, satu warna untuk satu tabel; arsiran: kepala tabel dengan arti kolomnya; hijau: nilai yang terbaca; "
        "jingga: bukan angka biasa atau tidak pasti; T: temuan; ?: keraguan atas pembacaan",
        "boxes: cells, one colour for a table; shaded: its header with what the columns mean; green: values as read; "
        "orange: no plain number, or not certain; T: findings; ?: doubts about the reading",
    ),
    "no_rows_option": (
        "{option} {value} tidak ada di {out}; yang ada: {choices}",
        "{option} {value} is not in {out}; there are: {choices}",
    ),
    "exists": (
        "{path} sudah ada; beri nama lain dengan --out, atau timpa dengan --force",
        "{path} exists; give another name with --out, or overwrite it with --force",
    ),
    "manifest_unused": (
        "manifest: tidak ada berkas bernama {files}; periksa ejaannya",
        "manifest: there is no file named {files}; check its spelling",
    ),
    # the closing summary
    "sum_read": ("dibaca", "read"),
    "sum_unchanged": ("tidak berubah", "unchanged"),
    "sum_other": ("jenis lain", "of another kind"),
    "sum_failed": ("gagal", "failed"),
    "interrupted": (
        "dihentikan; yang sudah selesai tersimpan di {out}, perintah yang sama melanjutkannya",
        "stopped; what is done is stored in {out}, the same command goes on from there",
    ),
    "interrupted_early": ("dihentikan; ulangi dengan perintah yang sama", "stopped; run the same command again"),
    "sum_copies": ("{n} salinan isi yang sama", "{n} copies of the same contents"),
    "ok": ("terbaca", "read"),
    "partial": ("terbaca sebagian", "read in part"),
    "failed": ("gagal", "failed"),
    "sum_tables": ("tabel", "tables"),
    "sum_figures": ("angka", "figures"),
    "sum_records": (
        "anggaran {anggaran}, kinerja {kinerja}, klaim {klaim}",
        "{anggaran} budget lines, {kinerja} indicators, {klaim} statements",
    ),
    "sum_checks": ("pemeriksaan", "checks"),
    "sum_findings": ("temuan", "findings"),
    "sum_doubts": ("keraguan", "doubts"),
    "sum_across": ("antardokumen", "across documents"),
    "sum_across_parts": (
        "{n} temuan; {documents} dokumen dari {agencies} instansi dibandingkan: {agree} angka cocok, {differ} berbeda, "
        "{apart} tidak dapat dibandingkan",
        "{n} findings; {documents} documents of {agencies} agencies compared: {agree} figures agree, {differ} differ, "
        "{apart} cannot be compared",
    ),
    "sum_groups": (
        "{parts} dokumen adalah bagian dari laporan lain, {old} versi lama",
        "{parts} documents are parts of another one's report, {old} are older versions",
    ),
    "across_unchanged": (
        "{n} instansi tidak berubah sejak terakhir",
        "{n} agencies did not change since the last time",
    ),
    "sum_time": ("selesai dalam {seconds} detik; hasil di {out}", "done in {seconds} seconds; results in {out}"),
    "sum_recovered": (
        "{n} dokumen dari ingest yang terputus diselesaikan",
        "{n} documents of an ingest that was cut short were completed",
    ),
    "sum_log": ("rincian kesalahan di dalam program: {log}", "details of the error inside the program: {log}"),
    "sum_look": ("lihat temuan: lkjip findings {out}", "see the findings: lkjip findings {out}"),
    "sum_pruned": (
        "{n} nama dihapus karena berkasnya sudah tidak ada",
        "{n} names taken away, for their files are gone",
    ),
    "pruned": ("berkasnya tidak ada lagi", "its file is gone"),
    "sum_older": ("{n} tidak berubah sejak --since", "{n} not changed since --since"),
    "sum_retry": (
        "yang gagal sebelumnya tidak dicoba lagi; coba dengan --retry-failed",
        "what failed before is not tried again; try it with --retry-failed",
    ),
    "and_more": ("... dan {n} lagi", "... and {n} more"),
    "cocok": ("cocok", "agree"),
    "tidak_cocok": ("tidak cocok", "disagree"),
    "tak_teruji": ("tak teruji", "untestable"),
    "tinggi": ("tinggi", "high"),
    "sedang": ("sedang", "medium"),
    "rendah": ("rendah", "low"),
    # findings, show, rules, datasets
    "no_findings": ("tidak ada temuan", "no findings"),
    "n_findings": ("{n} temuan: {parts}", "{n} findings: {parts}"),
    "checked": ("{n} pemeriksaan: {parts}", "{n} checks: {parts}"),
    "head_severity": ("tingkat", "severity"),
    "head_rule": ("aturan", "rule"),
    "head_place": ("tempat", "place"),
    "head_finding": ("temuan", "finding"),
    "at_page": ("hlm. {n}", "p. {n}"),
    "at_line": ("baris {n}", "line {n}"),
    "at_table": ("tabel {label}", "table {label}"),
    "unknown_agency": ("instansi tidak dikenal", "agency unknown"),
    "unknown_year": ("tahun tidak dikenal", "year unknown"),
    "head_table": ("tabel", "table"),
    "head_title": ("judul", "title"),
    "head_kind": ("jenis", "kind"),
    "head_columns": ("kolom", "columns"),
    "head_rows": ("baris", "rows"),
    "head_level": ("tingkat", "level"),
    "head_name": ("uraian", "name"),
    "head_year": ("tahun", "year"),
    "head_stage": ("tahap", "stage"),
    "head_sentence": ("kalimat", "sentence"),
    "head_statement": ("pernyataan", "statement"),
    "head_source": ("sumber", "source"),
    "head_column": ("kolom", "column"),
    "head_type": ("tipe", "type"),
    "head_meaning": ("arti", "meaning"),
    "one_row_per": ("satu baris untuk setiap {row}", "one row for each {row}"),
    "doubts_head": ("Keraguan atas pembacaan ({n})", "Doubts about our own reading ({n})"),
    "claims_head": ("Pernyataan dalam teks ({n})", "Statements in running text ({n})"),
    "tables_head": ("Tabel ({n})", "Tables ({n})"),
    "report_written": (
        "laporan ditulis: {documents} dokumen, {findings} temuan; buka {index}",
        "report written: {documents} documents, {findings} findings; open {index}",
    ),
    "manifest_written": (
        "{path} ditulis: {n} berkas; perbaiki, lalu berikan dengan lkjip ingest --manifest {path}",
        "{path} written: {n} files; correct it, then give it back with lkjip ingest --manifest {path}",
    ),
}
