"""The archive's own PostgreSQL server, and the Django backend that starts it on first use."""
