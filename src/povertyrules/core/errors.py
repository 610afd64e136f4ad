"""One base class, one class per reason. The messages are part of the public face.

Every error says which field, which value, what is allowed and, where a document decides, which provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Self

LONGEST = 160
"""How much of a refused value is shown, in characters."""

# A run of 15 digits or more; not the decimals of a float, but its digits if it is written with an exponent.
_IDENTITY = re.compile(r"(?<![0-9])(?<![0-9]\.)[0-9]{14,}[0-9Xx]|[0-9]\.[0-9]{12,}(?=e\+1[4-7])")


def mask(identity: object) -> str:
    """An identity number as it may be shown: region and nothing else.

    >>> mask("370403194903071234")
    '370403************'
    """
    text = str(identity)
    return text[:6] + "*" * max(len(text) - 6, 0)


def hidden(text: str) -> str:
    """A text with whatever looks like an identity number masked.

    >>> hidden("persons: 370403194903071234 and 1.123456789012345678")
    'persons: 370403************ and 1.123456789012345678'
    """
    return _IDENTITY.sub(lambda found: mask(found[0]), text)


class Shown(str):
    """What is shown of a value that is too long, or that holds an identity number; it prints as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def as_shown(value: object) -> object:
    """A refused value as it may be kept and shown: itself, or what is left of it when it is masked and cut.

    >>> as_shown({"id_number": "370403194903071234"}), as_shown(5)
    ({'id_number': '370403************'}, 5)
    """
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deep; an integer too long to be written
        return Shown(f"a {type(value).__name__}")
    safe = hidden(text)  # before it is cut: a cut number would not be found
    if len(safe) > LONGEST:
        return Shown(f"{safe[:LONGEST]}…")
    if safe == text:
        return value
    return hidden(value) if isinstance(value, str) else Shown(safe)


class PovertyRulesError(Exception):
    """The base of every error the library raises on purpose."""


class InputError(PovertyRulesError, ValueError):
    """Something that was passed in is refused.

    Attributes: `field` (its name), `value` (as shown: cut if it is long, identity numbers masked), `allowed` (what would do)
    and `provision` (a citation, or an empty string).
    """

    def __init__(self, field: str, value: object, allowed: str, provision: str = "") -> None:
        self.field, self.value, self.allowed = hidden(field), as_shown(value), hidden(allowed)
        self.provision = provision
        super().__init__(self.field, self.value, self.allowed, provision)

    def __str__(self) -> str:
        cited = f" [{self.provision}]" if self.provision else ""
        return f"{self.field}: {self.value!r} is refused; {self.allowed}{cited}"

    def below(self, at: str) -> Self:
        """The same refusal, its field being part of something larger.

        >>> print(InputError("born", 5, "allowed: a date").below("persons[0]"))
        persons[0].born: 5 is refused; allowed: a date
        """
        return type(self)(f"{at}.{self.field}", self.value, self.allowed, self.provision) if at else self


class MoneyError(InputError):
    """Money that is a float, negative where that cannot be, finer than a fen, or not a number."""


class RangeError(InputError):
    """A number outside the range that its fact declares."""


class CategoryError(InputError):
    """A category that does not exist."""


class DateError(InputError):
    """A date that does not exist or cannot be meant."""


class SortError(InputError):
    """A value of the wrong sort: a word where yes or no belongs, say."""


class UnknownName(InputError):
    """A name that nobody declared: of a fact, a policy, a reading, a rule, a parameter path."""

    @classmethod
    def among(cls, what: str, name: object, known: Iterable[str]) -> UnknownName:
        """Build the error with the nearest known names in it."""
        import difflib

        names = sorted(set(known))
        near = difflib.get_close_matches(name[:LONGEST], names, n=3, cutoff=0.55) if isinstance(name, str) else []
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(names) or 'none'}"
        return cls(what, name, hint)


class StepRefused(InputError):
    """A step of a procedure that may not be taken: `field` names the procedure, `value` the step, `allowed` says why not."""


class FileError(InputError):
    """A file that cannot be read: absent, empty, not UTF-8, too large, nested too deep, not TOML or JSON."""


class PackError(PovertyRulesError):
    """A pack is malformed. `file`, `path` and `reason` say where and why."""

    def __init__(self, file: str, path: str, reason: str) -> None:
        self.file, self.path, self.reason = file, path, reason
        super().__init__(file, path, reason)

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}"


class RuleError(PovertyRulesError, TypeError):
    """A rule is badly written: an unknown argument, two suppliers of a quantity, `if` on a term, a number too large."""


class NoAnswer(PovertyRulesError, LookupError):
    """The base of the different ways of having no figure."""


class NoSuchRule(NoAnswer):
    """The documents of this jurisdiction hold no such rule."""


class NotInForce(NoAnswer):
    """The rule exists, and the date lies before it."""


class PastLastDate(NoAnswer):
    """The date lies past the last one for which the document speaks, and the caller asked to refuse that."""


class NotStated(NoAnswer):
    """The text does not say: the figure is needed and not printed."""


class NotTold(NoAnswer):
    """A fact that decides the answer was not told."""
