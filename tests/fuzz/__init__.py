"""Nothing that a person or a program can write makes the engine raise."""
