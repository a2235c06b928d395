# %% goal [markdown]
# # Mend a broken copy
#
# **Goal.** The project in `FILES` deploys: preflight has no error left, and its web process answers
# `/price?area=100` with `{"price":12000.0}`.
#
# Six things are wrong with it. The check commits your files, tells you what Heroku would say
# *first*, and starts the web process when nothing is left to say. Change the texts, and the names
# of files where they are the fault. The code in `prices/` is in order: leave it as it is. And keep
# what `requirements.txt` brings for the app, each package with a version.

# %% instructor [markdown]
# Minutes: 12
#
# The order of the messages is the order of a real deploy: build first, dyno later. A fault hides
# the next one, which is why a push at a time takes so long and preflight does not.

# %% solution
FILES = {
    # BEGIN SOLUTION: "requirement.txt": "fastapi==0.165.0\npywin32==311\n",
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    # END SOLUTION
    # BEGIN SOLUTION: "runtime.txt": "3.13\n",
    "runtime.txt": "python-3.13\n",
    # END SOLUTION
    # BEGIN SOLUTION: "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port 8000\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    # END SOLUTION
    # BEGIN SOLUTION: ".slugignore": "/tests\n*model*\n",
    ".slugignore": "/tests\n",
    # END SOLUTION
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% check
from collections.abc import Mapping

import requests

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.heroku.scratch import commit_files, look, start_web
from lab.servers import StartError

LIMIT = 40.0
HINTS = {
    "package-manager::none-found": "How exactly is the file called that Heroku installs?",
    "runtime-txt::invalid-version": "Which word belongs in front of the version?",
    "install-dependencies::pip": "For which operating system is this package? Does any file of the "
    "app import it?",
    "dyno::slugignored": "Which pattern in .slugignore fits the name of that file?",
    "dyno::missing-dependency": "No file imports it, and the Procfile starts it. Pin it like the "
    "other package; the version here: pip show uvicorn.",
    "dyno::fixed-port": "Where does the platform say which port it is?",
}


def check(answer: Answer) -> None:
    given = answer.get("FILES")
    expect(
        isinstance(given, dict)
        and all(isinstance(one, str) for pair in given.items() for one in pair),
        "FILES should be a dictionary of names and texts.",
    )
    files: Mapping[str, str] = given
    expect(
        "return area * 120" in files.get("prices/model.py", ""),
        "prices/model.py is not as it was, or is gone. It is in order: leave it as it is.",
    )
    folder = answer.file.parent / "copy"
    try:
        commit_files(files, folder)
    except (ValueError, OSError) as error:
        not_yet(f"These files cannot be committed: {error}")
    errors = [one for one in look(files) if one.severity == "error"]
    if errors:
        first, left = errors[0], len(errors) - 1
        more = f" ({left} more can be seen already. Some show only when others are mended.)"
        more = more if left else ""
        ends = f", on the dyno {first.leads_to}" if first.leads_to else ""
        message = f"{first.headline} [{first.code}{ends}] {first.cause}{more}"
        not_yet(message, hint=HINTS.get(first.code, ""))
    for line in files.get("requirements.txt", "").splitlines():
        named = line.partition("#")[0].strip()
        expect(
            not named or named.startswith("-") or "==" in named,
            f"This deploys, but requirements.txt does not pin {named}: the next build may install "
            "another version of it than this one.",
            hint="Two equals signs and a version; the one here: pip show NAME.",
        )
    try:
        server = start_web(folder, timeout=20)
    except StartError as error:
        last = next((line for line in reversed(error.lines) if line.strip()), "nothing")
        not_yet(f"The web process was started and did not become ready. Its last line: {last}")
    try:
        response = requests.get(server.url + "/price?area=100", timeout=5)
    finally:
        server.stop(grace=1)
    what = "The answer to /price?area=100"
    expect_equal(
        response.text[:60], '{"price":12000.0}', what, hint="Which app does the Procfile start?"
    )


# %% hints [markdown]
# - Take the messages one at a time, and check after each change. The first are about the build.
# - The build wants three things: `requirements.txt` with its exact name, `python-3.13`, and only
#   packages that exist for Linux.
# - The dyno wants three more: `$PORT`, the server in `requirements.txt`, and every file that the
#   app imports in the slug. `*model*` fits `prices/model.py`.

# %% wrong-name-left
# why: Reads the texts of the files and not their names.
# says: Couldn't find any supported Python package manager files.
FILES = {
    "requirement.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-port-left
# why: The port 8000 has always worked on the own computer.
# says: The web process listens on port 8000, not on $PORT.
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port 8000\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-server-not-named
# why: The app runs here, so everything that it needs seems to be named.
# says: uvicorn is not in requirements.txt, and the app needs it.
FILES = {
    "requirements.txt": "fastapi==0.165.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-not-pinned
# why: A name is enough for pip.
# says: This deploys, but requirements.txt does not pin uvicorn
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-windows-left
# why: It was installed with everything else on a Windows computer.
# says: Unable to install dependencies using pip.
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\npywin32==311\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-pattern-left
# why: Takes the pattern for one that fits large model files alone.
# says: .slugignore leaves out prices/model.py, and the app needs it.
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n*model*\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-version-alone
# why: A version seems to be enough.
# says: Invalid Python version in runtime.txt.
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% wrong-another-program
# why: Every error is gone, and so is the app.
# says: The answer to /price?area=100 should be
FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: python -m http.server $PORT\n",
    ".slugignore": "/tests\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}

# %% right-python-version
FILES = {
    "requirements.txt": "uvicorn==0.54.0\n# the framework\nfastapi==0.165.0\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".python-version": "3.13\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}
