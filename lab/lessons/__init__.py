"""What lessons show and is too long for a notebook: pictures, tables, documentation frames.

Requests to the servers stay in the notebooks, where the learner can read and change them.
"""

from lab.lessons.documentation import documentation
from lab.lessons.picture import Answers, describe, draw, table
from lab.lessons.programs import register, start_program
from lab.lessons.shown import show, show_table
from lab.lessons.turns import time_in_turns

register()

__all__ = [
    "Answers",
    "describe",
    "documentation",
    "draw",
    "show",
    "show_table",
    "start_program",
    "table",
    "time_in_turns",
]
