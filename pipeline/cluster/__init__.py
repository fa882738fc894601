"""A Dask cluster in the place of this machine's processes: `--scheduler tcp://...`.

`ClusterPool` has the face of every pool; `reading` is what happens in a worker; `terms` is what a worker must be to take
part. Dask is imported here alone, and only where a scheduler was given (the extra `cluster`). No scheduler is ever started.
"""

from pipeline.cluster.pool import ClusterPool, open_cluster

__all__ = ["ClusterPool", "open_cluster"]
