"""Charts in the house style, one module a kind."""
