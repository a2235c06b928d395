# Exercise 02.5: A page that no name can break
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()

PAGE = Environment(autoescape=True).from_string('<p title="{{ name }}">{{ name }}</p>')


@app.get("/greeting")
def greeting(name: str):
    page = PAGE.render(name=name)
    return HTMLResponse(page)
