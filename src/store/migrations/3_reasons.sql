-- Why an edition is as it is, or why there was none that day (JSON of `model::Reasons`).
create table reasons (
    date text primary key,
    composed_at bigint not null,
    body text not null
);
