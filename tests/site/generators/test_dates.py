from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from editor.site.generators import dates

MOMENT = datetime(2024, 3, 5, 7, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy/MM/dd", "2024/03/05"),
        ("y-M-d", "2024-3-5"),
        ("yy", "24"),
        ("yyyyMMdd'T'HHmm", "20240305T0709"),
        ("d. 'o''clock' h", "5. o'clock 7"),
        ("DDD", "065"),
        ("MMM yyyy", "Mar 2024"),
        ("MMMM", "March"),
        ("EEEE", "Tuesday"),
        ("long", "March 5, 2024"),
    ],
)
def test_patterns(pattern, text):
    assert dates.format_date(MOMENT, pattern, "en") == text


def test_names_of_another_language():
    pytest.importorskip("babel")
    assert dates.format_date(MOMENT, "d. MMMM", "de") == "5. März"
    assert dates.format_date(MOMENT, "MMMM", "pt-BR") == "março"
    assert dates.format_date(MOMENT, "MMMM", "xx-YY") == "March"


def test_the_day_is_that_of_the_zone():
    moment = datetime(2024, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert dates.format_date(moment, "yyyy/MM/dd", "en") == "2024/03/01"


def test_an_unknown_field_is_told():
    with pytest.raises(ValueError, match="x"):
        dates.format_date(MOMENT, "xx", "en")


def test_moments():
    assert dates.as_moment(date(2024, 1, 31)) == datetime(2024, 1, 31, tzinfo=UTC)
    assert dates.as_moment(datetime(2024, 1, 31, 5)) == datetime(2024, 1, 31, 5, tzinfo=UTC)
    assert dates.as_moment("2024-01-31") is None


def test_iso_text_is_as_precise_as_the_file():
    assert dates.iso_text(date(2024, 1, 31)) == "2024-01-31"
    assert dates.iso_text(MOMENT, "date: 2024-03-05 07:09:01Z\n") == "2024-03-05T07:09:01Z"
    assert dates.iso_text(MOMENT, "date: 2024-03-05 07:09:01+00:00\n") == "2024-03-05T07:09:01+00:00"
    assert dates.iso_text("31 January") == "31 January"
    assert dates.iso_text(None) == ""
