# Exercise 01.3: What may come back?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def may_answer(contract, method, path):
    """Return the set of statuses that may come back; empty when the contract has no such way."""
    operation = contract["paths"].get(path, {}).get(method.lower(), {})
    return {int(status) for status in operation.get("responses", {})}
