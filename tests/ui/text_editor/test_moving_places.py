"""Places that follow what is typed, held against the plain way of moving each of them."""

import random

import pytest

from editor.ui.text_editor.moving_places import MovingPlaces


def moved(places, position, removed, added):
    shift = added - removed
    return [place for place in places if place[1] <= position] + [
        (start + shift, end + shift) for start, end in places if start >= position + removed
    ]


@pytest.mark.parametrize("seed", range(20))
def test_they_are_where_moving_each_of_them_puts_them(seed):
    chance = random.Random(seed)
    places, place = [], 0
    for _ in range(chance.randrange(60)):
        start = place + chance.randrange(9)
        place = start + 1 + chance.randrange(4)
        places.append((start, place))
    held = MovingPlaces(places)
    for _ in range(60):
        position = chance.randrange(place + 10)
        removed = chance.choice((0, 0, 0, 1, 7))
        added = chance.choice((0, 1, 1, 1, 30))
        held.shift(position, removed, added)
        places = moved(places, position, removed, added)
        assert list(held.between(-1, 10_000)) == places
        assert len(held) == len(places)
        first = chance.randrange(place + 40)
        last = first + chance.randrange(40)
        assert list(held.between(first, last)) == [p for p in places if p[1] > first and p[0] < last]


def test_typing_on_at_one_place_moves_nothing_but_the_common_shift():
    held = MovingPlaces([(n * 10, n * 10 + 3) for n in range(10_000)])
    held.shift(50_000, 0, 1)
    starts = list(held._starts)
    for typed in range(100):
        held.shift(50_001 + typed, 0, 1)
    assert held._starts == starts
    assert list(held.between(99_980, 100_200))[-1] == (99_990 + 101, 99_993 + 101)
