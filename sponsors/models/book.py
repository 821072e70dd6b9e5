"""The public book cannot be rewritten: triggers refuse what would change a line, on both databases."""

from sponsors.models.ledger import LedgerTransaction, Transfer

TRANSACTIONS, TRANSFERS = LedgerTransaction._meta.db_table, Transfer._meta.db_table  # noqa: SLF001
SAYS = "the public book is never rewritten: correct an entry by its opposite"
TOO_LATE = "the public book is never rewritten: this entry has all its lines"
FULL = (  # of names we gave ourselves
    f"(SELECT COUNT(*) FROM {TRANSFERS} t WHERE t.transaction_id = NEW.transaction_id) > "  # noqa: S608
    f"(SELECT e.line_count FROM {TRANSACTIONS} e WHERE e.id = NEW.transaction_id)"
)


def sqlite() -> dict[tuple[str, str], str]:
    """Triggers by (name, table)."""
    found = {}
    for table in (TRANSACTIONS, TRANSFERS):
        for verb in ("UPDATE", "DELETE"):
            name = f"book_{table}_{verb.lower()}"
            found[name, table] = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
    name = f"book_{TRANSFERS}_late"
    found[name, TRANSFERS] = (
        f"CREATE TRIGGER {name} AFTER INSERT ON {TRANSFERS} WHEN {FULL} BEGIN SELECT RAISE(ABORT, '{TOO_LATE}'); END"
    )
    return found


def postgresql() -> dict[tuple[str, str], str]:
    """Triggers by (name, table); emptying a whole table is refused too."""
    found = {}
    for table in (TRANSACTIONS, TRANSFERS):
        for name, when in (
            (f"book_{table}", "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW"),
            (f"book_{table}_whole", "BEFORE TRUNCATE ON {} FOR EACH STATEMENT"),
        ):
            found[name, table] = f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = '23514', CONSTRAINT = 'book', TABLE = TG_TABLE_NAME; END $$;
            CREATE OR REPLACE TRIGGER {name} {when.format(table)} EXECUTE FUNCTION {name}()"""
    name = f"book_{TRANSFERS}_late"
    found[name, TRANSFERS] = f"""
    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {{schema}}, pg_temp AS $$
    BEGIN
      IF {FULL} THEN
        RAISE EXCEPTION '{TOO_LATE}' USING ERRCODE = '23514', CONSTRAINT = 'book', TABLE = TG_TABLE_NAME;
      END IF;
      RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER {name} AFTER INSERT ON {TRANSFERS} FOR EACH ROW EXECUTE FUNCTION {name}()"""
    return found
