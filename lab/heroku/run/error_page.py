"""What a client sees when the router has no answer of the app for it."""

from __future__ import annotations

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The app did not answer</title>
<style>body { font: 1.1rem/1.5 sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>The app did not answer</h1>
<p>The router could not get an answer from the app, so it sends this page, with status 503.</p>
<p>The reason stands in the log: <code>lab logs --tail</code></p>
</html>
"""  # noqa: E501
