"""The console entry point: `attune-sql`, and `python -m attune_sql`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; exit 2 with one line where the toolkit's packages are not installed."""
    try:
        from attune_sql.cli.main import cli
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
    except ModuleNotFoundError as error:
        # The run time carries no terminal library; only the toolkit does.
        if error.name is None or error.name.partition(".")[0] == "attune_sql":
            raise
        sys.stderr.write(f"attune-sql needs the package {error.name}: pip install 'attune-sql[toolkit]'\n")
        sys.exit(2)
    cli.main(prog_name="attune-sql")


if __name__ == "__main__":
    main()
