"""The interval of a share: where it is near 0 or 1 it is not as far up as down."""

from desktop.surveys.ratings.quantiles import beta_quantile, t_quantile


def korn_graubard(
    share: float, variance: float, n: int, df: float, level: float
) -> tuple[float, float]:
    """(low, high) of a share with this variance, from n people and df degrees of freedom.

    Clopper and Pearson's interval for n* people, n* = p(1 − p)/V · (t_{n−1}/t_df)² (Korn & Graubard
    1998, Survey Methodology 24, 193–201; R's `svyciprop(method = "beta")`). Where all answered alike
    the design says nothing of the variance, and n* begins from n.
    """
    upper = (1 + level) / 2
    alike = share * (1 - share) <= 0
    if variance <= 0 and not alike:
        return share, share  # nobody was left out
    people = n if alike else share * (1 - share) / variance
    people *= (t_quantile(upper, n - 1) / t_quantile(upper, df)) ** 2
    yes, no = people * share, people * (1 - share)
    return beta_quantile(1 - upper, yes, no + 1), beta_quantile(upper, yes + 1, no)
