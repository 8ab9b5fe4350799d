"""The one place where amounts are summed."""
