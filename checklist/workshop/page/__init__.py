"""What participants reach over the network: their own seat, and what the room sees.

``app`` has the routes, ``guards`` what stands before them, ``serving`` the server.
"""
