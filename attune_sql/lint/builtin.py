"""Names that PostgreSQL finds in pg_catalog, which it searches first: unqualified, they never mean a type of ours."""

from __future__ import annotations

_TYPES = """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char
    cid cidr circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector
    index_am_handler inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal
    interval json jsonb jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange
    numrange oid oidvector path point polygon record refcursor regclass regcollation regconfig regdictionary
    regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid time
    timestamp timestamptz timetz trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange
    tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml
"""
TYPES = frozenset(_TYPES.split())
"""Base, range and pseudo types of PostgreSQL 18, from pg_catalog.pg_type; a test compares them with the server's."""

FLOATS = frozenset({"real", "float", "float4", "float8", "double"})
"""Words that a floating-point type begins with."""

_AMOUNTS = """
    amount balance budget charge cost credit debit deposit discount expense fee fine fund income invoice money payment
    price refund revenue salary subtotal tax tip total wage
"""


def is_amount(column: str) -> bool:
    """Tell whether the name of a column speaks of an amount of money, in the singular or plural."""
    amounts = _AMOUNTS.split()
    return any(word.removesuffix("s") in amounts for word in column.lower().split("_"))
