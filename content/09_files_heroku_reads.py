# %% files-heroku-reads [markdown]
# # The files Heroku reads
#
# In chapter 08 you have pushed a copy, and the platform did the rest. It had no questions. It found
# all the answers in a handful of small files: `Procfile`, `runtime.txt`, `requirements.txt` and a
# few more. In this chapter you take them apart. At the end you can
#
# - say of each file who reads it, when, and what happens without it,
# - write a Procfile, and say what the port in it is for,
# - name the Python version in both ways, the old and the new,
# - find out before the push what a dyno will not have,
# - read a build log and a dyno's log, and point to the file that is to blame.
#
# You need chapters 05 and 08: web servers, and what a push, a slug, a dyno and the router are. It
# takes about 45 minutes, and the six exercises take as long again. A good place for a break is
# marked.
#
# What is said about Heroku here is of August to November 2026. The rules of the build were read in
# the source of its Python buildpack, release v351 of 18 August 2026. All facts, with source, date
# and how sure they are, stand in [docs/heroku-facts.md](../docs/heroku-facts.md).

# %% first-imports
import subprocess

import requests

from lab import servers
from lab.exercises import check, hint, progress
from lab.heroku import rehearsal
from lab.heroku.scratch import commit_files, look, start_web
from lab.lessons import show
from lab.lessons.deploy_files import (
    describe_packages,
    draw_packages,
    findings_table,
    packages_of,
    packages_table,
    pins,
    program_text,
    readers_table,
)
from lab.lessons.programs import folder

root = servers.STACKS["fastapi"].directory  # where this workbook lies

for name in ("Procfile", "runtime.txt", "requirements.txt", "test_requirements.txt", "app.json"):
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if not line.startswith("#"))
    print(f"{name:22} {len(lines):4} lines   {first[:60]}")

# %% who-reads [markdown]
# ## Who opens which file?
#
# These files lie at the root of this workbook. None of them is a program. Each is a note to a
# reader, and the readers are different ones:
#
# - **Your computer**: you, with pip and with `make`.
# - **The build**: what happens on Heroku after `git push`. Its **buildpack**, the part that knows
#   Python, makes a **slug** from the commit: your files with everything installed.
# - **A dyno starts**: the slug is unpacked, and a command runs in it.
# - **An app is made from `app.json`**: this happens once, and only when somebody asks for it.

# %% readers
print(readers_table())

# %% readers-answer [markdown]
# Look at the last row. No reader on the platform opens `test_requirements.txt`. That is all of its
# secret: it is not forbidden there, it is simply not asked for.
#
# And look at the columns. When something goes wrong, the column tells you *where* you will see it.
# A fault in a file of the build stops the push, on your own terminal. A fault in the Procfile's
# command shows only when a dyno starts: the push succeeds, and the app is down.
#
# ## A copy to take apart
#
# Taking the workbook itself apart would be tedious. So here is a small app. It is an ASGI callable
# as in chapter 05, and prices a house by its area.

# %% estimate program="estimate.py"
import json
import os
from urllib.parse import parse_qs


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/price":
        asked = parse_qs(scope["query_string"].decode())
        data = {"price": float(asked["area"][0]) * 120}
    else:
        data = {"my port is": os.environ.get("PORT")}
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(data).encode()})


# %% small-files-text [markdown]
# And here are the files for the platform, as a dictionary of names and texts. (`pins` takes the
# line for uvicorn from this workbook's own `requirements.txt`.)

# %% small-files
files = {
    "estimate.py": program_text("estimate.py"),
    "Procfile": "web: uvicorn estimate:app --host 0.0.0.0 --port $PORT"
    " --timeout-keep-alive 95 --workers 1\n",
    "runtime.txt": "python-3.13\n",
    "requirements.txt": "\n".join(pins(root / "requirements.txt", "uvicorn")) + "\n",
    "test_requirements.txt": "-r requirements.txt\npytest\nrequests\n",
    ".slugignore": "/tests\n/test_requirements.txt\n",
    "app.json": '{"name": "estimate", "formation": {"web": {"quantity": 1, "size": "basic"}}}\n',
}

for finding in look(files):
    print(finding.severity.upper(), finding.headline)
    print(finding.cause)

# %% small-files-answer [markdown]
# `look` takes these files for a commit, and puts the rules of `lab preflight` to them. They say
# nothing worse than a warning, and that one is for later: this project would run.
#
# A dictionary is handy for trying something out. Take one file away, and look again:

# %% without-each
deprecated = "runtime-txt::deprecated"  # we know that warning: the tables leave it out

tries = {
    f"without {gone}": look({name: text for name, text in files.items() if name != gone})
    for gone in files
}
print(findings_table(tries, "the project", known=deprecated))

# %% without-each-read [markdown]
# This is the chapter in one table. Three files are needed: the app, the Procfile, and
# `requirements.txt`. The build does not ask for the first two. Without the Procfile every visitor
# gets **H14**, *no web processes running*; without the app, **H10**, *app crashed*. Without
# `requirements.txt` the build refuses the push.
#
# Without the others the app runs, too. So why have them? Each has its section below.
#
# **Quick question.** "Without runtime.txt" gives a warning, "without requirements.txt" an error.
# What is the difference for somebody who has just typed `git push heroku main`?
#
# <details><summary>Show the answer</summary>
#
# After a warning the push goes on, and a new release runs. After an error of the build there is no
# new release: the push is rejected, and what ran before runs on.
#
# </details>

# %% procfile-text [markdown]
# ## Procfile: the command
#
# A Procfile is a list of **process types**, one in each line: a name, a colon, a command. The
# platform starts the command in a dyno, by a shell.
#
# - **The name of the file** is exactly `Procfile`: a capital P, no ending, at the root.
# - **`web`** is the only type that gets requests. The router sends them to the dynos of this type
#   and to no other.
# - **`release`** is special, too: its command runs once after each build, before the new release is
#   taken into use. There one prepares a database.
# - **Other names** are free: `worker`, `clock`. Their dynos get no requests, and run only when you
#   scale them up.
#
# How strict is that? Try some lines that people write:

# %% procfile-tries
good = files["Procfile"]
lines = {
    "as it is": good,
    "Web: with a capital letter": good.replace("web:", "Web:"),
    "without web:": good.replace("web:", ""),
    "estimates:app": good.replace("estimate:app", "estimates:app"),
    "estimate:server": good.replace("estimate:app", "estimate:server"),
    "without --timeout-keep-alive": good.replace(" --timeout-keep-alive 95", ""),
}
tries = {name: look({**files, "Procfile": line}) for name, line in lines.items()}
tries["in a file named procfile"] = look(
    {name.replace("Procfile", "procfile"): text for name, text in files.items()}
)
print(findings_table(tries, "Procfile", known=deprecated))

# %% procfile-tries-read [markdown]
# Not one of these mistakes stops the build. The build writes down which types a Procfile declares,
# and that is all it does with it. What the command means, only the dyno finds out.
#
# The last but one is a warning: uvicorn closes a connection that has been idle for 5 seconds, and
# the router keeps it for 90. Now and then the router sends a request into a connection that is just
# being closed, and the visitor gets H13. So `--timeout-keep-alive` is to be longer than 90.
#
# ## What the dynamic port is for
#
# `$PORT` is no special sign of the Procfile. It is the way in which every shell on Linux writes a
# variable. The platform sets the variable and starts a shell, and the shell puts the value in. See
# it do so, with `echo` in front, which prints a command instead of running it:

# %% shell
for port in ("41873", "23456"):
    shown = subprocess.run(
        ["sh", "-c", "echo uvicorn estimate:app --port $PORT"],
        env={"PORT": port},
        capture_output=True,
        text=True,
    )
    print(shown.stdout.strip())

# %% shell-answer [markdown]
# Why does the platform choose the port, and why a new one for each start? Because a machine of the
# platform runs the dynos of many apps, and on one machine a port can have only one listener. If you
# chose port 8000 and your neighbour did, too, only one of you could start. Start two dynos of our
# copy, and see:

# %% two-dynos
copy = folder() / "copy"  # this notebook's own folder, gone when it ends
commit_files(files, copy)

servers.stop_all()
first = start_web(copy)  # the web line of the Procfile, by a shell, with a free port in PORT
second = start_web(copy)
for dyno in (first, second):
    print(requests.get(dyno.url + "/", timeout=5).json())

# %% fixed-port-text [markdown]
# Two of them, at the same time, from the same line. Now a Procfile with a port of its own: the one
# that the first dyno has.

# %% fixed-port
fixed = good.replace("$PORT", str(first.port))
commit_files({**files, "Procfile": fixed}, copy)
try:
    start_web(copy)
except servers.StartError as error:
    print(*[line for line in error.lines if "address" in line], sep="\n")

first.stop()
second.stop()

# %% fixed-port-answer [markdown]
# *Address already in use.* On Heroku itself you may never see this line, because the port of your
# choice happens to be free. It does not help. The router knows only the port that the platform has
# given away, and nobody listens there. After 60 seconds the platform kills the
# process: **R10**, *boot timeout*.
#
# **The host** is the second half of it. `127.0.0.1` means "only this computer", and the router is
# another computer. `0.0.0.0` means "every address that I have". (The error above names 127.0.0.1,
# and the Procfile says 0.0.0.0: `start_web` has replaced it, so that nobody outside reaches the
# app on your computer.)

# %% host-tries
options = (
    "--host 0.0.0.0 --port 8000",
    "--port $PORT",
    "--host 127.0.0.1 --port $PORT",
    "--host 0.0.0.0 --port '$PORT'",
    "--host 0.0.0.0 --port ${PORT}",
)
tries = {
    given: look({**files, "Procfile": good.replace("--host 0.0.0.0 --port $PORT", given)})
    for given in options
}
print(findings_table(tries, "options of uvicorn", known=deprecated))

# %% host-question [markdown]
# The first three run and listen where the router does not look: R10. The fourth ends at once.
# Between single quotes a shell puts no value in, so uvicorn gets the word `$PORT` and says that it
# "is not a valid integer". That is a crash, and so it is H10.
#
# **Quick question.** Your app runs with `uvicorn main:app` on your laptop, and you can open it in
# the browser. Which two things must be added for the platform, and why did the laptop not need
# them?
#
# <details><summary>Show the answer</summary>
#
# `--port $PORT`: on the laptop you may choose, here the platform has chosen. And `--host 0.0.0.0`:
# on the laptop the browser and the server are on the same computer, here the router comes from
# outside.
#
# </details>

# %% exercise-procfile exercise="09.1"

# %% our-procfile-text [markdown]
# ### The workbook's own Procfile
#
# Now you can read the line with which this workbook's FastAPI app is deployed.

# %% our-procfile
print((root / "Procfile").read_text().replace(" --", "\n    --"))

# %% our-procfile-read [markdown]
# - The first three options you know. `--timeout-graceful-shutdown 25` fits the platform: when a
#   dyno is to end, each process gets SIGTERM, and after 30 seconds SIGKILL (chapter 05 has shown
#   both). 25 leaves room.
# - `--timeout-worker-healthcheck 30`: where uvicorn runs several workers, it asks each whether it
#   is well, and ends one that does not answer in time. The default, 5 seconds in November 2026, is
#   short for a small dyno on which two workers load a model at once.
# - `--log-config` names a file with settings for the log (chapter 04), so that uvicorn's own lines
#   look like the app's. The dyno needs that file, too!
# - **There is no `--workers`.** The buildpack sets a variable, `WEB_CONCURRENCY`, and both uvicorn
#   and gunicorn read it: one worker for each 256 MB of the dyno, but no more than twice the cores
#   and one. On a dyno with 512 MB that is 2.
#
# Our small copy says `--workers 1`, for a reason that you should know. With two workers, uvicorn
# has a supervisor that starts a worker again when it dies. If the app cannot even be imported, the
# workers die and are started, again and again, until the platform loses patience after 60 seconds:
# the log ends with R10 instead of H10. With one worker, the first error is the end, and the log is
# short.

# %% python-text [markdown]
# ## runtime.txt and .python-version: which Python
#
# The course notes say: "runtime.txt: specify what version of Python we are going to use". That is
# how it was for years. Since 5 February 2025 the buildpack warns when it finds a `runtime.txt`, and
# wants a file named `.python-version` in its place, which other tools read as well: pyenv and uv,
# for example. Both say the same, in two spellings:
#
# | File | What stands in it | In August 2026 (v351) |
# |---|---|---|
# | `runtime.txt` | `python-3.13` | works with pip, with a warning; refused with uv |
# | `.python-version` | `3.13` | the way to do it |
#
# Heroku's newer kind of buildpacks, the Cloud Native Buildpacks, dropped `runtime.txt` on 2 May
# 2025. This workbook keeps it, because you will meet it in every older course and project, and
# because our `make` reads the version from it. In a project of your own, take the new file.
#
# The reader is strict. Which of these does it take?

# %% python-tries
without = {name: text for name, text in files.items() if name != "runtime.txt"}
tries = {}
for text in ("python-3.13", "# ours\n\npython-3.13", "3.13", "Python-3.13", "python-3.13.2"):
    tries[f"runtime.txt {text!r}"] = look({**files, "runtime.txt": text + "\n"})
for text in ("3.13", "python-3.13", "3.9", "4.0"):
    tries[f".python-version {text!r}"] = look({**without, ".python-version": text + "\n"})
tries[".python_version '3.13'"] = look({**without, ".python_version": "3.13\n"})
tries["both"] = look({**files, ".python-version": "3.12\n"})
tries["neither"] = look(without)
print(findings_table(tries, "file and text", known=deprecated))

# %% python-tries-read [markdown]
# - **Blank lines and lines with `#`** do not count. Everything else must fit exactly.
# - **Two numbers are better than three.** With `3.13` each build takes the newest patch, and a
#   patch is where security errors are mended. With `3.13.2` you stay at an old one, and are warned.
# - **An old version is refused.** Python 3.9 gets no security updates any more, so Heroku does not
#   offer it.
# - **Both files at once**: `runtime.txt` wins, and the other is not read. Nothing says so!
# - **Neither**: the build takes its own default (3.14.7 in v351). Then the version changes on a day
#   that you have not chosen.
#
# **Quick question.** A friend's project has both files. In `.python-version` she has changed 3.12
# to 3.13 and pushed. The build log says "Using Python 3.12". What has happened?
#
# <details><summary>Show the answer</summary>
#
# `runtime.txt` is still there and says `python-3.12`. It wins. She should remove it:
# `git rm runtime.txt`, commit, push.
#
# </details>

# %% exercise-python exercise="09.2"

# %% break-text [markdown]
# *This is a good place for a break.*
#
# ## requirements.txt: what is installed
#
# The build makes a fresh environment, in which nothing is installed, and runs
# `pip install -r requirements.txt` in it. That is the only list that it knows. So the dyno does
# **not** have
#
# - what you have installed on your computer, in whatever way,
# - what stands in `test_requirements.txt`, or in a `requirements-dev.txt`,
# - what conda has installed: an `environment.yml` is not read,
# - programs of the operating system that you have added with `apt` or `brew`,
# - files that Git ignores, such as `.env` or large data: they are not in the commit.
#
# Why is the list for the tests kept apart? Because of what it brings. The next cell weighs the
# packages of both lists, as they are installed for this notebook.

# %% packages
deployed = packages_of(root / "requirements.txt", "requirements.txt, deployed")
stays = packages_of(
    root / "test_requirements.txt", "test_requirements.txt alone, not deployed", without=deployed
)
print(packages_table([deployed, stays]))
show(draw_packages([deployed, stays]), describe_packages([deployed, stays]))

# %% packages-read [markdown]
# Everything in the lower bar would be built into the slug, copied to each dyno that starts, and sit
# there unused. A slug may have 500 MB after compression, and one that is smaller starts sooner. And
# each package that is not there cannot have a security error.
#
# The first line of `test_requirements.txt` keeps the two lists in step: `-r requirements.txt` means
# "everything from there, too". So the tests run with the very versions that are deployed.
#
# ### Works here, fails there
#
# This is the most common fault of all. You need a package, you install it, the app runs, you push.
# You have changed the app and not the list. `requests` is a good example, because this notebook
# certainly has it:

# %% works-here
with_requests = {**files, "estimate.py": "import requests\n" + files["estimate.py"]}

commit_files(with_requests, copy)
here = start_web(copy)
print("Here:", requests.get(here.url + "/price?area=100", timeout=5).json())
here.stop()

for finding in look(with_requests):
    if finding.code != deprecated:
        print("There:", finding.headline, finding.cause)

# %% works-here-answer [markdown]
# Preflight follows the imports, from the module that the Procfile names, through all files of the
# project, and compares them with what pip would install. It runs nothing. What does the real thing
# do? You will see it further down, on a dyno.
#
# Three traps when you look for such a gap by hand:
#
# **The server is a package, too.** No file of yours imports uvicorn or gunicorn. The Procfile
# starts it. And some packages come along with others: FastAPI brings Starlette and pydantic, but no
# server.
#
# **Not every import runs.** What stands below `if TYPE_CHECKING:` is read by programs that check
# types before anything runs. The constant comes from the module `typing`, and is false whenever the
# app runs.
#
# **The name in the import is not always the name of the package:**
#
# | The import says | pip says |
# |---|---|
# | `yaml` | `pyyaml` |
# | `PIL` | `pillow` |
# | `sklearn` | `scikit-learn` |
# | `cv2` | `opencv-python-headless` |
# | `bs4` | `beautifulsoup4` |
# | `dotenv` | `python-dotenv` |

# %% exercise-missing exercise="09.3"

# %% pins-text [markdown]
# ### Why every line has a version
#
# A line without a version means "the newest that there is on the day of the build". So the same
# commit can give two different slugs on two days, and the second one may break, though you have
# changed nothing. What does a line allow? Ask the library that pip itself uses for the answer. The
# versions here are made up.

# %% pins
from packaging.requirements import Requirement

published = ["0.99.0", "0.100.0", "0.100.3", "0.101.0", "1.0.0"]
for line in ("shop", "shop>=0.100", "shop~=0.100.0", "shop==0.100.3"):
    allowed = list(Requirement(line).specifier.filter(published))
    print(f"{line:15} allows {', '.join(allowed):42} and the build takes {allowed[-1]}")

# %% pins-read [markdown]
# Only the last line gives the same slug today and in a year. That is a **pin**.
#
# Our own `requirements.txt` pins more than the app imports: also what comes along. That list is
# made by a program (`make pins`) from a short one. If you have no such program, `pip freeze` shows
# the versions that you have. But do not write all of its output into the file: that deploys
# Jupyter.
#
# One more trap: some packages exist for one operating system alone. `pywin32` comes with many
# things on Windows, and pip cannot install it on a dyno:

# %% windows-package
windows = {**files, "requirements.txt": files["requirements.txt"] + "pywin32==311\n"}
for finding in look(windows):
    if finding.code != deprecated:
        print(finding.headline, finding.cause)

# %% exercise-pin exercise="09.4"

# %% slugignore-text [markdown]
# ## .slugignore and app.json
#
# **`.slugignore`** is a list of files that stay out of the slug, written like a `.gitignore`, but
# without its `!`. Those files are committed and pushed. Then they are removed, *before* the build
# begins. Tests, notebooks and documents are the usual ones. `requirements.txt` and the Procfile
# stay whatever it says.
#
# Here is a line that looks harmless: "no files about estimates, please".

# %% slugignore-tries
tries = {
    repr(text): look({**files, ".slugignore": text})
    for text in ("/tests\n", "estimate*\n", "*.txt\nProcfile\n")
}
print(findings_table(tries, ".slugignore", known=deprecated))

# %% slugignore-answer [markdown]
# A pattern without a slash fits in every folder. Begin it with `/` when you mean the root.
#
# **`app.json`** describes an app that does not exist yet: its name, its config vars with values to
# begin with, the size and number of its dynos, add-ons such as a database. It is read when an app
# is *made* from it: by a button "Deploy to Heroku" on a web page, or for a **review app**, which
# Heroku makes for a pull request. **`git push` does not read it.** (Heroku's documentation, 24
# January 2024.) So a config var that stands in `app.json` is not set by a push. Look at ours:

# %% app-json
print((root / "app.json").read_text())

# %% app-json-question [markdown]
# **Quick question.** You have written `"size": "standard-2x"` into `app.json`, committed and
# pushed. On which size does your app run now?
#
# <details><summary>Show the answer</summary>
#
# On the one that it had before. A push builds and releases; it changes neither size nor number of
# dynos. `heroku ps:type web=standard-2x` does.
#
# </details>
#
# **And a secret?** It belongs in none of these files: all of them are in Git. It is a config var,
# set with `heroku config:set`, and your app reads it from `os.environ`.

# %% rehearsal-text [markdown]
# ## A real build, line by line
#
# Preflight foretells. Now build for real: the rehearsal of chapter 08, with our small copy. It
# installs uvicorn into a fresh environment, so this cell takes some seconds.

# %% rehearsal-push
commit_files(files, copy, "A copy that is in order")
if "stage" in globals():  # when you run this cell again
    stage.stop()
stage = rehearsal.start(copy)
print(stage.push())

# %% rehearsal-read [markdown]
# Every line comes from one of the files. Go through them:
#
# | The log says | because of |
# |---|---|
# | `Python app detected` | a file at the root that only Python projects have |
# | `Using Python 3.13 specified in runtime.txt` | `runtime.txt`; its warning follows |
# | `Installing dependencies using 'pip install -r requirements.txt'` | `requirements.txt` |
# | `Successfully installed ...` | the same: our one line, and what uvicorn brings along |
# | `Procfile declares types -> web` | `Procfile` |
# | `Done: ...` | the size of the slug, without what `.slugignore` names |
# | `Released v1` | all of it together: the first release |
#
# Neither pytest nor requests was installed, though `test_requirements.txt` names both. Nobody has
# opened that file. Lines with `(rehearsal: ...)` say what is different from Heroku.

# %% rehearsal-ask
stage.wait_until_up()
print(requests.get(stage.url + "/price?area=100", timeout=30).json())
print(*[line for line in stage.lines() if "Starting process" in line], sep="\n")

# %% rehearsal-break-text [markdown]
# There is the Procfile's command, as the dyno has started it.
#
# Now the version that works here and fails there. What will the build say?

# %% rehearsal-break
commit_files(with_requests, copy, "Use requests")
pushed = stage.push()
print(*[line for line in str(pushed).splitlines() if "Released" in line or "rror" in line])

stage.wait_for("crashed")
answer = requests.get(stage.url + "/price?area=100", timeout=30)
print("A visitor gets", answer.status_code)
print()
signs = ("ModuleNotFoundError", "exited", "crashed", "code=")
print(*[line[:150] for line in stage.lines() if any(sign in line for sign in signs)], sep="\n")

# %% rehearsal-break-read [markdown]
# The build says nothing: it installs what the list names, and does not look into your files. The
# push succeeds, there is a new release, and it is broken. The dyno starts, Python comes to the
# import, and the process ends. To every visitor the router says **503**, and writes **H10** into
# the log.
#
# This is how to read such a log. *From below:* the router's line says *that* something is wrong,
# the platform's lines say *what became of the process*, and the last line that the app itself has
# written says *why*. (Long lines are cut here. The `143` above is the old dyno, which got its
# SIGTERM when the new release came. After a crash the platform tries again, at first at once.)
#
# Next: no Procfile, and then a Python version without its word.

# %% rehearsal-more
changes = {
    "No Procfile": {name: text for name, text in files.items() if name != "Procfile"},
    "A bare version": {**files, "runtime.txt": "3.13\n"},
}
for message, changed in changes.items():
    commit_files(changed, copy, message)
    pushed = stage.push()
    print(f"{message}: the push was {'accepted' if pushed.accepted else 'refused'}")
    signs = ("Procfile declares", "Error", "Released", "rejected")
    lines = [line for line in pushed.output.splitlines() if any(sign in line for sign in signs)]
    print(*lines, sep="\n")
    answer = requests.get(stage.url + "/price?area=100", timeout=30)
    print(f"A visitor gets {answer.status_code}.\n")

print(*[line[:150] for line in stage.lines() if "code=H14" in line][:1])

# %% rehearsal-more-read [markdown]
# The first one is built and released, and nothing runs: H14. The second is refused, so no release
# is made. What the visitor gets then is whatever ran before. Here that is still the release without
# a Procfile.
#
# **Try it.** Mend it: `commit_files(files, copy, "In order again")`, `stage.push()` and
# `stage.wait_until_up()`. Then `stage.releases()[-1].name` tells the number of the release. Why is
# it not `v5`, though you have pushed five times?

# %% rehearsal-stop
stage.stop()

# %% exercise-logs exercise="09.5"

# %% mend-text [markdown]
# ## All together
#
# The last exercise is a project in which six things are wrong. Mend it as you would mend a real
# one: look, change one thing, look again. In a terminal, `lab preflight` in the folder of a project
# says the same, with the command that mends each thing.

# %% exercise-mend exercise="09.6"

# %% stop
servers.stop_all()
progress()

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Say of each file who reads it and when, and guess from the place of a symptom which file it is.
# - Write a Procfile with `$PORT` and `0.0.0.0`, and say why the platform chooses the port.
# - Name the Python version in `.python-version`, and read a `runtime.txt`.
# - Keep what is deployed apart from what the tests need, with every version pinned.
# - Find a package that only your computer has, before the push.
# - Read a log from below: the router, the platform, the app.
#
# **What comes next.** This was the last chapter. You have served a model twice, put the two servers
# to the test, and know what it takes to deploy one of them. [docs/deploy.md](../docs/deploy.md)
# goes through the real thing on Heroku step by step, and says what changes on other platforms. In a
# terminal, `lab drill --list` has more broken copies to mend, and `lab preflight` waits for a
# project of your own.
