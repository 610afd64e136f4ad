"""`assess`: from a file to statements, household by household; a refused one does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import povertyrules as pr
from povertyrules.cli import output
from povertyrules.cli.sheet import Sheet
from povertyrules.core.errors import DateError, InputError
from povertyrules.entities import Household
from povertyrules.households import Batch, Refusal, read_households
from povertyrules.policy import Policy
from povertyrules.statement import Statement

T = TypeVar("T")


def chosen_policy(name: str, on: str, *, past: str = "warn", readings: Sequence[str] = ()) -> Policy:
    """The policy that the options ask for."""
    under = pr.policy(name, on=on, past=past)
    for one in readings:
        under = under.reading(*split_reading(one))
    return under


def split_reading(text: str) -> tuple[str, str]:
    """An interpretation and its choice, as `--reading` takes them."""
    id, sign, choice = text.partition("=")
    if not sign:
        raise InputError("--reading", text, "write ID=CHOICE, such as rounding.mode=down")
    return id.strip(), choice.strip()


def assess_file(
    path: str, under: Policy, *, untold: str, lang: str, in_json: bool, explain: bool, every: bool = False
) -> tuple[Refusal, ...]:
    """Print the statements of a file; return the households that are refused."""

    def assess(household: Household) -> Statement:
        statement = under.assess(household, untold=untold)
        statement.record  # noqa: B018 - it is written now, so that what it refuses is refused here
        return statement

    batch = read_households(path)
    refused: list[Refusal] = []
    found = noting(answers(batch, under, assess), refused)
    if not in_json:
        sheet = Sheet(under, lang, explain=explain, every=every)
        for index, answer in found:
            if isinstance(answer, Statement):
                sheet.print(answer, batch.at(index))
    elif batch.many:
        output.write_json_list({"index": index, **_row(answer)} for index, answer in found)
    else:
        for _, answer in found:
            output.write_json(_row(answer))
    tell(batch, refused, "assessed")
    return tuple(refused)


def tell(batch: Batch, refused: Sequence[Refusal], done: str) -> None:
    """Write the refusals to standard error, and of a file of many how many there are."""
    for one in refused:
        output.error(one.message)
    if refused and batch.many:
        whole = len(batch.households) + len(batch.refused)
        output.error(f"{len(refused)} of {whole} households refused, {whole - len(refused)} {done}")


def answers(batch: Batch, under: Policy, ask: Callable[[Household], T]) -> Iterator[tuple[int, T | Refusal]]:
    """What is asked of each household, or its refusal, with its index, in the order of the file."""
    read, refused = dict(batch.households), {one.index: one for one in batch.refused}
    for index in sorted(read.keys() | refused.keys()):
        yield index, refused[index] if index in refused else _answer(read[index], under, ask, index, batch.at(index))


def _answer(household: Household, under: Policy, ask: Callable[[Household], T], index: int, at: str) -> T | Refusal:
    try:
        same_day(household, under)
        return ask(household)
    except InputError as error:
        return Refusal.of(error, index=index, at=at)


def same_day(household: Household, under: Policy) -> None:
    """Refuse a household whose own day is not the policy's: its rules might not be those in force."""
    if household.on is not None and household.on != under.on:
        allowed = f"the policy is asked for {under.on}: choose --on {household.on}, or leave `on` out"
        raise DateError("on", str(household.on), allowed)


def noting(found: Iterable[tuple[int, T | Refusal]], refused: list[Refusal]) -> Iterator[tuple[int, T | Refusal]]:
    """The same answers, the refusals among them noted on the way."""
    for index, answer in found:
        if isinstance(answer, Refusal):
            refused.append(answer)
        yield index, answer


def _row(answer: Statement | Refusal) -> dict[str, object]:
    return answer.to_dict() if isinstance(answer, Statement) else {"error": answer.to_dict()}
