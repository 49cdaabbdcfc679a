"""What the standing codes count, as standard SQL over facts: one text for every engine.

``STAGES`` are the tables that the definitions share, ``COUNTED`` the rows that count, as (item, amount, commune,
district, province, team). They read ``figures_facts``, ``figures_places`` (where each commune lies on the boundaries
that were asked for) and ``figures_asked``, one row: the period's start and end, the start of the window in which an
account is looked at, and the moment of knowledge, all as facts keep moments. What the words mean is said in
docs/indicators.md under "The figures by command".
"""

from __future__ import annotations

from enum import StrEnum

from reporting.facts.shape import Kind

ACTS = ", ".join(f"'{kind}'" for kind in (Kind.DISPLAYED, Kind.SEARCHED, Kind.EXCHANGED, Kind.BOUGHT, Kind.SOLD))
NEWEST_FIRST = "happened_at DESC, learned_at DESC, place_in_source DESC"

KNOWN = """
SELECT fact.household, fact.kind, fact.happened_at, fact.learned_at, fact.place_in_source,
       NULLIF(fact.team, '') AS team, fact.value, fact.ref, NULLIF(place.commune, '') AS commune,
       NULLIF(place.district, '') AS district, NULLIF(place.province, '') AS province
FROM figures_facts fact
CROSS JOIN figures_asked asked
LEFT JOIN figures_places place ON place.is_former = fact.is_former AND place.code = fact.commune_code
WHERE fact.learned_at <= asked.as_of AND (fact.taken_back_at = 0 OR fact.taken_back_at > asked.as_of)
    AND (fact.happened_at < asked.ends_at OR fact.kind = 'sale_undone')
"""

# Of every household that was ever opened: whether it is open at the end, where it stands then, and its team.
ACCOUNTS = f"""
WITH openings AS (
    SELECT household, team, ROW_NUMBER() OVER (PARTITION BY household ORDER BY {NEWEST_FIRST}) AS nth
    FROM figures_known WHERE kind = 'account_opened'
), states AS (
    SELECT household, kind, ROW_NUMBER() OVER (PARTITION BY household ORDER BY {NEWEST_FIRST}) AS nth
    FROM figures_known WHERE kind IN ('account_opened', 'account_closed')
), stands AS (
    SELECT household, commune, district, province,
           ROW_NUMBER() OVER (PARTITION BY household ORDER BY {NEWEST_FIRST}) AS nth
    FROM figures_known WHERE kind IN ('account_opened', 'moved')
)
SELECT opening.household, opening.team, stand.commune, stand.district, stand.province,
       CASE WHEN state.kind = 'account_opened' THEN 1 ELSE 0 END AS is_open
FROM openings opening
JOIN states state ON state.household = opening.household AND state.nth = 1
JOIN stands stand ON stand.household = opening.household AND stand.nth = 1
WHERE opening.nth = 1
"""

# What was sold in the window and not undone, each row where it was sold, with the team of the household's account.
SALES = """
SELECT sold.household, sold.happened_at, sold.value, sold.ref, sold.commune, sold.district, sold.province, account.team
FROM figures_known sold
LEFT JOIN figures_accounts account ON account.household = sold.household
LEFT JOIN (
    SELECT DISTINCT household, ref FROM figures_known WHERE kind = 'sale_undone'
) undone ON undone.household = sold.household AND undone.ref = sold.ref
WHERE sold.kind = 'sold' AND undone.ref IS NULL
    AND sold.happened_at >= (SELECT window_starts_at FROM figures_asked)
"""

# The listings that are on sale at the end in open accounts.
PRODUCTS = f"""
SELECT listing.ref, account.household, account.commune, account.district, account.province, account.team
FROM (
    SELECT household, ref, kind, ROW_NUMBER() OVER (PARTITION BY ref ORDER BY {NEWEST_FIRST}) AS nth
    FROM figures_known WHERE kind IN ('listed', 'unlisted')
) listing
JOIN figures_accounts account ON account.household = listing.household AND account.is_open = 1
WHERE listing.nth = 1 AND listing.kind = 'listed'
"""

# KNOWN is read as it is asked for; the others are made once.
STAGES = {
    "figures_accounts": ACCOUNTS,
    "figures_sales": SALES,
    "figures_products": PRODUCTS,
}

OPEN_ACCOUNTS = """
SELECT household AS item, 1 AS amount, commune, district, province, team FROM figures_accounts WHERE is_open = 1"""
SALES_OF_PERIOD = """
SELECT ref AS item, value AS amount, commune, district, province, team FROM figures_sales
WHERE happened_at >= (SELECT starts_at FROM figures_asked)"""

# By code and version of the indicator, as declared in reporting/indicators.
COUNTED: dict[tuple[str, int], str] = {
    ("accounts", 1): OPEN_ACCOUNTS,
    ("active", 1): f"""{OPEN_ACCOUNTS} AND household IN (
        SELECT household FROM figures_known
        WHERE kind IN ({ACTS}) AND happened_at >= (SELECT window_starts_at FROM figures_asked)
    )""",
    ("active_strict", 1): f"{OPEN_ACCOUNTS} AND household IN (SELECT household FROM figures_sales)",
    ("products", 1): """
        SELECT ref AS item, 1 AS amount, commune, district, province, team FROM figures_products""",
    ("sellers", 1): f"{OPEN_ACCOUNTS} AND household IN (SELECT household FROM figures_products)",
    ("transactions", 1): SALES_OF_PERIOD,
    ("value", 1): SALES_OF_PERIOD,
}


class Part(StrEnum):
    """Into what a figure can be taken apart; the value is the column of the rows that count."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    TEAM = "team"


def repeated_once(source: str) -> str:
    """The rows of a table of facts, each that repeats another in everything but its place once."""
    columns = (
        "household, kind, happened_at, learned_at, is_former, commune_code, team, quantity, value, ref, taken_back_at"
    )
    return f"SELECT {columns}, MIN(place_in_source) AS place_in_source FROM {source} GROUP BY {columns}"


# Facts of one moment, learned at one moment, of which none is the last: (first line, last line).
WITHOUT_ORDER = """
SELECT MIN(place_in_source), MAX(place_in_source) FROM (
    SELECT household AS subject, happened_at, learned_at, place_in_source FROM figures_facts
    WHERE kind IN ('account_opened', 'account_closed', 'moved')
) life GROUP BY subject, happened_at, learned_at HAVING COUNT(*) > 1
UNION ALL
SELECT MIN(place_in_source), MAX(place_in_source) FROM (
    SELECT ref AS subject, happened_at, learned_at, place_in_source FROM figures_facts
    WHERE kind IN ('listed', 'unlisted')
) listings GROUP BY subject, happened_at, learned_at HAVING COUNT(*) > 1
ORDER BY 1 LIMIT 1
"""

# Facts of a listing by a household that did not list it first: (line, ref, the household that did).
OF_ANOTHERS_LISTING = """
SELECT fact.place_in_source, fact.ref, owner.household FROM figures_facts fact
JOIN (
    SELECT ref, household, ROW_NUMBER() OVER (PARTITION BY ref ORDER BY happened_at, learned_at, place_in_source) AS nth
    FROM figures_facts WHERE kind = 'listed'
) owner ON owner.ref = fact.ref AND owner.nth = 1
WHERE fact.kind IN ('listed', 'unlisted') AND fact.household <> owner.household
ORDER BY 1 LIMIT 1
"""
