# Exercise 09.4: Pin the requirements
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def pinned(wanted, freeze):
    installed = {}
    for line in freeze.splitlines():
        name, equals, version = line.strip().partition("==")
        if equals:
            installed[same(name)] = version
    return "".join(f"{name}=={installed[same(name)]}\n" for name in wanted)


def same(name):
    return name.lower().replace("_", "-")
