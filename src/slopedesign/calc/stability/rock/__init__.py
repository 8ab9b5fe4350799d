"""Rock slopes: plane, wedge and toppling failure, and which of them the joints allow."""
