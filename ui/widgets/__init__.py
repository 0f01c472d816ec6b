"""Parts of screens. They know no store and no server: they show what they are given."""
