"""A program that sets a finished report, without what prepares its input: ``docx`` by pandoc, ``pdf`` by Typst."""

import json
import subprocess
import sys
from pathlib import Path

if sys.argv[1] == "docx":
    import pypandoc

    pandoc = str(Path(pypandoc.__file__).parent / "files" / "pandoc")
    subprocess.run([pandoc, "report.html", "-o", "pandoc.docx"], check=True)
else:
    import typst

    asked = json.loads(Path("typst.json").read_text(encoding="utf-8"))
    fonts = typst.Fonts(**asked["fonts"])
    typst.compile("typst/report.typ", root="typst", output="typst.pdf", font_paths=fonts, **asked["options"])
