//! What values look like from outside, as JSON Schema 2020-12.
//!
//! What is defined inside of [`described!`] takes its schema from its own fields, their doc comments and what serde is
//! told about them. What other rooms define is written down in [`super::domain`], where a test holds it against what
//! is really read.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Something with a schema.
pub(crate) trait Shape {
    /// Its name among the components; what has none is written out in place.
    const NAME: Option<&'static str> = None;
    /// Whether it may be left out of what is sent.
    const OPTIONAL: bool = false;
    /// The schema.
    fn schema(shapes: &mut Shapes) -> Value;
}

/// The schemas with names, collected while they are used.
#[derive(Default)]
pub(crate) struct Shapes(pub(crate) BTreeMap<&'static str, Value>);

impl Shapes {
    /// The schema of a type, or a reference to it where it has a name.
    pub(crate) fn of<T: Shape>(&mut self) -> Value {
        let Some(name) = T::NAME else { return T::schema(self) };
        if !self.0.contains_key(name) {
            self.0.insert(name, Value::Null);
            let schema = T::schema(self);
            self.0.insert(name, schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }
}

impl Shape for String {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for &str {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for bool {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Shape for i64 {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "format": "int64" })
    }
}

impl Shape for u16 {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX })
    }
}

impl Shape for u64 {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "object", "additionalProperties": shapes.of::<T>() })
    }
}

impl<T: Shape> Shape for &T {
    const NAME: Option<&'static str> = T::NAME;
    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": shapes.of::<T>() })
    }
}

impl<T: Shape> Shape for Option<T> {
    const OPTIONAL: bool = true;
    fn schema(shapes: &mut Shapes) -> Value {
        nullable(shapes.of::<T>())
    }
}

/// The same, or null.
pub(crate) fn nullable(schema: Value) -> Value {
    let kind = schema.get("type").filter(|kind| kind.is_string() && schema.get("enum").is_none()).cloned();
    match kind {
        Some(kind) => with(schema, "type", json!([kind, "null"])),
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// An object with one more field, or another value in it.
pub(crate) fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.insert(name.to_owned(), value);
    }
    object
}

/// An object being described: which fields it has, and which of them are always there.
#[derive(Default)]
pub(crate) struct Object {
    properties: Map<String, Value>,
    required: Vec<String>,
}

impl Object {
    /// Adds a field. A reference keeps its sentence beside it, as JSON Schema 2020-12 allows.
    pub(crate) fn field(mut self, name: &str, about: &str, required: bool, mut schema: Value) -> Self {
        if let Value::Object(fields) = &mut schema {
            fields.entry("description").or_insert_with(|| about.trim().into());
        }
        self.properties.insert(name.to_owned(), schema);
        if required {
            self.required.push(name.to_owned());
        }
        self
    }

    /// Adds the fields of another one, written flat; those of one that may be missing may be missing.
    pub(crate) fn flat(mut self, other: &Value, always: bool) -> Self {
        if let Some(Value::Object(fields)) = other.get("properties") {
            self.properties.extend(fields.clone());
        }
        let required = other.get("required").and_then(Value::as_array).into_iter().flatten();
        if always {
            self.required.extend(required.filter_map(Value::as_str).map(str::to_owned));
        }
        self
    }

    /// The schema; `closed` where a field nobody knows is refused.
    pub(crate) fn done(self, about: &str, closed: bool) -> Value {
        let mut schema = json!({ "type": "object", "description": about.trim(), "properties": self.properties });
        if let Value::Object(fields) = &mut schema {
            if !self.required.is_empty() {
                fields.insert("required".to_owned(), self.required.into());
            }
            if closed {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
        }
        schema
    }
}

/// What serde is told about a field, as far as it shows outside.
pub(crate) fn says(serde: &[&str], word: &str) -> bool {
    serde.iter().any(|text| text.contains(word))
}

/// Defines structs and describes them: the doc comments are the descriptions, an [`Option`] or a default may be left
/// out of what is sent, everything is there in what is answered. `= schema` after a type says more than the type does.
macro_rules! described {
    ($(
        $(#[doc = $about:literal])+
        #[derive($($derive:ident),+)]
        $(#[serde($($outer:tt)*)])?
        $vis:vis struct $name:ident $(<$life:lifetime>)? {
            $(
                $(#[doc = $doc:literal])+
                $(#[serde($($inner:tt)*)])?
                $field_vis:vis $field:ident : $type:ty $(= $schema:expr)?,
            )*
        }
    )*) => {$(
        $(#[doc = $about])+
        #[derive($($derive),+)]
        $(#[serde($($outer)*)])?
        $vis struct $name $(<$life>)? {
            $(
                $(#[doc = $doc])+
                $(#[serde($($inner)*)])?
                $field_vis $field: $type,
            )*
        }

        impl $(<$life>)? $crate::api::shape::Shape for $name $(<$life>)? {
            const NAME: Option<&'static str> = Some(stringify!($name));
            fn schema(shapes: &mut $crate::api::shape::Shapes) -> serde_json::Value {
                use $crate::api::shape::{Object, Shape, says};
                let sent = [$(stringify!($derive)),+].contains(&"Deserialize");
                let mut object = Object::default();
                $({
                    let serde: &[&str] = &[$(stringify!($($inner)*))?];
                    let optional = <$type as Shape>::OPTIONAL;
                    object = if says(serde, "flatten") {
                        let inner = <$type as Shape>::schema(shapes);
                        let inner = inner.get("anyOf").and_then(|any| any.get(0)).cloned().unwrap_or(inner);
                        let inner = $crate::api::shape::resolved(shapes, inner);
                        object.flat(&inner, !optional)
                    } else {
                        let may_miss = says(serde, "default") || says(serde, "skip") || (sent && optional);
                        #[allow(unused_mut, unused_assignments)]
                        let mut schema = None;
                        $(schema = Some($schema);)?
                        let schema = schema.unwrap_or_else(|| shapes.of::<$type>());
                        object.field(stringify!($field), concat!($($doc),+), !may_miss, schema)
                    };
                })*
                let closed = says(&[$(stringify!($($outer)*))?], "deny_unknown_fields");
                object.done(concat!($($about),+), closed)
            }
        }
    )*};
}
pub(crate) use described;

/// What a reference refers to.
pub(crate) fn resolved(shapes: &Shapes, schema: Value) -> Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| shapes.0.get(name)).cloned().unwrap_or(schema)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use serde::Serialize;

    described! {
        /// What one reads.
        #[derive(Serialize)]
        struct Answer<'a> {
            /// Always there.
            name: &'a str,
            /// There, or null.
            note: Option<String>,
            /// There, or left out.
            #[serde(skip_serializing_if = "Option::is_none")]
            left_out: Option<bool>,
        }
    }

    #[test]
    fn a_struct_is_described_by_its_fields() {
        let mut shapes = Shapes::default();
        assert_eq!(shapes.of::<Answer<'static>>(), json!({ "$ref": "#/components/schemas/Answer" }));
        let schema = shapes.0.get("Answer").cloned().unwrap_or_default();
        assert_eq!(schema["required"], json!(["name", "note"]));
        assert_eq!(schema["properties"]["note"]["type"], json!(["string", "null"]));
        assert_eq!(schema["properties"]["name"]["description"], "Always there.");
    }
}
