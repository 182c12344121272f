"""Tree to text: one function per node, in the module of its subject; every function takes the voice it speaks in."""
