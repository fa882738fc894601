"""The one part that is compiled; everything else about the package is in pyproject.toml."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "extractors.read._native",
            ["extractors/read/_native.c"],
            # Products and sums are rounded one by one, as Python does it.
            extra_compile_args=["-O2", "-ffp-contract=off"],
            py_limited_api=True,
            optional=True,  # where it cannot be compiled, extractors/read/bycall.py does the same, more slowly
        )
    ]
)
