# Exercise 08.1: Push a folder
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

COMMAND = "git subtree push --prefix api heroku main"
