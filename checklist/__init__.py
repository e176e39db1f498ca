"""Questionnaires on customer communication, answered in a terminal."""

__version__ = "0.1.0"
