"""When a term is known, as a term of its own: right, and no larger than the term it is about."""

from povertyrules.core.terms import TRUE, Term, interning, known, leaf, make, op, walk


def size(term: Term) -> int:
    """How large a term is when it is written out, as an engine without shared parts must."""
    sizes: dict[int, int] = {}
    for node in walk(term):
        sizes[id(node)] = 1 + sum(sizes[id(arg)] for arg in node.args)
    return sizes[id(term)]


def fact(name: str, *, yes_no: bool = False) -> Term:
    return leaf("fact", name, yes_no=yes_no)


def test_a_long_list_of_conditions_is_known_in_one_pass() -> None:
    with interning():
        kind = fact("kind")
        same = op("eq", kind, 0)
        for code in range(1, 30):
            same = op("or", same, op("eq", kind, code))
        large, small = size(known(same)), size(same)
        assert large < 2 * small


def test_conditions_on_many_facts_grow_in_step_with_them() -> None:
    with interning():
        for word in ("and", "or"):
            out = fact("f0", yes_no=True)
            for i in range(1, 24):
                out = op(word, out, fact(f"f{i}", yes_no=True))
            large, small = size(known(out)), size(out)
            assert large < 20 * small


def test_a_branch_whose_condition_is_known_asks_only_for_the_branch_taken() -> None:
    with interning():
        told = op("lt", fact("a"), 3)
        out = op("where", told, fact("b"), fact("c"))
        found = known(out, frozenset({"a"}))
        assert found.op == "where"
        assert [arg.op for arg in found.args] == ["lt", "known", "known"]


def test_a_reading_that_is_chosen_is_known_with_its_choice() -> None:
    with interning():
        chosen = make("reading", (op("add", 1, 2),), ("x.y", "a"))
        assert known(chosen) is TRUE
