# Exercise 09.2: Which Python will the build install?
#
# **Goal.** `asked_for(files)` returns the version that a project asks for, such as `"3.13"`;
# `"nobody"` when no file asks; and `"refused"` when the build would end there.
#
# `files` is a dictionary: the names of the files at the root, and their texts. The rules of the
# build, in this order:
#
# 1. If there is a `runtime.txt`, only that one is read. Otherwise `.python-version` is.
# 2. Blank lines, and lines that begin with `#`, do not count. Blanks around a line do not either.
#    Exactly one line must be left.
# 3. In `runtime.txt` that line is `python-` and a version, in `.python-version` it is a version
#    alone.
# 4. A version is two or three numbers with dots between them: `3.13` or `3.13.2`.
#
# Whether Heroku *has* the version is another question, and not yours here.
#
# Check it: .venv/bin/lab check 09.2 in a terminal, or check("09.2") in a notebook.

import re


def asked_for(files):
    ...  # Your code here.
