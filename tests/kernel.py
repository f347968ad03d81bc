"""A kernel as JupyterLab starts one, to type cells into."""

import os
import re
from html import unescape

from calling import ROOT
from jupyter_client.manager import KernelManager


class Kernel:
    """A kernel as JupyterLab starts it in ``notebooks/``; calling it with a cell gives all that the cell shows."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        kept = {name: value for name, value in os.environ.items() if name != "HALFYEAR_WORKSPACE"}
        self.manager.start_kernel(cwd=ROOT / "notebooks", env={**kept, "HALFYEAR_LANG": "en"})
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def __call__(self, cell):
        shown = []

        def take(message):
            content = message["content"]
            if message["msg_type"] == "error":
                shown.append(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(content["traceback"])))
            elif "data" in content:
                shown.append(unescape(content["data"].get("text/html", content["data"].get("text/plain", ""))))
            elif "text" in content:
                shown.append(content["text"])

        self.client.execute_interactive(cell, output_hook=take, timeout=120)
        return shown

    def completions(self, typed):
        """What Tab offers at the end of ``typed``, each as the whole line would then stand."""
        reply = self.client.complete(typed, reply=True, timeout=120)["content"]
        return [typed[: reply["cursor_start"]] + match for match in reply["matches"]]

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
