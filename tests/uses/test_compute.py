"""The rules called one by one as plain Python give what the compiled functions give."""

from __future__ import annotations

import pytest
from emitters.variants import POLICIES, seed_of
from fictional.drawing import Drawing, computed
from uses.plain import Plain

from povertyrules.policy import Policy

CASES = 40


@pytest.mark.parametrize(("name", "policy"), POLICIES, ids=[name for name, _ in POLICIES])
def test_plain_python_equals_the_compiled_functions(name: str, policy: Policy) -> None:
    plain = Plain(policy)
    for root in computed(policy, Drawing(policy, seed_of(name), unknown=0).roots(CASES)):
        for node in policy.builder.below(root):
            for quantity, (_, rule) in plain.rules.items():
                if rule.entity == node["#"]:
                    assert plain.value(quantity, node) == node[quantity], quantity
