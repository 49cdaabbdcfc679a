"""The team's workspace under /to/ and the household's under /ho/."""
