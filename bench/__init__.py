"""What the marketplace costs to serve, measured on the data that is loaded."""
