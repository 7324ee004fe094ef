# The web service alone: its database is a PostgreSQL server of its own (see docker-compose.yml).
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 archive && install -d -o archive -g archive /data
WORKDIR /app

# Dependencies first: they change less often than the code.
COPY pyproject.toml constraints.txt README.md ./
RUN mkdir archive && touch archive/__init__.py \
    && pip install --no-cache-dir -c constraints.txt -e .
COPY . .

USER archive
ENV ARCHIVE_DATA=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=5 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "up", "--host", "0.0.0.0"]
