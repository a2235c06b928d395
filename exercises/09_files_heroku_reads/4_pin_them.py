# Exercise 09.4: Pin the requirements
#
# **Goal.** `pinned(wanted, freeze)` returns the text of a requirements file that names the wanted
# packages, each pinned to the version that is installed.
#
# `wanted` is a list of names. `freeze` is what `pip freeze` prints: a line for each package that is
# installed, also for those that nobody wants to deploy:
#
# ```text
# fastapi==0.165.0
# pytest==9.0.1
# PyYAML==6.0.3
# uvicorn==0.54.0
# uvicorn-worker==0.4.0
# -e git+https://example.org/shop.git@1f2e3d#egg=shop
# ```
#
# `pinned(["uvicorn", "pyyaml"], freeze)` returns `"uvicorn==0.54.0\npyyaml==6.0.3\n"`: the wanted
# names as they are written, in their order, each in a line of its own. pip makes no difference
# between capital and small letters, nor between `-` and `_`, so `pydantic_core` and
# `Pydantic-Core` are the same package. When a wanted package is not installed, `pinned` raises a
# `KeyError`.
#
# Check it: .venv/bin/lab check 09.4 in a terminal, or check("09.4") in a notebook.

def pinned(wanted, freeze):
    ...  # Your code here.
