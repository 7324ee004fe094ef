"""What people write: judge, withdraw, preview, history."""
