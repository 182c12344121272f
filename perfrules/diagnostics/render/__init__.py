"""Renderers: diagnostics as text for a terminal, as JSON, as SARIF, as GitHub annotations."""
