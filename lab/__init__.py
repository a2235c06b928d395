"""The workbench behind the notebooks: servers, exercises, measurements, rehearsals, decisions."""
