"""A realistic archive of a million invented articles, the same one for the same seed, and what it is for.

python -m benchmarks.million.prepare FOLDER [--articles 1000000] [--texts FILE.jsonl.gz]
python -m benchmarks.million.load FOLDER          (fills the archive in FOLDER/archive)
python -m benchmarks.million.add FOLDER           (1,000 articles more, with all indexes)
python -m benchmarks.million.pages FOLDER         (processor and wall time of search and pages)
python -m benchmarks.million.yardsticks FOLDER    (SQLite FTS5, tantivy, PostgreSQL that ranks all)
python -m benchmarks.million.visitors FOLDER      (gunicorn as shipped under 50 clients)
"""
