# Exercise 09.1: One line that starts an app
#
# **Goal.** `PROCFILE` is the text of a Procfile with which the platform starts the app below and
# reaches it.
#
# The project has these files, and `requirements.txt` names FastAPI and uvicorn:
#
# ```text
# requirements.txt
# shop/__init__.py
# shop/api.py
# ```
#
# In `shop/api.py` stands:
#
# ```python
# application = FastAPI()
#
# @application.get("/hello")
# def hello():
#     return {"shop": "open"}
# ```
#
# The check writes your text into a file, chooses a port, starts the web process and asks it for
# `/hello`. (A warning about idle connections does not count here.)
#
# Check it: .venv/bin/lab check 09.1 in a terminal, or check("09.1") in a notebook.

PROCFILE = ...  # Your code here: a text with one line.
