"""A folder with every name, link and special file that a folder can hold, around reports that are sound."""

from __future__ import annotations

import os
import socket
from pathlib import Path

NAMES: tuple[bytes, ...] = (
    b"baris\nbaru.txt",
    b"\r\t\x1b[31mmerah\x07.txt",
    "balik-\u202etxt.exe.txt".encode(),
    "\u2066\u200f\u061carab.txt".encode(),
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467.txt".encode(),
    b"bukan-utf8-\xff\xfe.txt",
    b"a" * 251 + b".txt",
    "\u00e9".encode() * 125 + b".txt",
    b"a..%2f..%2fetc%2fpasswd.txt",
    b"a\\..\\..\\keluar.txt",
    b"-rf.txt",
    b"--out=x.txt",
    b"=1+1.txt",
    b"@SUM(1).txt",
    b"'; DROP TABLE dokumen; --.txt",
    b"<script>alert(1)</script>.txt".replace(b"/", b"\xe2\x88\x95"),
    b"{{7*7}}{%raw%}.txt",
    b"$(touch lkjip-keluar).txt",
    b"con.txt",
    b"nul.txt",
    b"agency=x.txt",
    b"*.txt",
    b"?[a].txt",
    b"  .txt",
)
HIDDEN = ("...txt", "..txt", ".., .txt", "..\\..\\keluar.txt")


def folder(root: Path, text: str, outside: Path) -> list[Path]:
    """Make the folder; each file holds `text` with its own number. The files that are to be read are returned.

    `outside` is a folder beside it with one report: links that lead there must not be followed.
    """
    root.mkdir(parents=True)
    made = []
    for number, name in enumerate(NAMES):
        path = Path(os.fsdecode(os.fsencode(root) + b"/" + name))
        path.write_text(f"{text}\nBerkas {number}.\n", encoding="utf-8")
        made.append(path)
    for name in HIDDEN:
        (root / name).write_text(text, encoding="utf-8")
    outside.mkdir(parents=True, exist_ok=True)
    (outside / "rahasia.txt").write_text(text, encoding="utf-8")
    (root / "tautan-keluar.txt").symlink_to(outside / "rahasia.txt")
    (root / "tautan-keluar-relatif.txt").symlink_to(os.path.relpath(outside / "rahasia.txt", root))
    (root / "tautan-folder").symlink_to(outside)
    (root / "tautan-akar").symlink_to("/")
    (root / "tautan-putus.txt").symlink_to("tidak-ada.txt")
    (root / "tautan-diri.txt").symlink_to("tautan-diri.txt")
    (root / "tautan-lingkar").symlink_to(root)
    (root / "tautan-nol.txt").symlink_to("/dev/zero")
    (root / "tautan-terminal.pdf").symlink_to("/dev/tty")
    (root / "tautan-dalam.txt").symlink_to(made[0])
    os.mkfifo(root / "pipa.txt")
    os.mkfifo(root / "pipa.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(root)  # the path of a socket may have no more than 107 bytes
        try:
            server.bind("soket.txt")
        finally:
            os.chdir(here)
    (root / "folder.pdf").mkdir()
    return made
