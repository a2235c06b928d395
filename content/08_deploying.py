# %% deploying [markdown]
# # Deploying
#
# In this lesson you put a copy of the app onto a platform: first onto one that runs on this
# computer and keeps the rules of Heroku, then, if you like, onto Heroku itself. At the end you can
#
# - say what a platform does with a push, step by step,
# - deploy a repository, or one folder of it,
# - find out from the log what an app, its dynos and the router have done,
# - change settings without a commit, run more or fewer dynos, and go back to an earlier release,
# - tell from an error code who has failed, and what to do.
#
# You need chapters 00 to 05, and of chapter 07 what a platform is. It takes about 45 minutes, and
# the six exercises take about as long again. A good place for a break is marked. You need no
# account and no card: only the last part is about the real thing. A network is needed where the
# app's packages were never fetched to this computer, and then for the first push alone.

# %% imports
from collections import Counter

import requests

from lab.exercises import check, hint, progress
from lab.lessons import deploying, show
from lab.lessons.session import describe_session, draw_session, read_session, session_table

# %% the-push-text [markdown]
# ## What happens to a push
#
# Chapter 07 has called Heroku a **platform as a service**: you bring the app, and the platform
# runs it. You bring it with a Git command that you may know already: `git push`. But the
# repository to which you push is a special one. It does not only keep what comes, it builds and
# runs it:
#
# ```text
#  your computer                     the platform
#
#  git push heroku main  ------->  1 build     a fresh folder with what you have committed,
#                                              and the packages of requirements.txt
#                                  2 slug      all that, packed into one file
#                                  3 release   the slug with the settings of now; it gets
#                                              the next number: v1, v2, v3 ...
#                                  4 dynos     for each, a small Linux of its own unpacks the
#                                              slug and starts the command of the Procfile
#                                                   ^
#  a visitor's request  ---------> router  ---------+   picks a dyno, and passes the answer back
#                                                   |
#  heroku logs --tail   <--------- log     <--------+   what all of them say, line by line
# ```
#
# Five words in it are Heroku's own, and other platforms have the same things under other names:
#
# - A **slug** is the packed app. It holds no settings, so that the same slug can run anywhere.
# - A **config var** is a setting that is kept by the platform, not in the repository: a password,
#   an address, a log level.
# - A **release** is a slug with the config vars of one moment. It never changes.
# - A **dyno** is one place where the app runs: a little Linux that has one process of yours in it
#   and whatever that starts. It is cheap to start and to throw away.
# - The **router** takes each request from the internet and hands it to a dyno.
#
# **Quick question.** You have changed a file and typed `git push heroku main`, but forgotten
# `git commit`. What will run?
#
# <details><summary>Show the answer</summary>
#
# What you committed last. Git pushes commits, not files, so the platform never sees the change.
# Git says "Everything up-to-date", and nothing is built.
#
# </details>

# %% rehearsal-text [markdown]
# ## A platform on this computer
#
# A deploy that fails in front of users is a bad place to learn. So this
# workbook has a **rehearsal**: a small platform that builds, releases, runs and routes as Heroku
# does, with the same words in its log, and with nobody outside who could reach it.
#
# What will you deploy? A copy of this workbook as you have committed it, your answers included.
# `own_copy` makes one, as the command `lab init` does; `rehearse` starts the platform for it.

# %% start-rehearsal
copy = deploying.own_copy()
stage = deploying.rehearse(copy)

print("The copy:       ", copy.name)
print("Push to:        ", stage.remote)
print("The router is at", stage.url)

# %% in-a-terminal [markdown]
# It is a copy that is thrown away, so break in it what you like. The same in a terminal, for a
# copy that you keep:
#
# ```text
# lab init ../my-copy        a copy of your own, with its first commit
# cd ../my-copy
# lab rehearse               the platform; it runs until Ctrl-C
# ```
#
# and in a second terminal, in the same folder, all that you will see below:
#
# | In the rehearsal | On Heroku | Does |
# |---|---|---|
# | `lab preflight` | | says before the push what will go wrong |
# | `git push heroku main` | `git push heroku main` | deploys what is committed |
# | `lab logs --tail` | `heroku logs --tail` | shows the log, and goes on showing it |
# | `lab ps` | `heroku ps` | lists the dynos |
# | `lab scale web=2` | `heroku ps:scale web=2` | runs two dynos |
# | `lab config set NAME=VALUE` | `heroku config:set NAME=VALUE` | sets a config var |
# | `lab releases` | `heroku releases` | lists the releases |
# | `lab rollback v2` | `heroku rollback v2` | goes back to one of them |
#
# ## Look before you push
#
# Most deploys that fail do so for a reason that stands in the commit. `lab preflight` reads the
# commit, runs nothing of it, and says what the build and the dynos will make of it.

# %% preflight
from lab.heroku.preflight import preflight

looked = preflight(copy)
for finding in looked.findings:
    print(f"{finding.severity}: {finding.headline}")
print("Will the deploy work?", "Yes." if looked.works else "No.")

# %% preflight-read [markdown]
# One warning, and it is known: `runtime.txt` names the version of Python, as the notes of this
# course have it, and works. Since February 2025 Heroku would rather have a file `.python-version`.
# Chapter 09 is about these files.
#
# ## Push
#
# Now the push. In a terminal it is `git push heroku main`. Here `stage.push` types it for you and
# shows what comes back. What the platform says comes with `remote:` in front: it is the other end
# that speaks.

# %% push
pushed = stage.push(tell=print)

# %% push-read [markdown]
# Read it from the top, for you will see such a text often:
#
# - **Building on the Heroku-24 stack**: a *stack* is an operating system with its programs.
# - **Using buildpack: heroku/python**: a *buildpack* is the part of the platform that knows one
#   language, and how to build an app in it.
# - **Python app detected**: there is a `requirements.txt` at the root, so this is Python.
# - **Using Python ...**: the version that `runtime.txt` asks for. Lines with *(rehearsal: ...)*
#   say where this platform differs from the real one.
# - **Installing dependencies**: `requirements.txt` and no other file. What only your computer has
#   is not there.
# - **Discovering process types**: the Procfile says how to start the app. `web` is the type that
#   gets requests.
# - **Compressing**: the slug, and how large it is.
# - **Released v1**: the first release.
#
# If something is wrong in one of these steps, the build ends with an error there, Git says
# `remote rejected`, and what ran before runs on. A push that is refused harms nobody.
#
# **One folder of a repository.** The build looks at the root of what you push. Often the app is
# not there: a repository holds lectures, data and, in a folder, the app. Then push the folder
# alone:
#
# ```text
# git subtree push --prefix FOLDER heroku main
# ```
#
# It makes commits in which that folder is the root, and pushes those. That is also how this
# course's notes deploy.

# %% exercise-folder exercise="08.1"

# %% first-log-text [markdown]
# ## Whose line is it?
#
# The push is done, and the dyno starts. `wait_until_up` waits until it can take requests. Then the
# log: `stage.lines()` gives what `lab logs` shows. `shorter` leaves out what makes the lines too
# long for a notebook: the date, ids and addresses.

# %% first-log
stage.wait_until_up()
print(deploying.shorter(stage.lines()))

# %% first-log-read [markdown]
# Each line begins with a time. On a platform it is always UTC, the time of the meridian of
# Greenwich, whatever clock is on your wall. Then comes who speaks:
#
# - **`app[api]`**: the platform's control room. Somebody has pushed, a release was made.
# - **`heroku[web.1]`**: the platform, about the first dyno of the type `web`. It starts, it is up.
# - **`app[web.1]`**: your own program in that dyno. Everything it prints comes here. This is why
#   chapter 04 logs to the screen and not into a file: the file would go with the dyno.
#
# The Procfile says `--port $PORT`, the command in the log has a number there, and your app says the
# same one: the platform chooses a port for each dyno and tells it in the environment. How many
# workers did uvicorn start, and who asked for them? `WEB_CONCURRENCY` did: Heroku sets it according
# to the dyno's memory, and uvicorn reads it.
#
# ## Ask it
#
# The app has an address, the router's. The request is that of the first lesson.

# %% ask
house = {"GrLivArea": 1604, "OverallQual": 6, "Neighborhood": "Gilbert", "YearBuilt": 1998}


def ask(path="/api/v1/predict"):
    return requests.post(stage.url + path, json={"inputs": [house]}, timeout=90)


response = ask()
print("Status:", response.status_code)
print("Price: ", response.json()["predictions"][0])
print("Via:   ", response.headers["Via"])
request_id = response.headers["X-Request-ID"]
stage.wait_for(request_id, times=2)
print(*[line for line in stage.lines() if request_id in line], sep="\n")

# %% ask-read [markdown]
# The answer is what it always was; the app has not changed. But two lines tell of it now, with the
# same `request_id`. The router has given the request its id, the app has kept it, and so you find
# the two together among thousands of others.
#
# Read the router's line, `heroku[router]`, from left to right:
#
# - `at=info`: all went well. With `at=error` a `code=` follows, and you will meet some.
# - `method`, `path`, `host`: what was asked. `fwd` is the address of the client.
# - `dyno=web.1`: who got it.
# - `connect`: how long it took until the dyno had the connection. `service`: how long until its
#   answer was through.
# - `status` and `bytes`: what came back.
#
# The client talks to the router alone, and the router to the dyno. That is a **proxy**, as you
# have seen in chapter 05, and it is why the app believes the header `X-Forwarded-For` here: the
# address at the other end of its own connection is always the router's.
#
# **Quick question.** A visitor complains that the page was slow. Which number of the router's line
# do you look at, and what do you compare it with?
#
# <details><summary>Show the answer</summary>
#
# `service`. The app's own line says how long the app has worked on it. If the two are alike, the
# app is slow. If the app was quick and `service` is large, the request has waited in between: for
# a worker, for a thread, for a connection.
#
# </details>

# %% config-text [markdown]
# ## A setting without a commit
#
# This app can write its log as JSON, for programs to read. The setting is called `LOG_FORMAT`. It
# is not in the code and not in the repository: the app reads it from the environment, and the
# platform puts config vars there. A second one says that one worker in a dyno will do: it is the
# `WEB_CONCURRENCY` from above, and what you set counts more than what Heroku has chosen.

# %% config
before = len(stage.lines())
made = stage.set_config({"LOG_FORMAT": "json", "WEB_CONCURRENCY": "1"}, tell=print)
stage.wait_until_up()
ask()
stage.wait_for('"status": 200')
print(deploying.shorter(stage.lines()[before:]))

# %% config-read [markdown]
# Two settings, and look what they caused: a new release, `v2`, and a restart. The old dyno got
# **SIGTERM**, the polite signal to stop, finished what it was at, and ended. A new one was started
# with the new environment. Nobody built anything: `v2` is the slug of `v1` with other config vars.
#
# "Process exited with status 0" is the old dyno's end. With several workers uvicorn stops them one
# by one, and then ends as a program does that has done its work. With one worker it also finishes
# what it was at, and then lets the signal end it. That is status 143: 128 and the number of
# SIGTERM, 15. You will see it below.
#
# Three rules follow.
#
# - **No secret in a commit.** A password is a config var. Git never forgets what was committed.
# - **Text.** Whatever you set, the app gets text. A number must be made from it.
# - **A default.** Somebody will start your app without the setting. It should run then, or say
#   plainly what is missing.

# %% exercise-config exercise="08.2"

# %% scale-text [markdown]
# ## Two dynos
#
# One dyno is enough, until there are more requests than its workers can do. To **scale** is to run
# another number of them. Each new dyno unpacks the same slug with the same config vars. Here are
# two, and 30 requests. The router says in its lines who got each.

# %% scale
stage.scale(web=2)
stage.wait_until_up()
before = len(stage.lines(dyno="router"))
for _ in range(30):
    ask()

routed = stage.lines(dyno="router")[before:]
print(Counter(word for line in routed for word in line.split() if word.startswith("dyno=")))
for dyno in stage.ps():
    print(dyno["name"], dyno["state"])

# %% scale-read [markdown]
# The router throws dice: each request goes to any dyno, whichever that may be. Run the cell again,
# and the counts are others. It does not look which dyno is busy.
#
# **Quick question.** Your app counts its visitors in a global variable and shows the number. With
# two dynos, what do visitors see? And the next morning?
#
# <details><summary>Show the answer</summary>
#
# Each dyno has a count of its own, and each worker in it too. So the number jumps up and down from
# one visit to the next. The next morning it is near zero: Heroku restarts each dyno about once a
# day, and with every release. What must last belongs into a database outside the dynos. The same
# holds for files: a dyno can write them, and they are gone with it.
#
# </details>
#
# Two dynos cost twice as much as one. And on Heroku the two smallest sizes, Eco and Basic, run one
# dyno of each type and no more (confidence C): there, more of them begin at Standard-1X. So, back
# to one.

# %% scale-down
stage.scale(web=1)
stage.wait_for("heroku[web.2]: Process exited")
print(deploying.shorter(stage.lines(source="heroku", dyno="web.2")))

# %% break-text [markdown]
# ## Break it
#
# Now a mistake that happens: somebody tidies up the Procfile and types `uvicron` instead of
# `uvicorn`. Nothing is wrong with that as far as Git is concerned. Will the build notice?

# %% break
deploying.change(copy, "Procfile", "uvicorn apps", "uvicron apps", "Tidy up the Procfile")
pushed = stage.push()
print(*pushed.output.splitlines()[-8:], sep="\n")

# %% break-notice [markdown]
# Released and deployed. The build has no opinion about what the command does; only a dyno finds
# out. (`lab preflight` warns: "What 'uvicron' starts is unknown here".) So what do visitors get?

# %% broken
stage.wait_for("State changed from starting to crashed", times=2)
response = ask()
print("Status:", response.status_code)
print(deploying.shorter(stage.lines()[-12:]))

# %% broken-read [markdown]
# Read such a log from the bottom up: first what the visitor met, then what led to it.
#
# 1. The **router** says `code=H10 desc="App crashed"`, and `status=503`. `dyno=` is empty: it had
#    nobody to ask. H stands for HTTP. Codes with H are the router's.
# 2. The **platform** says that the process has exited and the dyno has crashed, not once but
#    twice. It has tried again at once; now it waits for some minutes before the next try. (Status
#    143, if you see it, is the end of the old dyno.)
# 3. The line of **app[web.1]** says why, just before the end: `uvicron: command not found`. Status
#    127 is the shell's way to say the same.
#
# The last line that your own program, or the shell that starts it, has written before the crash is
# nearly always the one to read. The same line comes, by the way, where the name is right and
# `requirements.txt` has forgotten the server.
#
# ## First go back, then mend
#
# Visitors are waiting. How long will you need to find the mistake, to mend, commit and push it? It
# does not matter: you have every release that ever ran. `rollback` makes a new release from an old
# one.

# %% rollback
back = stage.rollback(2)
stage.wait_until_up()
print("Status:", ask().status_code)
for release in stage.releases():
    print(release.name, release.commit[:8], f"{release.description:44}", release.config)

# %% rollback-read [markdown]
# The app answers again, and no build was needed: the slug of `v2` was still there. Note two things.
#
# - The rollback is a release itself, `v4`. Numbers only ever go up, so the list is a history.
# - It has brought back the code *and* the config vars of `v2`. If a setting has been changed since
#   then, it is changed back too.
#
# Your repository knows nothing of the rollback. Its newest commit is still the broken one, and the
# next push would deploy it. So mend it now, in peace.

# %% mend
deploying.change(copy, "Procfile", "uvicron apps", "uvicorn apps", "Mend the name of the server")
pushed = stage.push()
stage.wait_until_up()
print("Accepted:", pushed.accepted)
print("Status:  ", ask().status_code, "from release", stage.releases()[-1].name)

# %% exercise-rollback exercise="08.3"

# %% session-text [markdown]
# ## The whole session in a picture
#
# All that you have done stands in the log, with its times. So it can be drawn: a row for each
# dyno, one for the requests, and a line for each release.

# %% session
seen = read_session(stage.lines())
print(session_table(seen))
show(draw_session(seen), describe_session(seen))

# %% session-read [markdown]
# **How to read it.** From left to right is time, but not evenly. Where nothing happened for long,
# while you were reading for example, a piece is cut out: a white gap. And what lasted for a moment
# is drawn wider than it was. The numbers below, and the table, have the true seconds. A plain box
# is a dyno that is up, a striped one a dyno that starts, a crossed one a dyno that has crashed, and
# a triangle is the crash itself. Below are the requests: a stroke was answered, a cross got an
# error page. A dashed line is a release, with its number above.
#
# Look at each dashed line: behind it the dyno starts anew, and for that short time nobody is up.
# Requests that come just then wait at the router until the dyno is there, for 75 seconds at most.
# Look at `v3`: behind it the dyno crashes, and only the next release helps.
#
# (Seconds in this picture are those of this computer. Heroku takes longer to build and to start.)

# %% break-here [markdown]
# ---
#
# **A good place for a break.** You have deployed an app, broken it and mended it; what follows is
# about reading logs. If you close the notebook, its platform ends. When you come back, click into
# this cell and choose *Run*, *Run All Above Selected Cell*. Then go on.
#
# ---

# %% codes-text [markdown]
# ## The codes
#
# You have met H10. There are more, and you need not learn them by heart; but it pays to know whom
# a code accuses. H is the router's view of one request. R is the platform's view of a dyno.

# %% codes
print(deploying.codes_table("H10", "H12", "H13", "H14", "H18", "H19", "H20", "H21", "H27"))
print()
print(deploying.codes_table("R10", "R12", "R14", "R15"))

# %% codes-read [markdown]
# A log has many lines, and a program can read it for you. Before you write one, look at four
# lines that are meant to mislead it. They are shortened behind, and not in front:
#
# ```text
# 2026-11-25T10:00:01.000001+00:00 app[web.1]: I have read about code=H13 in a book
# 2026-11-25T10:00:02.000001+00:00 heroku[router]: at=info method=GET path="/?code=H10" status=200
# 2026-11-25T10:00:03.000001+00:00 heroku[router]: sock=client at=warning code=H27 desc="Client ...
# 2026-11-25T10:00:04.000001+00:00 heroku[router]: sock=backend at=error code=H18 desc="Server ...
# ```
#
# The first is the app's, not the router's. The second is a good request: somebody has typed that
# path. The third counts, although it is no error but a warning, and so does the last. In both the
# router says first at which end of its two connections it happened: `sock=`.

# %% exercise-count exercise="08.4"

# %% drill-text [markdown]
# ## Practise the codes: drills
#
# For each code in the table there is a **drill**: a small app that is broken in the way that
# causes it. `lab drill H12` deploys it, shows the log, asks you for cause and cure, and gives you
# the copy to mend; `lab drill H12 --check` deploys what you have mended, and says whether it is
# healthy. `lab drill --list` shows all of them; the builds that fail are among them.
#
# Here is what the drill H12 shows. Nobody wants to wait for half a minute, so all time limits are
# ten times shorter, and each line that such a limit touches says so. The cell takes about ten
# seconds.

# %% drill
import tempfile
from pathlib import Path

from lab.heroku.drills import find, make, observe

drill = find("H12")
print(drill.story, "\n")
with tempfile.TemporaryDirectory() as folder:
    make(drill, Path(folder))
    observed = observe(drill, Path(folder), to_show=True)
print(deploying.shorter(line for line in observed.log if "[api]" not in line))
print()
for number, cause in enumerate(drill.cause.choices("the lesson"), start=1):
    print(f"{number}. {cause}")

# %% drill-question [markdown]
# **Quick question.** Which of the four is the cause?
#
# <details><summary>Show the answer</summary>
#
# The app works for longer than the router waits before it sends a first byte. One line tells it
# from the others: after the router has given up, the app says that the report is ready. It has not
# crashed, and it was not starting. It has worked for somebody who was no longer there: when it
# sends the report, the router has closed the connection, and the app may say so in one line more.
#
# </details>
#
# Note what a **time-out** does not do: it does not stop the work. If visitors press "reload" now,
# the app makes the same report once more for each press.
#
# Another code surprises nearly everybody. You would expect H12 as well when a model computes for
# long in a worker of uvicorn. But where uvicorn has several workers, its first process is their
# **supervisor**: it starts them and watches them. It is less patient than the router: a worker that
# gives no sign of life for 5 seconds is killed (seen in uvicorn 0.54, in November 2026). The
# connection breaks, and the router says H13. When does a worker fall silent? Not when its event
# loop is blocked, for a thread beside the loop gives the sign. But code in C often keeps Python's
# lock, the GIL, for as long as it computes, and then no thread gets a turn. `lab drill H13-worker`
# shows it.

# %% exercise-logs exercise="08.5"

# %% later-text [markdown]
# ## The cure for H12
#
# What can you do when the work takes longer than the router waits? Not wait in the request. Answer
# at once, with status **202**: accepted, not done yet. Say in the answer where to ask for the
# result. Then do the work, and let the client ask again until it is there.
#
# Who does the work? For a few seconds of it, the same process can, after its answer: FastAPI calls
# that a background task. Chapter 02 has shown both: `status_code=202` in the decorator, and
#
# ```python
# tasks.add_task(price_all, batch)  # the function, without brackets, and its argument
# ```
#
# where `tasks: BackgroundTasks` is a parameter of the endpoint. A background task dies with the
# dyno, however: after SIGTERM it has 30 seconds. Work that must not be lost goes into a queue, and
# a process of another type, `worker`, takes it from there.

# %% exercise-later exercise="08.6"

# %% amend-text [markdown]
# ## A push that Git itself refuses
#
# One more mistake that everybody makes once. You have pushed, and then you see a typing error in
# your commit message. `git commit --amend` mends it. And then:

# %% amend
deploying.commit(copy, "Procfile", "Mend the name of the server in the Procfile", "--amend")
refused = stage.push()
print("Accepted:", refused.accepted)
said = refused.output.splitlines()
print(*[line for line in said if line.startswith((" ! ", "hint:"))], "", refused.advice, sep="\n")

# %% amend-read [markdown]
# First Git speaks, and then the rehearsal. An amended commit is a new commit. The platform has the
# old one, which is no longer in your history, and Git refuses to throw it away. With a colleague's
# repository Git would be right. Here nobody else works, so you may insist: `--force`.
#
# Git's hint is to pull. Do not: it would bring the old commit back, beside the new one.
#
# With a folder it is less obvious, for `git subtree push` knows no `--force` (tried with git 2.39).
# Then the two halves are done by hand: `git subtree split` makes the commits, and
# `git push --force` pushes them:
#
# ```text
# git push --force heroku "$(git subtree split --prefix FOLDER HEAD):refs/heads/main"
# ```

# %% smoke-text [markdown]
# ## Is it really right?
#
# It answers. Does it answer rightly, for every kind of question? Chapter 01 has called the API a
# contract, and this workbook has tests for all of it. `lab smoke URL` puts these tests to any
# address, through the router and all, and prints a certificate. Run it in a terminal with the
# address that `lab rehearse` shows, or later with your app's address at Heroku:
#
# ```text
# lab smoke https://your-app-name.herokuapp.com
# ```
#
# ## Stop

# %% stop
deploying.close_all()
try:
    ask()
except requests.ConnectionError:
    print("Nobody answers there any more.")

# %% real-text [markdown]
# ## The real thing
#
# All of this can be done on Heroku. It costs money, little but from the first day on, and it needs
# a card. Nothing in this course needs it. What stands here was looked up in November 2026; look at
# the prices on the day on which you begin.
#
# | | Step | Type |
# |---|---|---|
# | 1 | an account at heroku.com, with a second factor | |
# | 2 | the command line program of Heroku | `heroku login` |
# | 3 | your own copy, rehearsed | `lab init ../my-copy`, `cd ../my-copy`, `lab preflight` |
# | 4 | an app; this also makes the remote `heroku` | `heroku create` |
# | 5 | the push | `git push heroku main` |
# | | or of one folder | `git subtree push --prefix FOLDER heroku main` |
# | 6 | how it is doing | `heroku ps`, `heroku logs --tail` |
# | 7 | settings | `heroku config:set LOG_FORMAT=json` |
# | 8 | the certificate | `lab smoke` with the address that `heroku create` has shown |
# | 9 | **off again** | `heroku ps:scale web=0`, or for good `heroku apps:destroy` |
#
# `heroku logs` without `--tail` shows the last lines and ends. Heroku keeps 1,500 lines and no
# more, so a busy app has forgotten this morning. Who needs logs for longer has them sent elsewhere.
#
# Step by step, with what can go wrong, it is all in [docs/deploy.md](../docs/deploy.md). There is
# also how a button in a README makes an app from `app.json`, and how the same copy goes into a
# Docker image (`heroku.yml`), and onto other platforms: Dokku, Railway, Render and piku.
#
# ### What it costs

# %% prices
print(deploying.prices_table())

# %% prices-read [markdown]
# The figures have a confidence: A was read in the source of a program, B in official documents, C
# with third parties. So look them up. A dyno costs while it exists, whether anybody asks it or
# not: an afternoon with a Basic dyno is a matter of cents, and forgetting it for a year is not. No
# size is free any more: free dynos ended on 28 November 2022. An Eco dyno sleeps when nobody asks,
# and the next visitor waits until it has started: nothing for an application that others rely on.
# Students can get credits: 13 dollars a month for twelve months, in autumn 2026 (confidence B).
#
# ### Was it easy?
#
# Chapter 07 has left two of this course's reasons for Heroku to you: "very easy to use", and "great
# documentation". You can judge the first one now: what you have done here is most of it. The
# documentation is at devcenter.heroku.com.
#
# One thing for the decision between platforms: since February 2026 Heroku keeps its products
# running and adds little to them (confidence C). But what you have learned here is shared by many
# platforms: a push, a Procfile, a port from outside, settings in the environment, logs on the
# screen.
#
# ### Where the rehearsal differs
#
# It keeps the rules, not the size. Its build uses the Python that this computer has, and packages
# that were downloaded before. Its dynos share this computer's processor, and can see its files; the
# real ones are walled off from each other. It has one router, no certificates for HTTPS, no
# databases, and its log is kept in a file. It never sleeps, and it costs nothing.
#
# **Quick question.** Your rehearsal works, and Heroku answers with H10. Name one difference that
# could be to blame.
#
# <details><summary>Show the answer</summary>
#
# For example: a config var that you have set here and not there. Or a package that needs a program
# which your computer has and the stack has not. Or another patch of Python. The log of the real app
# says which: `heroku logs --tail`, and the last line that your own program has written.
#
# </details>

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Say what happens between `git push` and the first answer: build, slug, release, dyno, router.
# - Push a repository or a folder, and help yourself when Git refuses.
# - Read a log: who speaks, which request, which code, and what came before it.
# - Set a config var, scale, roll back; and roll back *before* you look for the mistake.
# - Keep long work out of the request.
# - Say what the real thing costs, and how to take it down.
#
# **Try it.** `lab drill --list` in a terminal, and then one drill a day. R10, H14 and
# `none-found` are the ones that you will meet first in real life.
#
# **What comes next.** The platform has read four files of your copy: `Procfile`, `runtime.txt`,
# `requirements.txt` and `.slugignore`. Chapter 09 takes them apart: who reads which, and what
# happens without it.
