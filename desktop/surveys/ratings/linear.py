"""The little linear algebra that ratings need: symmetric matrices of some dozen rows."""

import math
from collections.abc import Sequence

Vector = Sequence[float]
Matrix = Sequence[Vector]

DEPENDENT = 1e-10  # of its own length: what is left of a column that the ones before explain


def inverse(matrix: Matrix) -> tuple[list[list[float]], list[int]]:
    """A generalised inverse of a symmetric matrix ≥ 0, and the columns that others explain.

    Those get noughts, so that a regression leaves them out (the sweep operator: Goodnight 1979,
    The American Statistician 33, 149–158).
    """
    swept = [list(row) for row in matrix]
    left_out = []
    for k in range(len(swept)):
        pivot = swept[k][k]
        if pivot <= DEPENDENT * matrix[k][k]:
            left_out.append(k)
            continue
        row = [value / pivot for value in swept[k]]
        for i, other in enumerate(swept):
            if i != k and (factor := other[k]):
                swept[i] = [o - factor * r for o, r in zip(other, row, strict=True)]
                swept[i][k] = -factor / pivot
        row[k] = 1 / pivot
        swept[k] = row
    return [
        [0.0 if i in left_out or j in left_out else value for j, value in enumerate(row)]
        for i, row in enumerate(swept)
    ], left_out


def times(matrix: Matrix, vector: Vector) -> list[float]:
    """The product of a matrix and a column."""
    return [dot(row, vector) for row in matrix]


def dot(one: Vector, other: Vector) -> float:
    """The sum of products."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))
