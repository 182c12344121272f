"""For all tests: nothing is kept in the cache folder of whoever runs them."""

import os

os.environ["PERFRULES_CACHE"] = "off"
