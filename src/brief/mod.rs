//! The articles of one story in, its brief out: headline, lead and key quotations, word for word.
