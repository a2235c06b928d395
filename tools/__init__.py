"""What maintainers and the Makefile run: set-up, pins, and the building of the notebooks."""
