//! The seams, where strangers' words and other users of the machine meet what the program does for its operator: servers,
//! name servers, neighbours and readers who mean harm, against all commands. The table in SECURITY.md names these tests.

mod machine;
mod table;
