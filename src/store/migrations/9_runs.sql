-- The runs: one without an end is under way, or was broken off. `status` is the exit status, `body` its figures (JSON of
-- `flow::Report`, without what is said of single feeds).
create table run (
    id integer primary key,
    pid bigint not null,
    started bigint not null,
    ended bigint,
    status bigint,
    error text,
    body text not null default '{}'
);
