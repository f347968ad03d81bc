"""Habits of dates, in the column 截至."""

import datetime

from clerk_habit import habit


def dated(value, *told, form="", **reads):
    """A habit of one cell: what is entered into I2."""

    def change(sheet):
        sheet["I2"] = value
        if form:
            sheet["I2"].number_format = form

    change.__name__ = f"dated {value!r}{' shown as ' + form if form else ''}"
    habit(*told, **reads)(change)


# -- read --------------------------------------------------------------------------------------------------
dated("2021年6月30日", I2="2021-06-30")
dated("2021.6.30", I2="2021-06-30")
dated("2021/6/30", I2="2021-06-30")
dated("2021-6-30", I2="2021-06-30")
dated("20210630", I2="2021-06-30")
dated("２０２１年６月", I2="2021-06")
dated("2021年6月份", I2="2021-06")
dated("2021.06", I2="2021-06")
dated("2021年6月底", I2="2021年6月底")
dated("2021年上半年", I2="2021H1")
dated("截至2021年6月30日", I2="2021-06-30")
dated("截止2021年6月30日", I2="2021-06-30")
dated("2021年度", I2="2021年度")
dated(datetime.date(2021, 6, 30), I2="2021-06-30")
dated(datetime.datetime(2021, 6, 30, 17, 0), I2="2021-06-30", form="yyyy/m/d")
dated(datetime.date(2021, 6, 1), I2="2021-06", form='yyyy"年"m"月"')
dated(datetime.date(2021, 6, 30), I2="2021-06-30", form="[$-804]yyyy年m月d日;@")
dated(datetime.date(2021, 6, 30), I2="2021-06-30", form="[DBNum1][$-804]yyyy年m月d日;@")
dated(datetime.date(2021, 6, 30), I2="2021-06-30", form='m"月"d"日"')
dated("2021年二季度", I2="2021Q2")
# -- told --------------------------------------------------------------------------------------------------
dated("6月30日", "I2")
dated("6.30", "I2")
dated("21.6.30", "I2")
dated("2021年6月31日", "I2")
dated("2021-02-29", "I2")
dated("今年6月", "I2")
dated("去年底", "I2")
dated("2021年6月1日-30日", "I2")
dated("6/30/2021", "I2")
dated(44377, "I2")
dated(2021.1, "I2")
dated("2012年6月", "I2")
dated("2021年12月31日", "I2")
dated("近期", "I2")
dated("2021年13月", "I2")
dated("2021年6月30日止", "I2")
dated("2021-06-30 17:00:00", "I2")
dated("二〇二一年六月三十日", "I2")
dated(202106, "I2")
dated(datetime.time(8, 30), "I2")
