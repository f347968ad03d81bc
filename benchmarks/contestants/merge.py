"""What people write to put executed notebooks one after another: FILES... OUTPUT."""

import sys

import nbformat

*files, output = sys.argv[1:]
merged = nbformat.read(files[0], as_version=4)
for file in files[1:]:
    merged.cells += nbformat.read(file, as_version=4).cells
nbformat.write(merged, output)
