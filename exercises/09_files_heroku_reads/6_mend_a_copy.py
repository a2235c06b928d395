# Exercise 09.6: Mend a broken copy
#
# **Goal.** The project in `FILES` deploys: preflight has no error left, and its web process answers
# `/price?area=100` with `{"price":12000.0}`.
#
# Six things are wrong with it. The check commits your files, tells you what Heroku would say
# *first*, and starts the web process when nothing is left to say. Change the texts, and the names
# of files where they are the fault. The code in `prices/` is in order: leave it as it is. And keep
# what `requirements.txt` brings for the app, each package with a version.
#
# Check it: .venv/bin/lab check 09.6 in a terminal, or check("09.6") in a notebook.

FILES = {
    "requirement.txt": "fastapi==0.165.0\npywin32==311\n",
    "runtime.txt": "3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port 8000\n",
    ".slugignore": "/tests\n*model*\n",
    "prices/__init__.py": "",
    "prices/main.py": """
from fastapi import FastAPI

from prices import model

app = FastAPI()


@app.get("/price")
def price(area: float):
    return {"price": model.price(area)}
""",
    "prices/model.py": """
def price(area):
    return area * 120
""",
    "tests/test_model.py": "from prices import model\n",
}
