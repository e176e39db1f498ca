"""``checklist round``: what a keeper does, a file a step on the way of a round."""
