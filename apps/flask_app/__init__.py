"""The Flask version: the same contract. Read it beside fastapi_app, file for file."""
