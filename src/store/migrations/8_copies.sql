-- When it was sealed, and how its deliveries had ended (JSON) when they were forgotten.
alter table edition add column sealed_at bigint;
alter table edition add column outcome text;

-- Copies of an edition that were asked for by hand, for readers who had been sent it.
create table copy (
    edition text not null,
    email text not null,
    asked_at bigint not null,
    state text not null,
    attempts bigint not null default 0,
    reason text,
    changed_at bigint not null,
    primary key (edition, email, asked_at)
);
