"""`rules`, `rule`, `policies` and `readings`: what the library holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.padding import Padding
from rich.table import Table

from povertyrules.catalogue import RuleInfo, catalogue
from povertyrules.cli import output
from povertyrules.cli.output import styled
from povertyrules.cli.sheet import GAP, RULED
from povertyrules.cli.words import say
from povertyrules.core.citation import Document
from povertyrules.core.errors import UnknownName
from povertyrules.core.interpretation import Register
from povertyrules.core.pack import Pack
from povertyrules.documents import Documents
from povertyrules.policy import Policy
from povertyrules.registry import AREAS, builtin, path_of, policies


def list_rules(policy: str, area: str, *, lang: str, in_json: bool) -> None:
    """Print every rule held, or those of a policy, or of an area."""
    asked = known_area(area) if area else ""
    found = [rule for rule in _of_policy(policy) if not asked or rule.area == asked]
    if in_json:
        output.write_json([rule.to_dict() for rule in found])
        return
    console, documents = output.console(), Documents(rule.provision.document for rule in found)
    table = Table.grid(padding=GAP)
    table.add_column(no_wrap=True)
    table.add_column(ratio=5, overflow="fold")
    table.add_column(ratio=4, overflow="fold")
    for name in dict.fromkeys(rule.area for rule in found):
        table.add_row(styled(f"\n{name}", "bold cyan"))
        for rule in found:
            if rule.area == name:
                cited = documents.short([str(rule.provision)])
                title = rule.zh if lang == "zh" else rule.en
                table.add_row(styled(rule.id), styled(title), styled(cited, "dim"))
    console.print(table)
    print_documents(documents, lang)


def print_documents(documents: Documents, lang: str) -> None:
    """Print the documents that were cited, by number."""
    console = output.console()
    console.print()
    for number, document in documents.listed(lang):
        console.print(styled(f"{number} {document}"), soft_wrap=True)


def _of_policy(name: str) -> Iterable[RuleInfo]:
    if not name:
        return catalogue()
    chain = [pack.jurisdiction.path for pack in builtin(path_of(name), AREAS)]
    return [rule for rule in catalogue() if rule.jurisdiction in chain]


def known_area(name: str) -> str:
    """The name of an area, if it is one; else an error that names the nearest."""
    known = [area.name for area in AREAS]
    if name not in known:
        raise UnknownName.among("area", name, known)
    return name


def find_rule(id: str) -> RuleInfo:
    """A rule by its id, or by the last part of it if no other ends so."""
    found = [rule for rule in catalogue() if rule.id == id] or [rule for rule in catalogue() if rule.id.endswith(f"/{id}")]
    if len({rule.id for rule in found}) == 1:
        return found[0]
    if found:
        names = " or ".join(rule.id for rule in found)
        raise UnknownName("rule", id, f"several rules end so: write {names}")
    raise unknown_rule(id)


def unknown_rule(id: str) -> UnknownName:
    """The error for an id that nobody declared; the nearest by their whole ids, else by their last parts."""
    ids = [rule.id for rule in catalogue()]
    error = UnknownName.among("rule", id, ids)
    if error.allowed.startswith("did you mean"):
        return error
    tails = {full.rsplit("/", 1)[-1]: full for full in ids}
    by_tail = UnknownName.among("rule", id, tails)
    if by_tail.allowed.startswith("did you mean"):
        return by_tail
    return UnknownName("rule", id, "`povertyrules rules` lists those held")


def show_rule(id: str, *, lang: str, in_json: bool) -> None:
    """Print one rule: what it is, where it stands, its values and its readings."""
    rule = find_rule(id)
    registers = {
        name: register
        for pack in builtin(rule.jurisdiction, AREAS)
        for name, register in pack.readings.items()
        if name in rule.readings
    }
    if in_json:
        readings = [_register(one, one.default) for one in registers.values()]
        output.write_json({**rule.to_dict(), "readings": readings})
        return
    console = output.console()
    console.print(styled(rule.id, "bold cyan"))
    head = Table.grid(padding=GAP)
    head.add_column(style="dim", no_wrap=True)
    head.add_column(overflow="fold")
    rows = {
        "title": f"{rule.zh} · {rule.en}",
        "kind": rule.kind,
        "area": rule.area,
        "place": rule.jurisdiction,
        "provision": str(rule.provision),
    }
    for word, text in rows.items():
        head.add_row(say(word, lang), styled(text))
    console.print(Padding(head, (0, 0, 0, 2)))
    console.print()
    console.print(styled(say("values", lang).capitalize(), "bold"))
    values = Table.grid(padding=GAP)
    for path, value in rule.values or (("", say("no values", lang)),):
        values.add_row(styled(path, "dim"), styled(value))
    console.print(Padding(values, (0, 0, 0, 2)))
    print_registers(registers, {}, lang)


def print_registers(registers: Mapping[str, Register], chosen: Mapping[str, str], lang: str) -> None:
    """Print interpretations: question, choices, default, reason, example."""
    console = output.console()
    for name, register in registers.items():
        console.print()
        console.print(styled(name, "bold cyan"), styled(register.question.text(lang)))
        table = Table.grid(padding=GAP)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for choice, label in register.choices.items():
            default = choice == register.default
            mark = f" ({say('default', lang)})" if default else ""
            table.add_row(styled(choice, "bold" if default else ""), styled(label.text(lang) + mark))
        table.add_row(styled(say("reason", lang), "dim"), styled(register.why.text(lang), "dim"))
        if register.example:
            table.add_row(styled(say("example", lang), "dim"), styled(register.example, "dim"))
        console.print(Padding(table, (0, 0, 0, 2)))


def list_readings(under: Policy, *, lang: str, in_json: bool) -> None:
    """Print the interpretations on which the rules in force can turn."""
    registers = under.interpretations
    if in_json:
        output.write_json([_register(one, under.choice(name)) for name, one in registers.items()])
    elif registers:
        print_registers(registers, under.choices, lang)
    else:
        output.console().print(styled(say("no readings", lang)))


def _register(register: Register, chosen: str) -> dict[str, object]:
    return {
        "id": register.name,
        "question": {"zh": register.question.zh, "en": register.question.en},
        "choices": {name: {"zh": one.zh, "en": one.en} for name, one in register.choices.items()},
        "default": register.default,
        "chosen": chosen,
        "why": {"zh": register.why.zh, "en": register.why.en},
        "rules": list(register.rules),
        "example": register.example,
    }


def list_policies(*, lang: str, in_json: bool) -> None:
    """Print the jurisdictions held, the country first."""
    chains = {path: builtin(path, AREAS) for path in sorted(policies())}
    if in_json:
        output.write_json([_jurisdiction(path, chain) for path, chain in chains.items()])
        return
    console = output.console()
    documents = Documents(one for chain in chains.values() for pack in chain for one in pack.documents.values())
    table = Table(box=RULED, show_edge=False, header_style="dim", pad_edge=False, padding=GAP)
    for word in ("policy", "path"):
        table.add_column(say(word, lang), no_wrap=True)
    table.add_column(say("place", lang), overflow="fold")
    for word in ("rules", "documents"):
        table.add_column(say(word, lang), justify="right", no_wrap=True)
    for path, chain in chains.items():
        place = chain[-1].jurisdiction
        cited = (documents.number(documents.head(one)) for one in _documents(chain))
        table.add_row(
            styled(policies()[path], "bold"),
            styled(path),
            styled(f"{place.zh} {place.en}"),
            str(sum(len(pack.rules) for pack in chain)),
            styled("".join(f"[{number}]" for number in cited), "dim"),
        )
    console.print(table)
    print_documents(documents, lang)


def _documents(chain: Iterable[Pack]) -> list[Document]:
    return [one for pack in chain for one in pack.documents.values()]


def _jurisdiction(path: str, chain: tuple[Pack, ...]) -> dict[str, object]:
    place = chain[-1].jurisdiction
    return {
        "policy": policies()[path],
        "path": path,
        "zh": place.zh,
        "en": place.en,
        "rules": sum(len(pack.rules) for pack in chain),
        "documents": [Documents.head(one) for one in _documents(chain)],
    }
