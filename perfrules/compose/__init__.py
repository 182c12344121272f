"""Files that build on one another: libraries, definitions, templates and overlays become one tree."""
