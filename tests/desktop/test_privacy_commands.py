"""What is kept about people, told by commands."""

from sync.records.issue import Issue


def test_the_inventory_is_told_without_a_profile_in_the_language_asked_for(run):
    code, out, err = run("inventory")

    assert (code, err) == (0, "")
    assert "issue · phone · To tell the applicant the answer · 3 years after" in out
    assert out.count("\nissue · ") == len(Issue.__table__.columns)


def test_the_inventory_is_one_document_for_scripts(run):
    import json

    code, out, _ = run("inventory", "--json")

    assert code == 0
    [phone] = [
        row for row in json.loads(out) if (row["table"], row["column"]) == ("issue", "phone")
    ]
    assert phone["basis"] == "Consent that is recorded with it"
