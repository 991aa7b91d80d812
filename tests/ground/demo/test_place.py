"""The demonstration place has what was promised, is the same every time and names nobody."""

import re
import subprocess
import sys
from collections import Counter

import pytest
from uk_postcodes_parsing import ukpostcode

from procure.demo import DEMO_DAY, Place
from procure.demo.postcodes import districts, invented_postcode
from procure.demo.words import draw

FINGERPRINT = """
import hashlib
from procure.demo import demo_place
print(hashlib.sha256(repr(demo_place()).encode()).hexdigest())
"""

FREQUENT_NAMES = """
smith jones taylor brown williams wilson johnson davies patel khan ahmed hussain singh kaur ali begum john david
michael james robert mary susan margaret sarah karen mohammed fatima aisha priya emma oliver amelia jack
"""
COMMON_PERSONAL_NAMES = frozenset(FREQUENT_NAMES.split())


def test_the_place_has_the_numbers_it_promises(place: Place):
    assert [anchor.sector for anchor in place.anchors] == ["nhs", "council", "university"]
    assert len(place.enterprises) == 150
    assert [consortium.sector for consortium in place.consortia] == ["retail", "health"]
    assert len(place.lots) == 40
    for anchor in place.anchors:
        assert 19_000 < sum(len(x.payments) for x in place.ledgers if x.anchor == anchor.key) < 21_000


def test_the_place_is_the_same_whatever_the_hash_seed():
    def built(hash_seed: str) -> str:
        environment = {"PYTHONHASHSEED": hash_seed}
        return subprocess.run(
            [sys.executable, "-c", FINGERPRINT], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert built("1") == built("2")


def test_every_role_has_exactly_one_listed_person(place: Place):
    listed = Counter((person.kind, person.role) for person in place.people if person.is_listed)
    roles = {"anchor": "buyer finance viewer admin", "enterprise": "member admin", "place": "viewer admin"}
    roles["network"] = "adviser admin"
    expected = {(kind, role) for kind, held in roles.items() for role in held.split()} | {(None, None)}
    assert set(listed) == expected
    assert set(listed.values()) == {1}


def test_people_are_named_after_their_task_and_can_receive_no_mail(place: Place):
    assert len({person.email for person in place.people}) == len(place.people)
    for person in place.people:
        assert person.email.endswith(".example.org")
        assert person.email == person.email.lower()
        assert not COMMON_PERSONAL_NAMES & set(re.findall(r"[a-z]+", person.name.lower()))


def test_demo_passwords_are_long_and_do_not_repeat_a_name(place: Place):
    assert len({person.password for person in place.people}) == len(place.people)
    organisations = " ".join(o.name for o in (*place.anchors, place.authority, place.network)).lower()
    for person in place.people:
        assert len(person.password) >= 12
        assert not any(word in organisations.split() for word in person.password.split("-") if len(word) > 4)


def test_everybody_acts_for_somebody_who_exists(place: Place):
    known = {o.key for o in (*place.anchors, place.authority, place.network)} | {e.key for e in place.enterprises}
    assert all(person.organisation in known | {None} for person in place.people)
    members = {member.enterprise for consortium in place.consortia for member in consortium.members}
    assert members <= known


@pytest.mark.parametrize("district", districts())
def test_an_invented_postcode_is_a_full_one_in_its_district(district: str):
    rng = draw(1, district)
    for _ in range(20):
        parsed = ukpostcode.parse(invented_postcode(rng, district))
        assert parsed is not None
        assert parsed.outcode == district


def test_shares_inside_a_consortium_add_up_to_a_whole(place: Place):
    for consortium in place.consortia:
        inside = [member for member in consortium.members if member.state == "accepted"]
        assert len(inside) >= 3
        assert sum(member.share_percent or 0 for member in inside) == 100
        assert [member.is_lead for member in consortium.members].count(True) == 1
        assert consortium.formed_on < DEMO_DAY
