"""The words of the command line's own, in both languages."""

from __future__ import annotations

from povertyrules.core.citation import Titled

WORDS = {
    "who": Titled("对象", "who"),
    "what": Titled("待遇", "what"),
    "amount": Titled("金额(元)", "amount (yuan)"),
    "per": Titled("周期", "per"),
    "provision": Titled("依据", "provision"),
    "why": Titled("原因", "why"),
    "total": Titled("合计", "total"),
    "month": Titled("月", "month"),
    "year": Titled("年", "year"),
    "once": Titled("一次性", "once"),
    "": Titled("", ""),
    "nothing": Titled("无", "nothing"),
    "documents": Titled("文件", "documents"),
    "explained": Titled("计算过程", "how each figure came about"),
    "chosen": Titled("另选", "chosen"),
    "default": Titled("默认", "default"),
    "rule": Titled("规则", "rule"),
    "kind": Titled("类别", "kind"),
    "area": Titled("领域", "area"),
    "title": Titled("名称", "title"),
    "place": Titled("地区", "place"),
    "values": Titled("数值", "values"),
    "path": Titled("路径", "path"),
    "readings": Titled("读法", "readings"),
    "question": Titled("问题", "question"),
    "choices": Titled("选项", "choices"),
    "reason": Titled("理由", "why the default"),
    "example": Titled("例", "example"),
    "policy": Titled("政策", "policy"),
    "rules": Titled("规则数", "rules"),
    "no values": Titled("本规则不含数值", "this rule holds no values"),
    "household": Titled("家庭", "household"),
    "field": Titled("字段", "field"),
    "severity": Titled("级别", "severity"),
    "found": Titled("问题", "what"),
    "error": Titled("错误", "error"),
    "warning": Titled("提示", "warning"),
    "no": Titled("否", "no"),
    "not told": Titled("未告知", "not told"),
    "plans": Titled("计划", "plans"),
    "date": Titled("日期", "date"),
    "due": Titled("事项", "due"),
    "no findings": Titled("未发现问题", "no findings"),
    "tell": Titled("告知此项", "tell"),
    "of whom": Titled("何人", "of whom"),
    "decides": Titled("即可确定", "to decide"),
    "series": Titled("标准系列", "series"),
    "applied": Titled("本地适用", "applied here"),
    "in year": Titled("年份", "year"),
    "quality": Titled("数据性质", "quality"),
    "stated": Titled("文件载明", "stated"),
    "derived": Titled("推算", "derived"),
    "average": Titled("平均", "average"),
    "planned": Titled("计划", "planned"),
    "estimate": Titled("估计", "estimate"),
    "no readings": Titled("此日施行的规则没有歧义登记", "no reading bears on the rules in force on this day"),
}


def say(word: str, lang: str) -> str:
    """A word in one language."""
    return WORDS[word].text(lang)


def several(count: int, lang: str) -> str:
    """How many more there are than are shown."""
    return f"等另{count}项" if lang == "zh" else f"and {count} more"


def folded(count: int, lang: str) -> str:
    """How many entries are not shown, and how to see them."""
    if lang == "zh":
        return f"{count}项，用 --all 查看每项及原因"
    return f"{count} {'entry' if count == 1 else 'entries'}: --all shows each with its reason"
