"""What networks learn from and are judged by: people's digits, changed copies, and non-digits."""
