"""Ratings that can be defended: means of answers with the uncertainty that the way of asking leaves.

    rows --sample--> sums --design--> scores by PSU --estimates--> means with intervals
    a wave's marks --drawn--> sums … --wave--> its figures --release--> those that may be shown

`margins` fits the weights to a census, `proportions` and `small_areas` are other intervals and
other means, `publishing` says what may be shown, `suppression` what is kept back for its sake,
`differences` what is told apart: ranks, and the change between two waves. `linear` and `quantiles`
are the mathematics below, `tables` reads CSV.
What it all rests on, and how often it is right: docs/ratings.md.
"""
