"""The corpus: texts that hold personal data in disguise, with what must be found, and harmless numbers."""

import base64
import quopri
from urllib.parse import quote

ID = "11010519491231002X"  # the specimen of the standard itself (GB 11643-1999, annex)
ALL_DIGITS = "370104198506150016"
OLD_ID = "370104491231002"
MOBILE, CARD, EMAIL = "13812345678", "6222021234567890128", "zhang.san@example.cn"
VISA = "4539148803436467"

FOUND_ID = {("resident-id", "11*************02X")}
FOUND_DIGITS = {("resident-id", "37*************016")}
FOUND_OLD = {("resident-id", "37**********002")}
FOUND_MOBILE = {("mobile", "138****5678")}
FOUND_CARD = {("bank-card", "***************0128")}
FOUND_EMAIL = {("email", "z***@example.cn")}
NUMBERS = {ID: FOUND_ID, ALL_DIGITS: FOUND_DIGITS, OLD_ID: FOUND_OLD, MOBILE: FOUND_MOBILE, CARD: FOUND_CARD}
GROUPS = {ID: (6, 8, 4), ALL_DIGITS: (6, 8, 4), OLD_ID: (6, 6, 3), MOBILE: (3, 4, 4), CARD: (4, 4, 4, 4, 3)}

SEPARATORS = {
    "blank": " ", "hyphen": "-", "dot": ".", "middle dot": "·", "slash": "/", "no-break space": "\u00a0", "newline": "\n",
    "em dash": "—", "full-width hyphen": "－", "underscore": "_", "ideographic space": "\u3000", "figure dash": "‒",
    "thin space": "\u2009", "backslash": "\\", "bar": "|", "tilde": "～", "two blanks": "  ", "blank hyphen blank": " - ",
    "bullet": "•", "brackets": ")(", "corner brackets": "】【", "carriage return": "\r\n", "asterisk": "*", "arrow": "→",
}  # fmt: skip
UNSEEN = {
    "zero width space": "\u200b", "zero width joiner": "\u200d", "word joiner": "\u2060", "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff", "left-to-right mark": "\u200e", "right-to-left mark": "\u200f",
    "left-to-right override": "\u202d", "isolate": "\u2066", "variation selector": "\ufe0f",
    "variation selector 17": "\U000e0100", "grapheme joiner": "\u034f", "combining strike": "\u0336", "keycap": "\u20e3",
    "Hangul filler": "\u3164", "Mongolian separator": "\u180e", "blank pattern": "\u2800", "control": "\x01",
    "Arabic letter mark": "\u061c",
}  # fmt: skip
SCRIPTS = {
    "full-width": "０１２３４５６７８９", "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩", "Persian": "۰۱۲۳۴۵۶۷۸۹", "Devanagari": "०१२३४५६७८९",
    "Thai": "๐๑๒๓๔๕๖๗๘๙", "Tibetan": "༠༡༢༣༤༥༦༧༨༩", "Mongolian": "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙", "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "double-struck": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "monospace": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿", "circled": "⓪①②③④⑤⑥⑦⑧⑨", "dark circled": "⓿❶❷❸❹❺❻❼❽❾", "raised": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "lowered": "₀₁₂₃₄₅₆₇₈₉", "with full stops": "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐", "with commas": "🄁🄂🄃🄄🄅🄆🄇🄈🄉🄊", "in brackets": "⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "Han": "〇一二三四五六七八九", "Han with 零": "零一二三四五六七八九", "Han with a circle": "○一二三四五六七八九",
    "spoken": "洞幺两三四五六拐八勾", "formal": "零壹贰叁肆伍陆柒捌玖", "formal, traditional": "零壹貳參肆伍陸柒捌玖",
    "Suzhou": "〇〡〢〣〤〥〦〧〨〩", "segmented": "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹",
}  # fmt: skip


def grouped(number, separator):
    parts, at = [], 0
    for length in GROUPS[number]:
        parts.append(number[at : at + length])
        at += length
    return separator.join(parts)


def written(number, digits):
    return "".join(digits[int(each)] if each.isdigit() else each for each in number)


def _separated():
    for number in (ID, MOBILE, CARD):
        for name, separator in SEPARATORS.items():
            yield f"{len(number)} digits, {name}", f"号码{grouped(number, separator)}。", NUMBERS[number]
    for name in ("blank", "hyphen", "dot", "middle dot", "slash"):
        yield f"15 digits, {name}", grouped(OLD_ID, SEPARATORS[name]), FOUND_OLD
        yield f"each digit of an id, {name}", SEPARATORS[name].join(ID), FOUND_ID
        yield f"each digit of a mobile number, {name}", SEPARATORS[name].join(MOBILE), FOUND_MOBILE
        yield f"each digit of a card number, {name}", SEPARATORS[name].join(CARD), FOUND_CARD


def _unseen():
    for name, character in UNSEEN.items():
        yield f"between all digits: {name}", character.join(MOBILE), FOUND_MOBILE
        yield f"inside: {name}", f"{ID[:6]}{character}{ID[6:]}", FOUND_ID


def _scripts():
    for name, digits in SCRIPTS.items():
        for number in (ID, MOBILE, CARD):
            yield f"{len(number)} digits, {name}", f"联系{written(number, digits)}", NUMBERS[number]
    yield "15 digits, full-width", written(OLD_ID, SCRIPTS["full-width"]), FOUND_OLD
    yield "Han and Latin digits mixed", "138一二三四5678", FOUND_MOBILE
    yield "full-width with hyphens", "１３８－１２３４－５６７８", FOUND_MOBILE
    yield "Han with blanks", "一三八 一二三四 五六七八", FOUND_MOBILE


def _glued():
    for before, after in (
        ("", "人"), ("M", ""), ("", "abc"), ("tel", ""), ("微信号wx", "转"), ("请拨", "找他"), ("共3人", ""), ("第三", "号"),
        ("李四", ""), ("id=", ";"), ("No.", "."), ("“", "”"), ("《", "》"), ("v", "x"), ("_", "_"), ("#", "#"), ("1、", ""), ("1. ", ""),
    ):  # fmt: skip
        yield f"mobile between {before!r} and {after!r}", f"{before}{MOBILE}{after}", FOUND_MOBILE
    for before, after in (("ID", ""), ("身份证", "号"), ("a", "b"), ("持", "的人"), ("x", ""), ("sfz", "zm")):
        yield f"id between {before!r} and {after!r}", f"{before}{ID}{after}", FOUND_ID
    yield "X as a cross", f"{ID[:-1]}×", {("resident-id", "11*************02x")}
    yield "Cyrillic X", f"{ID[:-1]}Х", FOUND_ID
    yield "Roman ten", f"{ID[:-1]}Ⅹ", FOUND_ID
    yield "full-width X", f"{ID[:-1]}Ｘ", FOUND_ID
    yield "X apart", f"{ID[:-1]} X", FOUND_ID
    yield "surname before Han digits", "李四" + written(MOBILE, SCRIPTS["Han"]), FOUND_MOBILE
    yield "a wrong check character", "110105194912310021", {("resident-id-mistyped", "11*************021")}


def _labelled():
    for text in (
        "+8613812345678", "+86 138-1234-5678", "0086 13812345678", "86-138-1234-5678", "(+86)13812345678", "（86）138 1234 5678",
        "+86(138)12345678", "013812345678", "tel:+86-138-1234-5678", "tel:13812345678", "sms:13812345678", "手机：138，1234，5678",
        "电话：13812 345678", "手机 1381 2345 678", "联系方式：13 81 23 45 67 8", "手机号码为1-381-234-5678", "致电138.12345678",
        "手机\t138\t1234\t5678", "手机：\n138\n1234\n5678", "微信13812345678", "Mobile: 138 1234 5678", "138 12345678", "1381234 5678",
        "138-123-45678", "1381-234-5678", "[138][1234][5678]", "1[3]8[1]2[3]4[5]6[7]8", "138😀1234😀5678", "138 - 1234 - 5678", "13812 345678", "13812345\n678", "13-812345678",
        "l38I2345678", "13812345678".replace("1", "l"), "138 1234\n5678",
        "\u202e87654321831\u202c", "联系人：13812345678元",
        "".join(chr(0xE0000 + ord(each)) for each in MOBILE),
    ):  # fmt: skip
        yield f"mobile {text!r}", text, FOUND_MOBILE
    for text in (
        "卡号：6222\t0212\t3456\t7890\t128",
        "账号 622202 1234567890128",
        "622202-1234567890128",
        "6222 021234567890128",
    ):
        yield f"card {text!r}", text, FOUND_CARD
    for text in (
        "110105\t19491231\t002X",
        "110105（1949 12 31）002X",
        "110105，1949，1231，002X",
        "1101051949\n1231002X",
    ):
        yield f"id {text!r}", text, FOUND_ID
    yield "a Visa card", VISA, {("bank-card", "************6467")}
    yield "an old id behind its word", "身份证 370104、491231、002", FOUND_OLD


def _addresses():
    for text in (
        "zhang.san@example.cn", "zhang.san ＠ example.cn", "zhang.san @ example.cn", "zhang.san@example . cn", "zhang.san[at]example.cn",
        "zhang.san(at)example.cn", "zhang.san [at] example [dot] cn", "zhang.san（at）example（dot）cn", "zhang.san at example dot cn",
        "zhang.san{at}example.cn", "zhang.san<at>example<dot>cn", "zhang.san[@]example.cn", "zhang.san(@)example.cn", "zhang.san#example.cn",
        "zhang.san＃example.cn", "zhang.sanATexample.cn", "zhang.san艾特example点cn", "zhang.san@example。cn", "zhang.san＠example．cn",
        "mailto:zhang.san@example.cn", "mailto:zhang.san%40example.cn", "mailto:zhang%2Esan%40example%2Ecn", "邮箱zhang.san@example.cn联系", "邮箱zhang.san at example.cn",
        "zhang.san&#64;example.cn", "zhang.san&commat;example&period;cn", "zhang.san=40example.cn", "邮箱：zhang.san at example.cn",
        "zhang\u200b.san@exa\u00admple.cn", "ｚｈａｎｇ．ｓａｎ＠ｅｘａｍｐｌｅ．ｃｎ", "z h a n g . s a n @ e x a m p l e . c n", "zhang.san@\nexample.cn",
        "<zhang.san@example.cn>", "张三<zhang.san@example.cn>", "zhang.san【at】example【dot】cn", "zhang.san @example.cn", "zhang.san(a)example.cn",
        "zhang.san小老鼠example.cn", "zhang.san_at_example_dot_cn",
    ):  # fmt: skip
        yield f"address {text!r}", text, FOUND_EMAIL
    for text, host in (
        ("张三@例子.中国", "例子.中国"), ("zhang@例子.公司", "例子.公司"), ("zhang@xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s"),
        ("zhang@政务.公益", "政务.公益"), ("zhang@bücher.example", "bücher.example"), ("zhang@例子.cn", "例子.cn"),
        ("иван@пример.рф", "пример.рф"),
    ):  # fmt: skip
        yield f"address {text!r}", text, {("email", f"{text[0]}***@{host}")}


def _encoded():
    for number in (MOBILE, ID):
        found = NUMBERS[number]
        yield "decimal entities", "".join(f"&#{ord(each)};" for each in number), found
        yield "hexadecimal entities", "".join(f"&#x{ord(each):x};" for each in number), found
        yield "entities escaped twice", "".join(f"&amp;#{ord(each)};" for each in number), found
        yield "percent", "".join(f"%{ord(each):02X}" for each in number), found
        yield "percent in an address", quote(f"https://example.cn/?q={number}", safe=""), found
        yield "quoted-printable", "".join(f"={ord(each):02X}" for each in number), found
        yield "a soft line break", f"{number[:5]}=\n{number[5:]}", found
        yield "quoted-printable among words", quopri.encodestring(f"联系电话{number}。".encode()).decode(), found
        yield "base64", base64.b64encode(number.encode()).decode(), found
        yield "base64 of a sentence", "附：" + base64.b64encode(f"联系电话{number}".encode()).decode(), found
        yield "base64 of UTF-16", base64.b64encode(number.encode("utf-16")).decode(), found
        yield "base64 of UTF-16 without mark", base64.b64encode(number.encode("utf-16-le")).decode(), found
        yield "base64 of GB18030", base64.b64encode(f"电话{number}".encode("gb18030")).decode(), found
        yield "base64 for addresses", base64.urlsafe_b64encode(f"电话{number}".encode()).decode().rstrip("="), found
        yield "base64 in lines", base64.encodebytes(f"{'联系人的电话' * 8}{number}".encode()).decode(), found
        yield "base64 twice", base64.b64encode(base64.b64encode(f"电话{number}".encode())).decode(), found
        yield "a word of a mail header", f"=?utf-8?B?{base64.b64encode(number.encode()).decode()}?=", found
        yield "escapes of JSON", "".join(f"\\u{ord(each):04x}" for each in number), found
        yield "escapes of a program", "".join(f"\\x{ord(each):02x}" for each in number), found
        yield "escapes of a style sheet", "content:'" + "".join(f"\\{ord(each):x} " for each in number) + "'", found
        yield "hexadecimal", number.encode().hex(), found
        yield "among tags", f"{number[:3]}<b>{number[3:7]}</b>{number[7:]}", found
        yield "around a comment", f"{number[:4]}<!-- a -->{number[4:]}", found
        yield (
            "in Markdown",
            f"{number[:6]}**{number[6:12]}**{number[12:]}" if number == ID else "138**1234**5678",
            found,
        )
    yield "an address in base64", base64.b64encode(EMAIL.encode()).decode(), FOUND_EMAIL
    yield "a card in entities", "".join(f"&#{ord(each)};" for each in CARD), FOUND_CARD


def _titled(cases):
    return [(f"{name}: {text[:24]!r}", text, found) for name, text, found in cases if found]


DISGUISES = _titled([*_separated(), *_unseen(), *_scripts(), *_glued(), *_labelled(), *_addresses(), *_encoded()])

HARMLESS = """
鲁政发〔2020〕8号
国办发〔2020〕35号
济槐审批字〔2021〕第0012号
槐政字[2021]13号
鲁政办发〔2019〕20号、21号、22号
国务院令第711号
2021年6月29日
2021-06-29
2021.06.29
2021/06/29 14:30:05
2020-2021年
2020—2021年度
1949—2021 100周年
1921-2021 100
1998-2003年
20210629 20210630
20210629153012
2021年1月1日至2021年6月30日
二〇二一年六月二十九日
二○二一年六月
一九四九年十月一日
第一百二十三条
三、四、五、六、七、八、九、十
一二三四五六七
一、二、三、四、五、六、七、八、九
星期一二三四五六
受理30215件，同比增长24.76%
受理138件、1234件、5678件
分别为138、1234、5678件
138，1234，5678
13,812,345,678.00元
13,812,345,678元
13 812 345 678元
13 812 345 678
13812345678元
13812345678.90元
13812345678.9
投资13812345678万元
¥13812345678
￥ 13812345678
人民币13812345678元整
产值62220212345678901亿元
用电13812345678千瓦时
RMB 13812345678
13812345678股
13812345678%
电话办件13812—345678件
3701042020123456
DOI 10.13812/j.cnki.2021
13:45:16
2021-06-30T13:45:16.1381234+08:00
C# com.cn
18 19 20 21 22 23
面积13812345678平方米
0.13812345678
3.13812345678901234
138.12345678
1381234.5678
3.141592653589793
0.6222021234567890128
2.718281828459045235360287
-24.76%
15.3%—18.9%
99.999999999999%
1381234567
138123456789
12345678901
10123456789
23812345678
990105194912310021
110105194913310021
110105180012310021
统一社会信用代码91370104MA3C13812X
统一社会信用代码：11370104MB2859812X
统一社会信用代码113701040042411138
91370100163169376Y
行政区划代码370104
370100000000
370104001001
办件编号：370104202106150001
受理编号370104202106150012
受理号 370104-20210615-0001
项目代码：2020-370104-48-03-123456
项目代码2103-370104-04-01-138123
实施编码：11370104MB28598128337013800100Y
权力事项编码3700000104001
基本编码000131010000
12345
12345热线
12345-1
12329、12333、12366、12315
114、110、119、120
95588
400-123-4567
4001234567
400 138 1234
800-810-1234
0531-87589112
(0531)87589112
（0531）8758 9112
0531-87589112-8001
+86-531-87589112
0531 87589112、87589113、87589114
010-12345678
021-13812345
ISBN 978-7-302-12345-6
ISBN 9787302123456
978-7-01-138123-4
ISSN 1000-1234
6901234567892
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
e3b0c44298fc1c14
13812345678abcdef0123456789abcde
d41d8cd98f00b204e9800998ecf8427e
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
550e8400-e29b-41d4-a716-446655440000
12345678-1234-1234-1234-138123456789
v3.11.4
13.8.1234
192.168.10.101
192.168.100.100
10.138.12.34
2001:db8:1381:2345:678::1
鲁ICP备13812345号-1
许可证编号：4101042021061500
食品经营许可证JY13701040012345
许可证号SC11337010400012
营业执照注册号370104600123456
注册号：370104491231002
不动产权证鲁（2021）济南市不动产权第0012345号
（2021）鲁0104行初123号
（2021）鲁01行终1381号
房权证济字第138123号
GB/T 9704-2012
GB 11643-1999
ISO 19005-2:2011
GB/T 15834—2011
第13812345号
1111111111111111
6222021234567890127
6222021234567890
4111-2222
M138.00138000 12.5
N36.6512 E117.1201
116.407526,39.904030
1:13812345
@media print
@2021
chart@2x.png
user@localhost
正文 @张三 你好。中国
感谢@李四。中国加油
见附件 a@b
look at example.com
公民身份证号码应当保密
身份证号码为18位
手机号为11位
13800万元
1.38亿元
138****5678
138xxxx5678
370*************123
15、16、17、18、19、2
15 16 17 18 190
1 3 5 7 9 11 13
1 2 3 4 5 6 7 8 9 10 11 12
100 200 300 400 500 600
0 20 40 60 80 100 120
138\t1234\t5678
6222\t0212\t3456\t7890\t128
156\t1023\t2210
30215\t28914\t1301\t2021
width: 138.1234px; height: 56.78px
M 138.5 12.25 L 345.75 678.5
translate(138.1234, 5678.9012)
#138123
#13a812
rgb(138, 123, 45)
https://www.huaiyin.gov.cn/art/2021/6/29/art_13812_345678.html
https://example.gov.cn/col/col1381/index.html#sec.info
page.html#fact.cn
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ
tables/indicators.csv#row=138;col=数值
2021H1 2020H2
0000013812 65535 n
"""
HARMLESS = [line.replace("\\t", "\t") for line in HARMLESS.splitlines() if line]
