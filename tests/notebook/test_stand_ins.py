"""What holds a place for something still to be written is told; what only looks like it is not."""

import pytest

from pipeline.notebook.stand_ins import stand_ins


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共办理XX件。", ["XX件"]),
        ("X月X日召开会议", ["X月", "X日"]),
        ("增长××%", ["××%"]),
        ("约xxx余人次", ["xxx余人"]),
        ("牵头单位：____", ["____"]),
        ("（待补充）", ["（待补充）"]),
        ("【此处填写典型案例】", ["【此处填写典型案例】"]),
        ("[待核实数据]", ["[待核实数据]"]),
        ("TODO：下半年", ["TODO"]),
        ("甲\n乙（数据待填）", ["（数据待填）"]),
        ("3×5件样品", []),
        ("Box件", []),
        ("时间待定，另行通知。", []),
        ("（填写申请表）", []),
        ("张某、李某", []),
        ("[链接](https://example.cn/a_b)", []),
        ("TODOS", []),
    ],
)
def test_stand_ins_are_seen(text, found):
    """Each of the ways in which people leave a place open, with its line, and nothing else."""
    seen = list(stand_ins(text))
    assert [what for _, what in seen] == found
    assert all(what in text.split("\n")[line - 1] for line, what in seen)
