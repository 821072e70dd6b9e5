"""The first rule of neutrality, in the words of the two databases.

Nobody governs a group in any days in which they have a tie to an organisation that sponsors it. The three facts carry
half-open periods; the rule is about the overlap of all three, so it knows no clock: a breach in the past or in the
future is refused like one of today.
"""

from community.models import CONFLICTING, GOVERNING, Affiliation, Membership
from community.models.locks import NEUTRALITY_LOCK
from sponsors.models.sponsorship import Sponsorship


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


TABLES = {
    "m": Membership._meta.db_table,  # noqa: SLF001
    "a": Affiliation._meta.db_table,  # noqa: SLF001
    "s": Sponsorship._meta.db_table,  # noqa: SLF001
}
COUNTS = {
    "m": f"role IN ({_words(GOVERNING)})",
    "a": f"kind IN ({_words(CONFLICTING)})",
    "s": f"state IN ({_words((Sponsorship.State.ACCEPTED,))})",
}
"""When a row of each table is one of the three facts."""
SAME = {"m": ("group_id", "member_id"), "a": ("member_id", "organisation_id"), "s": ("organisation_id", "group_id")}
FOR_GOOD = {"sqlite": "'9999-99-99'", "postgresql": "'infinity'::date"}
SAYS = "neutrality: nobody governs a group while they have a tie to an organisation that sponsors it in the same days"


def breaches(vendor: str) -> str:
    """Every (membership, affiliation, sponsorship) that breaks the rule: always an empty answer."""
    latest, earliest = ("max", "min") if vendor == "sqlite" else ("GREATEST", "LEAST")
    ends = ", ".join(f"COALESCE({each}.ends_on, {FOR_GOOD[vendor]})" for each in "mas")
    facts = " AND ".join(f"{each}.{condition}" for each, condition in COUNTS.items())
    return (  # of names we gave ourselves
        f"SELECT m.id, a.id, s.id FROM {TABLES['m']} m JOIN {TABLES['a']} a ON a.member_id = m.member_id "  # noqa: S608
        f"JOIN {TABLES['s']} s ON s.group_id = m.group_id AND s.organisation_id = a.organisation_id "
        f"WHERE {facts} AND {latest}(m.starts_on, a.starts_on, s.starts_on) < {earliest}({ends})"
    )


def sqlite() -> dict[tuple[str, str], str]:
    """Triggers by (name, table). Writers stand in line on SQLite, so a look at the rows is enough."""
    found = {}
    for alias, table in TABLES.items():
        for verb in ("INSERT", "UPDATE"):
            name = f"neutrality_{table}_{verb.lower()}"
            days = " OR ".join(f"NEW.{day} IS NOT date(NEW.{day})" for day in ("starts_on", "ends_on"))
            found[name, table] = (
                f"CREATE TRIGGER {name} AFTER {verb} ON {table} WHEN NEW.{COUNTS[alias]} BEGIN "
                f"SELECT RAISE(ABORT, 'neutrality: days are written as YYYY-MM-DD') WHERE {days}; "
                f"SELECT RAISE(ABORT, '{SAYS}') WHERE EXISTS ({breaches('sqlite')} AND {alias}.id = NEW.id); END"
            )
    return found


def postgresql() -> dict[tuple[str, str], str]:
    """Triggers by (name, table): immediate, after each row; the lock first, then a look with a fresh snapshot.

    What only shortens a fact can break nothing and takes no lock. A snapshot older than the lock would not see what
    others wrote meanwhile, so such transactions are refused rather than believed.
    """
    found = {}
    for alias, table in TABLES.items():
        name = f"neutrality_{table}"
        until_new, until_old = (f"COALESCE({row}.ends_on, {FOR_GOOD['postgresql']})" for row in ("NEW", "OLD"))
        unmoved = " AND ".join(f"NEW.{column} = OLD.{column}" for column in SAME[alias])
        found[name, table] = f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {{schema}}, pg_temp AS $$
        BEGIN
          IF NOT (NEW.{COUNTS[alias]}) OR NEW.starts_on >= {until_new} THEN RETURN NULL; END IF;
          IF TG_OP = 'UPDATE' THEN
            IF OLD.{COUNTS[alias]} AND {unmoved} AND NEW.starts_on >= OLD.starts_on AND {until_new} <= {until_old}
            THEN RETURN NULL; END IF;
          END IF;
          IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
            RAISE EXCEPTION 'neutrality: write this in a READ COMMITTED transaction'
            USING ERRCODE = '23514', CONSTRAINT = 'neutrality', TABLE = TG_TABLE_NAME;
          END IF;
          PERFORM pg_advisory_xact_lock({NEUTRALITY_LOCK});
          IF EXISTS ({breaches("postgresql")} AND {alias}.id = NEW.id) THEN
            RAISE EXCEPTION '{SAYS}' USING ERRCODE = '23514', CONSTRAINT = 'neutrality', TABLE = TG_TABLE_NAME;
          END IF;
          RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""
    return found
