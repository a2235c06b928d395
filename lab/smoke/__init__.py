"""Prove a served copy of the API: the contract suite, pointed at its URL."""

from lab.smoke.certificate import Certificate, Check, SmokeError, certify

__all__ = ["Certificate", "Check", "SmokeError", "certify"]
