"""What a calculator asks of its policy: which quantities, and which fact stands behind each argument.

A calculator is called once with marks in place of values, before a recorder that notes what it asks and answers nothing. So
a calculator is written once, and a whole frame can be put through it.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from povertyrules.core.area import Area, Result
from povertyrules.core.errors import InputError, SortError, UnknownName
from povertyrules.policy import Policy

ALLOWED = "allowed: a calculator of an area that gives a result for one case, such as policy.medical.settle"


@frozen(eq=False)
class Mark:
    """Stands for the value of an argument while a calculator is looked at."""

    argument: str


@frozen(eq=False)
class Asked:
    """What a calculator asks: of which policy, which quantities, what each argument tells, and which lists it tells whole."""

    policy: Policy
    fields: Mapping[str, str]
    """The quantity behind each field of the result."""
    told: Mapping[str, str]
    """The fact or quantity behind each argument."""
    literals: Mapping[str, object]
    """What the calculator tells by itself, by fact."""
    lists: frozenset[str]
    """The lists of lower entities of which the calculator tells the one entry."""
    name: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """The quantities asked for, each once."""
        return tuple(dict.fromkeys(self.fields.values()))


class Recorder:
    """Stands for a policy; what it is asked is noted, and there is no answer."""

    def __init__(self, policy: Policy) -> None:
        self._policy, self.asked = policy, list[tuple[tuple[str, ...], Mapping[str, object]]]()

    def evaluate(self, targets: tuple[str, ...], facts: Mapping[str, object]) -> object:
        """Note the question."""
        self.asked.append((targets, facts))
        return object()

    def __getattr__(self, name: str) -> object:
        return getattr(self._policy, name)


def result_of(calculator: object) -> type[Result] | None:
    """The class of what a calculator gives, if it is a result."""
    function = getattr(calculator, "__func__", calculator)
    found = typing.get_type_hints(function).get("return") if callable(function) else None
    return found if isinstance(found, type) and issubclass(found, Result) else None


def asked_by(calculator: object, arguments: Iterable[str]) -> Asked:
    """What a calculator asks when it is given some arguments; `SortError` if it is not one for rows.

    >>> import povertyrules as pr
    >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
    >>> asked_by(zz.elderly.allowances, ["age", "receives_dibao"]).told
    {'age': 'age', 'receives_dibao': 'receives_dibao'}
    """
    area, result = getattr(calculator, "__self__", None), result_of(calculator)
    if not isinstance(area, Area) or not isinstance(area.bound, Policy) or result is None:
        raise SortError("calculator", calculator, ALLOWED)
    given, policy = frozenset(arguments), area.bound
    signature = inspect.signature(typing.cast("Callable[..., object]", calculator))
    for name in given - signature.parameters.keys():
        raise UnknownName.among("argument", name, signature.parameters)
    values = {n: Mark(n) if n in given else None for n, p in signature.parameters.items() if n in given or _required(p)}
    recorder = Recorder(policy)
    try:
        getattr(type(area)(typing.cast(typing.Any, recorder)), typing.cast(typing.Any, calculator).__name__)(**values)
    except InputError as error:  # it looks into its arguments, so it is no formula of columns
        raise SortError("calculator", calculator, f"{ALLOWED}; this one works on {error.field} in Python") from None
    if len(recorder.asked) != 1:
        raise SortError("calculator", calculator, ALLOWED)
    read = _Reading()
    read.table(recorder.asked[0][1])
    for argument, fact in read.told.items():  # a list of persons, say, is no column: whole tables go through assess_frames
        if fact not in policy.plan.facts and fact not in policy.plan.quantities:
            raise SortError("calculator", calculator, f"{ALLOWED}; this one takes {argument}, a list: use policy.assess_frames")
    name = f"{area.name}.{typing.cast(typing.Any, calculator).__name__}"
    return Asked(policy, result.fields(), read.told, read.literals, frozenset(read.lists), name)


def _required(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty


@frozen(eq=False)
class _Reading:
    """Reads what a calculator told the recorder."""

    told: dict[str, str] = field(factory=dict)
    literals: dict[str, object] = field(factory=dict)
    lists: set[str] = field(factory=set)

    def table(self, facts: Mapping[str, object]) -> None:
        """A table of facts; a list of one table is one entry of a lower entity."""
        for name, value in facts.items():
            if isinstance(value, Mark):
                self.told[value.argument] = name
            elif isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], dict):
                self.lists.add(name)
                self.table(value[0])
            elif value is not None:
                self.literals[name] = value


def calculators(policy: Policy) -> dict[str, Callable[..., Result]]:
    """Every calculator of a policy that gives a result for one case, by area and name.

    >>> import povertyrules as pr
    >>> "elderly.allowances" in calculators(pr.policy("zaozhuang-hitech", on="2017-06-30"))
    True
    """
    out: dict[str, Callable[..., Result]] = {}
    for kind in policy.areas:
        area = policy.area(kind)
        for name in dir(kind):
            found = getattr(area, name)
            if not name.startswith("_") and inspect.ismethod(found) and result_of(found) is not None:
                out[f"{kind.name}.{name}"] = found
    return out
