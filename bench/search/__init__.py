"""What searching costs: our engines beside a stock Oscar search and Haystack, all in one run."""
