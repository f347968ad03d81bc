"""The Chinese face is offered to all that matplotlib draws, whenever it is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEFORE = "from pipeline.charts.faces import offer; offer(); offer(); import matplotlib.font_manager, matplotlib"
DRAWN = "import matplotlib.font_manager, matplotlib; from pipeline.charts.house_style import know_face; know_face()"
AFTER = "import matplotlib.font_manager, matplotlib; from pipeline.charts.faces import offer; offer(); offer()"


@pytest.mark.parametrize("code", [BEFORE, AFTER, DRAWN], ids=["before", "after", "by a chart alone"])
def test_the_face_stands_once_behind_the_others(code):
    """Offered before or after, once or twice, or by a chart that no notebook draws: it is among the families once, behind those that were asked for."""
    told = "; print(*matplotlib.rcParams['font.family'], sep='|')"
    done = subprocess.run(
        [sys.executable, "-c", code + told], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip().split("|") == ["sans-serif", "Noto Sans SC"]
