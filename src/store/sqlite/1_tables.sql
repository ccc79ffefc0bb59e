-- Moments are Unix seconds in UTC, dates are written as 2026-11-22, bodies are JSON of the values in `model`.

create table feed (
    url text primary key,
    checked_at bigint not null,
    succeeded_at bigint,
    failures bigint not null default 0,
    failing_since bigint,
    -- Why the last attempt failed.
    reason text,
    -- The validators, and the address that gave them; null: the feed's own.
    etag text,
    last_modified text,
    given_by text,
    -- Stands for the document that was read last, if nothing of it was lost: the same one is not read again.
    document text,
    -- Not asked before this, unless asked to ignore the schedule; and not before that in any case.
    due bigint,
    held_until bigint,
    -- When its server first said that it is gone for good (410).
    gone_since bigint,
    -- Where it says it has moved for good, on how many days it said so, and when that was last counted.
    moved_to text,
    moved_days bigint not null default 0,
    moved_seen bigint,
    -- When it wants to be asked again by its own word (JSON of `model::Pace`).
    pace text,
    -- What became of the entries of its last document (JSON of `model::Found`).
    found text
);

-- When feeds were pulled and at least one was in order: by `pull`, `run` or `preview`.
create table pull (
    at bigint primary key
);

-- Hosts that asked to be left alone: until when, since when that is known, and whether only by those whom others sent.
create table closed_host (
    origin text not null,
    to_those_sent boolean not null,
    since bigint not null,
    until bigint not null,
    primary key (origin, to_those_sent)
);

-- What sites say in their robots.txt; the body is null for one that could not be read.
create table robots (
    site text primary key,
    fetched_at bigint not null,
    body text,
    failing_since bigint
);

create table entry (
    id text primary key,
    feed text not null,
    position bigint not null,
    first_seen bigint not null,
    last_seen bigint not null,
    -- As its outlet says; `dated` is what counts, never later than it was first seen.
    published bigint,
    dated bigint not null,
    -- The edition that told its story first.
    used_in text,
    -- Of body and text: what is the same as before is not written again.
    hash blob not null,
    -- Stands for what the document says of it: while that is the same, it is not read again. Null: it is.
    fingerprint blob,
    body text not null,
    text text not null
);
create index entry_by_date on entry (dated, feed);
create index entry_by_feed on entry (feed, last_seen);

-- What was read of article pages (JSON of `flow`).
create table page (
    url text primary key,
    fetched_at bigint not null,
    body text not null
);

create table edition (
    date text primary key,
    composed_at bigint not null,
    sealed_at bigint not null,
    -- How many it printed.
    stories bigint not null,
    -- How its deliveries had ended when they were forgotten (JSON of `store::Totals`).
    totals text
);

-- What stands in an edition (JSON of `model::Edition`), until it is forgotten.
create table edition_body (
    edition text primary key,
    body text not null
);

-- Why an edition is as it is, or why there was none that day (JSON of `model::Reasons`).
create table reasons (
    date text primary key,
    composed_at bigint not null,
    stories bigint not null,
    body text not null
);

-- Articles whose story an edition told, as they were then (JSON of `model::Article`).
create table told (
    entry text not null,
    edition text not null,
    body text not null,
    primary key (entry, edition)
);
create index told_by_edition on told (edition);

-- `turn` is the place among the readers when the edition was sealed, `reader` the address in lower case, `body` the reader
-- as configured then (JSON of `model::Reader`). How the last attempt ended is in `outcome`, with the server's codes and words, or
-- ours (`model::Outcome`).
create table delivery (
    edition text not null,
    turn bigint not null,
    reader text not null,
    body text not null,
    state text not null,
    attempts bigint not null default 0,
    outcome text,
    code bigint,
    enhanced text,
    words text,
    changed_at bigint not null,
    primary key (edition, turn),
    unique (edition, reader)
) without rowid;
-- Who was tried less often comes first: readers whose mail always fails must not keep it from the others.
create index delivery_by_attempts on delivery (edition, state, attempts, turn);

-- Copies of an edition that were asked for by hand, for readers who had been sent it.
create table copy (
    edition text not null,
    reader text not null,
    asked_at bigint not null,
    body text not null,
    state text not null,
    attempts bigint not null default 0,
    outcome text,
    code bigint,
    enhanced text,
    words text,
    changed_at bigint not null,
    primary key (edition, reader, asked_at)
);

-- Who is mailed nothing any more, and who has bounced. A reader is named by an HMAC of the address (`token::pseudonym`),
-- so that the address itself, kept for whoever takes the list elsewhere, can be forgotten.
create table suppression (
    pseudonym text primary key,
    cause text not null,
    since bigint not null,
    email text
);

-- Who asks to leave by a mail that proves nothing, by address in lower case, until the operator has decided.
create table wish (
    email text primary key,
    is_readers boolean not null,
    since bigint not null,
    words text not null
);

-- Half points, those of the last day included (`incoming::Score`).
create table bounces (
    pseudonym text primary key,
    halves bigint not null,
    day text not null,
    of_the_day bigint not null
);

-- The runs: one without an end is under way, or was broken off. `status` is the exit status, `body` its figures (JSON of
-- `flow::Figures`), empty when it pulled no feeds.
create table run (
    id integer primary key,
    pid bigint not null,
    started bigint not null,
    ended bigint,
    status bigint,
    error text,
    body text not null default '{}'
);

-- Who the newsletter is to its readers (`model::Identity`): the secret is made here, once, and never leaves the store; the
-- List-Id is that of the first mail. The owner is the configuration that last used the state (JSON of `model::Owner`).
create table identity (
    id bigint primary key check (id = 1),
    secret blob not null,
    list_id text,
    owner text
);
insert into identity (id, secret) values (1, randomblob(32));
