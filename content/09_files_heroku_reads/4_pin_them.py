# %% goal [markdown]
# # Pin the requirements
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

# %% instructor [markdown]
# Minutes: 10
#
# `pip freeze > requirements.txt` is the advice everywhere, and it deploys Jupyter. The names of the
# cases are generated from a few, the versions at random.

# %% solution
def pinned(wanted, freeze):
    # BEGIN SOLUTION: ...  # Your code here.
    installed = {}
    for line in freeze.splitlines():
        name, equals, version = line.strip().partition("==")
        if equals:
            installed[same(name)] = version
    return "".join(f"{name}=={installed[same(name)]}\n" for name in wanted)


def same(name):
    return name.lower().replace("_", "-")
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, expect_equal, not_yet

FREEZE = """fastapi==0.165.0
pytest==9.0.1
PyYAML==6.0.3
uvicorn==0.54.0
uvicorn-worker==0.4.0
-e git+https://example.org/shop.git@1f2e3d#egg=shop
"""
NAMES = ["fastapi", "uvicorn", "uvicorn-worker", "Flask", "PyYAML", "pydantic_core", "pydantic"]


def check(answer: Answer) -> None:
    try:
        answer.call("pinned", ["fastapi"], FREEZE)
    except ValueError as error:
        odd = next(line for line in FREEZE.splitlines() if "==" not in line)
        not_yet(
            f"pinned fails with ValueError: {error}. Not every line of freeze has two equals "
            f"signs in it: {odd!r}.",
            hint="partition gives three parts of every line, split as many as it finds.",
        )
    _case(answer, ["fastapi"], FREEZE, "Most of what is installed here is not wanted on a dyno.")
    _case(answer, ["uvicorn"], FREEZE, "uvicorn-worker is another package than uvicorn.")
    _case(answer, ["uvicorn-worker", "fastapi"], FREEZE, "In which order are they wanted?")
    _case(answer, ["pyyaml"], FREEZE, "Compare the names in small letters.")
    for _ in range(20):
        versions = {
            name: f"{answer.random.randint(0, 40)}.{answer.random.randint(0, 30)}.1"
            for name in NAMES
        }
        lines = [f"{name}=={version}" for name, version in versions.items()]
        answer.random.shuffle(lines)
        wanted = answer.random.sample(NAMES, k=answer.random.randint(1, 4))
        written = [answer.random.choice([name, name.lower(), name.title()]) for name in wanted]
        written = [name.replace(*answer.random.choice(["-_", "_-"])) for name in written]
        freeze = "\n".join(lines) + "\n"
        _case(
            answer, written, freeze, "Capital letters, hyphens and underscores: pip sees through."
        )
    try:
        text = answer.get("pinned")(["fastapi", "gunicorn"], FREEZE)
    except KeyError:
        return
    expect(
        False,
        "gunicorn is wanted and not installed, so there is no version to pin it to: a KeyError was "
        f"wanted. But pinned(['fastapi', 'gunicorn'], freeze) returned {text!r}.",
        hint="A dictionary raises a KeyError by itself when a name is not in it.",
    )


def _case(answer: Answer, wanted: list[str], freeze: str, hint: str) -> None:
    installed = {
        _plain(line.partition("==")[0]): line.partition("==")[2]
        for line in freeze.splitlines()
        if "==" in line
    }
    right = "".join(f"{name}=={installed[_plain(name)]}\n" for name in wanted)
    try:
        got = answer.get("pinned")(list(wanted), freeze)
    except KeyError as error:
        not_yet(
            f"pinned({wanted}, freeze) raised a KeyError for {error}, and that package is "
            f"installed. In this freeze are: {', '.join(freeze.split()[:8])}.",
            hint=hint,
        )
    expect(isinstance(got, str), f"pinned should return a text, but returned {got!r}.")
    expect(
        all("==" in line for line in got.split()),
        f"A line is not pinned to one version: pinned({wanted}, freeze) returned {got!r}.",
        hint="Pinned means exactly this version: two equals signs.",
    )
    expect(
        len(got.split()) <= len(wanted),
        f"{wanted} were wanted, and the text names {len(got.split())} packages.",
        hint=hint,
    )
    expect_equal(got, right, f"pinned({wanted}, freeze)", hint=hint)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


# %% hints [markdown]
# - First make a dictionary of what is installed: name to version. `line.partition("==")` cuts a
#   line in three.
# - Bring both sides into one form before you compare: `name.lower().replace("_", "-")`.
# - Then a line for each wanted name: `f"{name}=={installed[plain(name)]}\n"`.


# %% wrong-the-whole-freeze
# why: pip freeze > requirements.txt: everything that is installed.
# says: were wanted, and the text names
def pinned(wanted, freeze):
    lines = [line for line in freeze.splitlines() if "==" in line]
    return "\n".join(lines) + "\n"


# %% wrong-every-line-in-two
# why: The lines that one looks at first all have a name and a version.
# says: Not every line of freeze has two equals signs in it: '-e git+https
def pinned(wanted, freeze):
    installed = {}
    for line in freeze.splitlines():
        name, version = line.split("==")
        installed[name.lower().replace("_", "-")] = version
    return "".join(f"{name}=={installed[name.lower().replace('_', '-')]}\n" for name in wanted)


# %% wrong-begins-with
# why: Looks for lines that begin with the name, so one name finds two packages.
# says: ['uvicorn'] were wanted, and the text names 2 packages
def pinned(wanted, freeze):
    lines = []
    for name in wanted:
        found = [line for line in freeze.splitlines() if line.lower().startswith(name.lower())]
        if not found:
            raise KeyError(name)
        lines += found
    return "\n".join(lines) + "\n"


# %% wrong-at-least
# why: "At least this version" is not pinned: the next build may take a newer one.
# says: A line is not pinned to one version
def pinned(wanted, freeze):
    installed = dict(line.lower().split("==") for line in freeze.splitlines() if "==" in line)
    return "".join(f"{name}>={installed[name.lower()]}\n" for name in wanted)


# %% wrong-order-of-freeze
# why: Goes through what is installed instead of what is wanted.
# says: should be 'uvicorn-worker==0.4.0\nfastapi==0.165.0\n', but is 'fastapi
def pinned(wanted, freeze):
    plain = [name.lower().replace("_", "-") for name in wanted]
    text = ""
    for line in freeze.splitlines():
        name, _, version = line.partition("==")
        if name.lower().replace("_", "-") in plain:
            text += f"{wanted[plain.index(name.lower().replace('_', '-'))]}=={version}\n"
    return text


# %% wrong-letters-only
# why: Thinks of capital letters, and not of hyphen and underscore.
# says: raised a KeyError for
def pinned(wanted, freeze):
    installed = {}
    for line in freeze.splitlines():
        if "==" in line:
            name, version = line.split("==")
            installed[name.lower()] = version
    return "".join(f"{name}=={installed[name.lower()]}\n" for name in wanted)


# %% wrong-missing-is-left-out
# why: What is not installed is passed over in silence, and is missing on the dyno.
# says: a KeyError was wanted
def pinned(wanted, freeze):
    installed = {}
    for line in freeze.splitlines():
        name, equals, version = line.partition("==")
        if equals:
            installed[name.lower().replace("_", "-")] = version
    text = ""
    for name in wanted:
        version = installed.get(name.lower().replace("_", "-"))
        if version:
            text += f"{name}=={version}\n"
    return text


# %% right-with-packaging
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


def pinned(wanted, freeze):
    specifiers = {}
    for line in freeze.splitlines():
        try:
            one = Requirement(line)
        except InvalidRequirement:
            continue
        specifiers[canonicalize_name(one.name)] = one.specifier
    return "".join(f"{name}{specifiers[canonicalize_name(name)]}\n" for name in wanted)
