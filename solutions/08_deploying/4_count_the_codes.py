# Exercise 08.4: Count the codes
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import re


def count_codes(lines: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        if match := re.match(r"\S+ heroku\[router\]: (\w+=\w+ )*code=(\w+) desc=", line):
            found[match[2]] = found.get(match[2], 0) + 1
    return found
