"""The kinds of obligations that are about items: a checklist, a prohibition."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import cast

from povertyrules.areas.obligations.kinds import Duty
from povertyrules.areas.obligations.outcome import Judgement, Status
from povertyrules.core.citation import Titled
from povertyrules.core.errors import SortError, UnknownName
from povertyrules.core.magnitude import Magnitude
from povertyrules.core.section import param, parameters
from povertyrules.core.written import Items


@parameters
class ChecklistDuty(Duty):
    """Items that must be there: all, or at least so many of them. An open list (等) may have others too."""

    items: Items = param("")
    needs: int | None = param("kinds", default=None)
    open: bool = param("", default=False)

    @property
    def wanted(self) -> int:
        """How many of the items must be there."""
        return len(self.items.rows) if self.needs is None else self.needs

    def asked(self) -> Titled:
        """The items."""
        n = "" if self.needs is None else str(self.needs)
        more = ("等", " and others") if self.open else ("", "")
        listed = [joined(self.items.rows.values(), lang) + word for lang, word in zip(("zh", "en"), more, strict=True)]
        zh, en = f"至少 {n} 项：" if n else "", f"at least {n} of: " if n else ""
        return Titled(self.until(zh + listed[0], "zh"), self.until(en + listed[1], "en"))

    def read(self, told: object, field: str) -> dict[str, bool]:
        """Which items are there; of a list of codes, those that are not in it are not there."""
        return told_items(told, self.items.rows, field)

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """How many are there; what is untold could be."""
        there = cast("dict[str, bool]", told)
        held, untold = sum(there.values()), [code for code in self.items.rows if code not in there]
        lacking = self.wanted - held
        if lacking <= 0:
            return Judgement(Status.MET)
        codes = [code for code in self.items.rows if not there.get(code, False)]
        said = Titled(*(joined((self.items.rows[code] for code in codes), lang) for lang in ("zh", "en")))
        if lacking <= len(untold):
            return Judgement(Status.UNKNOWN, said=said)
        return Judgement(self.late(on), Magnitude.of(f"{lacking} items"), said=said)


@parameters
class ProhibitionDuty(Duty):
    """What must not happen."""

    items: Items = param("")

    def asked(self) -> Titled:
        """The items."""
        return Titled(
            f"不得：{joined(self.items.rows.values(), 'zh')}", f"none of these: {joined(self.items.rows.values(), 'en')}"
        )

    def read(self, told: object, field: str) -> dict[str, bool]:
        """What happened; of a list of codes, those that are not in it did not."""
        return told_items(told, self.items.rows, field)

    def judge(self, told: object, on: datetime.date) -> Judgement:
        """Whether anything happened."""
        happened = [code for code, found in cast("dict[str, bool]", told).items() if found]
        if happened:
            said = Titled(*(joined((self.items.rows[code] for code in happened), lang) for lang in ("zh", "en")))
            return Judgement(Status.MISSED, Magnitude.of(f"{len(happened)} items"), said=said)
        untold = self.items.rows.keys() - cast("dict[str, bool]", told).keys()
        return Judgement(Status.UNKNOWN if untold else Status.MET)


def joined(texts: Iterable[Titled], lang: str) -> str:
    """Texts as an enumeration."""
    return ("、" if lang == "zh" else ", ").join(one.text(lang) for one in texts)


def told_items(told: object, known: Mapping[str, Titled], field: str) -> dict[str, bool]:
    """Read which items were told: a list of codes says yes to them and no to the others, a table says which it knows."""
    named = told if isinstance(told, list | tuple | set) else told.keys() if isinstance(told, dict) else None
    if named is None:
        raise SortError(field, told, "write a list of codes, or a table of codes with true or false")
    for code in named:
        if code not in known:
            raise UnknownName.among(f"{field}.{code}", code, known)
    if not isinstance(told, dict):
        return {code: code in named for code in known}
    for code, one in told.items():
        if one is not None and not isinstance(one, bool):
            raise SortError(f"{field}.{code}", one, "write true or false; leave out what is not known")
    return {code: one for code, one in told.items() if one is not None}
