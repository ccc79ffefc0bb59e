//! A place in a document in, the address and the language in force there out.

use std::rc::Rc;

use url::Url;

use super::{Frame, Walker};
use crate::{
    parse::{site, xml::attributes::Attributes},
    text::link,
};

impl Walker {
    pub(super) fn base(&self) -> Option<&Rc<Url>> {
        self.frames.last().map_or(self.base.as_ref(), |frame| frame.base.as_ref())
    }

    /// What the feed says of its site's address, so surely: where no `xml:base` is in force, relative addresses are the site's.
    pub(super) fn of_site(&mut self, surely: u8, said: &str) {
        let Some(site) = site::elsewhere(said, self.base.as_deref()).filter(|_| surely > self.site) else {
            return;
        };
        self.site = surely;
        let before = self.base.replace(Rc::new(site));
        let is_before = |frame: &Frame| match (&frame.base, &before) {
            (Some(base), Some(before)) => Rc::ptr_eq(base, before),
            (base, before) => base.is_none() && before.is_none(),
        };
        for frame in self.frames.iter_mut().filter(|frame| is_before(frame)) {
            frame.base.clone_from(&self.base);
        }
    }

    pub(super) fn base_with(&self, attributes: &Attributes) -> Option<Rc<Url>> {
        let base = self.base();
        let own = Some(attributes.get("xml:base")).filter(|b| !b.is_empty() && link::is_short(b));
        let own = own.and_then(|own| Url::options().base_url(base.map(Rc::as_ref)).parse(own).ok());
        own.filter(|own| link::is_short(own.as_str())).map(Rc::new).or_else(|| base.cloned())
    }

    pub(super) fn lang(&self) -> Option<Rc<str>> {
        self.frames.last().and_then(|frame| frame.lang.clone())
    }
}
