# %% goal [markdown]
# # Who runs what
#
# **Goal.** For each of the four places, `yours` holds the layers that **you alone** must run.
#
# Work from the definitions above. Write lists of names from `LAYERS`; the order does not matter. A
# layer of which a part is the provider's is not yours alone.

# %% instructor [markdown]
# Minutes: 6
#
# The line moves down the stack, one layer at a time. Two layers cause most mistakes: the operating
# system of a rented machine, and data. The picture that follows in the lesson is the answer.

# %% solution
LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip

# BEGIN SOLUTION: yours = {"on-premises": ..., "iaas": ..., "paas": ..., "saas": ...}
yours = {
    "on-premises": LAYERS,
    "iaas": ["application", "data", "runtime", "middleware", "operating system"],
    "paas": ["application", "data"],
    "saas": [],
}
# END SOLUTION


# %% check
from lab.decide import known
from lab.decide.offers import OptionName
from lab.exercises.checking import Answer, expect, not_yet

PLACES: tuple[OptionName, ...] = ("on-premises", "iaas", "paas", "saas")
WHY = {
    ("iaas", "operating system"): "You rent a machine and install what you like on it, from the "
    "operating system upwards. Who updates that?",
    ("iaas", "virtualisation"): "What divides a large machine into rented ones is below what you "
    "rent.",
    ("paas", "runtime"): "You name a version of Python. Who installs and updates it? A layer of "
    "which a part is the provider's is not yours alone.",
    ("paas", "operating system"): "You hand over an application. Do you see an operating system?",
    ("paas", "data"): "The platform stores what your application stores. Who decides what that is, "
    "and who may see it?",
    ("saas", "data"): "What you put in is your concern, but where and how it is kept is the "
    "provider's: that is not you alone.",
    ("saas", "application"): "You use an application that is the provider's.",
}


def check(answer: Answer) -> None:
    yours = answer.get("yours")
    expect(isinstance(yours, dict), f"`yours` should stay a dictionary, but is {yours!r}.")
    facts = known()
    for place in PLACES:
        given = yours.get(place, ...)
        expect(given is not ..., f"`yours` has nothing for {place!r} yet.")
        expect(
            isinstance(given, (list, tuple, set, frozenset)),
            f"`yours` has {given!r} for {place!r}. Wanted is a list of layers; it may be empty.",
        )
        for layer in given:
            expect(
                layer in facts.layers,
                f"{place!r} has {layer!r}, which is no layer. They are: {', '.join(facts.layers)}.",
            )
        _compare(place, set(given), set(facts.yours(place)))


def _compare(place: str, given: set[str], right: set[str]) -> None:
    for layer in known().layers:
        if (layer in given) == (layer in right):
            continue
        asked = WHY.get((place, layer), "Read its definition again: where is the line?")
        said = "is" if layer in given else "is not"
        not_yet(f"{place}: you say that {layer} {said} yours alone. {asked}")


# %% hints [markdown]
# - Begin with the easy ends. On-premises, everything is yours. In SaaS, what is left?
# - IaaS: "from the operating system upwards". In PaaS you hand over the application; data stay
#   yours, although they stand below it, and what is partly the provider's does not count.
# - IaaS has five layers, PaaS two.

# %% wrong-system-is-theirs
# why: Who rents a machine is taken to have somebody who updates it.
# says: from the operating system upwards
LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip
yours = {
    "on-premises": LAYERS,
    "iaas": ["application", "data", "runtime", "middleware"],
    "paas": ["application", "data"],
    "saas": [],
}

# %% wrong-runtime-on-platform
# why: Naming the version of Python is taken for running it.
# says: Who installs and updates it?
LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip
yours = {
    "on-premises": LAYERS,
    "iaas": LAYERS[:5],
    "paas": ["application", "data", "runtime"],
    "saas": [],
}

# %% wrong-data-given-away
# why: The platform is taken to be answerable for the data, because it stores them.
# says: Who decides what that is
LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip
yours = {"on-premises": LAYERS, "iaas": LAYERS[:5], "paas": ["application"], "saas": []}

# %% wrong-saas-data-alone
# why: In SaaS the data are one's own, so one is taken to run that layer.
# says: that is not you alone
LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip
yours = {"on-premises": LAYERS, "iaas": LAYERS[:5], "paas": LAYERS[:2], "saas": ["data"]}

# %% right-by-lines
LAYERS = (
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
)  # fmt: skip
line = {"on-premises": 9, "iaas": 5, "paas": 2, "saas": 0}
yours = {place: set(LAYERS[:depth]) for place, depth in line.items()}
