"""The calendar that the program carries is the one of the package it was made from."""

import pytest

import resources
from deploy.calendar_table import table


@pytest.mark.filterwarnings("ignore")  # of the package: it is no part of the program
def test_the_days_off_are_those_of_the_package():
    assert resources.text("calendar", "days.csv") == table()
