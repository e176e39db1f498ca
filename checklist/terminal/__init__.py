"""How an interview looks in a terminal and takes its answers.

``course`` is the order of things from the welcome to the plan; it speaks to a ``Front``. There are
two: ``by_keys`` (cards, one key an answer) and ``by_lines`` (plain sentences, for screen readers
and pipes).
"""
