"""The report as a PDF on the official page, set by Typst."""
