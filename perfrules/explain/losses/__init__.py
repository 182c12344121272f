"""Where marks were lost: items that add up exactly to full − score."""
