-- Not asked before this, unless somebody is in a hurry; and not before that, whoever is.
alter table feed add column due bigint;
alter table feed add column held_until bigint;
-- When its server first said that it is gone for good (410).
alter table feed add column gone_since bigint;
-- Where it says it has moved for good, on how many days it said so, and when that was last counted.
alter table feed add column moved_to text;
alter table feed add column moved_days bigint not null default 0;
alter table feed add column moved_seen bigint;
-- The address that gave the validators; null: the feed's own.
alter table feed add column given_by text;
-- When it wants to be asked again by its own word (JSON of `model::Pace`).
alter table feed add column pace text;

create index entry_by_feed on entry (feed, last_seen);

-- What sites say in their robots.txt; the body is null for one that could not be read.
create table robots (
    site text primary key,
    fetched_at bigint not null,
    body text,
    failing_since bigint
);
