"""The number formats that a workbook names by number alone (ECMA-376-1, 18.8.30), as Chinese Excel and WPS show them."""

from __future__ import annotations

GENERAL = "General"
_MONEY = '"¥"#,##0{0};{1}"¥"\\-#,##0{0}'
_ACCOUNTING = '_ {1}* #,##0{0}_ ;_ {1}* \\-#,##0{0}_ ;_ {1}* "-"{2}_ ;_ @_ '
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'

BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: _MONEY.format("", ""),
    6: _MONEY.format("", "[Red]"),
    7: _MONEY.format(".00", ""),
    8: _MONEY.format(".00", "[Red]"),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m-d-yy",
    31: f'yyyy"年"{_DAY}',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    37: "#,##0_ ;\\-#,##0_ ",
    38: "#,##0_ ;[Red]\\-#,##0_ ",
    39: "#,##0.00_ ;\\-#,##0.00_ ",
    40: "#,##0.00_ ;[Red]\\-#,##0.00_ ",
    41: _ACCOUNTING.format("", "", ""),
    42: _ACCOUNTING.format("", '"¥"', ""),
    43: _ACCOUNTING.format(".00", "", "??"),
    44: _ACCOUNTING.format(".00", '"¥"', "??"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
