"""How long `lkjip --help` takes, and which imports take it: `python benchmarks/startup.py`."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

from measure import wall

CODE = "import sys; from pipeline.cli import main; sys.exit(main(['--help']))"


def slowest_imports(count: int) -> list[tuple[float, str]]:
    """(own milliseconds, module) of the modules that take longest to import."""
    command = [sys.executable, "-X", "importtime", "-c", CODE]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", ran.stderr)
    return sorted(((int(own) / 1000, name) for own, name in found), reverse=True)[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--imports", type=int, default=8, help="how many imports to list")
    given = parser.parse_args()
    bare, _ = wall([sys.executable, "-c", "pass"], given.times)
    median, fastest = wall([sys.executable, "-c", CODE], given.times)
    print(f"python alone   {bare * 1000:6.0f} ms (median of {given.times})")
    print(f"lkjip --help   {median * 1000:6.0f} ms (median of {given.times}), {fastest * 1000:.0f} ms (fastest)")
    for milliseconds, name in slowest_imports(given.imports):
        print(f"  {milliseconds:6.1f} ms  {name}")


if __name__ == "__main__":
    main()
