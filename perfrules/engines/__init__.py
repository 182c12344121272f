"""Tables that outgrow the memory of a program or one machine: DuckDB and Spark carry them to the same columns."""
