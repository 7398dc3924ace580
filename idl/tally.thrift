/**
 * The binary interface of Tallystick, for systems that submit many commands: trading platforms,
 * bridges and back offices. It says the same as the JSON interface, with the same names.
 *
 * Transport: framed, at most 4 MiB a frame and one call a frame; binary protocol, strict; on the
 * loopback interface only. A connection that breaks one of these rules is closed without an answer.
 * A connection that sends nothing for five minutes is closed.
 *
 * Amounts, rates and prices are decimal strings ("100.00"), never floating point. Times are
 * RFC 3339 in UTC ("2026-01-05T09:30:00Z"). In this interface an empty string is the same as none.
 */
namespace cpp tally.rpc
namespace py tally.rpc

/**
 * Why a call or a command was refused. A refused command has changed nothing, and its request id
 * may be used again.
 */
exception Problem {
  /**
   * What kind of error it is: InvalidInput, NotFound, Conflict, Overflow, Corrupt or Unavailable.
   * Only what is Unavailable is worth trying again as it stands, with the same request id.
   */
  1: string code
  /** The stable name of the reason, for programs: "missing_field", "request_id_reused". */
  2: string reason
  /** The field, account or sequence that is wrong; empty if there is no place. */
  3: string at
  /** One sentence for people: what is wrong and what to do. */
  4: string detail
  /** The status that the HTTP interface gives to the same error: 400, 401, 404, 409, 413, ... */
  5: i32 status
}

/** One command, with the words that docs/commands.md lists. */
struct Command {
  /** The type of the command: "deposit". */
  1: string command
  /**
   * The caller's own id of this command, 1 to 128 letters, digits, '.', '_', '-' or ':'. It makes a
   * retry safe: the same id with the same content is recorded once, however often it is sent.
   */
  2: string request_id
  /** When it takes effect; if absent, when it is recorded. It cannot lie in the future. */
  3: optional string effective_at
  /** The second person, for commands that need one: an id, or a reference such as "@chief". */
  4: optional string approver
  /**
   * The command's other fields as the text of one JSON object, at most 1 MiB:
   * {"client": "@anna", "bank": "@trust-bank", "amount": "100.00", "currency": "EUR"}.
   * The fields that stand beside it here may not stand in it as well. What people signed of the
   * command stands in it as the member "signed".
   */
  5: string fields_json
  /** Who gives the command; only if the token does not say it already. */
  6: optional string actor
  /** The time at which a simulated book records it; every other book refuses it. */
  7: optional string at
  /** Only say what would be recorded; nothing is, and the request id stays free. */
  8: optional bool dry_run
}

/** Proof that a command was recorded. It is given once its records are durable, never before. */
struct Receipt {
  /** The sequence of the first record, counted from 0: the command itself. */
  1: i64 seq
  /** The number of records, the command included; they follow each other. */
  2: i64 count
  /** When they were recorded. */
  3: string recorded_at
  /** The Merkle leaf hash of each record: SHA-256 as 64 lower-case hexadecimal digits. */
  4: list<string> leaf_hashes
  /** True if this request id had been recorded before: this is the receipt of that time. */
  5: bool hit
}

/** What became of one command: exactly one of these is there. */
struct SubmitResult {
  1: optional Receipt receipt
  2: optional Problem problem
  /**
   * Of a dry run, the text of a JSON object: when it would be recorded, and the records that would
   * follow, at most 1000 of them.
   */
  3: optional string preview_json
}

/** One record of the book. */
struct Record {
  /** Its sequence, counted from 0. */
  1: i64 seq
  /** The stored bytes, which the leaf hash is taken of; docs/formats/record.md describes them. */
  2: binary leaf
  /** The same record as the text of a JSON object, for reading. */
  3: string record_json
}

/** The moment for which an answer is true. */
struct AsOf {
  /** The last record that was looked at. */
  1: i64 seq
  /** When it was recorded. */
  2: string recorded_at
  /** If it was asked for: only entries effective at or before this time were counted. */
  3: optional string effective_at
}

/** What stands on an account in one commodity. */
struct Balance {
  1: string account
  /** The amount as a decimal string with all its digits; debit is positive. */
  2: string amount
  /** The ISO 4217 code of a currency, or the book's name of another commodity. */
  3: string commodity
}

/** The balances that are not zero, and the moment for which they are true. */
struct Balances {
  1: AsOf as_of
  2: list<Balance> balances
}

/** One account in one commodity; or, with an empty account, a ring's sum in one. */
struct TrialBalanceLine {
  1: string account
  /** cm (client money), house or memo. */
  2: string ring
  3: string commodity
  /** Decimal strings with all their digits; one of the two is zero, but for sums. */
  4: string debit
  5: string credit
}

/** Every account that is not zero, and the sums, whose two sides are equal. */
struct TrialBalance {
  1: AsOf as_of
  /** By account, then commodity; at most 20,000. */
  2: list<TrialBalanceLine> accounts
  /** By ring, then commodity. */
  3: list<TrialBalanceLine> totals
}

/**
 * Which history is asked for: that of at most one of account, subject and kind; of none of them, all
 * records. docs/commands.md ("tally history") says what each narrows.
 */
struct HistoryQuery {
  /** Exactly this account, line by line. References such as "@anna" may stand in it. */
  1: string account
  /** Of the account; empty: all that it ever held. */
  2: string commodity
  /** The id or reference of an investor, a manager or a structure. */
  3: string subject
  /** A kind of record, by its name ("cash_moved") or number. */
  4: string kind
  /** Recorded at or after the first time, and before the second. */
  5: string recorded_from
  6: string recorded_to
  /** Effective at or after the first time, and before the second. */
  7: string effective_from
  8: string effective_to
  /** As the book knew it: a sequence, or a time of recording. */
  9: string as_of
  /** Of an account: lines in order of their effect, up to this time. */
  10: string effective_at
  /** "ascending", which is the default, or "descending". */
  11: string order
  /** Lines of a page, 1 to 1000; 0 is 100. */
  12: i32 limit
  /** The cursor of the page before, with the same query; it may be asked for at any later time. */
  13: string cursor
}

/** A record's effect on the account of the history, in one commodity. */
struct HistoryLine {
  1: i64 seq
  2: string recorded_at
  3: string effective_at
  4: i64 kind
  /** The kind in words; empty if this program does not know it. */
  5: string name
  6: string commodity
  /** Decimal strings with all their digits; debit is positive. */
  7: string change
  /** What stood on the account after it: as recorded, or as effective if that is the order. */
  8: string balance
}

/** A page of a history, and the moment for which it is true. */
struct HistoryPage {
  1: AsOf as_of
  /** Of an account. */
  2: list<HistoryLine> lines
  /** Of everything else: each record as the text of a JSON object, as Record has it. */
  3: list<string> records_json
  /** Gives the page that follows; empty at the end. A page may be shorter than its limit. */
  4: string cursor
}

/** What the book has vouched for. */
struct Checkpoint {
  /** The signed note (C2SP tlog-checkpoint), to be kept as it is. */
  1: string note
  /** The number of records it covers. */
  2: i64 size
  /** The root of the Merkle tree over them, in base64. */
  3: string root
}

/**
 * Each call carries the book's token (DIR/private/token) and the book's short name, the last part
 * of its origin. Each can be refused with InvalidInput/unauthorized (status 401) or
 * NotFound/unknown_book.
 */
service TallyService {
  /**
   * Records the commands in their order and gives one result for each, in the same order. A command
   * that is refused does not keep those after it from being recorded.
   *
   * At most 10,000 commands a call. If no answer arrives, send the same commands with the same
   * request ids again.
   *
   * Errors of the call: Unavailable/io if new references cannot be stored; then nothing is recorded.
   * Errors of a command: those of docs/commands.md; InvalidInput/too_large if fields_json has over
   * 1 MiB; Unavailable/queue_full if the book has too many commands waiting.
   */
  list<SubmitResult> submit(1: string token, 2: string book, 3: list<Command> commands)
    throws (1: Problem problem)

  /** One record. Errors: NotFound/unknown_record. */
  Record get_record(1: string token, 2: string book, 3: i64 seq)
    throws (1: Problem problem)

  /**
   * What stands on this account and those below it; on all, if `account` is empty. References such as
   * "@anna" may stand in it.
   *
   * `as_of` is a sequence or a time, as recorded; empty: now. `effective_at` is a time: only entries
   * effective at or before it count; empty: all.
   *
   * Errors: InvalidInput/time, InvalidInput/number and InvalidInput/reference at the field;
   * NotFound/unknown_record, NotFound/unknown_reference; NotFound/unknown_account if no account was
   * ever opened there; NotFound/no_data_yet at as_of or effective_at before the first record of the
   * book or of the account: that is not a balance of zero.
   */
  Balances get_balances(1: string token, 2: string book, 3: string account, 4: string as_of,
                        5: string effective_at)
    throws (1: Problem problem)

  /**
   * Debits and credits of all accounts, as of a moment on both axes: see get_balances.
   *
   * Errors: InvalidInput/time, InvalidInput/number; NotFound/unknown_record, NotFound/no_data_yet;
   * InvalidInput/too_large beyond 20,000 lines, which the HTTP interface answers;
   * Corrupt/trial_balance if the two sides are not equal.
   */
  TrialBalance get_trial_balance(1: string token, 2: string book, 3: string as_of,
                                 4: string effective_at)
    throws (1: Problem problem)

  /**
   * One page of a history.
   *
   * Errors: InvalidInput at the field that is wrong; InvalidInput/cursor if the cursor is another
   * history's; NotFound/unknown_account, NotFound/unknown_subject, NotFound/unknown_reference,
   * NotFound/unknown_record; NotFound/no_data_yet at as_of or effective_at.
   */
  HistoryPage get_history(1: string token, 2: string book, 3: HistoryQuery query)
    throws (1: Problem problem)

  /** The last checkpoint that was signed. */
  Checkpoint get_checkpoint(1: string token, 2: string book)
    throws (1: Problem problem)
}
