//! Secrets and addresses: where they must not turn up, whatever is run and whatever goes wrong.

mod addresses;
mod canaries;
mod files;
mod logins;
