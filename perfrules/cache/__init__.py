"""Compiled rulesets kept between processes: read back as long as nothing that they rest on has changed."""
