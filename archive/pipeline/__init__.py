"""What the machine writes: one file per stage, each safe to repeat."""
