# Exercise 03.4: Not remodelled before it was built
#
# **Goal.** A house whose `YearRemodAdd` lies before its `YearBuilt` is refused; the same year is
# fine, and so is a house of which no remodelling is known.
#
# The two fields stay as they are. Add the rule between them.
#
# Check it: .venv/bin/lab check 03.4 in a terminal, or check("03.4") in a notebook.

from typing import Self

from pydantic import BaseModel, model_validator


class House(BaseModel):
    YearBuilt: int
    YearRemodAdd: int | None = None

    # Your rule here.
