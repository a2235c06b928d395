# Exercise 09.3: What does requirements.txt lack?
#
# **Goal.** `MISSING` has the packages, by the names that pip knows, that the deployed app needs and
# that `requirements.txt` does not bring.
#
# On the computer where it was written, this project runs: everything is installed there.
#
# ```text
# Procfile          web: uvicorn shop.main:app --host 0.0.0.0 --port $PORT
# requirements.txt  fastapi==0.165.0
#                   httpx==0.28.1
#
# shop/main.py      import os
#                   from typing import TYPE_CHECKING
#                   import httpx
#                   import yaml
#                   from fastapi import FastAPI
#                   from starlette.responses import Response
#                   from shop import pictures
#                   if TYPE_CHECKING:
#                       import pandas
#
# shop/pictures.py  import zipfile
#                   from PIL import Image
#
# shop/train.py     import sklearn
#
# tests/test_it.py  import pytest
#                   from shop import main
# ```
#
# Check it: .venv/bin/lab check 09.3 in a terminal, or check("09.3") in a notebook.

# The names as in requirements.txt, for example {"fastapi", "httpx"}.
MISSING = {...}
