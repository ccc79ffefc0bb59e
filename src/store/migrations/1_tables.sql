-- Times are Unix seconds in UTC; bodies are JSON of the values in `model`.

create table feed (
    url text primary key,
    etag text,
    last_modified text,
    checked_at bigint not null,
    succeeded_at bigint,
    failures bigint not null default 0,
    failing_since bigint,
    reason text
);

create table entry (
    id text primary key,
    feed text not null,
    position bigint not null,
    first_seen bigint not null,
    last_seen bigint not null,
    dated bigint not null,
    used_in text,
    body text not null,
    text text not null
);
create index entry_by_date on entry (dated);

create table page (
    url text primary key,
    fetched_at bigint not null,
    body text not null
);

create table edition (
    date text primary key,
    composed_at bigint not null,
    body text not null
);

create table delivery (
    edition text not null,
    email text not null,
    reader text not null,
    state text not null,
    attempts bigint not null default 0,
    reason text,
    changed_at bigint not null,
    primary key (edition, email)
);
create index delivery_by_state on delivery (state, edition);

-- Signs what readers are given; made once, never leaves the store.
create table secret (
    id bigint primary key check (id = 1),
    bytes blob not null
);
insert into secret (id, bytes) values (1, randomblob(32));
