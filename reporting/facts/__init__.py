"""Facts of one shape, and the figures that definitions make of them on an analytical engine or in the database."""
