"""What a person can do, one function each; every screen and every command calls these."""
