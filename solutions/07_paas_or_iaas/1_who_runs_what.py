# Exercise 07.1: Who runs what
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

LAYERS = [
    "application", "data", "runtime", "middleware", "operating system",
    "virtualisation", "servers", "storage", "networking",
]  # fmt: skip

yours = {
    "on-premises": LAYERS,
    "iaas": ["application", "data", "runtime", "middleware", "operating system"],
    "paas": ["application", "data"],
    "saas": [],
}
