# %% goal [markdown]
# # One line that starts an app
#
# **Goal.** `PROCFILE` is the text of a Procfile with which the platform starts the app below and
# reaches it.
#
# The project has these files, and `requirements.txt` names FastAPI and uvicorn:
#
# ```text
# requirements.txt
# shop/__init__.py
# shop/api.py
# ```
#
# In `shop/api.py` stands:
#
# ```python
# application = FastAPI()
#
# @application.get("/hello")
# def hello():
#     return {"shop": "open"}
# ```
#
# The check writes your text into a file, chooses a port, starts the web process and asks it for
# `/hello`. (A warning about idle connections does not count here.)

# %% instructor [markdown]
# Minutes: 4
#
# Four things in one line, and each is forgotten: the process type, the module's path with dots, the
# name of the app, host and port. The command really runs, with a port that nobody can guess.

# %% solution
# BEGIN SOLUTION: PROCFILE = ...  # Your code here: a text with one line.
PROCFILE = "web: uvicorn shop.api:application --host 0.0.0.0 --port $PORT"
# END SOLUTION

# %% check
from importlib.metadata import version

import requests

from lab.exercises.checking import Answer, expect, not_yet
from lab.heroku.preflight import Finding, procfile
from lab.heroku.scratch import commit_files, look, start_web
from lab.servers import StartError

LIMIT = 40.0
APP = """from fastapi import FastAPI

application = FastAPI()


@application.get("/hello")
def hello():
    return {"shop": "open"}
"""


def check(answer: Answer) -> None:
    text = answer.get("PROCFILE")
    expect(isinstance(text, str), f"PROCFILE should be a text, but is {text!r}.")
    files = {
        "Procfile": text.strip() + "\n",
        "runtime.txt": "python-3.13\n",
        "requirements.txt": f"fastapi=={version('fastapi')}\nuvicorn=={version('uvicorn')}\n",
        "shop/__init__.py": "",
        "shop/api.py": APP,
    }
    declared = sorted(procfile.processes(files["Procfile"]))
    others = [name for name in declared if name != "web"]
    expect(
        "web" in declared,
        "The platform finds no process type called web in your text, so no process would get "
        f"requests. It finds: {', '.join(others) or 'none'}.",
        hint="A line is a name, a colon, and a command. The name is written in small letters.",
    )
    for one in look(files):
        if one.severity == "error":
            _refuse(one)
    folder = answer.file.parent / "copy"
    commit_files(files, folder)
    try:
        server = start_web(folder, timeout=20)
    except StartError as error:
        last = next((line for line in reversed(error.lines) if line.strip()), "nothing")
        not_yet(
            "The web process was started, and nobody listened on the port that it was given. The "
            f"last that it said: {last.strip()}",
            hint="uvicorn wants the module as an import has it, a colon, and the app's name.",
        )
    try:
        response = requests.get(server.url + "/hello", timeout=5)
    finally:
        server.stop(grace=1)
    expect(
        response.text == '{"shop":"open"}',
        f"On the port that it was given, /hello was answered with {response.status_code}, and not "
        "by the app in shop/api.py.",
        hint="Which program does your command start?",
    )


def _refuse(one: Finding) -> None:
    if one.leads_to == "H10" and one.code == "dyno::fixed-port":
        hint = "The shell replaces $PORT, but neither PORT nor what stands between single quotes."
    elif one.code == "dyno::fixed-port":
        hint = "Which variable holds the port? The shell puts its value into the command."
    elif one.code == "dyno::loopback":
        hint = "Without a host uvicorn takes 127.0.0.1. Which address means every address?"
    elif one.code == "dyno::target-not-found":
        hint = "Behind the name of the server comes the module, a colon, and the app's name."
    else:
        hint = one.cause
    ends = f" On the platform that ends with {one.leads_to}." if one.leads_to else ""
    not_yet(f"{one.headline}{ends}", hint=hint)


# %% hints [markdown]
# - Begin with the command that you would type to start this app with uvicorn on your computer.
# - The folder `shop` is a package, so the module is `shop.api`. The app in it is not called `app`.
# - `web: uvicorn MODULE:NAME --host 0.0.0.0 --port $PORT`, with the two words in capitals replaced.

# %% wrong-fixed-port
# why: It is the port that has always worked on the own computer.
# says: listens on port 8000, not on $PORT
PROCFILE = "web: uvicorn shop.api:application --host 0.0.0.0 --port 8000"

# %% wrong-no-host
# why: uvicorn runs without a host on the own computer, so the line seems complete.
# says: listens on 127.0.0.1, which nobody else can reach
PROCFILE = "web: uvicorn shop.api:application --port $PORT"

# %% wrong-name-of-the-app
# why: An app is always called app.
# says: defines no app
PROCFILE = "web: uvicorn shop.api:app --host 0.0.0.0 --port $PORT"

# %% wrong-path-instead-of-module
# why: Names the file as a path, as for the Python command.
# says: Could not import module "shop/api".
PROCFILE = "web: uvicorn shop/api:application --host 0.0.0.0 --port $PORT"

# %% wrong-with-py
# why: Names the file with its ending.
# says: nobody listened on the port that it was given
PROCFILE = "web: uvicorn shop/api.py:application --host 0.0.0.0 --port $PORT"

# %% wrong-no-process-type
# why: Writes down the command alone, without the name of the process type.
# says: It finds: none
PROCFILE = "uvicorn shop.api:application --host 0.0.0.0 --port $PORT"

# %% wrong-capital
# why: Takes the name for a word that may begin with a capital letter.
# says: It finds: Web
PROCFILE = "Web: uvicorn shop.api:application --host 0.0.0.0 --port $PORT"

# %% wrong-quotes
# why: Protects the variable with single quotes, and so keeps the shell from filling it in.
# says: gets the word $PORT as its port, and no number. On the platform that ends with H10
PROCFILE = "web: uvicorn shop.api:application --host 0.0.0.0 --port '$PORT'"

# %% wrong-no-dollar
# why: Takes PORT for a word that uvicorn itself replaces.
# says: gets the word PORT as its port
PROCFILE = "web: uvicorn shop.api:application --host 0.0.0.0 --port PORT"

# %% wrong-another-server
# why: Something answers on the port, but it is not the app.
# says: and not by the app in shop/api.py
PROCFILE = "web: python -m http.server $PORT"

# %% right-python-m
PROCFILE = """
release: echo a new release
web: python -m uvicorn shop.api:application --host=0.0.0.0 --port=${PORT} --timeout-keep-alive 95
"""

# %% right-log-level
PROCFILE = "web: uvicorn --log-level warning --host 0.0.0.0 --port $PORT shop.api:application\n"
