"""The two questions of a drill, in a terminal."""

from __future__ import annotations

import click

from lab.heroku.drills.drill import Drill, Question


def ask(drill: Drill) -> None:
    """Ask for cause and cure until both are right; say of each wrong answer why it is not that."""
    for title, question in _questions(drill):
        choices = put(drill, title, question)
        while True:
            number: int = click.prompt("Your answer", type=click.IntRange(1, len(choices)))
            answer = choices[number - 1]
            if answer == question.right:
                click.echo("  Right.")
                break
            click.echo(f"  Not that. {question.wrong[answer]}")


def put_both(drill: Drill) -> None:
    """Print both questions, for somebody who cannot answer here."""
    for title, question in _questions(drill):
        put(drill, title, question)


def put(drill: Drill, title: str, question: Question) -> list[str]:
    """Print a question with its answers, and return those in the same order."""
    choices = question.choices(f"{drill.called} {title}")
    click.echo(f"\n{title}")
    for number, choice in enumerate(choices, start=1):
        click.echo(f"  {number}. {choice}")
    return choices


def _questions(drill: Drill) -> list[tuple[str, Question]]:
    return [("What is the cause?", drill.cause), ("What is the cure?", drill.cure)]
