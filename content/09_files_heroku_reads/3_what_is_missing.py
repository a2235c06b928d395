# %% goal [markdown]
# # What does requirements.txt lack?
#
# **Goal.** `MISSING` has the packages, by the names that pip knows, that the deployed app needs and
# that `requirements.txt` does not bring.
#
# On the computer where it was written, this project runs: everything is installed there.
#
# ```text
# Procfile          web: uvicorn shop.main:app --host 0.0.0.0 --port $PORT
# requirements.txt  fastapi==0.165.0
#                   httpx==0.28.1
#
# shop/main.py      import os
#                   from typing import TYPE_CHECKING
#                   import httpx
#                   import yaml
#                   from fastapi import FastAPI
#                   from starlette.responses import Response
#                   from shop import pictures
#                   if TYPE_CHECKING:
#                       import pandas
#
# shop/pictures.py  import zipfile
#                   from PIL import Image
#
# shop/train.py     import sklearn
#
# tests/test_it.py  import pytest
#                   from shop import main
# ```

# %% instructor [markdown]
# Minutes: 7
#
# The server is the one that is forgotten: no file imports it, the Procfile starts it. Then: a
# module's name is not always the package's, a type checker's import never runs, and a file that
# nobody imports needs nothing.

# %% solution
# The names as in requirements.txt, for example {"fastapi", "httpx"}.
# BEGIN SOLUTION: MISSING = {...}
MISSING = {"uvicorn", "pyyaml", "pillow"}
# END SOLUTION

# %% check
import re

from lab.exercises.checking import Answer, expect

NEEDED = {
    "uvicorn": (
        "Something that starts before your app's first line is not there on the dyno.",
        "Not only the Python files name what is needed. Read the Procfile's command.",
    ),
    "pyyaml": (
        "On the dyno, a line of shop/main.py ends with ModuleNotFoundError.",
        "Go through the imports of shop/main.py one by one. Which are in the standard library?",
    ),
    "pillow": (
        "On the dyno, a line of a file that shop/main.py imports ends with ModuleNotFoundError.",
        "shop/main.py imports another file of the project. What does that one import?",
    ),
}
NOT_NEEDED = {
    "pandas": "if TYPE_CHECKING is false when the app runs, so this import never happens there.",
    "pytest": "only the tests import it, and no dyno runs them.",
    "scikit-learn": "only shop/train.py imports it, and the server never loads that file.",
    "starlette": "it comes along: FastAPI needs it, so pip installs it with FastAPI.",
    "fastapi": "requirements.txt has it already.",
    "httpx": "requirements.txt has it already.",
    "shop": "it is the project's own folder, and it is pushed with the rest.",
    "pictures": "it is a file of the project, and it is pushed with the rest.",
    "os": "it belongs to Python's standard library.",
    "typing": "it belongs to Python's standard library.",
    "zipfile": "it belongs to Python's standard library.",
}
MODULES = {"yaml": "pyyaml", "pil": "pillow", "sklearn": "scikit-learn", "image": "pillow"}


def check(answer: Answer) -> None:
    given = answer.get("MISSING")
    expect(
        isinstance(given, set | list | tuple) and all(isinstance(name, str) for name in given),
        f"MISSING should be a set of names in quotation marks, but is {given!r}.",
    )
    written = {name.strip().lower().replace("_", "-"): name.strip() for name in given}
    names = set(written)
    for name in sorted(names):
        expect(
            not re.search(r"[=<>~!;\[\s]", name),
            f"'{written[name]}' is more than a name. MISSING has names alone, without a version.",
        )
        expect(
            name not in MODULES,
            f"'{written[name]}' is what the import says. pip does not know this package by that "
            "name, and requirements.txt is for pip.",
            hint="The lesson has a table of modules whose package has another name.",
        )
        expect(
            name not in NOT_NEEDED,
            f"You say that {written[name]} is missing. But {NOT_NEEDED.get(name)}",
            hint="Follow what the server loads: from the module in the Procfile, import by import.",
        )
        expect(name in NEEDED, f"Nothing in this project needs {written[name]}.")
    for name, (message, hint) in NEEDED.items():
        expect(name in names, f"Not all of them yet. {message}", hint=hint)


# %% hints [markdown]
# - Three are missing. Start where the platform starts: at the Procfile.
# - Then follow the imports: `shop/main.py`, and each file of the project that it imports. Leave out
#   what Python brings itself.
# - Two of the three have a package name that differs from the module's. The one for `yaml` is
#   PyYAML, the one for `PIL` is Pillow.

# %% wrong-names-of-modules
# why: Takes the name in the import for the name of the package.
# says: 'PIL' is what the import says
MISSING = {"uvicorn", "yaml", "PIL"}

# %% wrong-with-versions
# why: Writes the lines as requirements.txt would have them.
# says: 'pyyaml==6.0.3' is more than a name
MISSING = {"uvicorn", "pyyaml==6.0.3", "pillow"}

# %% wrong-without-the-server
# why: Looks at the imports alone: no file imports the server.
# says: starts before your app's first line
MISSING = {"pyyaml", "pillow"}

# %% wrong-every-import
# why: Takes every import of every file, without asking who runs it.
# says: You say that pandas is missing
MISSING = {"uvicorn", "pyyaml", "pillow", "pandas", "scikit-learn", "pytest"}

# %% wrong-first-file-only
# why: Looks into the file that the Procfile names, and not into those that it imports.
# says: a file that shop/main.py imports
MISSING = {"uvicorn", "pyyaml"}

# %% wrong-what-comes-along
# why: Starlette is imported and not in the file, so it is taken to be missing.
# says: it comes along
MISSING = {"uvicorn", "pyyaml", "pillow", "starlette"}

# %% right-as-they-write-themselves
MISSING = ["Pillow", "PyYAML", "uvicorn"]
