"""The two applications and what both must agree on."""
