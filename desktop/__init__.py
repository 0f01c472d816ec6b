"""The application without a screen: keys, store, rules, actions and commands."""
