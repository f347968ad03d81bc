"""Personal data is recognised however it is disguised, and other numbers are left alone."""

from datetime import date

import pytest
from disguises import CARD, DISGUISES, HARMLESS, ID, MOBILE, NUMBERS, SCRIPTS, SEPARATORS, UNSEEN, grouped, written
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.personal import first_look, personal, readings, recognise
from pipeline.personal.plain_text import plain, with_han_numerals


def found_in(text):
    return {(hit.kind, hit.masked) for hit in personal(text) if hit.kind not in ("name-beside-id", "masked-id")}


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in DISGUISES], ids=[case[0] for case in DISGUISES])
def test_a_disguise_is_seen_through(text, found):
    """Exactly what is disguised is found, and told masked."""
    assert found_in(text) == found


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_number_is_left_alone(text):
    """Document numbers, amounts, dates, codes, service lines and the like are no personal data."""
    assert found_in(text) == set()


@pytest.mark.parametrize(
    ("word", "is_code"),
    [
        ("xk13812345678wq9z", False), ("x1k13812345678wq9z", True),  # letters three times, four times
        ("ab13812345678cd1", False), ("ab13812345678cd1e", True),  # hexadecimal: twice, three times
        ("13812345678abcdef0123456789abcd", False), ("13812345678abcdef0123456789abcde", True),  # 31 and 32 characters
        ("a1b13812345678c", False), ("a1b13812345678c1", True),  # 15 and 16 characters
    ],
)  # fmt: skip
def test_a_number_inside_letters_is_told_unless_the_word_is_a_code(word, is_code):
    """A digest or a serial number is no telephone's, whatever digits it happens to have; a word with few letters is."""
    assert found_in(word) == (set() if is_code else {("mobile", "138****5678")})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张小三，11010519491231002X", "张**"), ("11010519491231002X（欧阳明）", "欧**"), ("李四，身份证号370*************123", "李*"),
        ("联系人：王小明 13812345678", "王**"), ("联系人王小明138-1234-5678", "王**"), ("李四一三八一二三四五六七八", "李*"),
    ],
)  # fmt: skip
def test_a_name_beside_a_number_is_told(text, masked):
    """Who the number belongs to is personal, too, even where the number is masked."""
    assert [hit.masked for hit in personal(text) if hit.kind == "name-beside-id"] == [masked]


def test_a_hit_knows_its_line():
    """What is found is told with its line, also behind an encoding of several lines."""
    text = "一\n二\n手机13812345678\n\nMTM5ODc2NTQzMjE=\n11010519491231002X\n"
    assert {(hit.kind, hit.line) for hit in personal(text)} == {("mobile", 3), ("mobile", 5), ("resident-id", 6)}


UNSEEN_CHARACTERS = "".join(UNSEEN.values())


@given(
    st.sampled_from([ID, MOBILE, CARD]),
    st.sampled_from(["0123456789", *SCRIPTS.values()]),
    st.sampled_from(["", *SEPARATORS.values()]),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(UNSEEN_CHARACTERS)), max_size=6),
    st.sampled_from(["", "电话", "联系人：", "（", "，", "ID:", "第一百号"]),
    st.sampled_from(["", "。", "转告", "）", ";", " 谢谢"]),
)
@settings(max_examples=400, deadline=None)
def test_disguises_upon_disguises_are_seen_through(number, digits, separator, unseen, before, after):
    """A number in other digits, grouped, with unseen characters anywhere and words around it, is still found."""
    text = written(grouped(number, separator), digits)
    for place, character in unseen:
        text = text[:place] + character + text[place:]
    assert NUMBERS[number] <= found_in(before + text + after)


@given(
    st.dates(date(1949, 10, 1), date(2035, 12, 31)),
    st.lists(st.integers(0, 99_999), min_size=1, max_size=8),
    st.decimals(0, 10**10, places=2),
    st.sampled_from("、，；;,\t"),
)
@settings(max_examples=400, deadline=None)
def test_dates_lists_and_amounts_are_left_alone(day, figures, amount, mark):
    """Dates, figures in a list or in cells, amounts and document numbers, whichever they are, are nobody's."""
    listed = mark.join(map(str, figures))
    text = f"{day:%Y年%m月%d日}，共{listed}件，{amount:,}元（{amount}万元），见鲁政发〔{day.year}〕{figures[0]}号，{day:%Y-%m-%d}、{day:%Y%m%d}"
    assert found_in(text) == set()


def found_by_a_full_reading(text):
    """What is found where no first look spares the reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "may_hold_personal_data", lambda _: True)
        patch.setattr(recognise, "may_hold_number", lambda _: True)
        return set(personal(text))


PIECES = st.one_of(
    st.sampled_from([case[1] for case in DISGUISES] + list(HARMLESS)),
    st.text(
        st.sampled_from("0123456789一二三〇○洞幺OoIlXx*×@#＠%&=<\\-_ .．（）()【】·…：，。　\n\u200b点艾特圈aAt①"),
        max_size=24,
    ),
    st.integers(0, 10**20).map(str),
    st.text(max_size=8),
)


@given(st.lists(PIECES, min_size=1, max_size=4), st.integers(0, 40), st.integers(0, 200))
@settings(max_examples=600, deadline=None)
def test_the_first_look_loses_nothing(pieces, first, last):
    """What a full reading finds, is found: the look that spares it lets no such text pass, whole or cut."""
    text = "".join(pieces)
    for each in (text, text[first:last]):
        assert set(personal(each)) == found_by_a_full_reading(each)


def test_the_first_look_knows_every_character():
    """Each character of Unicode that is read as a digit counts as one, or is unusual enough for a full reading."""
    every = [chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000]
    for character in every:
        meant = with_han_numerals(plain(character))
        if meant and all(each in "0123456789OoIlОо" for each in meant):
            assert first_look.may_hold_number(plain(character) * 11)
            assert first_look.may_hold_personal_data(character * 11)


@pytest.mark.parametrize(
    "text",
    [
        "示例123456",
        "受理12345件，其中网上办理9876件，占80.01%。",
        "历下区行政审批服务局",
        "LXQ-21-001",
        "2021年6月30日",
        "—",
        "",
    ],
)
def test_the_first_look_spares_ordinary_cells(text):
    """An ordinary cell of a ledger is not read further."""
    assert not first_look.may_hold_personal_data(text)
