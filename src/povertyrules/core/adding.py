"""Whether a plan adds up: sums beside totals, counts beside lists, places that stand twice or in no year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import frozen

from povertyrules.core.magnitude import Magnitude


@frozen
class Flaw:
    """Something that does not add up: a code, and what was found."""

    code: str
    message: str


def total_of(parts: Iterable[Magnitude]) -> Magnitude:
    """The sum of magnitudes of one unit; at least one is needed.

    >>> total_of([Magnitude.of("630 persons"), Magnitude.of("0.11万人")])
    Magnitude('1730 persons')
    """
    first, *others = parts
    return sum(others, first)


def of_sum(parts: Iterable[Magnitude], total: Magnitude) -> Iterator[Flaw]:
    """What a sum that does not close says.

    >>> [flaw.message for flaw in of_sum([Magnitude.of("70 persons")], Magnitude.of("100 persons"))]
    ['the parts come to 70 persons, the total is 100 persons: 30 persons are missing']
    """
    found = total_of(parts)
    gap = total - found
    if gap.value:
        size = Magnitude(abs(gap.value), gap.unit)
        said = f"{size.text()} are missing" if gap.value > 0 else f"{size.text()} too many"
        yield Flaw("sum", f"the parts come to {found.text()}, the total is {total.text()}: {said}")


def of_count(names: Collection[str], stated: int) -> Iterator[Flaw]:
    """What a list says that has more or fewer names than are stated."""
    if len(names) != stated:
        yield Flaw("count", f"{len(names)} are named, stated are {stated}")


def of_places(years: Mapping[int, Collection[str]], known: Collection[str] | int | None, rest: int | None) -> Iterator[Flaw]:
    """What a schedule says in which a place stands in two years, or in none, or that is in no list.

    `known` is the list of all places, or how many there are; `rest` the year that takes those that no year names.
    """
    places = dict.fromkeys(place for found in years.values() for place in found)
    for place in places:
        held = [year for year, found in years.items() for one in found if one == place]
        if len(held) > 1:
            yield Flaw("twice", f"{place} stands in {' and '.join(map(str, held))}")
    if known is None:
        return
    listed = () if isinstance(known, int) else tuple(known)
    for place in places if listed else ():
        if place not in listed:
            yield Flaw("stranger", f"{place} is in no list of all places")
    lacking = [one for one in listed if one not in places]
    left = known - len(places) if isinstance(known, int) else len(lacking)
    if left > 0:
        named = f" ({'、'.join(lacking)})" if lacking else ""
        takes = f"; {rest} takes what remains" if rest is not None else ""
        yield Flaw("never", f"{left} stand in no year{named}{takes}")
    elif left < 0:
        yield Flaw("many", f"{len(places)} are named, there are {known}")
