"""A wrong thing: where it is, how bad it is, what was found, what is allowed, what to do."""
