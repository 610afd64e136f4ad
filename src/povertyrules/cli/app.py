"""The commands, their options, and the exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from povertyrules._version import __version__
from povertyrules.cli.options import (
    Chosen,
    Day,
    Form,
    Households,
    InForm,
    InLang,
    Invalid,
    Lang,
    Past,
    Persons,
    PolicyName,
    Results,
    Rounding,
    Silence,
    Unit,
    Untold,
)
from povertyrules.core.errors import PovertyRulesError
from povertyrules.core.findings import FindingsError

DONE, FOUND, BAD_INPUT = 0, 1, 2


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


BATCH = (
    "Assess a table of any size, from file to file: results stand beside its columns, in whole fen.",
    "The rows of a household stand together in IN, and two tables have their households in one order: so only some rows are in "
    "memory at a time, and nothing is sorted. A household that comes again later is refused. The households' results go to "
    "OUT-households; from a folder comes a folder, with persons and households in it.",
    "A run that is stopped leaves OUT.partial, and nothing under the name OUT: --resume goes on with it, --again begins again. "
    "The exit status is 1 if cells were refused and counted as unknown, and 2 if nothing was written.",
)


@app.command(help="\n\n".join(BATCH))
def batch(
    table: Persons,
    out: Results,
    policy: PolicyName,
    on: Day,
    unit: Annotated[Unit, typer.Option(help="How money stands in the columns.")],
    households: Annotated[str, typer.Option(metavar="FILE", help="The households; IN then has their members alone.")] = "",
    household_id: Annotated[str, typer.Option(metavar="COLUMN", help="The column of the household's id.")] = "household_id",
    map: Annotated[list[str], typer.Option(metavar="FACT=COLUMN", help="The column that tells a fact (repeatable).")] = [],  # noqa: B006
    target: Annotated[list[str], typer.Option(metavar="NAME", help="Compute only this (repeatable).")] = [],  # noqa: B006
    reading: Chosen = [],  # noqa: B006 - typer copies it
    past: Annotated[
        Past, typer.Option(help="Past the last date for which a document speaks: say so, refuse, or extend.")
    ] = Past.warn,
    untold: Annotated[Untold, typer.Option(help="Unknown yes/no facts: left unknown, or taken as no.")] = Untold.unknown,
    invalid: Annotated[
        Invalid, typer.Option(help="A refused cell: stop, count it as unknown, or also say so in a column of findings.")
    ] = Invalid.stop,
    rounding: Annotated[
        Rounding, typer.Option("--round", help="Money that is no whole fen: refused, or rounded, halves up.")
    ] = Rounding.exact,
    reasons: Annotated[bool, typer.Option("--reasons", help="Add why each result is nothing or unknown.")] = False,
    rows: Annotated[int, typer.Option(min=1, help="About how many rows are held in memory.")] = 100_000,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run was stopped.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Begin again, and replace what is there.")] = False,
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Assess a table of any size, from file to file: results stand beside its columns, in whole fen."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.batch import chosen_columns, do
    from povertyrules.core.errors import InputError
    from povertyrules.files.job import Job

    if resume and again:
        raise InputError("--again", "beside --resume", "choose one of the two")
    job = Job(
        policy=chosen_policy(policy, on, past=past.value, readings=reading),
        persons=table,
        out=out,
        unit=unit.value,
        households=households or None,
        household_id=household_id,
        columns=chosen_columns(map),
        targets=target,
        reasons=reasons,
        untold=untold.value,
        invalid=invalid.value,
        round=rounding.value,
        lang=lang.value,
        rows=rows,
    )
    status = do(job, "resume" if resume else "again" if again else "new", in_json=form is Form.json)
    if status:
        raise typer.Exit(status)


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
def compare(
    file: Households,
    policy: Annotated[
        list[str],
        typer.Option("--policy", metavar="NAME[@DAY]", help="A jurisdiction, on a day of its own or on --on (repeatable)."),
    ],
    on: Annotated[str, typer.Option("--on", help="The day on which the rules are in force.")] = "",
    reading: Chosen = [],  # noqa: B006 - typer copies it
    lang: InLang = Lang.en,
    form: InForm = Form.text,
    untold: Annotated[Untold, typer.Option(help="Unknown yes/no facts: left unknown, or taken as no.")] = Untold.unknown,
    every: Annotated[bool, typer.Option("--all", help="Give the reasons also where no policy gives anything.")] = False,
) -> None:
    """Put the households of a file under several policies, side by side: what each gives, or why it does not."""
    from povertyrules.cli.compare import chosen_policies, compare_file

    under = chosen_policies(policy, on, reading)
    if compare_file(file, under, untold=untold.value, lang=lang.value, in_json=form is Form.json, every=every):
        raise typer.Exit(BAD_INPUT)


@app.command()
def duties(
    file: Annotated[str, typer.Argument(metavar="REPORT", help="A .toml or .json file: what is told of each obligation.")],
    policy: PolicyName,
    on: Day,
    reading: Chosen = [],  # noqa: B006 - typer copies it
    untold: Annotated[Silence, typer.Option(help="Obligations of which nothing is told: warned of, or left out.")] = Silence.warn,
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Check a report of what a body owes: what is missed, by how much, with the provision."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.bodies import check_report

    under = chosen_policy(policy, on, readings=reading)
    if not check_report(file, under, untold=untold.value, lang=lang.value, in_json=form is Form.json):
        raise typer.Exit(FOUND)


@app.command()
def calendar(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year whose deadlines are listed.")],
    policy: PolicyName,
    on: Day,
    ical: Annotated[str, typer.Option("--ical", metavar="FILE", help="Write the year as an iCalendar file instead.")] = "",
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """List what bodies owe by when in a year."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.bodies import list_dues

    list_dues(year, chosen_policy(policy, on), file=ical or None, lang=lang.value, in_json=form is Form.json)


@app.command()
def check_plan(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A plan: .csv, or .toml or .json with rows.")] = "",
    policy: Annotated[str, typer.Option("--policy", help="Check the plans of a jurisdiction instead.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day on which the plans are in force.")] = "",
    reading: Chosen = [],  # noqa: B006 - typer copies it
    total: Annotated[list[str], typer.Option("--total", metavar="COLUMN=SUM", help="What a column is to come to.")] = [],  # noqa: B006
    lang: InLang = Lang.en,
    form: InForm = Form.text,
) -> None:
    """Find what does not add up in a plan: sums, years, places; in a file, or in the documents of a jurisdiction."""
    from povertyrules.cli.assess import chosen_policy
    from povertyrules.cli.bodies import check_plan as check

    under = chosen_policy(policy, on, readings=reading) if policy else None
    if not check(file or None, under, total, lang=lang.value, in_json=form is Form.json):
        raise typer.Exit(FOUND)


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
