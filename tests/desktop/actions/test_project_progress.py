import pytest

from desktop.actions.project_progress import progress_of


def project(contract, work):
    return {"contract_sum": contract, "physical": work}


@pytest.mark.parametrize(
    ("contract", "payments", "work", "share", "ahead", "over"),
    [
        (100, [30, 35], 60, 65, False, False),
        (100, [75], 60, 75, True, False),
        (100, [74], 60, 74, False, False),
        (100, [101], 100, 101, False, True),
        (3, [2], 60, 66, False, False),  # rounded down: 100 means all of it
        (None, [50], 10, None, False, False),
        (0, [50], 10, None, False, True),
        (100, [90], None, 90, False, False),
        (100, [None], 0, 0, False, False),
    ],
)
def test_money_and_work_are_two_figures(contract, payments, work, share, ahead, over):
    told = progress_of(project(contract, work), [{"sum": paid} for paid in payments])

    assert (told.paid_share, told.money_is_ahead, told.overpaid) == (share, ahead, over)
    assert told.work == work


def test_a_payment_that_was_taken_away_does_not_count():
    told = progress_of(project(100, 0), [{"sum": 40, "removed": True}, {"sum": 10}])

    assert told.paid == 10
