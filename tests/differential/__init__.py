"""Every back end against the reference evaluator."""
