"""Where cases are kept: tables, migrations, reading, and writing in one transaction."""
