"""What the program costs beside the least that its job costs, measured in one run.

Each budget is a ratio: ours and a reference take turns, so that whatever else the machine does
strikes both. ``pairs`` does the comparing, the other files are one budget each. Run it with
``python -m benchmarks`` or ``make bench``.
"""
