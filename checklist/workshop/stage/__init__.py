"""The trainer's screen: one scene a phase, in a frame that all share."""
