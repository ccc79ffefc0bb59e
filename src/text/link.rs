//! Addresses in, addresses out: resolved, without tracking parameters, `http(s)` only.
