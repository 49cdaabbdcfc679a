"""What a person keeps for later, and of what sold-out goods it wants to be told: Oscar's wish list, our message."""
