"""`lkjip dashboard OUT`: Streamlit, for this computer alone and without a word to anyone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from pipeline.i18n import problem, say
from pipeline.location import Location, absolute
from pipeline.text import terminal
from schemas.errors import BadOption

HOST = "127.0.0.1"
OUT_VARIABLE = "LKJIP_DASHBOARD_OUT"
LANG_VARIABLE = "LKJIP_DASHBOARD_LANG"
# Settings given here go before any configuration file of the user's.
SETTINGS = {
    "server.address": HOST,
    "browser.serverAddress": HOST,
    "browser.gatherUsageStats": "false",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.enableStaticServing": "false",
    "server.maxUploadSize": "1",
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "global.developmentMode": "false",
    "theme.light.primaryColor": "#1F5FA8",
    "theme.dark.primaryColor": "#7FB2EA",
}


def launch(out: Location, port: int, browser: bool, lang: str) -> int:
    """Serve the dashboard until it is stopped. Raises `BadOption` where Streamlit or DuckDB is missing or the port is in
    use, `UnusableOutput` where OUT is none."""
    from importlib.util import find_spec

    from pipeline.store import open_for_reading

    open_for_reading(out)
    for package in ("streamlit", "duckdb"):
        if find_spec(package) is None:
            raise problem(BadOption, "extra_missing", package=package)
    if not _free(port):
        raise problem(BadOption, "dashboard_port", port=port)
    print(terminal(say("dashboard_at", lang, out=out, port=port)), flush=True)
    if os.name != "posix":
        return subprocess.run(command(port, browser), env=environment(out, lang), check=False).returncode
    # In the place of this process, so that whatever stops the one stops the other. Streamlit's own greeting is not shown.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    started = command(port, browser)
    os.execve(started[0], started, environment(out, lang))
    raise AssertionError("unreachable")


def command(port: int, browser: bool) -> list[str]:
    """The command that serves the app."""
    app = Path(__file__).with_name("app.py")
    settings = {**SETTINGS, "server.port": str(port), "server.headless": "false" if browser else "true"}
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(app), *options]


def environment(out: Location, lang: str) -> dict[str, str]:
    """What the app is told: the folder and the language it opens in. It finds lkjip wherever it is started."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    return {
        **os.environ,
        OUT_VARIABLE: str(absolute(out)),
        LANG_VARIABLE: lang,
        "PYTHONPATH": path,
    }


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
