"""What is stored: one file per noun, its QuerySet beside it."""
