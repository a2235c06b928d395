"""Deploying to Heroku, and rehearsing it: what the platform does, on this machine."""
