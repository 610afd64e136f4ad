"""Procedures (程序): who acts after whom, how long public notice runs, what must be true, as state machines made from data.

A course is how far one case has come: `start` begins it, `advance` takes a step or refuses it with the provision, `allowed` says
what may come next, and from which day. `walk` goes through steps that were taken, `finish` says how early the end can be reached.

References: the five documents; each row cites its own place.
Limits: the day of posting does not count; working days are Monday to Friday, public holidays are not known. No document says
what follows on an objection. Where the days of a notice are not printed, a step may follow on any day, and the end is not stated
until the caller supplies them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import ClassVar, cast

from povertyrules.areas.procedures.course import Course, Next, Taken
from povertyrules.areas.procedures.steps import Procedure, Step
from povertyrules.areas.procedures.track import Track
from povertyrules.areas.procedures.words import diagram, explained
from povertyrules.core import given
from povertyrules.core.area import Bound
from povertyrules.core.data import DataArea
from povertyrules.core.errors import InputError, SortError
from povertyrules.core.written import keyed

__all__ = ["Course", "Next", "Procedure", "ProceduresArea", "Step", "Taken"]

Day = datetime.date | str


class ProceduresArea(DataArea):
    """Procedures: `start`, `advance`, `allowed`, `walk`, `finish`, `earliest_finish`, `diagram`, `explain`, `overview`."""

    name = "procedures"
    models: ClassVar[dict[str, type]] = {"procedure": Procedure}

    def __init__(self, bound: Bound) -> None:
        super().__init__(bound)
        self._tracks: dict[str, Track] = {}

    def track(self, name: str) -> Track:
        """A procedure in force; raises `UnknownName` if there is none of that name, or the reason it is not in force."""
        if name not in self._tracks:
            held, path = self.row(Procedure, name), f"{self.name}.{name}"
            at = f"{path}.steps"
            sources = {one.removeprefix(f"{at}[")[:-1]: s for one, s in self.bound.section(path).sources.items() if one != at}
            supplied = {code: source.cite() for code, source in sources.items() if source.supplied}
            title = self.title(name, held.label)
            self._tracks[name] = Track(name, title, held.steps, held.days, self.bound.cite(at), supplied)
        return self._tracks[name]

    def steps(self, name: str) -> tuple[Step, ...]:
        """The steps of a procedure, in order.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> len(zz.procedures.steps("person_exit_procedure"))
        10
        """
        return self.track(name).steps.rows

    def start(self, name: str, *, on: Day, step: str | None = None, facts: Mapping[str, bool | None] | None = None) -> Course:
        """Begin a course: take the first step of a procedure, or another one with which it can begin, on a day.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> zz.procedures.start("village_exit_procedure", on="2018-06-01").day.isoformat()
        '2018-06-01'
        """
        track = self.track(name)
        code = track.steps.starts[0].code if step is None else step
        return track.take(None, code, given.day("on", on), {} if facts is None else facts)

    def advance(self, course: Course, step: str, *, on: Day, facts: Mapping[str, bool | None] | None = None) -> Course:
        """The course after one more step, taken on a day; `facts` are those that the step needs. The course given is unchanged.

        Raises `StepRefused`, which says why and by which provision: the step does not come next, a notice still runs, a fact
        is not told or false, the day lies before that of the last step. Raises `UnknownName` for a step that there is not.

        >>> import povertyrules as pr
        >>> procedures = pr.policy("zaozhuang-hitech", on="2018-06-30").procedures
        >>> proposed = procedures.start("person_exit_procedure", on="2018-06-01")
        >>> reviewed = procedures.advance(proposed, "representatives_review", on="2018-06-04")
        >>> print(reviewed)
        person_exit_procedure: 2018-06-01 group_proposal, 2018-06-04 representatives_review
        """
        given.one_of("course", course, Course)
        return self.track(course.name).take(course, step, given.day("on", on), {} if facts is None else facts)

    def allowed(self, course: Course) -> tuple[Next, ...]:
        """The steps that may come next, each with the first day for it and the facts that it needs; none at the end.

        >>> import povertyrules as pr
        >>> procedures = pr.policy("zaozhuang-hitech", on="2018-06-30").procedures
        >>> [one.step for one in procedures.allowed(procedures.start("person_exit_procedure", on="2018-06-01"))]
        ['representatives_review']
        """
        given.one_of("course", course, Course)
        return tuple(self.track(course.name).allowed(course))

    def walk(self, name: str, done: Iterable[Mapping[str, object]]) -> Course:
        """The course of steps that were taken, each a table of `step`, `on` and, where it needs some, `facts`.

        Raises `StepRefused` at the first that was not in order.

        >>> import povertyrules as pr
        >>> done = [{"step": "group_proposal", "on": "2018-06-01"}, {"step": "representatives_review", "on": "2018-06-04"}]
        >>> pr.policy("zaozhuang-hitech", on="2018-06-30").procedures.walk("person_exit_procedure", done).state
        'representatives_review'
        """
        track, course = self.track(name), cast("Course | None", None)
        for i, one in enumerate(given.each_of("done", done, dict)):
            told = keyed(one, f"done[{i}]", ("step", "on", "facts"), ("step", "on"))
            try:
                facts = given.table("facts", told.get("facts", {}))
                course = track.take(course, cast(str, told["step"]), given.day("on", told["on"]), facts)
            except InputError as error:
                raise error.below(f"done[{i}]") from None
        if course is None:
            raise SortError("done", done, "write at least the first step")
        return course

    def finish(self, name: str, start: Day) -> datetime.date:
        """The earliest day on which a procedure that begins on a day can be over, the last notice run.

        A step without notice takes no day. Raises `NotStated` where the days of a notice are not printed, until they are
        supplied: `policy.local({"procedures.<name>.steps[<step>]": 7}, source=…)`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2018-06-30")
        >>> str(zz.procedures.finish("person_exit_procedure", "2018-06-01"))
        '2018-06-13'
        """
        return self.track(name).finish(None, given.day("start", start))

    def earliest_finish(self, course: Course) -> datetime.date:
        """The earliest day on which a course can be over, going on and not back; raises `NotStated` as `finish` does.

        >>> import povertyrules as pr
        >>> procedures = pr.policy("zaozhuang-hitech", on="2018-06-30").procedures
        >>> str(procedures.earliest_finish(procedures.start("person_exit_procedure", on="2018-06-01")))
        '2018-06-13'
        """
        given.one_of("course", course, Course)
        return self.track(course.name).finish(course, course.day)

    def diagram(self, name: str, lang: str = "en") -> str:
        """The procedure as a state diagram in the words of Mermaid, in English ("en") or Chinese ("zh").

        >>> import povertyrules as pr
        >>> drawn = pr.policy("zaozhuang-hitech", on="2018-06-30").procedures.diagram("person_exit_procedure")
        >>> "group_proposal --> representatives_review" in drawn
        True
        """
        return diagram(self.track(name), lang)

    def explain(self, what: str | Course, lang: str = "en") -> str:
        """A procedure step by step with its provision; of a course also when its steps were taken.

        >>> import povertyrules as pr
        >>> told = pr.policy("zaozhuang-hitech", on="2018-06-30").procedures.explain("person_exit_procedure")
        >>> [line.strip() for line in told.splitlines() if "calendar days" in line]
        ['the notice of village_notice, 7 calendar days', 'the notice of review_notice, 5 calendar days']
        """
        course = what if isinstance(what, Course) else None
        return explained(self.track(what.name if isinstance(what, Course) else what), lang, course)
