"""A made-up but believable chain of two rounds, to show what a report looks like.

    company → people → answers ┐
    words, a file a language ──┴→ chain → Report

``company`` says in a few figures how each team works and what became of it, ``people`` draws the
people with their answers from it, always the same. All of it is seen through the same gate as real
rounds. Nothing is stored, and no clock is read.
"""

from checklist.demo.chain import Chain, chain

__all__ = ["Chain", "chain"]
