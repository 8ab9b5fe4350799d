"""What is built of each water structure: its sizes and its amounts, one module for each kind."""
