"""How the demo's pictures were painted; `python -m demo.painting` writes them again, the same each time.

Numbers are pixels of a square of SIDE; x goes right, y down, z up from the table towards the viewer.
"""
