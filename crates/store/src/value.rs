//! Values as they stand in a row, on either engine.
//!
//! The shared subset: 64-bit integers (also for booleans, minor units and microseconds), text (also for dates and
//! decimals), bytes (also for ids). An id is bytes to SQLite and UUID to PostgreSQL; nobody above notices.

use crate::Fault;
use coffer_kernel::{Date, Timestamp, TypedId};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes, or an id.
    Bytes(Vec<u8>),
}

macro_rules! into_value {
    ($($from:ty => $with:expr;)*) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self { ($with)(value) }
        }
    )*};
}
into_value! {
    i64 => Value::Int;
    i32 => |value: i32| Value::Int(value.into());
    u32 => |value: u32| Value::Int(value.into());
    bool => |value: bool| Value::Int(value.into());
    &str => |value: &str| Value::Text(value.to_owned());
    String => Value::Text;
    Vec<u8> => Value::Bytes;
    &[u8] => |value: &[u8]| Value::Bytes(value.to_vec());
    [u8; 16] => |value: [u8; 16]| Value::Bytes(value.to_vec());
    [u8; 32] => |value: [u8; 32]| Value::Bytes(value.to_vec());
    Timestamp => |value: Timestamp| Value::Int(value.as_microsecond());
    Date => |value: Date| Value::Text(value.to_string());
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// An id, as a cell.
pub fn id<T: TypedId>(id: T) -> Value {
    Value::Bytes(id.bytes().to_vec())
}

/// A type that a cell can be read as. A cell of another kind is corruption, not a default.
pub trait FromValue: Sized {
    /// Reads the cell; [`None`] if it is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Int(value) = value { Some(*value) } else { None }
    }
}
impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(|value| value != 0)
    }
}
impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}
impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(value) = value { Some(value.clone()) } else { None }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Bytes(value) = value { Some(value.clone()) } else { None }
    }
}
impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Bytes(value) = value { value.as_slice().try_into().ok() } else { None }
    }
}
impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_microsecond(i64::from_value(value)?).ok()
    }
}
impl FromValue for Date {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(value) = value { value.parse().ok() } else { None }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        if *value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// One row of an answer, cells in the order the statement names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// The cell at this place, read as what the caller expects.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where the cell is of another kind than the schema allows.
    pub fn get<T: FromValue>(&self, place: usize) -> Result<T, Fault> {
        self.0.get(place).and_then(T::from_value).ok_or(Fault::Corrupt {
            table: "answer",
            column: std::any::type_name::<T>(),
            row: place.to_string(),
        })
    }

    /// The id at this place.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where the cell is not an id.
    pub fn id<T: TypedId>(&self, place: usize) -> Result<T, Fault> {
        self.get::<[u8; 16]>(place).map(T::from_bytes)
    }

    /// The id at this place, or nothing.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where the cell is neither.
    pub fn maybe_id<T: TypedId>(&self, place: usize) -> Result<Option<T>, Fault> {
        Ok(self.get::<Option<[u8; 16]>>(place)?.map(T::from_bytes))
    }

    /// So many cells from this place on; none where the row is shorter.
    #[must_use]
    pub fn span(&self, from: usize, count: usize) -> &[Value] {
        self.0.get(from..).and_then(|rest| rest.get(..count)).unwrap_or_default()
    }

    /// So many cells from this place on, as a row of their own: of what a statement joined.
    #[must_use]
    pub fn part(&self, from: usize, count: usize) -> Self {
        Self(self.span(from, count).to_vec())
    }

    /// All cells.
    #[must_use]
    pub fn cells(&self) -> &[Value] {
        &self.0
    }
}

/// Builds the parameters of a statement.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { ::std::vec![$($crate::Value::from($value)),*] };
}
