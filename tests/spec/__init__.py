"""The manual of the language: Markdown whose blocks are run."""
