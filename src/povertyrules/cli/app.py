"""The commands, their options, and the exit status."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from povertyrules._version import __version__
from povertyrules.core.errors import PovertyRulesError
from povertyrules.core.findings import FindingsError

DONE, FOUND, BAD_INPUT = 0, 1, 2


class Lang(enum.StrEnum):
    """The languages of answers."""

    zh = "zh"
    en = "en"


class Form(enum.StrEnum):
    """The forms of answers."""

    text = "text"
    json = "json"


class Past(enum.StrEnum):
    """What happens past the last date for which a document speaks."""

    warn = "warn"
    refuse = "refuse"
    extend = "extend"


class Untold(enum.StrEnum):
    """What an unknown yes/no fact counts as."""

    unknown = "unknown"
    absent = "absent"


class Commands(TyperGroup):
    """The group of commands: an error is one line on standard error and an exit status, never a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; returns its exit status, or exits with it in the standalone mode."""

        def command() -> object:
            return super(Commands, self).main(
                args, prog_name or "povertyrules", complete_var, False, windows_expand_args, **extra
            )

        status = guarded(command)
        if standalone_mode:
            sys.exit(status)
        return status


def guarded(command: Callable[[], object]) -> int:
    """The exit status of a command; what it raises on purpose becomes one line."""
    from povertyrules.cli.output import error, safe_streams

    safe_streams()
    try:
        status = command()
    except FindingsError as found:
        error(str(found))
        return FOUND
    except PovertyRulesError as refused:
        error(str(refused))
        return BAD_INPUT
    except typer.Abort:
        error("stopped")
        return BAD_INPUT
    except Exception as wrong:
        if not hasattr(wrong, "format_message"):  # what typer raises for a wrong argument
            raise
        error(_usage(wrong))
        return BAD_INPUT
    return status if isinstance(status, int) else DONE


def _usage(wrong: Exception) -> str:
    """A wrong argument in one line, and where help is."""
    message = str(wrong.format_message()).replace("Value error, ", "")  # type: ignore[attr-defined]
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "povertyrules"
    return f"{' '.join(message.split())} (see {path} --help)"


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line on some arguments, those of the process if there are none given."""
    command = typer.main.get_command(app)
    return int(command.main(args=argv, prog_name="povertyrules", standalone_mode=False))


app = typer.Typer(
    cls=Commands,
    name="povertyrules",
    help="China's poverty-alleviation policy documents as exact, cited calculators.",
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local variables would show identity numbers
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done (warnings included), 1 findings, 2 bad input (some household refused).",
)

Households = Annotated[str, typer.Argument(metavar="FILE", help="A .toml or .json file of one household or many.")]
PolicyName = Annotated[str, typer.Option("--policy", help="Jurisdiction: an alias or a path, as `policies` lists them.")]
Day = Annotated[str, typer.Option("--on", help="The day on which the rules are in force, as 2017-06-30.")]
InLang = Annotated[Lang, typer.Option("--lang", help="Language of the answer.")]
InForm = Annotated[Form, typer.Option("--format", help="Text for people, or JSON for programs.")]
Chosen = Annotated[
    list[str],
    typer.Option("--reading", metavar="ID=CHOICE", help="Choose another reading (repeatable); `readings` lists them."),
]


def _version(asked: bool) -> None:
    if asked:
        print(f"povertyrules {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """China's poverty-alleviation policy documents as exact, cited calculators."""
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def assess(
    file: Households,
    policy: PolicyName,
    on: Day,
    reading: Chosen = [],  # noqa: B006 - typer copies it
    lang: InLang = Lang.en,
    form: InForm = Form.text,
    past: Annotated[
        Past, typer.Option(help="Past the last date for which a document speaks: note it, refuse, or extend.")
    ] = Past.warn,
    untold: Annotated[
        Untold, typer.Option(help="Unknown yes/no facts: left unknown, or taken as no and listed as assumed.")
    ] = Untold.unknown,
    explain: Annotated[bool, typer.Option("--explain", help="Show how each figure came about.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every entitlement, also those not due, person by person.")] = False,
) -> None:
    """Assess the households of a file: what is due, refused and undecided, each with its provision."""
    from povertyrules.cli.assess import assess_file, chosen_policy

    under = chosen_policy(policy, on, past=past.value, readings=reading)
    in_json = form is Form.json
    refused = assess_file(file, under, untold=untold.value, lang=lang.value, in_json=in_json, explain=explain, every=every)
    if refused:
        raise typer.Exit(BAD_INPUT)


@app.command()
def check(
    file: Households,
    policy: PolicyName,
    on: Day,
    reading: Chosen = [],  # noqa: B006 - typer copies it
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Check the households of a file: applications for houses, finished houses, exits, fees charged."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.check import check_file

    under = chosen_policy(policy, on, readings=reading)
    refused, ok = check_file(file, under, lang=lang.value, in_json=form is Form.json)
    if refused or not ok:
        raise typer.Exit(BAD_INPUT if refused else FOUND)


@app.command()
def line(
    policy: PolicyName,
    year: Annotated[int | None, typer.Argument(metavar="YEAR", help="Only this year, of the series that is applied.")] = None,
    series: Annotated[str, typer.Option("--series", metavar="NAME", help="Only this series, such as provincial.")] = "",
    on: Annotated[
        str, typer.Option("--on", help="The day on which the rules are in force.", show_default="the last day of YEAR, or today")
    ] = "",
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Show poverty lines per head and year: of every series held, or of one year."""
    from povertyrules.cli.line import show_lines

    show_lines(policy, year, series, on, lang=lang.value, in_json=form is Form.json)


@app.command()
def rules(
    policy: Annotated[str, typer.Option("--policy", help="Only the rules of this policy, those it inherits included.")] = "",
    area: Annotated[str, typer.Option("--area", help="Only the rules of this area.")] = "",
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """List every rule held, with its kind, area and provision."""
    from povertyrules.cli.lists import list_rules

    list_rules(policy, area, lang=lang.value, in_json=form is Form.json)


@app.command()
def rule(
    id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, or the last part of it if no other ends so.")],
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Show one rule: its provision, its values, and the readings that bear on it."""
    from povertyrules.cli.lists import show_rule

    show_rule(id, lang=lang.value, in_json=form is Form.json)


@app.command()
def policies(lang: InLang = Lang.en, form: InForm = Form.text) -> None:
    """List the jurisdictions held, with their documents."""
    from povertyrules.cli.lists import list_policies

    list_policies(lang=lang.value, in_json=form is Form.json)


@app.command()
def readings(policy: PolicyName, on: Day, lang: InLang = Lang.en, form: InForm = Form.text) -> None:
    """List the ambiguities of a policy: the question, its choices, the default and the reason for it."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.lists import list_readings

    list_readings(chosen_policy(policy, on), lang=lang.value, in_json=form is Form.json)
