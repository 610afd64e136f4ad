"""A course: how far one case has come in a procedure, and what may come next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attrs import evolve, field, frozen

from povertyrules.core.citation import Titled
from povertyrules.core.errors import SortError


@frozen
class Taken:
    """A step that was taken, and when."""

    step: str
    on: datetime.date

    def __str__(self) -> str:
        return f"{self.on} {self.step}"


def _begun(_: object, __: object, history: tuple[Taken, ...]) -> None:
    if not history:
        raise SortError("history", history, "a course has at least its first step")


@frozen
class Course:
    """How far one case has come: the procedure, its steps, and those taken. It never changes; a further step makes another one.

    >>> course = Course("exit", ("asked", "granted"), (Taken("asked", datetime.date(2018, 6, 1)),))
    >>> course.state, course.day.isoformat()
    ('asked', '2018-06-01')
    """

    name: str
    steps: tuple[str, ...] = field(repr=False)
    history: tuple[Taken, ...] = field(validator=_begun)

    @property
    def state(self) -> str:
        """The last step that was taken."""
        return self.history[-1].step

    @property
    def day(self) -> datetime.date:
        """The day of the last step."""
        return self.history[-1].on

    def with_step(self, step: str, on: datetime.date) -> Course:
        """The course after one more step."""
        return evolve(self, history=(*self.history, Taken(step, on)))

    def answers(self) -> dict[str, object]:
        """For each step whether the course stands there, as a case file writes it."""
        return {f"at_{step}": step == self.state for step in self.steps}

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(map(str, self.history))}"


@frozen
class Next:
    """A step that may come next: who takes it, what it needs, and the first day on which it may be taken."""

    step: str
    title: Titled
    first: datetime.date
    by: Titled | None = None
    needs: Mapping[str, Titled] = field(factory=dict)
    back: bool = False
    """Whether it is a way back, as after an objection."""
    stated: bool = True
    """Whether the text says how long the notice before it runs; if not, `first` is the day on which the notice was posted."""

    def text(self, lang: str = "en") -> str:
        """The step in words."""
        zh = lang == "zh"
        by = f"（{self.by.zh}）" if zh and self.by else f" ({self.by.en})" if self.by else ""
        waits = "" if self.stated else "，公示天数未载明" if zh else ", the days of notice are not printed"
        needs = ("、" if zh else ", ").join(one.text(lang) for one in self.needs.values())
        asked = f"；须{needs}" if zh and needs else f"; needs: {needs}" if needs else ""
        since = f"{self.first} 起" if zh else f"from {self.first}"
        return f"{self.title.text(lang)}{by}{'，' if zh else ', '}{since}{waits}{asked}"

    def __str__(self) -> str:
        return f"{self.step}: {self.text()}"
