"""The FastAPI version: the one that is deployed. Read it beside flask_app, file for file."""
