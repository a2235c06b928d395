"""Exercises that check themselves. In a notebook:

    from lab.exercises import check, hint, progress

    check("03.2")     is the answer right, and if not, what exactly is wrong?
    hint("03.2")      a hint; call it again for the next one
    progress()        what is passed, and what comes next

A cell that begins with `%%exercise 03.2` saves itself as the answer and checks it. In a terminal,
`lab check`, `lab hint`, `lab progress` and `lab watch` do the same.
"""

from lab.exercises.notebook import check, hint, progress, register

register()

__all__ = ["check", "hint", "progress"]
