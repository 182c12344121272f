"""Tests that share plans and facts import them from here as `tests.strategies`. None fills the user's cache folder."""

import os

os.environ["PERFRULES_CACHE"] = "off"
