# Exercise 09.5: Read three logs
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
#
# Check it: .venv/bin/lab check 09.5 in a terminal, or check("09.5") in a notebook.

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

LOG_1 = {"cause": ..., "cure": ..., "visitors": ...}
LOG_2 = {"cause": ..., "cure": ..., "visitors": ...}
LOG_3 = {"cause": ..., "cure": ..., "visitors": ...}
