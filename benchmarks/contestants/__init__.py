"""The ways to a report that are compared, each a list of stages, each stage one command."""
