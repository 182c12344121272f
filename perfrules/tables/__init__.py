"""Tables in and out: frames of any kind as blocks of columns, and results as frames of the same kind."""
