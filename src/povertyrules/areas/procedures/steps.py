"""The steps of a procedure as packs write them: who acts, how long public notice runs, what has to be true, what comes before.

>>> steps = Steps.written([
...     {"step": "asked", "zh": "申请", "en": "asked for"},
...     {"step": "posted", "zh": "公示", "en": "posted", "notice_days": 7},
...     {"step": "granted", "zh": "批准", "en": "granted", "needs": {"no_objection": {"zh": "无异议", "en": "no objection"}}},
... ], "steps")
>>> [(step.code, step.after, step.notice) for step in steps.rows]
[('asked', (), None), ('posted', ('asked',), 7), ('granted', ('posted',), None)]
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

from attrs import evolve, field, frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import InputError, SortError, UnknownName
from povertyrules.core.figures import number_of, text_of
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Missing
from povertyrules.core.turning import Row
from povertyrules.core.written import TEXT, TITLED, Label, Shape, by_key, keyed, names, record, rows, rows_of, table
from povertyrules.core.written import titled as both_languages

CODE = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NOTICE = 366
"""How many days a notice runs at most: a longer one is a slip."""
KEYS = ("step", "zh", "en", "by", "notice_days", "after", "needs")


class DayCount(enum.StrEnum):
    """How the days of a notice are counted; the day of posting is not."""

    CALENDAR = "calendar"
    WORKING = "working"

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read "calendar" or "working"."""
        if not isinstance(raw, str) or raw not in list(cls):
            raise UnknownName.among(where, raw, list(cls))
        return cls(raw)

    @classmethod
    def shape(cls) -> Shape:
        """One of the two words."""
        return {"enum": [one.value for one in cls]}

    def printed(self) -> Iterable[tuple[str, str]]:
        """Nothing: it says how to read what is printed."""
        return ()

    def after(self, posted: datetime.date, days: int) -> datetime.date:
        """The day on which a notice has run for so many days. Working days are Monday to Friday.

        >>> friday = datetime.date(2018, 6, 1)
        >>> [str(count.after(friday, 7)) for count in DayCount]
        ['2018-06-08', '2018-06-12']
        """
        if self is DayCount.CALENDAR:
            return posted + datetime.timedelta(days=days)
        from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule

        begins = datetime.datetime(posted.year, posted.month, posted.day) + datetime.timedelta(days=1)
        return list(rrule(DAILY, dtstart=begins, count=days, byweekday=(MO, TU, WE, TH, FR)))[-1].date()

    def text(self, lang: str) -> str:
        """The days in words."""
        return DAYS[self].text(lang)


DAYS = {DayCount.CALENDAR: Titled("个自然日", "calendar days"), DayCount.WORKING: Titled("个工作日", "working days")}


@frozen
class Step:
    """One step: what is done, by whom, after which steps, with which facts, and how long its public notice runs.

    `notice` is None for a step without notice, `Missing` where the text does not print the days.
    """

    code: str
    title: Titled
    after: tuple[str, ...]
    by: Titled | None = None
    notice: int | Missing | None = None
    needs: Mapping[str, Titled] = field(factory=dict)


@frozen
class Steps:
    """The steps of a procedure, in order.

    `step` (a code), `zh` and `en` say what is done, `by` who acts. `notice_days` is how many days of public notice begin with
    the step and have run before the next one, or `{ missing = true }`. `after` lists the steps that may stand before it: left
    out it is the one listed before, empty it is a start. A step listed after one that comes later in the list is a way back, as
    after an objection: it does not wait for a notice. `needs` are yes/no facts that must be told as true with the step.
    """

    whole: ClassVar[bool] = True
    rows: tuple[Step, ...]

    @classmethod
    def written(cls, raw: object, where: str) -> Self:
        """Read a list of steps."""
        found: list[Step] = []
        for at, row in rows(raw, where, KEYS, ("step", "zh", "en")):
            found.append(_step(row, at, found[-1].code if found else None))
        made = cls(tuple(found))
        made._connected(where)
        return made

    @classmethod
    def shape(cls) -> Shape:
        """A list of tables."""
        missing = record({"missing": {"const": True}}, ("missing",))
        days: Shape = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": LONGEST_NOTICE}, missing]}
        code: Shape = {"type": "string", "pattern": f"^{CODE.pattern}$"}
        codes: Shape = {"type": "array", "items": code, "uniqueItems": True}
        known = {"step": code, "zh": TEXT, "en": TEXT, "by": TITLED, "notice_days": days, "after": codes}
        return rows_of(record({**known, "needs": by_key(more=TITLED)}, ("step", "zh", "en")))

    def printed(self) -> Iterable[tuple[str, str]]:
        """Each step by its code, with the days of its notice."""
        return ((step.code, f"{step.title.en}{_days(step)}") for step in self.rows)

    def with_part(self, key: str, value: object, path: str) -> Self:
        """The steps with the days of one notice supplied, or supposed, by the caller."""
        step = self.named(key, path)
        if step.notice is None:
            raise InputError(path, value, "this step has no notice")
        days = number_of(value, path, least=1, most=LONGEST_NOTICE)
        return evolve(self, rows=tuple(evolve(one, notice=days) if one is step else one for one in self.rows))

    def named(self, code: object, where: str = "step") -> Step:
        """The step of a code; `UnknownName` if there is none."""
        found = next((step for step in self.rows if step.code == code), None)
        if found is None:
            raise UnknownName.among(where, code, (step.code for step in self.rows))
        return found

    def onward(self, before: str, step: Step) -> bool:
        """Whether a step lies further on than another one, and is not a way back."""
        codes = [one.code for one in self.rows]
        return codes.index(before) < codes.index(step.code)

    @property
    def starts(self) -> tuple[Step, ...]:
        """The steps with which the procedure can begin."""
        return tuple(step for step in self.rows if not step.after)

    @property
    def ends(self) -> tuple[Step, ...]:
        """The steps from which no way leads further on."""
        left = {before for step in self.rows for before in step.after if self.onward(before, step)}
        return tuple(step for step in self.rows if step.code not in left)

    def _connected(self, where: str) -> None:
        """Refuse codes that stand twice, steps after none that is there, and steps to which no way leads."""
        codes = [step.code for step in self.rows]
        for i, step in enumerate(self.rows):
            if step.code in codes[:i]:
                raise SortError(f"{where}[{i}].step", step.code, "a step stands twice")
            for before in step.after:
                self.named(before, f"{where}[{i}].after")
        reached = {step.code for step in self.starts}
        for _ in codes:
            reached |= {step.code for step in self.rows if reached & set(step.after)}
        for i, step in enumerate(self.rows):
            if step.code not in reached:
                raise SortError(f"{where}[{i}].after", step.code, "no way leads to this step from a start")


def _step(row: Mapping[str, object], at: str, before: str | None) -> Step:
    after = row.get("after", [] if before is None else [before])
    needs = table(row["needs"], f"{at}.needs") if "needs" in row else {}
    return Step(
        _code(row["step"], f"{at}.step"),
        both_languages({"zh": row["zh"], "en": row["en"]}, at),
        () if after == [] else names(after, f"{at}.after"),
        both_languages(row["by"], f"{at}.by") if "by" in row else None,
        _notice(row["notice_days"], f"{at}.notice_days") if "notice_days" in row else None,
        {_code(code, f"{at}.needs"): both_languages(one, f"{at}.needs.{code}") for code, one in needs.items()},
    )


def _code(raw: object, where: str) -> str:
    found = text_of(raw, where)
    if not CODE.fullmatch(found):
        raise SortError(where, raw, "write a code of small letters, digits and _")
    return found


def _notice(raw: object, where: str) -> int | Missing:
    if isinstance(raw, dict):
        if keyed(raw, where, ("missing",))["missing"] is not True:
            raise SortError(where, raw, "write missing = true")
        return Missing()
    return number_of(raw, where, least=1, most=LONGEST_NOTICE)


def _days(step: Step) -> str:
    if step.notice is None:
        return ""
    return "; days of notice not printed" if isinstance(step.notice, Missing) else f"; {step.notice} days of notice"


@parameters
class Procedure(Row):
    """A procedure (程序): its steps, and how the days of its notices are counted, "calendar" (the default) or "working"."""

    steps: Steps = param("")
    days: DayCount = param("", default=DayCount.CALENDAR)
    label: Label | None = param("", default=None)
