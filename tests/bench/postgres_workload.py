#!/usr/bin/env python3
"""Writes the transfers of `tally bench` as SQL for PostgreSQL.

Usage: postgres_workload.py FOLDER TRANSFERS BATCH

Makes in FOLDER: accounts.csv and workload.csv for COPY; full.sql and lean.sql, one statement a batch.
The accounts, amounts, order and request ids are those of gateway/bench; the script that uses this
compares the balances that both come to.
"""

import hashlib
import pathlib
import sys

ACCOUNTS = 10000
MASK = (1 << 64) - 1
ACTOR = "01000000-0000-0000-0000-000000000000"
APPROVER = "02000000-0000-0000-0000-000000000000"


def scramble(i):
    i ^= i >> 31
    i = i * 0x9E3779B97F4A7C15 & MASK
    return i ^ i >> 29


def account_path(i):
    return f"liabilities:cm:client:{hashlib.sha256(f'bench-{i}'.encode()).hexdigest()[:32]}:wallet"


def transfer(i):
    random = scramble(i + 1)
    first = (random % 9999 + 1) * 100 + 1
    second = (random % 77 + 1) * 100 + 99
    accounts = [(random >> shift) % ACCOUNTS for shift in (0, 16, 32, 48)]
    return f"post_entry-{i}", accounts, [first, -first, second, -second]


def array(values):
    return "{" + ",".join(map(str, values)) + "}"


def full_statement(batch):
    ids = array(request_id for request_id, _, _ in batch)
    accounts = array(account for _, accounts, _ in batch for account in accounts)
    amounts = array(amount for _, _, amounts in batch for amount in amounts)
    return f"SELECT post_batch('bench','{ACTOR}','{APPROVER}','{ids}','{accounts}','{amounts}');\n"


def lean_statement(batch):
    rows = ",".join(f"('{request_id}','{array(accounts)}','{array(amounts)}')"
                    for request_id, accounts, amounts in batch)
    return f"INSERT INTO lean (request_id, accounts, amounts) VALUES {rows};\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    count, batch = int(sys.argv[2]), int(sys.argv[3])
    transfers = [transfer(i) for i in range(count)]
    batches = [transfers[first:first + batch] for first in range(0, count, batch)]
    (folder / "accounts.csv").write_text(
        "".join(f"{i},{account_path(i)},EUR\n" for i in range(ACCOUNTS)))
    (folder / "workload.csv").write_text(
        "".join(f'{i},{request_id},"{array(accounts)}","{array(amounts)}"\n'
                for i, (request_id, accounts, amounts) in enumerate(transfers)))
    (folder / "full.sql").write_text("".join(map(full_statement, batches)))
    (folder / "lean.sql").write_text("".join(map(lean_statement, batches)))


main()
