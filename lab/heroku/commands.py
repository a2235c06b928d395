"""Deploying and rehearsing in a terminal: the commands that `lab` takes over from here."""

from lab.heroku.preflight.command import preflight_command

COMMANDS = [preflight_command]
