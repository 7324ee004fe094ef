"""What is shown: a module per page."""
