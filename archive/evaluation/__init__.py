"""What is measured: a module per task, pure like text/."""
