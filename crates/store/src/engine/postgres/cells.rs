//! Values to and from PostgreSQL's binary formats. The schema uses five types; any other is a mistake.

use crate::Value;
use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

/// A value on its way in.
#[derive(Debug)]
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => return Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => out.extend_from_slice(&value.to_be_bytes()),
            (Value::Int(value), &Type::BOOL) => out.extend_from_slice(&[u8::from(*value != 0)]),
            (Value::Text(value), &Type::TEXT) => out.extend_from_slice(value.as_bytes()),
            (Value::Bytes(value), &Type::BYTEA) => out.extend_from_slice(value),
            (Value::Bytes(value), &Type::UUID) if value.len() == 16 => out.extend_from_slice(value),
            (_, ty) => return Err(format!("a value of another kind was bound to {ty}").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

/// A value on its way out.
pub(super) struct Cell(pub(super) Value);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT8 => Value::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Value::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Value::Int((raw != [0]).into()),
            Type::TEXT | Type::VARCHAR => Value::Text(std::str::from_utf8(raw)?.to_owned()),
            Type::BYTEA | Type::UUID => Value::Bytes(raw.to_vec()),
            ref other => return Err(format!("a column of type {other} came out of the database").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
