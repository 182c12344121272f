"""Results out: canonical JSON with its schema, tables, blank data sheets, and files that are never half written."""
