"""Names of people right before or after a number that is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The hundred commonest surnames cover some 85 of 100 people; the double ones follow.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_JOINT = r"[\s,，、;；:：()（）|]*(?:(?:公民)?身份证(?:号码?|件号)?|居民身份号码|证件号码?|手机号?码?|电话|联系方式|卡号)?[\s:：为是]*"
# made ready, which takes longer than to read a ledger, only where a number is found
_BEFORE = rf"(?:^|[^\u4e00-\u9fff]|姓名|当事人|申请人|被申请人|原告|被告|联系人|联络员|同志)[:：]?\s*({_NAME}){_JOINT}$"
_AFTER = rf"^[\s,，、;；:：()（）|]*(?:姓名[:：]?)?\s*({_NAME})(?![\u4e00-\u9fff])"
_NEAR = 24


def names_beside(text: str, span: range) -> Iterator[str]:
    """The names beside the number at ``span``, masked to the surname's first character."""
    before = re.search(_BEFORE, text[max(0, span.start - _NEAR) : span.start])
    after = re.search(_AFTER, text[span.stop : span.stop + _NEAR])
    yield from (match[1][0] + "*" * (len(match[1]) - 1) for match in (before, after) if match)
