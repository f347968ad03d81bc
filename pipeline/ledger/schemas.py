"""The ledgers an office of this kind keeps. A new one is one more class here; nothing else has to be told."""

from __future__ import annotations

from .columns import (
    CHOICE,
    SLUG,
    STATED,
    WHEN,
    Column,
    Ledger,
    basis,
    disclosure,
    initiative,
    note,
    qualifier,
    section,
    unit,
)


class Indicators(
    Ledger,
    stem="indicators",
    sheet="指标",
    key=("section", "initiative", "subject", "measure", "as_of"),
    compared_by=("section", "initiative", "subject", "measure"),
    total_over="subject",
):
    """One stated figure, or one fact stated in words, that no special ledger covers."""

    row_zh = "一行写一个数，或一件用文字说明的事；没有专门台账的都写在这里。"

    section = section()
    initiative = initiative()
    subject = Column("对象", "说的是谁、是什么。", "Who or what the figure is about.", required=True)
    measure = Column("指标", "说的是它的哪一项。", "What is stated of it.", required=True)
    value = Column(
        "数值",
        "照原样写：10余、3.4万、-24.76%、由64%上升到81%、第1位；没有写“/”，不涉及写“不适用”，还没有就空着。",
        "The figure as stated (10余, 3.4万, -24.76%, 由64%上升到81%, 第1位); / is none, blank not known yet.",
        STATED,
        unit_from="unit",
        qualifier_from="qualifier",
    )
    qualifier = qualifier()
    unit = unit()
    basis = basis()
    as_of = Column(
        "截至",
        "截至哪一天、哪个月：2024-03-15、2024-03、2024H1、2024年3月上旬。",
        "The day, month or half-year up to which it holds.",
        WHEN,
        in_period=True,
    )
    text = Column(
        "内容", "用文字说明的内容，几项之间用顿号隔开。", "A fact stated in words; several are separated by 、."
    )
    disclosure = disclosure()
    note = note()


class Initiatives(Ledger, stem="initiatives", sheet="改革事项", key=("slug",), carried="running"):
    """One reform initiative of the period."""

    row_zh = "一行写一个改革事项。"

    slug = Column(
        "编号",
        "小写字母、数字和短横线，如 cross-province；prose/板块名-编号.md 写它的文字。",
        "Lower-case letters, digits and hyphens; prose/SECTION-SLUG.md holds its text.",
        SLUG,
        required=True,
    )
    name = Column(
        "名称",
        "事项名称，其他表用它来引用。",
        "Its name, by which other ledgers refer to it.",
        required=True,
        unique=True,
    )
    lead = Column("牵头科室", "牵头的科室。", "The office in the lead.")
    status = Column(
        "状态",
        "推进中、已完成或暂停；推进中和暂停的会结转到下一个半年。",
        "Its state; what is not completed carries over to the next half-year.",
        CHOICE,
        choices=("推进中", "已完成", "暂停"),
        default="推进中",
    )
    disclosure = disclosure()
    note = note()


class Policies(
    Ledger,
    stem="policies",
    sheet="文件依据",
    key=("section", "initiative", "title", "relation"),
    carried="all",
):
    """One document that work rests on, or that was drafted or signed."""

    row_zh = "一行写一份文件。"

    section = section()
    initiative = initiative()
    title = Column(
        "文件名称", "照原样写，连同书名号或引号。", "The title as printed, with its 《》 or “”.", required=True
    )
    number = Column("文号", "如 国办发〔2024〕12号，用六角括号。", "Its number, as in 国办发〔2024〕12号.")
    issuer = Column("发文机关", "发文机关全称。", "The body that issued it.")
    relation = Column(
        "关系",
        "这份文件是依据，还是我们制定、起草或签署的。",
        "Whether work rests on it, or it was made, drafted or signed here.",
        CHOICE,
        required=True,
        choices=("依据", "制定", "起草", "签署"),
    )
    year = Column("年份", "发文年份。", "The year of issue.", WHEN)
    copies = Column("份数", "份数，可不填。", "How many copies; optional.", STATED, unit_from="unit", counts=True)
    unit = unit()
    disclosure = disclosure()
    note = note()


class Coordination(Ledger, stem="coordination", sheet="调度·会议·文稿", key=("initiative", "subject", "action")):
    """One kind of coordinating work done for an initiative: meetings, notices, drafts."""

    row_zh = "一行写一类工作：调度、会议、通知、文稿各写一行。"

    initiative = initiative()
    subject = Column("对象", "会议、文稿或任务的名称。", "The meeting, paper or task.", required=True)
    action = Column(
        "动作", "做了什么：调度、参加、起草、制发通知。", "What was done: convened, attended, drafted.", required=True
    )
    value = Column(
        "数量",
        "照原样写，如 5、10余。",
        "How many, as stated.",
        STATED,
        unit_from="unit",
        qualifier_from="qualifier",
        counts=True,
    )
    qualifier = qualifier()
    unit = unit()
    detail = Column("说明", "需要写进报告的补充。", "What the report adds to it.")
    disclosure = disclosure()
    note = note()


class Milestones(Ledger, stem="milestones", sheet="大事记", key=("initiative", "date", "event")):
    """One event on one day."""

    row_zh = "一行写一件大事。"

    initiative = initiative()
    date = Column("日期", "哪一天，如 2024-03-15。", "The day.", WHEN, required=True, in_period=True)
    time_of_day = Column(
        "时段", "上午或下午，可空。", "Morning or afternoon; may be blank.", CHOICE, choices=("上午", "下午")
    )
    event = Column("事件", "发生了什么。", "What happened.", required=True)
    place = Column("地点", "在哪里。", "Where.")
    duty = Column("分工", "本科室做了什么。", "What the office did.")
    disclosure = disclosure()
    note = note()


class ListReviews(Ledger, stem="list_reviews", sheet="清单梳理", key=("list_name", "action")):
    """One kind of work on one list of powers or services."""

    row_zh = "一行写一份清单上的一类工作。"

    list_name = Column("清单", "清单名称。", "The list.", required=True)
    action = Column("动作", "梳理、调整等。", "What was done to it.", required=True)
    value = Column(
        "次数",
        "照原样写，如 10余。",
        "How many times, as stated.",
        STATED,
        unit_from="unit",
        qualifier_from="qualifier",
        counts=True,
    )
    qualifier = qualifier()
    unit = unit()
    scope = Column("范围", "涉及哪些事项，用顿号隔开。", "What it covers, separated by 、.")
    established = Column("明确内容", "明确了哪些内容。", "What was established.")
    disclosure = disclosure()
    note = note()


class ListChanges(Ledger, stem="list_changes", sheet="清单变更", key=("batch", "list_name", "change", "item")):
    """One change of one item on a list."""

    row_zh = "一行写一项变更；没有变更就不用这张表。"

    batch = Column("批次", "第几批，如 2021-1。", "The batch.")
    when = Column("日期", "变更的日期。", "The day of the change.", WHEN, in_period=True)
    list_name = Column("清单", "清单名称。", "The list.", required=True)
    change = Column(
        "变更类型",
        "变更的类型。",
        "The kind of change.",
        CHOICE,
        required=True,
        choices=(
            "承接",
            "新增",
            "取消",
            "冻结",
            "合并",
            "拆分",
            "要素修改",
            "下放",
            "转为其他权力",
            "转为公共服务",
        ),
    )
    item = Column("事项", "事项名称。", "The item.", required=True)
    before = Column("变更前", "变更前的项数。", "How many items before.", STATED, unit="项", counts=True)
    after = Column("变更后", "变更后的项数。", "How many items after.", STATED, unit="项", counts=True)
    basis_number = Column("依据文号", "依据文件的文号。", "The number of the document it rests on.")
    disclosure = disclosure()
    note = note()


class EvaluationSteps(Ledger, stem="evaluation_steps", sheet="评估环节", key=("evaluation", "stage", "work")):
    """One step of an evaluation, in order."""

    row_zh = "一行写一个环节，按先后排列。"

    evaluation = Column("评估", "哪一次评估。", "The evaluation.", required=True)
    stage = Column(
        "环节",
        "来区调研、会前、会中或会后。",
        "The stage.",
        CHOICE,
        required=True,
        choices=("来区调研", "会前", "会中", "会后"),
    )
    when = Column("时间", "什么时候，如 2024年3月上旬。", "When.", WHEN, in_period=True)
    work = Column("工作内容", "做了什么。", "What was done.", required=True)
    basis = Column("依据", "根据什么。", "On what ground.")
    organiser = Column("组织方", "谁组织的。", "Who organised it.")
    disclosure = disclosure()
    note = note()


class Outreach(Ledger, stem="outreach", sheet="普法活动", key=("month", "activity")):
    """One activity that made the law known."""

    row_zh = "一行写一次普法活动。"

    month = Column("月份", "哪个月，如 2021-04。", "The month.", WHEN, required=True, in_period=True)
    activity = Column("活动", "活动名称。", "The activity.", required=True)
    theme = Column("主题", "所属主题，如“一月一主题”。", "The series it belongs to.")
    partner = Column("联合单位", "和谁一起办的。", "With whom.")
    place = Column("地点", "在哪里办的。", "Where.")
    audience = Column("接待群众", "接待的人次，如 200余。", "People received.", STATED, unit="人次", counts=True)
    materials = Column("发放宣传品", "发放的份数，如 1000余。", "Copies handed out.", STATED, unit="份", counts=True)
    media = Column("媒体报道", "报道的媒体。", "Who reported it.")
    disclosure = disclosure()
    note = note()


class Officers(Ledger, stem="officers", sheet="执法人员", key=("category", "review"), total_over="category"):
    """One group of officers with power to enforce the law. No names."""

    row_zh = "一行写一类人员的人数；不写姓名和证号。"

    category = Column("人员类别", "哪一类人员。", "The group.", required=True)
    review = Column(
        "审核状态", "待审、通过或退回。", "The state of their review.", CHOICE, choices=("待审", "通过", "退回")
    )
    count = Column("人数", "人数。", "How many.", STATED, required=True, unit_from="unit", counts=True)
    unit = unit()
    platform = Column("平台", "在哪个平台审核。", "The platform of the review.")
    required_by = Column("要求", "谁的要求。", "Who asked for it.")
    as_of = Column("截至", "截至什么时候。", "As of when.", WHEN, in_period=True)
    disclosure = disclosure()
    note = note()


class Cases(Ledger, stem="cases", sheet="案件"):
    """One case, or one line of a summary. No names of parties, no case numbers."""

    row_zh = "一行写一件案件，或一行汇总；不写当事人姓名和案号。"

    kind = Column(
        "类型", "行政诉讼或行政复议。", "The kind of case.", CHOICE, required=True, choices=("行政诉讼", "行政复议")
    )
    role = Column("角色", "本单位的身份，如被告、被申请人。", "The bureau's part in it.")
    stage = Column("阶段", "在办或已结，可空。", "Open or closed; may be blank.", CHOICE, choices=("在办", "已结"))
    cause = Column("案由", "案由。", "The cause.")
    result = Column("结果", "结果，如维持、驳回。", "The outcome.")
    count = Column(
        "件数",
        "一行一件就写 1，汇总写件数。",
        "1 for a case, more for a summary.",
        STATED,
        required=True,
        unit="件",
        counts=True,
    )
    received = Column("收案日期", "收案日期。", "The day it was received.", WHEN)
    basis = basis(zh="汇总必填。")
    disclosure = disclosure()
    note = note()


class Licences(
    Ledger,
    stem="licences",
    sheet="行政许可",
    key=("year", "category"),
    compared_by=("category",),
    total_over="category",
):
    """The licensing decisions of one year, of one kind of item or of all."""

    row_zh = "一行写一个年度（可再分事项类别）的许可数量。"

    year = Column("年度", "哪一年，如 2020。", "The calendar year.", WHEN, required=True)
    category = Column("事项类别", "哪一类事项；不分就空着。", "The kind of item; blank for all.")
    applied = Column("申请数量", "收到的申请，件。", "Applications received.", STATED, unit="件", counts=True)
    accepted = Column("受理数量", "作出受理决定的，件。", "Decisions to accept.", STATED, unit="件", counts=True)
    granted = Column("许可数量", "作出许可决定的，件。", "Decisions to grant.", STATED, unit="件", counts=True)
    refused = Column("不予许可数量", "作出不予许可决定的，件。", "Decisions to refuse.", STATED, unit="件", counts=True)
    revoked = Column("撤销许可数量", "作出撤销许可决定的，件。", "Decisions to revoke.", STATED, unit="件", counts=True)
    disclosure = disclosure()
    note = note()


class Checks(Ledger, stem="checks", sheet="勾稽", key=("table", "name"), carried="all"):
    """One sum that ought to hold in every row of a ledger."""

    row_zh = "一行写一条勾稽关系，逐行核对，不平会报出差额。"

    table = Column("表", "核对哪张表。", "The ledger it is about.", required=True, refers_to="table")
    name = Column("名称", "这条关系叫什么。", "Its name.", required=True)
    rule = Column(
        "规则",
        "用列名、加号、减号和一个等号写，如 受理数量 = 许可数量 + 不予许可数量。",
        "Headings, +, - and one =, as in 受理数量 = 许可数量 + 不予许可数量.",
        required=True,
    )
    severity = Column(
        "级别",
        "不平时是警告还是错误；空着就是警告。",
        "What a difference is; blank means a warning.",
        CHOICE,
        choices=("警告", "错误"),
        default="警告",
    )
    note = note()
