# %% goal [markdown]
# # Read three logs
#
# **Goal.** For each of three logs you say what caused it, what cures it, and what visitors get
# until it is cured.
#
# All three are of the same shop, on different days. On each day a release was already running,
# `v7`, and then somebody pushed. Times and ids are left out where they do not matter.
#
# **Log 1**, on the terminal of the one who pushed:
#
# ```text
# remote: -----> Building on the Heroku-24 stack
# remote: -----> Using buildpack: heroku/python
# remote: -----> Python app detected
# remote:  !     Error: Invalid Python version in runtime.txt.
# remote:  !     runtime.txt holds '3.13'.
# remote:  !     Push rejected, failed to compile Python app.
#  ! [remote rejected] main -> main (pre-receive hook declined)
# ```
#
# **Log 2**, from `heroku logs`:
#
# ```text
# app[api]: Release v8 created by user learner@localhost
# heroku[web.1]: Starting process with command `uvicorn shop.main:app --port 41873 --workers 1 ...`
# app[web.1]:   File "/app/shop/main.py", line 4, in <module>
# app[web.1]:     import yaml
# app[web.1]: ModuleNotFoundError: No module named 'yaml'
# heroku[web.1]: Process exited with status 1
# heroku[web.1]: State changed from starting to crashed
# heroku[router]: at=error code=H10 desc="App crashed" method=GET path="/hello" status=503
# ```
#
# **Log 3**, first on the terminal, then from `heroku logs`:
#
# ```text
# remote: -----> Discovering process types
# remote:        Procfile declares types -> worker
# remote: -----> Launching...
# remote:        Released v8
#
# heroku[router]: at=error code=H14 desc="No web processes running" path="/hello" status=503
# ```

# %% instructor [markdown]
# Minutes: 8
#
# Lesson 08 has logs of dynos and the router; these are of the files. The cures that do nothing are
# the ones that people try first: restart, scale, install it on the own computer. The logs are
# shortened; their form is the platform's.

# %% solution
# What caused it?
# "A"  runtime.txt has a version without the word that belongs in front of it.
# "B"  The Python version asked for is one that Heroku no longer has.
# "C"  pip could not install a package that requirements.txt names.
# "D"  The app imports a package that requirements.txt does not bring.
# "E"  The web process listens on a port of its own choice, not on $PORT.
# "F"  No line of the Procfile is called web.
# "G"  .slugignore drops a file that the app imports.
#
# What cures it?
# 1  heroku restart
# 2  heroku ps:scale web=1
# 3  pip install pyyaml on your own computer
# 4  Write python-3.13 into runtime.txt, commit, push.
# 5  Write python-3.13 into runtime.txt, push.
# 6  Add a line for pyyaml to requirements.txt, commit, push.
# 7  Add a line for pyyaml to test_requirements.txt, commit, push.
# 8  Call the process type of the server web in the Procfile, commit, push.
#
# What do visitors get until then?
# "v7"   the answers of the release before
# "503"  an error page of the router

# BEGIN SOLUTION: LOG_1 = {"cause": ..., "cure": ..., "visitors": ...}
LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
# END SOLUTION
# BEGIN SOLUTION: LOG_2 = {"cause": ..., "cure": ..., "visitors": ...}
LOG_2 = {"cause": "D", "cure": 6, "visitors": "503"}
# END SOLUTION
# BEGIN SOLUTION: LOG_3 = {"cause": ..., "cure": ..., "visitors": ...}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}
# END SOLUTION

# %% check
from lab.exercises.checking import Answer, expect

RIGHT: dict[str, dict[str, str]] = {
    "LOG_1": {"cause": "A", "cure": "4", "visitors": "v7"},
    "LOG_2": {"cause": "D", "cure": "6", "visitors": "503"},
    "LOG_3": {"cause": "F", "cure": "8", "visitors": "503"},
}
SIGNS = {
    "A": "'Invalid Python version in runtime.txt.'",
    "B": "'The requested Python version has reached end-of-life.'",
    "C": "'Unable to install dependencies using pip.'",
    "D": "'ModuleNotFoundError', with the name of a package that is not yours,",
    "E": "'Error R10 (Boot timeout)'",
    "F": "a list of types without web",
    "G": "'ModuleNotFoundError', with the name of one of your own files,",
}
USELESS = {
    ("LOG_2", "1"): "A restart starts the same slug again, and the package is not in it.",
    ("LOG_2", "3"): "Your own computer is not the dyno: what is installed there is not pushed.",
    ("LOG_2", "7"): "The build installs requirements.txt and no other file.",
    (
        "LOG_3",
        "1",
    ): "A restart starts what the Procfile declares, and that is no web process.",
    ("LOG_3", "2"): "There is nothing of that name to scale: the type web does not exist.",
    ("LOG_1", "5"): "A push sends commits. What is not committed stays on your computer, and the "
    "build reads the same file again.",
}
HINTS = {
    "cause": "Find the line that tells the story: in a build the first one with an exclamation "
    "mark, on a dyno the last one that the app itself has written.",
    "cure": "Which file does the line point to? And which way does a changed file reach the dyno?",
    "visitors": "Was a new release made? Look for the word Released, or for a line of the router.",
}


def check(answer: Answer) -> None:
    given = {name: _filled(answer, name) for name in RIGHT}
    for part in ("cause", "cure", "visitors"):
        for log, right in RIGHT.items():
            said = given[log][part]
            expect(said == right[part], _message(log, part, said), hint=HINTS[part])


def _filled(answer: Answer, log: str) -> dict[str, str]:
    given = answer.get(log)
    expect(isinstance(given, dict), f"{log} is no dictionary any more.")
    for part, choices in (("cause", set("ABCDEFG")), ("cure", set("12345678")), ("visitors", None)):
        expect(given.get(part, ...) is not ..., f"{log} does not say its {part} yet.")
        said = str(given[part]).strip()
        expect(
            said.upper() in choices if choices else said in {"v7", "503"},
            f"{log}: {said!r} is none of the choices for its {part}.",
        )
    return {
        "cause": str(given["cause"]).strip().upper(),
        "cure": str(given["cure"]).strip(),
        "visitors": str(given["visitors"]).strip(),
    }


def _message(log: str, part: str, said: str) -> str:
    if part == "cause":
        return f"{log}: with the cause {said}, the log would have {SIGNS[said]} in it. It has not."
    if part == "cure":
        why = USELESS.get((log, said), "It changes nothing about the cause that you found.")
        return f"{log}: the cure {said} does not help. {why}"
    if said == "503":
        return (
            f"{log}: the build was refused, so nothing was released. Whoever pushed sees an error; "
            "visitors notice nothing."
        )
    return f"{log}: the router's own line says what visitors get, and it is no answer of v7."


# %% hints [markdown]
# - Ask of each log how far the push came: refused in the build, or released and then in trouble?
# - A restart and a change of scale start what is there. They put nothing into the slug.
# - In log 3 every step of the build succeeded. Compare what the Procfile declares with the code at
#   the end.

# %% wrong-restart
# why: "Have you tried to switch it off and on again?"
# says: LOG_2: the cure 1 does not help. A restart starts the same slug again
LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
LOG_2 = {"cause": "D", "cure": 1, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}

# %% wrong-push-without-commit
# why: Changes the file and pushes, and forgets that only commits travel.
# says: LOG_1: the cure 5 does not help. A push sends commits
LOG_1 = {"cause": "A", "cure": 5, "visitors": "v7"}
LOG_2 = {"cause": "D", "cure": 6, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}

# %% wrong-everybody-sees-the-refusal
# why: Takes a refused build for an outage.
# says: visitors notice nothing
LOG_1 = {"cause": "A", "cure": 4, "visitors": "503"}
LOG_2 = {"cause": "D", "cure": 6, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}

# %% wrong-scale
# why: "No web processes running" sounds as if one had to be started.
# says: There is nothing of that name to scale
LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
LOG_2 = {"cause": "D", "cure": 6, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 2, "visitors": "503"}

# %% wrong-pip-failed
# why: A package is missing, so pip is taken to have failed.
# says: LOG_2: with the cause C
LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
LOG_2 = {"cause": "C", "cure": 6, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}

# %% wrong-install-it-here
# why: Where it was written the app ran as soon as the package was installed.
# says: Your own computer is not the dyno
LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
LOG_2 = {"cause": "D", "cure": 3, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}

# %% right-as-texts
LOG_1 = {"cause": "a", "cure": "4", "visitors": "v7"}
LOG_2 = {"cause": "d", "cure": "6", "visitors": 503}
LOG_3 = {"cause": "f", "cure": "8", "visitors": "503"}
