"""Parts of large libraries imported without the rest of them, and without the libraries that only the rest needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """What is imported meanwhile takes the modules `names` for loaded; each is loaded when something of it is asked for.

    A module that is loaded already stays. Afterwards the names mean the modules themselves again, for everybody else.
    """
    put = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name, module in put.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Deferred(ModuleType):
    """Stands for a module: what is asked of it is asked of the module."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked by the machinery of imports
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def bare_package(name: str) -> Iterator[None]:
    """Modules of a package can be imported meanwhile without running what the package itself does.

    Behind this the package is as if never imported: importing it elsewhere runs it, around the modules that are loaded.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec is None:
        yield
        return
    sys.modules[name] = module_from_spec(spec)
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def apart(name: str) -> Iterator[None]:
    """As `bare_package`, and nobody else gets the modules of the package that are loaded meanwhile: they may be given
    stand-ins for what is not asked of them."""
    before = set(sys.modules)
    try:
        with bare_package(name):
            yield
    finally:
        for module in set(sys.modules) - before:
            if module.startswith(f"{name}."):
                del sys.modules[module]


@contextmanager
def instead(name: str, **values: object) -> Iterator[None]:
    """What is imported meanwhile finds `values` in the place of the module `name`, of which nothing else is needed. A module
    that is loaded already stays."""
    if name in sys.modules:
        yield
        return
    stand_in = sys.modules[name] = ModuleType(name)
    vars(stand_in).update(values)
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
