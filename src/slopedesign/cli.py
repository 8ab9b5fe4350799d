"""The command line: open, run, write. No engineering here."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from slopedesign import __version__
from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.i18n import LANGUAGES, Message, message, text

GARBAGE_EVERY = 50_000
"""New objects between two searches for garbage: results are many small objects that stay, and little of it is waste."""
EXIT_DONE, EXIT_BAD_INPUT, EXIT_RULE_FAILED = 0, 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code: 0 computed, 1 bad input, 3 a must-rule fails under --strict."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(GARBAGE_EVERY, 20, 20)
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command is None:
        return _window([])
    work: Callable[[argparse.Namespace], int] = asked.work
    try:
        return work(asked)
    except SlopeDesignError as error:
        print(text("cli.error", asked.lang, error=error.describe(asked.lang)), file=sys.stderr)
        others = getattr(error, "others", ())
        for other in others:
            print(f"  {other.describe(asked.lang)}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        print(text("cli.stopped", asked.lang), file=sys.stderr)
        return EXIT_BAD_INPUT
    except BrokenPipeError:
        return EXIT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="slopedesign", description=text("cli.about"))
    parser.add_argument("--version", action="version", version=f"slopedesign {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default="zh_CN", help=text("cli.help.lang"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, work: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text(f"cli.help.{name}"))
        sub.set_defaults(work=work)
        return sub

    run = command("run", _run)
    run.add_argument("project", type=Path)
    run.add_argument("-o", "--out", type=Path, required=True, help=text("cli.help.out"))
    run.add_argument("--strict", action="store_true", help=text("cli.help.strict"))
    check = command("check", _check)
    check.add_argument("project", type=Path)
    check.add_argument("--all", action="store_true", help=text("cli.help.all"))
    check.add_argument("--strict", action="store_true", help=text("cli.help.strict"))
    survey = command("survey", _survey)
    survey.add_argument("files", nargs="+", type=Path)
    survey.add_argument("--layer", action="append", default=[])
    survey.add_argument("--rows", type=int, default=20, help=text("cli.help.rows"))
    new = command("new", _new)
    new.add_argument("name")
    new.add_argument("--from", dest="survey", type=Path, required=True)
    new.add_argument("--rock", type=Path, default=None, help=text("cli.help.rock"))
    new.add_argument("-o", "--out", type=Path, default=None)
    layout = command("layout", _layout)
    layout.add_argument("project", type=Path)
    layout.add_argument("-o", "--out", type=Path, required=True, help=text("cli.help.layout_out"))
    explain = command("explain", _explain)
    explain.add_argument("design", type=Path)
    explain.add_argument("id", nargs="?", default=None)
    command("schema", _schema)
    rules = command("rules", _rules)
    rules.add_argument("--state", choices=("judged", "answered", "not_yet", "nothing"), default=None)
    verify = command("verify", _verify)
    verify.add_argument("group", nargs="?", default=None)
    verify.add_argument("--cases", type=Path, default=None, help=text("cli.help.cases"))
    gui = command("gui", lambda asked: _window([str(asked.project)] if asked.project else []))
    gui.add_argument("project", nargs="?", type=Path, default=None)
    return parser


def _run(asked: argparse.Namespace) -> int:
    from slopedesign.reports.deliver import run_and_write

    with _progress(asked.lang) as say:
        outcome = run_and_write(asked.project, asked.out, progress=say)
    print(outcome.summary(asked.lang))
    return EXIT_RULE_FAILED if asked.strict and outcome.must_failed else EXIT_DONE


def _check(asked: argparse.Namespace) -> int:
    from slopedesign.design import run
    from slopedesign.reports.places import places
    from slopedesign.reports.verdicts import verdict_lines
    from slopedesign.standards.check import Verdict
    from slopedesign.workspace import open_workspace

    with _progress(asked.lang) as say:
        workspace = open_workspace(asked.project, progress=say)
        design = run(workspace.project, workspace.sources, progress=say)
    place = places(design, asked.lang)
    for line in verdict_lines(design.checks, asked.lang, everything=asked.all, place=place):
        print(line)
    failed = any(check.verdict is Verdict.FAIL for check in design.checks)
    return EXIT_RULE_FAILED if asked.strict and failed else EXIT_DONE


def _survey(asked: argparse.Namespace) -> int:
    from slopedesign.reports.survey_text import survey_lines

    for file in asked.files:
        for line in survey_lines(file, tuple(asked.layer), asked.lang, rows=asked.rows):
            print(line)
    return EXIT_DONE


def _new(asked: argparse.Namespace) -> int:
    from slopedesign.reports.starter import write_starter

    path = write_starter(asked.name, asked.survey, asked.rock, asked.out)
    print(text("cli.created", asked.lang, path=str(path)))
    return EXIT_DONE


def _layout(asked: argparse.Namespace) -> int:
    from slopedesign.calc.water.design import stated_layout
    from slopedesign.design import run
    from slopedesign.project.file import save_project
    from slopedesign.workspace import open_workspace

    with _progress(asked.lang) as say:
        workspace = open_workspace(asked.project, progress=say)
        design = run(workspace.project, workspace.sources, progress=say)
    water, found = design.project.water, design.water.layout if design.water is not None else None
    if water is None or found is None:
        raise InputError("water.network.automatic", None, message("water.error.no_automatic"))
    save_project(design.project.model_copy(update={"water": stated_layout(water, found)}), asked.out)
    counts = {"reaches": len(found.reaches), "catchments": len(found.catchments)}
    print(message("water.remark.laid_out", path=str(asked.out), **counts).render(asked.lang))
    return EXIT_DONE


def _explain(asked: argparse.Namespace) -> int:
    from slopedesign.reports.design_json import explain, ids, read_design
    from slopedesign.standards.formula import shown

    data = read_design(asked.design)
    if asked.id is not None:
        print(explain(data, asked.id, asked.lang))
        return EXIT_DONE
    for path, number in ids(data):
        label = (number.get("label") or {}).get(asked.lang, "")
        print(f"{path}\t{shown(number['value'], 3)} {number['unit']}\t{label}")
    return EXIT_DONE


def _schema(asked: argparse.Namespace) -> int:
    from slopedesign.project.file import project_schema

    print(json.dumps(project_schema(), ensure_ascii=False, indent=2))
    return EXIT_DONE


def _rules(asked: argparse.Namespace) -> int:
    from slopedesign.reports.verdicts import rule_lines

    for line in rule_lines(asked.state, asked.lang):
        print(line)
    return EXIT_DONE


def _verify(asked: argparse.Namespace) -> int:
    from slopedesign.verification import GROUPS, verify
    from slopedesign.verification.common import table_lines

    groups = GROUPS if asked.group is None else (asked.group,)
    if unknown := [group for group in groups if group not in GROUPS]:
        raise InputError("group", unknown[0], message("verify.groups", groups=", ".join(GROUPS)))
    if asked.cases is not None and asked.group is None:
        raise InputError("--cases", str(asked.cases), message("verify.one_group"))
    holds = True
    for group in groups:
        results = verify(group, asked.cases)
        for line in table_lines(group, results, asked.lang):
            print(line)
        holds &= all(result.holds for result in results)
    return EXIT_DONE if holds else EXIT_BAD_INPUT


def _window(arguments: list[str]) -> int:
    from slopedesign.gui import main as open_window

    return open_window(arguments)


@contextmanager
def _progress(language: str) -> Iterator[Callable[[Message], None]]:
    """A line of progress on a terminal; nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status(text("cli.working", language)) as status:
        yield lambda stage: status.update(text("cli.stage", language, stage=stage))


if __name__ == "__main__":
    sys.exit(main())
