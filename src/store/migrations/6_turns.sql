-- Who was tried less often comes first: readers whose mail always fails must not keep it from the others.
drop index delivery_by_state;
create index delivery_by_turn on delivery (state, edition, attempts);
