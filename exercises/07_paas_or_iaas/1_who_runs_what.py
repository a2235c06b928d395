# Exercise 07.1: Who runs what
#
# **Goal.** For each of the four places, `yours` holds the layers that **you alone** must run.
#
# Work from the definitions above. Write lists of names from `LAYERS`; the order does not matter. A
# layer of which a part is the provider's is not yours alone.
#
# Check it: .venv/bin/lab check 07.1 in a terminal, or check("07.1") in a notebook.

LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip

yours = {"on-premises": ..., "iaas": ..., "paas": ..., "saas": ...}
