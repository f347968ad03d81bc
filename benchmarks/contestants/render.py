"""Rendering alone: REPORT.ipynb to all three forms, timed once everything is imported."""

import json
import sys
import time
from pathlib import Path

from pipeline.render import load, semantic_body, to_bytes

FORMS = ("html", "pdf", "docx")

if __name__ == "__main__":
    load(FORMS)
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    seconds = {}
    began = time.monotonic()
    body = semantic_body(report)
    seconds["body"] = time.monotonic() - began
    for form in FORMS:
        start = time.monotonic()
        Path(f"rendered.{form}").write_bytes(to_bytes(form, report, body=body))
        seconds[form] = time.monotonic() - start
    print(json.dumps({"seconds": seconds, "elapsed": sum(seconds.values())}))
