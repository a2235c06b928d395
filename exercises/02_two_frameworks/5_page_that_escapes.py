# Exercise 02.5: A page that no name can break
#
# **Goal.** `GET /greeting?name=…` is answered with a page that has one paragraph, whose text and
# whose `title` are the name, whatever the name is.
#
# For the name `Ada`, the page is `<p title="Ada">Ada</p>`. The name may hold any signs. They must
# be shown, not obeyed.
#
# `Environment(…).from_string(text)` makes a template of a text, and `template.render(name=name)`
# fills it.
#
# Check it: .venv/bin/lab check 02.5 in a terminal, or check("02.5") in a notebook.

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()

# Your code here: a template, and an environment that escapes.


@app.get("/greeting")
def greeting(name: str):
    page = ...  # Your code here: the page for this name.
    return HTMLResponse(page)
