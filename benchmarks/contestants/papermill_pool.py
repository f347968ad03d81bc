"""papermill in a process pool, one office a task: PROVINCE PERIOD PROCESSES."""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from papermill_report import offices, report

if __name__ == "__main__":
    province, period, processes = sys.argv[1:]
    with ProcessPoolExecutor(int(processes)) as pool:
        list(pool.map(partial(report, period=period), offices(province)))
