"""The one part that is compiled; everything else about the package is in pyproject.toml."""

import hashlib
from pathlib import Path

from setuptools import Extension, setup

SOURCE = Path("extractors/read/_native.c")

setup(
    ext_modules=[
        Extension(
            "extractors.read._native",
            [SOURCE.as_posix()],
            # What it was built from: a module older than its source is not used.
            define_macros=[("SOURCE", f'"{hashlib.sha256(SOURCE.read_bytes()).hexdigest()}"')],
            # Products and sums are rounded one by one, as Python does it.
            extra_compile_args=["-O2", "-ffp-contract=off"],
            py_limited_api=True,
            optional=True,  # where it cannot be compiled, extractors/read/bycall.py does the same, more slowly
        )
    ]
)
