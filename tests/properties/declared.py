"""What the entities declare, for tests that draw every fact of a sort."""

from povertyrules.core.entity import describe
from povertyrules.core.facts import Sort


def yes_no_facts(kind: type) -> tuple[str, ...]:
    """The yes/no facts of an entity, by name."""
    return tuple(name for name, fact in describe(kind).facts.items() if fact.sort is Sort.YES_NO)
