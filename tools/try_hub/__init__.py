"""Try a class on this machine: a real JupyterHub, and learners who run lessons on it at once.

    make hub   # once, which installs JupyterHub; Ctrl-C stops it
    .venv/bin/python -m tools.try_hub --learners 5 --lessons 00,05

The Hub is the one of classroom/jupyterhub/. As root, on Linux, the learners are accounts of their
own, which only this trial can see (`accounts`); otherwise all of them are this user, with a home
each. Every learner runs the cells of a lesson in a kernel on their own server, through the Hub's
proxy, as a browser does. The trial fails when a cell fails, or when two learners share a port, a
file or progress.
"""
