"""What is read back from a finished document: its passages, its facts, its manifest."""
