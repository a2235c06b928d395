# Exercise 09.2: Which Python will the build install?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"
