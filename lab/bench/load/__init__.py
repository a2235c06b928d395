"""Puts load on a server and records what comes back: open loop, closed loop, slow clients."""
