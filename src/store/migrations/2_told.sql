-- Articles whose story an edition told, as they were then (JSON of `model::Article`).
create table told (
    entry text not null,
    edition text not null,
    body text not null,
    primary key (entry, edition)
);
create index told_by_edition on told (edition);
