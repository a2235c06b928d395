"""What maintainers and the Makefile run: set-up, pins, and the building of the notebooks."""

import sys

# nbformat's validator imports this parser for IRIs where it is installed, and needs it for nothing
# in a notebook. It compiles its whole grammar when it is imported: three seconds for each process.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
