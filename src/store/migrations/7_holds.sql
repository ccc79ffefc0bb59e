-- Hosts that asked to be left alone: until when, and since when that is known.
create table hold (
    host text primary key,
    since bigint not null,
    until bigint not null
);
