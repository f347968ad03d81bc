"""Every message about a finished report, in Chinese for those who sign it and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Message(NamedTuple):
    """A message's severity and its two wordings, with places for parameters."""

    severity: str
    zh: str
    en: str

    def text(self, lang: str, params: Mapping[str, Any]) -> str:
        """The wording in ``zh`` or ``en``."""
        return (self.zh if lang == "zh" else self.en).format(**params)


def _error(zh: str, en: str) -> Message:
    return Message("error", zh, en)


def _warning(zh: str, en: str) -> Message:
    return Message("warning", zh, en)


_NUMBERS = {
    "untraced": _warning(
        "“{found}”没有来源，见“{sentence}”；请改用台账中的数，或在 literals.toml 中登记它所属的名称。",
        "'{found}' is untraced in “{sentence}”; take it from a ledger, or declare the name it belongs to in literals.toml.",
    ),
    "no-source": _error(
        "“{found}”标为数据却没有写来源，见“{sentence}”；请用 fact(…) 或台账中的列取数，不要手写 <data>。",
        "'{found}' is marked as a fact but names no source, in “{sentence}”; take it from a ledger instead of writing <data>.",
    ),
    "not-a-source": _error(
        "“{found}”的来源“{source}”不是台账单元格；请用 fact(…) 或台账中的列取数。",
        "'{found}' names the source {source!r}, which is no ledger cell; take the figure from a ledger.",
    ),
    "no-such-cell": _error(
        "“{found}”的来源 {source} 在台账中不存在；请重新生成报告。",
        "'{found}' comes from {source}, which the ledgers do not have; build the report again.",
    ),
    "not-as-stated": _error(
        "印作“{found}”，而台账 {source} 记为“{stated}”；请重新生成报告，不要改动生成的文字。",
        "'{found}' is printed, but {source} states '{stated}'; build the report again instead of editing what it made.",
    ),
    "not-as-calculated": _error(
        "印作“{found}”，而它自己记的值是“{value}”；请重新生成报告，不要改动生成的文字。",
        "'{found}' is printed, but its own value is '{value}'; build the report again instead of editing what it made.",
    ),
}

_CONSISTENCY = {
    "contradiction": _error(
        "{about}印作“{found}”（“{sentence}”），而{other}印作“{other_found}”（“{other_sentence}”）；请核对 {sources} 和 {other_sources}。",
        "{about} is '{found}' here (“{sentence}”) but '{other_found}' at {other} (“{other_sentence}”); "
        "compare {sources} with {other_sources}.",
    ),
    "title-two-ways": _warning(
        "文件名“{found}”另写作“{other_found}”（{other}）；请统一。",
        "the document {found} is also written {other_found} ({other}); write it one way.",
    ),
    "office-two-ways": _warning(
        "机构名“{found}”应为“{other_found}”（{other}）；请统一写法。",
        "the office '{found}' is also written '{other_found}' ({other}); write it one way.",
    ),
}

_AGAIN_ZH, _AGAIN_EN = "请重新生成报告", "build the report again"
_VERIFICATION = {
    "output-missing": _error("文件不见了；" + _AGAIN_ZH + "。", "the file is missing; " + _AGAIN_EN + "."),
    "output-altered": _error(
        "文件在生成之后被改动过；要保留改动请另存，否则" + _AGAIN_ZH + "。",
        "the file was altered after it was built; keep a copy elsewhere if the change is wanted, and "
        + _AGAIN_EN
        + ".",
    ),
    "output-unknown": _error(
        "不是这次生成的文件；请移走或删去。", "the file was not built with the others; move it elsewhere or delete it."
    ),
    "input-changed": _warning(
        "生成之后又改动过，报告中有{facts}处数据来自它；" + _AGAIN_ZH + "。",
        "it was changed since (facts that come from it: {facts}); " + _AGAIN_EN + ".",
    ),
    "input-changed-otherwise": _warning(
        "生成之后又改动过；" + _AGAIN_ZH + "。", "it was changed since; " + _AGAIN_EN + "."
    ),
    "input-gone": _warning(
        "生成之后被删去或改名，报告中有{facts}处数据来自它；" + _AGAIN_ZH + "。",
        "it was removed or renamed since (facts that came from it: {facts}); " + _AGAIN_EN + ".",
    ),
    "input-gone-otherwise": _warning(
        "生成之后被删去或改名；" + _AGAIN_ZH + "。", "it was removed or renamed since; " + _AGAIN_EN + "."
    ),
    "input-new": _warning(
        "生成之后才有，报告没有用到；" + _AGAIN_ZH + "。",
        "it is new, and the report was made without it; " + _AGAIN_EN + ".",
    ),
    "tool-changed": _warning(
        "生成时的版本是 {before}，现在是 {after}；重新生成的文件可能与原来的不完全相同。",
        "the report was made with {before}, now it is {after}; building again may give other bytes.",
    ),
}

_EDITIONS = {
    "withheld-heading": _warning(
        "公开版略去标题“{found}”及其下内容。", "the public edition leaves out '{found}' and all below it."
    ),
    "withheld-text": _warning(
        "公开版把“{found}”改为“{left}”；请看看是否通顺。",
        "the public edition turns “{found}” into “{left}”; see that it still reads well.",
    ),
    "withheld-row": _warning("公开版略去表中的一行：{found}。", "the public edition leaves out the row '{found}'."),
    "withheld-figure": _warning("公开版略去图表“{found}”。", "the public edition leaves out the figure '{found}'."),
    "withheld-part": _warning("公开版略去“{found}”。", "the public edition leaves out '{found}'."),
    "small-cell": _warning(
        "“{found}”不超过{limit}，又写明“{detail}”，可能认出当事人；请合并表述或去掉细节。",
        "'{found}' is at most {limit} and stands beside '{detail}', which may identify someone; sum it up or leave the detail out.",
    ),
}

_REMOVE_ZH, _REMOVE_EN = "请从数据或文字中删去", "take it out of the data or the text"
_PRIVACY = {
    "resident-id": _error(
        f"含有身份证号 {{found}}；{_REMOVE_ZH}。", f"it holds the resident id {{found}}; {_REMOVE_EN}."
    ),
    "resident-id-mistyped": _error(
        f"{{found}} 像是身份证号，只是校验位不符；{_REMOVE_ZH}。",
        f"{{found}} looks like a resident id with a wrong check character; {_REMOVE_EN}.",
    ),
    "mobile": _error(f"含有手机号 {{found}}；{_REMOVE_ZH}。", f"it holds the mobile number {{found}}; {_REMOVE_EN}."),
    "bank-card": _error(
        f"含有银行卡号 {{found}}；{_REMOVE_ZH}。", f"it holds the card number {{found}}; {_REMOVE_EN}."
    ),
    "email": _error(
        "含有电子邮箱 {found}；请删去，单位的公开邮箱可以在发布时列明。",
        "it holds the e-mail address {found}; take it out, or name it when publishing if it is the office's public one.",
    ),
    "name-beside-id": _error(
        f"证件号或电话号旁有姓名 {{found}}；{_REMOVE_ZH}。",
        f"the name {{found}} stands beside an id or telephone number; {_REMOVE_EN}.",
    ),
    "unreadable": _error(
        "无法读出内容，不能确认其中没有个人信息；请换一种格式。",
        "it cannot be read, so nobody can say that it holds no personal data; use another format.",
    ),
    "internal-words": _error(
        "含有只见于内部记录的“{found}”（{cell}）；请改写，或重新生成公开版。",
        "it holds '{found}', which only the internal record {cell} has; reword it or build the public edition again.",
    ),
    "internal-figure": _error(
        "含有内部记录的数“{found}”（{cell}）；请改写，或重新生成公开版。",
        "it holds the figure '{found}' of the internal record {cell}; reword it or build the public edition again.",
    ),
    "internal-source": _error(
        "引用了内部记录 {found}；请重新生成公开版。",
        "it names the internal record {found}; build the public edition again.",
    ),
}

_ACCESSIBILITY = {
    "no-language": _error("没有注明语言。", "it does not say its language."),
    "no-title": _error("没有标题属性。", "it has no title among its properties."),
    "not-one-title": _error(
        "应有且只有一个一级标题，现有{found}个。", "it must have one heading of level 1, and has {found}."
    ),
    "heading-skips": _error("标题“{found}”跳过了一级。", "the heading '{found}' skips a level."),
    "no-alternative": _error("图{found}没有替代文字。", "a picture {found} has no alternative text."),
    "table-without-headings": _error("表“{found}”没有表头。", "the table '{found}' has no heading cells."),
    "id-twice": _error("标识“{found}”出现两次。", "the id '{found}' stands twice."),
    "dead-link": _error("链接“{found}”没有去处。", "the link '{found}' leads nowhere."),
    "pdf-untagged": _error("PDF 没有标签。", "the PDF is not tagged."),
    "pdf-without-structure": _error("PDF 没有结构树。", "the PDF has no structure."),
    "pdf-title-hidden": _error("PDF 不显示标题。", "the PDF does not show its title."),
    "not-pdf-ua": _error("PDF 没有声明符合 PDF/UA。", "the PDF does not claim PDF/UA."),
    "not-pdf-a": _error("PDF 没有声明符合 PDF/A。", "the PDF does not claim PDF/A."),
    "font-not-embedded": _error("PDF 没有嵌入字体 {found}。", "the PDF does not hold its font {found}."),
}
_PUBLISHING = {
    "draft": _error("文件带有草稿标记；请定稿后再发布。", "it bears the mark of a draft; finish it first."),
    "section-missing": _error(
        "“{found}”一节没有生成；请排除错误后重新生成。", "the section '{found}' is missing; mend it and build again."
    ),
    "file-missing": _error(
        "缺少这个文件；请用全部格式重新生成。", "the file is missing; build the report in every format."
    ),
    "not-public": _error(
        "不是公开版（edition = {found}）；请生成公开版。", "it is no public edition (edition = {found}); build that."
    ),
}
_BUILD_ZH, _BUILD_EN = "要列入请重新生成", "build it again to have it listed"
_ARCHIVE = {
    "left-out-draft": _warning(
        "是缺章的草稿，没有列入；请排除错误后重新生成。",
        "it is a draft that lacks sections and is left out; mend the error and build again.",
    ),
    "left-out-staging": _warning(
        "是正在生成或中断的生成留下的，没有列入；没有生成在进行时可以删去。",
        "it belongs to a build that is under way or was broken off, and is left out; delete it if no build is running.",
    ),
    "left-out-no-period": _warning(
        "不是以期间命名的文件夹（如 2021H1），没有列入。",
        "it is not named by a half-year, as in 2021H1, and is left out.",
    ),
    "left-out-lacks": _warning(
        f"生成时没有 {{found}}，没有列入；{_BUILD_ZH}。",
        f"it was built without {{found}} and is left out; {_BUILD_EN}.",
    ),
    "left-out-altered": _warning(
        f"{{found}} 在生成之后不见了或被改动过，没有列入；{_BUILD_ZH}。",
        f"{{found}} went missing or was altered after it was built, so it is left out; {_BUILD_EN}.",
    ),
    "left-out-other-period": _warning(
        f"里面是 {{found}} 的报告，没有列入；{_BUILD_ZH}。",
        f"it holds the report of {{found}} and is left out; {_BUILD_EN}.",
    ),
    "left-out-unreadable": _warning(
        f"读不出来（{{error}}），没有列入；{_BUILD_ZH}。",
        f"it cannot be read ({{error}}) and is left out; {_BUILD_EN}.",
    ),
    "history-lacks-ledger": _warning(
        "{found} 在报告生成之后改动过、删去了或读不出来，历史中没有来自它的数；重新生成报告后再试。",
        "{found} was changed or removed since the report was built, or cannot be read: the history lacks its figures; "
        "build the report again.",
    ),
    "editions-mixed": _warning(
        "既有内部版也有公开版（{found}）；整个存档按内部资料标注。",
        "it holds internal and public editions ({found} are public); all of it is marked as internal.",
    ),
}

MESSAGES = _NUMBERS | _CONSISTENCY | _VERIFICATION | _EDITIONS | _PRIVACY | _ACCESSIBILITY | _PUBLISHING | _ARCHIVE
