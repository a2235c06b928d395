"""The comparison lab: measures WSGI and ASGI side by side, and says how sure it is."""
