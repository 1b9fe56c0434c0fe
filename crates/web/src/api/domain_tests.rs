//! What is described is what is read: serde itself says which fields a struct takes.

#![allow(clippy::indexing_slicing, reason = "tests")]

use super::*;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;
use std::collections::BTreeSet;

/// Reads nothing, and remembers which fields were asked for.
struct Asking<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Asking<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Error::custom("only structs are asked"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = Some(fields);
        Err(Error::custom("asked"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn holds<T: Shape + DeserializeOwned>() {
    let mut read = None;
    drop(T::deserialize(Asking(&mut read)));
    let read: BTreeSet<String> = read.into_iter().flatten().map(|name| (*name).to_owned()).collect();
    let schema = T::schema(&mut Shapes::default());
    let described = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    assert_eq!(read, described, "{}: describe it in crates/web/src/api/domain.rs", T::NAME.unwrap_or_default());
}

#[test]
fn what_is_read_is_described_field_by_field() {
    holds::<Party>();
    holds::<Account>();
    holds::<Numbering>();
    holds::<LineAdjustment>();
    holds::<DocumentAdjustment>();
    holds::<InvoiceLine>();
    holds::<Content>();
    holds::<ExemptionReasons>();
    holds::<Period>();
    holds::<DeliverTo>();
    holds::<NewItem>();
    holds::<Particulars>();
    holds::<MailParticulars>();
}
