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
    "issued": Titled("印发", "issued"),
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
    "no readings": Titled("此日施行的规则没有歧义登记", "no reading bears on the rules in force on this day"),
}


def say(word: str, lang: str) -> str:
    """A word in one language."""
    return WORDS[word].text(lang)
