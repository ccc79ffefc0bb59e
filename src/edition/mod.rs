//! Stories and briefs in, an edition out: ranked, capped, in sections, every word checked against its source.
