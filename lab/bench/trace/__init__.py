"""Swimlanes: which process, thread or event-loop task held which request, and when.

    the server's process                                   this process
    wrapped -> wsgi or asgi -> the app                     run: starts it, asks, reads the files
                 recorder -> one file for each process  -> reading -> lanes -> drawing

The app is not changed: the server is told to serve `lab.bench.trace.wrapped:app`, which wraps it.
"""
