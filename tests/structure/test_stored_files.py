"""A column that names a stored file carries the mark by which the sweep knows it; else the file would go."""

from sqlalchemy import String

from common.sweep import file_columns
from migrations.tables import metadata

# Digests and hashes of other things than stored files, each as table.column.
OTHER_DIGESTS = {
    "code_lists.digest",
    "accounts.identity_hash",
    "tries.key",
    "definitions.digest",
    "versions.digest",
    "dossiers.identity_hash",
    "answers.digest",
    "submissions.digest",
    "review_results.digest",
    "review_results.computed_with",
    "trials.digest",
    "uploads.promised",
}


def test_every_digest_is_a_stored_file_or_known_not_to_be() -> None:
    digests = {
        f"{table.name}.{column.name}"
        for table in metadata().tables.values()
        for column in table.columns
        if isinstance(column.type, String) and column.type.length == 64
    }
    marked = {f"{column.table.name}.{column.name}" for column in file_columns()}
    assert digests - marked <= OTHER_DIGESTS
