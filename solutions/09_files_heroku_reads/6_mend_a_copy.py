# Exercise 09.6: Mend a broken copy
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

FILES = {
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "runtime.txt": "python-3.13\n",
    "Procfile": "web: uvicorn prices.main:app --host 0.0.0.0 --port $PORT\n",
    ".slugignore": "/tests\n",
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
