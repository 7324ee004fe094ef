"""What is read: query language, filters, facets, results, suggestions."""
