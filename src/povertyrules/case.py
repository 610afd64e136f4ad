"""One case computed under a policy: its quantities as amounts, and how each came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from povertyrules.core.amount import Amount
from povertyrules.core.citation import RuleEntry, Section, Titled
from povertyrules.core.errors import NoAnswer, NotInForce, NotStated, NotTold, PastLastDate
from povertyrules.core.interpretation import Register
from povertyrules.core.measure import in_words
from povertyrules.core.money import Fen
from povertyrules.core.plan import Plan
from povertyrules.uses.compute import Node, Program
from povertyrules.uses.explain import Explainer, Trail
from povertyrules.uses.phrases import HUNDREDTHS, day_text
from povertyrules.uses.values import Cause

STATUS = {NotInForce: "not in force", PastLastDate: "past its last date", NotStated: "unstated"}
STATUS_ZH = {
    "not eligible": "不符合条件",
    "unknown": "未知",
    "unstated": "文件未规定",
    "not in force": "尚未施行",
    "no such rule": "无此规定",
    "past its last date": "已过文件所述日期",
}


class Setting(Protocol):
    """What a case needs of its policy."""

    @property
    def plan(self) -> Plan:
        """The plan under the readings chosen."""

    @property
    def absent(self) -> Mapping[str, NoAnswer]:
        """Quantities that this policy does not supply, and why."""

    @property
    def registers(self) -> Mapping[str, Register]:
        """What the packs say about each interpretation."""

    @property
    def rules(self) -> Mapping[str, RuleEntry]:
        """Every rule that the packs declare."""

    @property
    def entitled(self) -> Mapping[str, Titled]:
        """The labels of every entitlement that some area knows."""

    @property
    def name(self) -> str:
        """The short name of the policy."""

    def choice(self, name: str) -> str:
        """The chosen reading of an interpretation."""

    def section(self, path: str) -> Section:
        """A section in force."""

    def is_past(self, path: str) -> bool:
        """Whether the policy's day lies past the last one for which a section speaks, and that is to be said."""


class Case:
    """The quantities at one node of a computed tree."""

    def __init__(self, setting: Setting, program: Program, root: Node, node: Node, beside: Case | None = None) -> None:
        self.setting, self.program, self.root, self.node = setting, program, root, node
        # cases of one tree share what was worked out to explain it
        self._explainers: dict[str, Explainer] = beside._explainers if beside else {}
        self._steps: dict[tuple[str, int, str], str] = beside._steps if beside else {}

    def explainer(self, lang: str = "en") -> Explainer:
        """The explainer of the case in one language."""
        if lang not in self._explainers:
            self._explainers[lang] = Explainer(self.setting.plan, "zh" if lang == "zh" else "en")
        return self._explainers[lang]

    def value(self, name: str) -> int | None:
        """The encoded value of a quantity, None if it is unknown or absent."""
        return self.explainer().at(name, self.node).get(name)

    def amount(self, name: str) -> Amount:
        """The amount of a quantity."""
        figure = Fen(self._present(name))
        per = self.per(name)
        quality = self._quality(name)
        if name not in self.program.loose:
            return Amount(figure, figure, figure, quality, per)
        low, high = self._ends(name)
        return Amount(figure, low, high, quality, per)

    def yes_no(self, name: str) -> bool:
        """The truth of a quantity."""
        return bool(self._present(name))

    def number(self, name: str) -> int:
        """The number of a quantity."""
        return self._present(name)

    def per(self, name: str) -> str:
        """The period of a quantity."""
        rule = self.setting.plan.quantities[name].rule
        return rule.per if rule else ""

    def _present(self, name: str) -> int:
        found = self.value(name)
        if found is None:
            raise self.reason(name)
        return found

    def _ends(self, name: str) -> tuple[Fen | None, Fen | None]:
        if "twin" not in self.root:
            self.program.twin(self.root)
            self.root["twin"] = True
        home = self.explainer().at(name, self.node)
        low, high = home.get(f"{name}<", home[name]), home.get(f"{name}>", home[name])
        return low, high

    def _quality(self, name: str) -> str:
        plain = self.program.plain_quality
        return "stated" if plain(name) else self.explainer().quality(name, self.node, plain)

    # ---- what kind of answer ----------------------------------------------------------------------------------

    def causes(self, name: str) -> dict[str, Cause]:
        """What makes a quantity unknown."""
        return self.explainer().causes_of(name, self.node)

    def status(self, name: str) -> str:
        """amount, not eligible, unknown, unstated, not in force, no such rule, past its last date."""
        if self.value(name) is None:
            causes = list(self.causes(name).values())
            if any(cause.untold for cause in causes):
                return "unknown"
            kinds = [STATUS.get(type(cause.absence), "no such rule") for cause in causes if isinstance(cause.absence, NoAnswer)]
            return kinds[0] if kinds else "unstated"
        if self.value(name) == 0 and self.explainer().refusal(name, self.node) is not None:
            return "not eligible"
        return "amount"

    def reason(self, name: str, lang: str = "en") -> NoAnswer:
        """The reason why there is no figure, as the error to raise."""
        causes = self.causes(name).values()
        kinds = [type(cause.absence) for cause in causes if isinstance(cause.absence, NoAnswer)]
        kind = NotTold if any(cause.untold for cause in causes) else (kinds or [NotStated])[0]
        return kind(f"{self.label(name, lang)}: {self.why(name, lang)}")

    def missing(self, name: str) -> tuple[str, ...]:
        """The facts that were not told and leave a quantity unknown, by name."""
        return tuple(dict.fromkeys(cause.name for cause in self.causes(name).values() if cause.untold))

    def why(self, name: str, lang: str = "en") -> str:
        """Why a quantity is nothing or has no figure: the condition that fails, what was not told, what is not stated."""
        if self.value(name) is not None:
            explainer = self.explainer(lang)
            return explainer.refusal(name, self.node) or explainer.denial(name, self.node) or ""
        causes = list(self.causes(name).values())
        untold = [f"{cause.name} ({self._fact_label(cause.name, lang)})" for cause in causes if cause.untold]
        if untold:
            return f"{'未告知' if lang == 'zh' else 'not told'}: {', '.join(untold)}"
        absent = [str(cause.absence) for cause in causes if isinstance(cause.absence, NoAnswer)]
        if absent:
            return absent[0]
        said = "; ".join(self._unstated(cause, lang) for cause in causes)
        return f"{'未载明' if lang == 'zh' else 'the text does not say'}: {said}"

    def _unstated(self, cause: Cause, lang: str) -> str:
        if cause.name in self.setting.registers:
            register = self.setting.registers[cause.name]
            return register.choices[self.setting.choice(cause.name)].text(lang)
        if cause.leaf is None and cause.name in self.setting.plan.quantities:
            label = self.label(cause.name, lang)
            return f"{label}: 未印出此种情形的数额" if lang == "zh" else f"{label}: nothing is printed for such a case"
        if cause.leaf is None:
            return f"{'只载明' if lang == 'zh' else 'stated are only '}{cause.name}"
        cited = cause.leaf.source.cite(lang)
        words = (f"未印出{cause.name}", "可用以下方法提供") if lang == "zh" else (f"{cause.name} is not printed", "give it with")
        return f'{words[0]} [{cited}]; {words[1]} policy.local({{"{cause.name}": …}}, source=…)'

    def _fact_label(self, name: str, lang: str) -> str:
        plan = self.setting.plan
        if name in plan.facts or name in plan.quantities:
            return self.explainer(lang).label(name)
        return "名单" if lang == "zh" else "the list"

    def label(self, name: str, lang: str) -> str:
        """The label of a quantity."""
        return self.explainer(lang).label(name)

    def shown(self, name: str, lang: str) -> str:
        """The answer in words, whatever it is."""
        status = self.status(name)
        if status == "amount":
            return self._shown(name, lang)
        word = STATUS_ZH.get(status, status) if lang == "zh" else status
        return f"{word}: {self.why(name, lang)}"

    def _shown(self, name: str, lang: str) -> str:
        quantity = self.setting.plan.quantities[name]
        if quantity.sort == "money":
            return self.amount(name).text(lang)
        if quantity.sort == "area":
            return in_words(self.number(name), self.per(name), lang)
        if quantity.sort == "date":
            return day_text(self.number(name))
        if quantity.rule and quantity.rule.kinds:
            return quantity.rule.kinds.of(self.number(name)).text_in(lang)
        return (
            self.explainer(lang).words["yes" if self.value(name) else "no"]
            if quantity.sort == "yes/no"
            else str(self.value(name))
        )

    # ---- how it came about ------------------------------------------------------------------------------------

    def trail(self, name: str, lang: str = "en") -> Trail:
        """What lay on the live path of a quantity."""
        return self.explainer(lang).trail(name, self.node)

    def citations(self, names: Iterable[str], lang: str = "en") -> list[str]:
        """Every provision on the live paths, each once."""
        found: dict[str, None] = {}
        for name in names:
            found |= dict.fromkeys(self.cited(self.trail(name), lang))
        return list(found)

    def cited(self, trail: Trail, lang: str = "en") -> list[str]:
        """The provisions of a trail: of its values, and of the sections whose rules it used."""
        found = {leaf.source.cite(lang): None for leaf, _ in trail.parameters.values()}
        for path in trail.sections:
            section = self.setting.section(path)
            if not any(p.startswith(f"{path}.") for p in trail.parameters):
                found |= {self._cite_rule(rule): None for rule in section.main}
        return list(found)

    def _cite_rule(self, rule: str) -> str:
        return str(self.setting.rules[rule].provision)

    def assumptions(self, trail: Trail, lang: str = "en") -> list[str]:
        """What a figure assumes: readings that take an unprinted figure as nothing, and blanks that count as nothing."""
        found = []
        for name, choice in trail.readings.items():
            register = self.setting.registers.get(name)
            if register and choice in register.assumes:
                found.append(register.assumes[choice].text(lang))
        words = ("未告知，按零计", "not told, counted as nothing")
        found += [f"{self._fact_label(blank, lang)}: {words[lang != 'zh']}" for blank in trail.blanks]
        return found

    def notes(self, trail: Trail, lang: str = "en") -> list[str]:
        """Sections on the path whose document no longer speaks for the day."""
        found = []
        for path in trail.sections:
            if self.setting.is_past(path):
                seen = self.setting.section(path).last_seen
                text = f"{path}: 文件只说到{seen}" if lang == "zh" else f"{path}: the document speaks until {seen}"
                found.append(text)
        return found

    def explain(self, names: Iterable[str], lang: str = "en") -> str:
        """Each figure with its formula, conditions, provisions and readings; intermediate quantities first."""
        told: dict[str, None] = {}
        said: dict[str, None] = {}
        for name in names:
            if self.value(name) is None:
                told[f"{self.label(name, lang)}: {self.shown(name, lang)}"] = None
                continue
            trail = self.trail(name, lang)
            told |= {self._told(key, lang): None for key, (quantity, _) in trail.quantities.items() if quantity.rule}
            said |= dict.fromkeys([*self.assumptions(trail, lang), *self.notes(trail, lang)])
        word = "提示" if lang == "zh" else "note"
        return "\n".join([*told, *(f"{word} {text}" for text in said)])

    def _told(self, key: tuple[str, int], lang: str) -> str:
        """One step of an explanation, worked out once for all cases of a tree."""
        known = (*key, lang)
        if known not in self._steps:
            quantity, node = next(t.quantities[key] for t in self.explainer(lang).trails.values() if key in t.quantities)
            at = Case(self.setting, self.program, self.root, node, beside=self)
            self._steps[known] = at._step(quantity.name, lang)
        return self._steps[known]

    def _step(self, name: str, lang: str) -> str:
        """One quantity: its answer, formula, conditions, sources, readings; what lies behind it is told on its own."""
        explainer = self.explainer(lang)
        quantity = self.setting.plan.quantities[name]
        own = Trail(deep=False)
        explainer.live(quantity.term, self.node, own)
        own.readings.update(quantity.section.turned if quantity.section else {})
        lines = [f"{explainer.label(name)}: {self.shown(name, lang)}"]
        formula = explainer.formula(quantity.term, self.node)
        if quantity.sort in HUNDREDTHS and not _bare(formula):
            lines.append(f"  = {formula}")
        lines += [f"  {'因' if lang == 'zh' else 'since'} {text}" for text in own.conditions]
        lines += [f"  {'读法' if lang == 'zh' else 'reading'} {self._reading(n, c, lang)}" for n, c in own.readings.items()]
        trail = Trail(parameters=own.parameters, sections={quantity.section.path: None} if quantity.section else {})
        lines += [f"  {'依据' if lang == 'zh' else 'source'} {text}" for text in self.cited(trail, lang)]
        return "\n".join(lines)

    def _reading(self, name: str, choice: str, lang: str) -> str:
        register = self.setting.registers.get(name)
        return f"{name} = {choice}" + (f" ({register.choices[choice].text(lang)})" if register else "")


def _bare(formula: str) -> bool:
    return all(ch.isdigit() or ch in ",.-" for ch in formula)
