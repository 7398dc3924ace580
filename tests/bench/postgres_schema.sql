-- The same bookkeeping in PostgreSQL, twice: `full` keeps what a ledger keeps in a database (foreign
-- keys, legs, running balances, each request id once, a hash chain over the rows), `lean` one row a
-- transfer and nothing else. Source: docs/performance.md, "PostgreSQL beside it".

CREATE TABLE accounts (
  id int PRIMARY KEY,
  path text NOT NULL UNIQUE,
  commodity text NOT NULL,
  balance bigint NOT NULL DEFAULT 0  -- In the smallest unit; debit is positive.
) WITH (fillfactor = 50);  -- Room for a new version of a row beside the old one: no index is touched.

CREATE TABLE transfers (
  seq bigint PRIMARY KEY,
  client_id text NOT NULL,
  request_id text NOT NULL,
  actor uuid NOT NULL,
  approver uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  hash bytea NOT NULL,  -- SHA-256 over the hash of the row before, this row and its legs.
  UNIQUE (client_id, request_id)
);

CREATE TABLE legs (
  transfer bigint NOT NULL REFERENCES transfers,
  line int NOT NULL,
  account int NOT NULL REFERENCES accounts,
  amount bigint NOT NULL,
  PRIMARY KEY (transfer, line)
);

-- The end of the chain. Who extends it holds this row until the commit is durable: nobody else can
-- know the hash that comes next.
CREATE TABLE chain_end (seq bigint NOT NULL, hash bytea NOT NULL) WITH (fillfactor = 10);
INSERT INTO chain_end VALUES (0, '\x');

CREATE TABLE lean (
  request_id text PRIMARY KEY,
  accounts int[] NOT NULL,
  amounts bigint[] NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);

-- What single commands are taken from, so that their text costs the database nothing.
CREATE UNLOGGED TABLE workload (
  number int PRIMARY KEY,
  request_id text NOT NULL,
  accounts int[] NOT NULL,
  amounts bigint[] NOT NULL
);

CREATE FUNCTION row_bytes(seq bigint, client_id text, request_id text, actor uuid, approver uuid,
                          recorded_at timestamptz, accounts int[], amounts bigint[])
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT convert_to(concat_ws('|', seq, client_id, request_id, actor, approver,
                              extract(epoch FROM recorded_at), accounts, amounts), 'UTF8')
$$;

CREATE FUNCTION extend_chain(state bytea, start bytea, bytes bytea)
RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN sha256(coalesce(state, start) || bytes);
END
$$;

-- Over an ordered window: the hash of each row, each over the one before.
CREATE AGGREGATE chain(start bytea, bytes bytea) (SFUNC = extend_chain, STYPE = bytea);

-- Records a batch of transfers of four legs in one go, in the order given. `accounts` and `amounts`
-- hold the legs of all of them, one after the other. Refuses the whole batch if a transfer does not
-- sum to zero, an account is unknown or a request id was used.
CREATE FUNCTION post_batch(client text, by uuid, with_approver uuid, request_ids text[],
                           leg_accounts int[], leg_amounts bigint[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  last chain_end;
  moment timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO last FROM chain_end FOR UPDATE;
  IF EXISTS (SELECT FROM unnest(leg_amounts) WITH ORDINALITY AS leg (amount, place)
             GROUP BY (place - 1) / 4 HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'a transfer does not sum to zero';
  END IF;
  INSERT INTO transfers
  SELECT last.seq + place, client, request_id, by, with_approver, moment,
         chain(last.hash, row_bytes(last.seq + place, client, request_id, by, with_approver, moment,
                                    leg_accounts[place * 4 - 3 : place * 4],
                                    leg_amounts[place * 4 - 3 : place * 4]))
           OVER (ORDER BY place ROWS UNBOUNDED PRECEDING)
  FROM unnest(request_ids) WITH ORDINALITY AS request (request_id, place);
  INSERT INTO legs
  SELECT last.seq + (place + 3) / 4, (place - 1) % 4 + 1, account, amount
  FROM unnest(leg_accounts, leg_amounts) WITH ORDINALITY AS leg (account, amount, place);
  UPDATE accounts SET balance = balance + change.amount
  FROM (SELECT account, sum(amount)::bigint AS amount
        FROM unnest(leg_accounts, leg_amounts) AS leg (account, amount) GROUP BY account) AS change
  WHERE accounts.id = change.account;
  UPDATE chain_end SET (seq, hash) =
    (SELECT seq, hash FROM transfers ORDER BY seq DESC LIMIT 1);
  RETURN last.seq + cardinality(request_ids);
END
$$;

CREATE SEQUENCE next_number MINVALUE 0;

-- The legs of this number in `workload`, which begins anew when it is used up.
CREATE FUNCTION legs_of(wanted int, OUT accounts int[], OUT amounts bigint[])
LANGUAGE sql STABLE AS $$
  SELECT accounts, amounts FROM workload
  WHERE number = wanted % (SELECT max(number) + 1 FROM workload)
$$;

-- The same for one transfer of `workload`, without what only batches need.
CREATE FUNCTION post_one(wanted int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  request text := 'post_entry-' || wanted;
  command record;
  last chain_end;
  moment timestamptz;
  next_hash bytea;
BEGIN
  SELECT * INTO STRICT command FROM legs_of(wanted);
  IF command.amounts[1] + command.amounts[2] + command.amounts[3] + command.amounts[4] <> 0 THEN
    RAISE EXCEPTION 'a transfer does not sum to zero';
  END IF;
  PERFORM pg_advisory_xact_lock(1);  -- A fair queue; a row's own is slow with a thousand waiting.
  SELECT * INTO last FROM chain_end;
  moment := clock_timestamp();
  next_hash := extend_chain(last.hash, NULL,
                            row_bytes(last.seq + 1, 'bench', request,
                                      '01000000-0000-0000-0000-000000000000',
                                      '02000000-0000-0000-0000-000000000000', moment,
                                      command.accounts, command.amounts));
  INSERT INTO transfers VALUES (last.seq + 1, 'bench', request,
                                '01000000-0000-0000-0000-000000000000',
                                '02000000-0000-0000-0000-000000000000', moment, next_hash);
  INSERT INTO legs VALUES (last.seq + 1, 1, command.accounts[1], command.amounts[1]),
                          (last.seq + 1, 2, command.accounts[2], command.amounts[2]),
                          (last.seq + 1, 3, command.accounts[3], command.amounts[3]),
                          (last.seq + 1, 4, command.accounts[4], command.amounts[4]);
  UPDATE accounts SET balance = balance + change.amount
  FROM (SELECT account, sum(amount)::bigint AS amount
        FROM unnest(command.accounts, command.amounts) AS leg (account, amount)
        GROUP BY account) AS change
  WHERE accounts.id = change.account;
  UPDATE chain_end SET seq = last.seq + 1, hash = next_hash;
  RETURN last.seq + 1;
END
$$;

CREATE FUNCTION post_lean(wanted int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO lean SELECT 'post_entry-' || wanted, accounts, amounts, now() FROM legs_of(wanted)
$$;

-- The first row whose hash is not what its content and the row before give; none if all are right.
CREATE FUNCTION first_broken() RETURNS bigint LANGUAGE sql AS $$
  SELECT min(seq) FROM (
    SELECT seq, hash, chain('\x', row_bytes(seq, client_id, request_id, actor, approver, recorded_at,
                                            accounts, amounts))
                        OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS expected
    FROM transfers JOIN (SELECT transfer, array_agg(account ORDER BY line) AS accounts,
                                array_agg(amount ORDER BY line) AS amounts
                         FROM legs GROUP BY transfer) AS own ON own.transfer = seq) AS checked
  WHERE hash <> expected
$$;
