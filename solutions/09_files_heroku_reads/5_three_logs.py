# Exercise 09.5: Read three logs
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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

LOG_1 = {"cause": "A", "cure": 4, "visitors": "v7"}
LOG_2 = {"cause": "D", "cure": 6, "visitors": "503"}
LOG_3 = {"cause": "F", "cure": 8, "visitors": "503"}
