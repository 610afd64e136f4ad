"""Documents by number, so that provisions of one document need not repeat its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from povertyrules.core.citation import Document, Provision, Titled

ISSUED = Titled("印发", "issued")


class Documents:
    """Documents by number, in the order in which they are cited."""

    def __init__(self, documents: Iterable[Document]) -> None:
        heads = {self.head(document): document for document in documents}
        self.heads = dict(sorted(heads.items(), key=lambda one: -len(one[0])))
        self.cited: dict[str, int] = {}

    @staticmethod
    def head(document: Document) -> str:
        """A document as citations begin with it."""
        return str(Provision(document, ""))

    def number(self, head: str) -> int:
        """The number of a document, the next one at its first citation."""
        return self.cited.setdefault(head, len(self.cited) + 1)

    def short(self, provisions: Iterable[str]) -> str:
        """Provisions with numbers for their documents; what rests on no document stands as it is."""
        found: dict[str, dict[str, None]] = {}
        for provision in provisions:
            head = next((h for h in self.heads if provision == h or provision.startswith(f"{h} ")), "")
            for place in provision.removeprefix(head).strip().split("; "):
                found.setdefault(head, {}).setdefault(place, None)
        parts = [f"[{self.number(head)}] {'; '.join(places)}" if head else "; ".join(places) for head, places in found.items()]
        return "\n".join(part.strip() for part in parts)

    def within(self, text: str) -> str:
        """A text with numbers for the documents that it cites in brackets."""
        for head in self.heads:
            if f"[{head} " in text:
                text = re.sub(rf"\[{re.escape(head)} ([^\]]*)\]", rf"[{self.number(head)}] \1", text)
        return text

    def listed(self, lang: str) -> Iterable[tuple[str, str]]:
        """The documents cited, by number."""
        for head, number in self.cited.items():
            issued = self.heads[head].issued
            yield f"[{number}]", f"{head}, {ISSUED.text(lang)} {issued}" if issued else head
