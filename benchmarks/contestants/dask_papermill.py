"""papermill on Dask's workers, one office a task, with ordinary kernels: PROVINCE PERIOD WORKERS."""

import sys
from pathlib import Path

from distributed import Client, LocalCluster

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from papermill_report import offices, report

    province, period, workers = sys.argv[1:]
    cluster = LocalCluster(n_workers=int(workers), threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
    with cluster, Client(cluster) as client:
        client.gather([client.submit(report, folder, period) for folder in offices(province)])
