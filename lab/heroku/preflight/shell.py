"""How a shell takes a line apart: into words, and with the values of variables in their place."""

from __future__ import annotations

import shlex

# Stands for a dollar sign that no shell has replaced: it is in single quotes, or behind a
# backslash. What runs gets the variable's name then, and not its value.
LITERAL = "\0"
_VALUE = "\1"  # a dollar sign that a shell around this one has replaced already
BREAKS = {"&&", "||", ";"}
SHELLS = {"sh", "bash"}


def words(text: str) -> list[str]:
    """Split a line as a shell does, with `&&`, `;` and `|` as words of their own.

    What `sh -c '…'` runs is split in its place, by that shell.
    """
    return [word.replace(_VALUE, "$") for word in _split(text)]


def _split(text: str) -> list[str]:
    marked = _marked(text)
    lexer = shlex.shlex(marked, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        found = list(lexer)
    except ValueError:  # an open quote
        return marked.split()
    return _with_inner_shells(found)


def _with_inner_shells(found: list[str]) -> list[str]:
    for place in range(len(found) - 2):
        if found[place].rpartition("/")[2] in SHELLS and found[place + 1] == "-c":
            inner = _split(found[place + 2].replace(LITERAL, "$"))
            rest = found[place + 3 :]
            # What follows up to the next command are arguments of the shell itself.
            end = next((at for at, word in enumerate(rest) if word in {*BREAKS, "|"}), len(rest))
            return [*found[:place], *inner, *_with_inner_shells(rest[end:])]
    return found


def _marked(text: str) -> str:
    """Tell the dollar signs that this shell replaces from those that it leaves as they are."""
    marked, quote, escaped = "", "", False
    for sign in text:
        if sign == "$":
            literal = escaped or quote == "'"
            # The backslash has done its work: two shells may stand around a sign.
            marked = marked.removesuffix("\\") if escaped else marked
            marked += LITERAL if literal else _VALUE
        else:
            marked += sign
        if sign in {"'", '"'} and not escaped and quote in {"", sign}:
            quote = "" if quote else sign
        escaped = sign == "\\" and not escaped and quote != "'"
    return marked
