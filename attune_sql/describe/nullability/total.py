"""The curated table: built-in functions that never turn values into NULL.

PostgreSQL's own "strict" says that NULL gives NULL; it does not say that values give a value: `->>`, `array_length` and
`lower(numrange)` are strict and return NULL for values. What stands here was read in PostgreSQL's source, and a test
calls every overload with extreme values. What does not stand here counts as unknown.
"""

from __future__ import annotations

from attune_sql.describe.nullability.catalogue import Function, Operator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMES = frozenset(
    word
    for words in (
        # Numbers. Not here: scale and min_scale, which are NULL for NaN.
        """
        abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh bit_count cbrt ceil ceiling cos cosd
        cosh cot cotd crc32 crc32c degrees div erf erfc exp factorial floor gamma gcd lcm lgamma ln log log10 mod pi
        pow power radians random random_normal round setseed sign sin sind sinh sqrt tan tand tanh trim_scale trunc
        width_bucket
        """,
        # Text and bytes. Not here: substring with a pattern, regexp_match, regexp_substr, to_char, to_number.
        """
        ascii bit_length btrim casefold char_length character_length chr concat concat_ws convert convert_from
        convert_to decode encode format get_bit get_byte initcap left length like like_escape lpad ltrim md5
        normalize octet_length notlike overlay parse_ident position quote_ident quote_literal quote_nullable
        regexp_count regexp_instr regexp_like regexp_replace regexp_split_to_array repeat replace reverse right rpad
        rtrim set_bit set_byte sha224 sha256 sha384 sha512 similar_to_escape split_part starts_with string_to_array
        strpos substr to_ascii to_bin to_hex to_oct translate unicode_version unistr
        """,
        # Dates and times. Not here: to_char and extract, which are NULL for infinity.
        """
        age clock_timestamp date_bin date_trunc isfinite justify_days justify_hours justify_interval make_date
        make_interval make_time make_timestamp make_timestamptz now overlaps statement_timestamp timeofday timezone
        transaction_timestamp
        """,
        # Arrays. Not here: array_length, array_lower, array_upper, array_ndims, array_dims, array_position.
        """
        array_append array_cat array_fill array_larger array_positions array_prepend array_remove array_replace
        array_reverse array_sample array_shuffle array_smaller array_sort array_to_string cardinality trim_array
        """,
        # JSON. Not here: what looks something up, and the jsonpath functions.
        """
        array_to_json json_array_length json_build_array json_build_object json_object json_strip_nulls json_typeof
        jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat jsonb_delete jsonb_delete_path
        jsonb_insert jsonb_object jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof row_to_json to_json to_jsonb
        """,
        # Ranges, networks, full text.
        """
        abbrev array_to_tsvector broadcast family host hostmask inet_merge inet_same_family isempty lower_inc
        lower_inf masklen multirange netmask network numnode phraseto_tsquery plainto_tsquery querytree range_merge
        set_masklen setweight strip to_tsquery to_tsvector ts_delete ts_headline ts_rank ts_rank_cd tsquery_phrase
        tsvector_to_array upper_inc upper_inf websearch_to_tsquery
        """,
        # Identity, locks, settings, the session.
        """
        enum_first enum_last enum_range format_type gen_random_uuid hashtext hashtextextended nextval num_nonnulls
        num_nulls pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared
        pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_backend_pid pg_column_size pg_current_xact_id
        pg_notify pg_postmaster_start_time pg_sleep pg_try_advisory_lock pg_try_advisory_lock_shared
        pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared set_config txid_current uuidv4 uuidv7 version
        """,
    )
    for word in words.split()
)

_SIGNATURES = frozenset(
    {
        "lower(text)",
        "upper(text)",
        *(f"substring({each})" for each in ("text,int4", "text,int4,int4", "bytea,int4", "bytea,int4,int4")),
        *(f"substring({each})" for each in ("bit,int4", "bit,int4,int4")),
        *(f"{part}({each})" for part in ("extract", "date_part") for each in ("text,time", "text,timetz")),
        "to_timestamp(float8)",
    }
)

# Operators by name; the functions behind them have a name for each pair of types (int4eq, texteq, …).
_OPERATORS = _words(
    """
    = <> < <= > >= ~=~ + - * / % ^ | & # ~ << >> || ~~ !~~ ~~* !~~* ~* !~ !~* ^@ @> <@ && -|- &< &> ? ?| ?& #- @ |/
    ||/ @@ *= *<> ~<~ ~<=~ ~>=~ ~>~
    """
)

_CASTS = _words(
    """
    bit bool bpchar bytea char cidr date float4 float8 inet int2 int4 int8 interval json jsonb
    macaddr macaddr8 money name numeric oid regclass text time timestamp timestamptz timetz varbit varchar xid
    int4multirange int8multirange nummultirange datemultirange tsmultirange tstzmultirange
    """
)

# What cuts and meets: geometry without an answer is NULL. And jsonpath, where an error is.
_DOUBTFUL_TYPES = frozenset(
    {"point", "lseg", "path", "box", "polygon", "line", "circle", "jsonpath", "record", "_record", "xml", "refcursor"}
)

NEVER_NULL = _words(
    """
    concat jsonb_build_array jsonb_build_object json_build_array json_build_object num_nulls num_nonnulls
    array_append array_prepend quote_nullable enum_range enum_first enum_last pg_notify
    """
)
"""Functions that give a value for NULL too, when their arguments are not one array (VARIADIC)."""

FIRST_DECIDES = frozenset({"concat_ws", "format", "string_to_array", "set_config", "format_type"})
"""Functions that are NULL for a NULL first argument only."""

MONOTONIC_FIELDS = frozenset({"epoch", "year", "isoyear", "decade", "century", "millennium", "julian"})
"""Fields of `extract` that have a value for infinity too."""


def is_total(function: Function, operator: Operator | None = None) -> bool:
    """Tell whether a built-in function, behind a built-in operator or not, gives a value for values."""
    if not function.built_in or _DOUBTFUL_TYPES & set(function.arguments):
        return False
    if operator is not None:
        return operator.built_in and operator.name in _OPERATORS
    return function.name in _NAMES or function.signature in _SIGNATURES


def is_total_cast(function: Function) -> bool:
    """Tell the same of a function that a cast calls, which has the name of the type that it makes.

    Not of jsonb, whose null becomes NULL from PostgreSQL 18 on, and not of times of infinity.
    """
    if not function.built_in or function.name not in _CASTS or _DOUBTFUL_TYPES & set(function.arguments):
        return False
    source = function.arguments[0] if function.arguments else ""
    return source != "jsonb" and not (source in ("timestamp", "timestamptz") and function.name in ("time", "timetz"))
