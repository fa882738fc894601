"""Where documents are read: in this process, in child processes of this machine, or wherever a pool puts them.

`run` is what `ingest` consumes; it works over anything with the face of `Pool`. `Child` is the unit of all pools
but the in-process one: one document at a time in a process of its own, within its limits.
"""

from pipeline.pool.child import Child, Closed, Killed
from pipeline.pool.face import Pool
from pipeline.pool.local import InProcess, LocalPool, default_jobs, open_pool
from pipeline.pool.run import run

__all__ = [
    "Child",
    "Closed",
    "InProcess",
    "Killed",
    "LocalPool",
    "Pool",
    "default_jobs",
    "open_pool",
    "run",
]
