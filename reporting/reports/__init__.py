"""Reports: small declarations; formats, doors, masking and life of the file belong to the base."""
