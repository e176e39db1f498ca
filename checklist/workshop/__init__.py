"""Workshops: a trainer leads a room through a round, in eleven phases.

``agenda`` says what happens when, ``papers`` puts together what is printed for it.
"""
