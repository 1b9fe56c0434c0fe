//! Every text that an invoice says, with where it stands.

use super::Content;
use crate::text::{LONG, SHORT, Unfit, check_kept};
use std::fmt::Display;

impl Content {
    /// Whether every text may be kept.
    ///
    /// # Errors
    /// [`Unfit`], with the field.
    pub fn check_texts(&self) -> Result<(), Unfit> {
        self.each_text(&mut |pointer, text, most| check_kept(pointer, text, most))
    }

    /// Looks at every text: where it stands, what it says, how long it may be.
    ///
    /// # Errors
    /// What the visitor says first.
    pub(crate) fn each_text<E>(
        &self,
        visit: &mut impl FnMut(&dyn Display, &str, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        let of_document = [
            ("buyer_reference", &self.buyer_reference, SHORT),
            ("order_number", &self.order_number, SHORT),
            ("contract_number", &self.contract_number, SHORT),
            ("project_number", &self.project_number, SHORT),
            ("terms", &self.terms, LONG),
            ("note", &self.note, LONG),
            ("exemption_reason", &self.exemption_reason, SHORT),
        ];
        for (field, text, most) in of_document {
            visit(&format_args!("/{field}"), text.as_deref().unwrap_or_default(), most)?;
        }
        for (category, reason) in self.exemption_reasons.each() {
            visit(&format_args!("/exemption_reasons/{}", category.code()), reason, SHORT)?;
        }
        self.each_text_of_delivery(visit)?;
        for (place, line) in self.lines.iter().enumerate() {
            visit(&format_args!("/lines/{place}/name"), &line.name, SHORT)?;
            visit(&format_args!("/lines/{place}/unit"), &line.unit, SHORT)?;
            let description = line.description.as_deref().unwrap_or_default();
            visit(&format_args!("/lines/{place}/description"), description, LONG)?;
            for (number, part) in line.adjustments.iter().enumerate() {
                visit(&format_args!("/lines/{place}/adjustments/{number}/reason"), &part.reason, SHORT)?;
            }
        }
        let mut adjustments = self.adjustments.iter().enumerate();
        adjustments
            .try_for_each(|(place, part)| visit(&format_args!("/adjustments/{place}/reason"), &part.reason, SHORT))
    }

    fn each_text_of_delivery<E>(
        &self,
        visit: &mut impl FnMut(&dyn Display, &str, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(to) = &self.deliver_to else { return Ok(()) };
        let texts = [
            ("name", &to.name),
            ("street", &to.street),
            ("address_line", &to.address_line),
            ("post_code", &to.post_code),
            ("city", &to.city),
            ("country", &to.country),
        ];
        let mut texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)));
        texts.try_for_each(|(field, text)| visit(&format_args!("/deliver_to/{field}"), text, SHORT))
    }
}
