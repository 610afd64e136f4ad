"""One base class, one class per reason. The messages are part of the public face.

Every error says which field, which value, what is allowed and, where a document decides, which provision.
"""

from __future__ import annotations

from collections.abc import Iterable


class PovertyRulesError(Exception):
    """The base of every error the library raises on purpose."""


class InputError(PovertyRulesError, ValueError):
    """Something that was passed in is refused.

    Attributes: `field` (its name), `value` (as shown, identity numbers masked), `allowed` (what would do) and
    `provision` (a citation, or an empty string).
    """

    def __init__(self, field: str, value: object, allowed: str, provision: str = "") -> None:
        self.field, self.value, self.allowed, self.provision = field, value, allowed, provision
        super().__init__(field, value, allowed, provision)

    def __str__(self) -> str:
        cited = f" [{self.provision}]" if self.provision else ""
        return f"{self.field}: {self.value!r} is refused; {self.allowed}{cited}"


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

        names = sorted(known)
        near = difflib.get_close_matches(str(name), names, n=3, cutoff=0.55)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(names) or 'none'}"
        return cls(what, name, hint)


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
