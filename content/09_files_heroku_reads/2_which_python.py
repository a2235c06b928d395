# %% goal [markdown]
# # Which Python will the build install?
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

# %% instructor [markdown]
# Minutes: 10
#
# The rules are the buildpack's own, release v351. The generated cases are compared with what
# preflight makes of them. What is refused matters more than what is accepted: each refused form is
# one that people write.

# %% solution
import re


def asked_for(files):
    # BEGIN SOLUTION: ...  # Your code here.
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect_equal
from lab.heroku.preflight import Committed
from lab.heroku.preflight.python_version import requested

CASES: tuple[tuple[dict[str, str], str], ...] = (
    ({"runtime.txt": "python-3.13\n"}, ""),
    ({".python-version": "3.12\n"}, ""),
    ({}, "With neither file, nobody asks."),
    ({"requirements.txt": "fastapi\n"}, "Other files ask for no Python."),
    ({"runtime.txt": "python-3.13.2\n"}, ""),
    (
        {"runtime.txt": "python-3.12\n", ".python-version": "3.14\n"},
        "With both there, rule 1 says which one is read.",
    ),
    ({"runtime.txt": "# for the course\n\n  python-3.13  \n"}, "Rule 2: what does not count?"),
    (
        {"runtime.txt": "  # for the course\npython-3.13\n"},
        "Rule 2: blanks in front of a # do not count either.",
    ),
    ({".python-version": "\n# the newest\n3.14\n"}, "Rule 2: what does not count?"),
    ({"runtime.txt": "3.13\n"}, "Rule 3: what does a line of runtime.txt begin with?"),
    ({".python-version": "python-3.13\n"}, "Rule 3: the other file has no word in front."),
    ({".python-version": '"3.13"\n'}, "Rule 4: quotation marks are no part of a version."),
    ({"runtime.txt": "python-3.13\npython-3.12\n"}, "Rule 2: how many lines may be left?"),
    ({".python-version": "3.13\n3.12\n"}, "Rule 2: how many lines may be left?"),
    ({"runtime.txt": ""}, "An empty file is there, and says nothing that can be read."),
    (
        {"runtime.txt": "3.13\n", ".python-version": "3.13\n"},
        "runtime.txt is there, so it alone is read, even when it is wrong.",
    ),
    ({".python-version": "3\n"}, "Rule 4: two or three numbers."),
    ({"runtime.txt": "python-3.13.2.1\n"}, "Rule 4: two or three numbers."),
    (
        {"runtime.txt": "python-313\n"},
        "Rule 4: in a pattern a dot stands for any sign, and \\. for a dot.",
    ),
    ({"runtime.txt": "python-latest\n"}, "Rule 4: a version is made of numbers."),
    ({"runtime.txt": "Python-3.13\n"}, "The word is written in small letters."),
)


def check(answer: Answer) -> None:
    for files, hint in CASES:
        got = answer.call("asked_for", dict(files))
        expect_equal(got, _truth(files), f"asked_for({files})", hint=hint)
    for _ in range(40):
        files = _generated(answer)
        got = answer.call("asked_for", dict(files))
        expect_equal(got, _truth(files), f"asked_for({files})", hint="Go through the four rules.")


def _truth(files: dict[str, str]) -> str:
    found = requested(Committed.of(files))
    if found is None:
        return "refused"
    return found.version if found.origin else "nobody"


def _generated(answer: Answer) -> dict[str, str]:
    files = {}
    for name in ("runtime.txt", ".python-version"):
        if answer.random.random() < 0.7:
            number = f"3.{answer.random.randint(9, 15)}"
            number += answer.random.choice(["", "", f".{answer.random.randint(0, 20)}"])
            before = answer.random.choice(["python-", ""])
            lines = answer.random.choice(["{}\n", "# ours\n{}\n", "\n {}\n\n", "{0}\n{0}\n", "{}"])
            files[name] = lines.format(before + number)
    return files


# %% hints [markdown]
# - Begin with rule 1: which name is in `files`? If neither is, you are done.
# - `text.splitlines()`, `line.strip()` and `line.startswith("#")` do rule 2. Then look at how many
#   lines are left.
# - `re.fullmatch(r"python-(\d+\.\d+(\.\d+)?)", line)` is a match for the whole line, or `None`.
#   `match[1]` is the part in the first pair of parentheses.

# %% wrong-newer-file-first
# why: The newer of the two files is taken to win.
# says: should be '3.12', but is '3.14'
import re


def asked_for(files):
    for name, before in ((".python-version", ""), ("runtime.txt", "python-")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"


# %% wrong-whole-text
# why: Takes the whole text for the line, so a comment or a blank line is refused.
# says: should be '3.13', but is 'refused'
import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", files[name].strip())
            return match[1] if match else "refused"
    return "nobody"


# %% wrong-word-may-be-missing
# why: Removes the word if it is there, and so accepts a line without it.
# says: asked_for({'runtime.txt': '3.13\n'}) should be 'refused', but is '3.13'
import re


def asked_for(files):
    for name in ("runtime.txt", ".python-version"):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            version = lines[0].removeprefix("python-") if lines else ""
            good = re.fullmatch(r"\d+\.\d+(\.\d+)?", version) and len(lines) == 1
            return version if good else "refused"
    return "nobody"


# %% wrong-first-line-counts
# why: Takes the first line that is left, and forgets that a second one is an error.
# says: python-3.13\npython-3.12\n'}) should be 'refused', but is '3.13'
import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            for line in files[name].splitlines():
                line = line.strip()
                if line and not line.startswith("#"):
                    match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", line)
                    return match[1] if match else "refused"
            return "refused"
    return "nobody"


# %% wrong-falls-back
# why: Goes on with the second file when the first one cannot be read.
# says: 'runtime.txt': '3.13\n', '.python-version': '3.13\n'}) should be 'refused'
import re


def asked_for(files):
    refused = False
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            if match and len(lines) == 1:
                return match[1]
            refused = True
    return "refused" if refused else "nobody"


# %% wrong-match-of-the-beginning
# why: re.match looks at the beginning alone, so a fourth number slips through.
# says: should be 'refused', but is '3.13.2'
import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.match(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"


# %% wrong-any-sign
# why: A dot in a pattern is taken for a dot.
# says: asked_for({'runtime.txt': 'python-313\n'}) should be 'refused', but is '313'
import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line.strip() for line in files[name].splitlines()]
            lines = [line for line in lines if line and not line.startswith("#")]
            match = re.fullmatch(before + r"(\d+.\d+(.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"


# %% wrong-blanks-removed-too-late
# why: Looks for # before the blanks in front of it are gone.
# says: asked_for({'runtime.txt': '  # for the course\npython-3.13\n'}) should be '3.13'
import re


def asked_for(files):
    for name, before in (("runtime.txt", "python-"), (".python-version", "")):
        if name in files:
            lines = [line for line in files[name].splitlines() if not line.startswith("#")]
            lines = [line.strip() for line in lines if line.strip()]
            match = re.fullmatch(before + r"(\d+\.\d+(\.\d+)?)", lines[0]) if lines else None
            return match[1] if match and len(lines) == 1 else "refused"
    return "nobody"


# %% right-without-patterns
def is_version(text):
    numbers = text.split(".")
    return len(numbers) in (2, 3) and all(number.isdigit() for number in numbers)


def asked_for(files):
    name = "runtime.txt" if "runtime.txt" in files else ".python-version"
    if name not in files:
        return "nobody"
    lines = []
    for line in files[name].split("\n"):
        line = line.strip()
        if line and line[0] != "#":
            lines.append(line)
    if len(lines) != 1:
        return "refused"
    line = lines[0]
    if name == "runtime.txt":
        if not line.startswith("python-"):
            return "refused"
        line = line[len("python-") :]
    return line if is_version(line) else "refused"
