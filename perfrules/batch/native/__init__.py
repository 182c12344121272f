"""Instructions joined into machine code, where llvmlite is installed (`pip install "perfrules[fast]"`)."""
