"""The formatter's parts: how a token is spelled, what stands between two tokens, how lines are laid out."""
