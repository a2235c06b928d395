# Exercise 09.3: What does requirements.txt lack?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

# The names as in requirements.txt, for example {"fastapi", "httpx"}.
MISSING = {"uvicorn", "pyyaml", "pillow"}
