# Exercise 08.1: Push a folder
#
# **Goal.** Mend the command so that the folder `api` of a repository is deployed, and nothing else.
#
# A course keeps everything in one repository, with the app in a folder of it:
#
# ```text
# api/Procfile  api/requirements.txt  api/main.py
# notes/week_1.md
# ```
#
# Somebody has typed `git push heroku main`. The build looked at the root, found the folders `api`
# and `notes` there, and refused: nothing said that this is Python. The check runs your command with
# a repository like this one and a remote named `heroku`, and looks at what has arrived.
#
# Check it: .venv/bin/lab check 08.1 in a terminal, or check("08.1") in a notebook.

COMMAND = "git push heroku main"
