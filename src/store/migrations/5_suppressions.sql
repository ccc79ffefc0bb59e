-- Who is mailed nothing any more, and who has bounced. A reader is named by an HMAC of the address (`token::pseudonym`),
-- so that the address itself can be forgotten.
create table suppression (
    reader text primary key,
    reason text not null,
    since bigint not null
);

-- Half points, those of the last day included (`incoming::Score`).
create table bounces (
    reader text primary key,
    halves bigint not null,
    day text not null,
    of_the_day bigint not null
);
