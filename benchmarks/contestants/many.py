"""Reports of many half-years, one after another: WORKSPACE PERIOD...; prints seconds and bytes of memory after each."""

import json
import os
import sys
import time

from benchmarks.measure import weight
from pipeline.period import Period
from pipeline.report import Request, build
from pipeline.workspace import Workspace

if __name__ == "__main__":
    root, *periods = sys.argv[1:]
    told = []
    for period in periods:
        began = time.monotonic()
        build(Request(Workspace.at(root), Period.parse(period)))
        told.append({"period": period, "seconds": time.monotonic() - began, "memory": weight(os.getpid())})
    print(json.dumps(told))
