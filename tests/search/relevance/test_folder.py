"""Reading a judged set; what is wrong with it is said with file and line."""

from __future__ import annotations

import pytest

from search.relevance.folder import UnreadableSet, read_set

CATALOGUE = (
    "sku,name,category,household,province_code,province,commune_code,unit,net_weight_g,price_vnd,ocop_stars,"
    "season_months,description\n"
    'A1,Sầu riêng Ri6,Trái cây,Hộ Lê Thị Lan,87,,,kg,1000,95000,4,"4,5,6",Cơm vàng\n'
    "A2,Riềng củ,Rau củ,Hộ Lê Thị Lan,1,Hà Nội,,kg,,20000,,11-2,\n"
)
QUERIES = "query_id,query,kind,note\nq1,sầu riêng,toned,\n"
JUDGEMENTS = "query_id,sku,grade\nq1,A1,3\n"


@pytest.fixture
def write(tmp_path):
    def written(catalogue=CATALOGUE, queries=QUERIES, judgements=JUDGEMENTS):
        for name, text in (("catalogue", catalogue), ("queries", queries), ("judgements", judgements)):
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_a_set_is_read_with_its_gaps(write):
    judged = read_set(write())
    assert [row.season_months for row in judged.catalogue] == [(4, 5, 6), (11, 12, 1, 2)]
    assert [row.net_weight_g for row in judged.catalogue] == [1000, None]
    assert judged.catalogue[1].province_code == "01"
    assert judged.grades == {"q1": {"A1": 3}}


def test_a_byte_order_mark_and_windows_lines_do_no_harm(write):
    folder = write(queries="\ufeff" + QUERIES.replace("\n", "\r\n"))
    assert read_set(folder).queries[0].query == "sầu riêng"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"catalogue": CATALOGUE.replace("price_vnd", "gia")}, "catalogue.csv:1: "),
        ({"catalogue": CATALOGUE.replace("95000", "chín mươi")}, "catalogue.csv:2: "),
        ({"catalogue": CATALOGUE + CATALOGUE.splitlines()[1]}, "catalogue.csv: A1"),
        ({"catalogue": CATALOGUE.replace("11-2", "13")}, "catalogue.csv:3: "),
        ({"queries": "query_id,query,kind\n"}, "queries.csv: "),
        ({"queries": QUERIES.replace("toned", "")}, "queries.csv:2: "),
        ({"judgements": JUDGEMENTS.replace(",3", ",4")}, "judgements.csv:2: "),
        ({"judgements": JUDGEMENTS.replace("A1", "A9")}, "judgements.csv: "),
    ],
)
def test_a_broken_set_is_refused_with_its_place(write, files, said):
    with pytest.raises(UnreadableSet) as refused:
        read_set(write(**files))
    assert str(refused.value).startswith(said)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableSet, match=r"catalogue\.csv"):
        read_set(tmp_path)
