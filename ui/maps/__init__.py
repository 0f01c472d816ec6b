"""The map on the screen: where its words stand (`layout`), how it is painted (`drawing`), moved and asked (`view`)."""
