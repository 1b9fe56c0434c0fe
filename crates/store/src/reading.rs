//! What a transaction and a snapshot have in common: statements of a `sql.rs` that only look.

use crate::column::Column;
use crate::keyring::BookKeys;
use crate::stored::{Aggregate, cells_of, encoded};
use crate::whole::{Held, Whole};
use crate::{Fault, Row, Value, values};
use coffer_kernel::{BusinessId, SubjectId, TypedId};
use coffer_keys::{BusinessKeys, DataKey, Place, TokenHash};
use std::sync::Arc;

/// Looks things up inside one business.
pub trait Reading {
    /// Whose books these are: the first parameter of every statement.
    fn business(&self) -> BusinessId;
    /// Runs a statement and fetches its rows.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault>;
    /// Opens a sealed value of the row with this key, whatever its bytes are.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where it does not open in its place, [`Fault::Keys`] where its key is gone.
    fn open_bytes(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<Vec<u8>, Fault>;

    /// The installation's keys, and a note where what they found does not fit.
    #[doc(hidden)]
    fn vouching(&mut self) -> Result<Vouching<'_>, Fault>;

    /// What a token is looked up by, and what its row keeps of it: keyed with the installation's key, so that a row for
    /// a token of one's own cannot be made without it.
    ///
    /// # Errors
    /// [`Fault::Keys`] where the installation is not founded.
    fn token_index(&mut self, hash: &TokenHash) -> Result<[u8; 32], Fault> {
        Ok(self.vouching()?.keys.token_index(hash))
    }

    /// The keyed hash under which equal values of this column are found in the installation's books, whichever these are.
    ///
    /// # Errors
    /// As [`Reading::token_index`].
    fn index_of_the_house(&mut self, table: &str, column: &str, normalised: &str) -> Result<[u8; 16], Fault> {
        Ok(self.vouching()?.keys.blind_index(table, column, normalised.as_bytes()))
    }

    /// The voucher that a row which lets somebody in keeps over what it grants: a keyed code that nobody makes without the
    /// installation's key.
    ///
    /// # Errors
    /// As [`Reading::token_index`].
    fn voucher(&mut self, table: &'static str, grant: &[Value]) -> Result<Vec<u8>, Fault> {
        Ok(self.vouching()?.keys.voucher(table, &encoded(grant)).to_vec())
    }

    /// Whether a row that was found grants what it says. One that does not is to be answered as if it were not there; that
    /// it stands is recorded with whoever came upon it.
    ///
    /// # Errors
    /// As [`Reading::token_index`].
    fn vouched(&mut self, table: &'static str, grant: &[Value], voucher: Option<&[u8]>) -> Result<bool, Fault> {
        let vouching = self.vouching()?;
        let fits = vouching.keys.vouches(table, &encoded(grant), voucher.unwrap_or_default());
        *vouching.forged |= !fits;
        Ok(fits)
    }

    /// The keys of these books, and what became of the rows that were held against them.
    #[doc(hidden)]
    fn holding(&mut self) -> (&BusinessKeys, &mut Held);

    /// Reads one row with all that belongs to it, and holds it against the digest that was written with it: the way to
    /// everything that is shown, leaves or is built on. The statement finds one root or none, with the columns of its `select`.
    ///
    /// # Errors
    /// [`Fault::Altered`] where it is not what was written; where the engine refuses.
    fn whole(&mut self, of: &'static Aggregate, sql: &'static str, values: &[Value]) -> Result<Option<Whole>, Fault> {
        let mut before = None;
        loop {
            let Some(root) = self.one(sql, values)? else { return Ok(None) };
            let key = values![self.business().bytes(), root.get::<[u8; 16]>(1)?];
            let parts = of.parts.iter().map(|part| self.query(part.select, &key)).collect::<Result<Vec<_>, _>>()?;
            let cells: Vec<_> = parts.iter().map(|rows| cells_of(rows)).collect();
            // What is not locked may be written by somebody else between two statements: then it is another row by now.
            let may_be_another = !of.parts.is_empty() && before.as_ref() != Some(&root);
            let (keys, held) = self.holding();
            match held.fits(keys, of, &root, &cells)? {
                true => return Ok(Some(Whole { root, parts })),
                false if may_be_another => before = Some(root),
                false => return Err(held.differs(of, &root)?),
            }
        }
    }

    /// Holds a root, as its `select` reads it, and the cells of its parts against the digest that was written with them.
    ///
    /// # Errors
    /// [`Fault::Altered`].
    fn hold(&mut self, of: &'static Aggregate, root: &Row, parts: &[Vec<&[Value]>]) -> Result<(), Fault> {
        let (keys, held) = self.holding();
        if held.fits(keys, of, root, parts)? { Ok(()) } else { Err(held.differs(of, root)?) }
    }

    /// Whether a root, as its `select` reads it, is what was written with the cells of its parts. One that is not is noted, and
    /// a list leaves it out: of a page of others it would otherwise leave nothing.
    ///
    /// # Errors
    /// Where the row has no id.
    fn stands(&mut self, of: &'static Aggregate, root: &Row, parts: &[Vec<&[Value]>]) -> Result<bool, Fault> {
        let (keys, held) = self.holding();
        Ok(held.fits(keys, of, root, parts)? || self.amiss(of, root)?)
    }

    /// Notes of a root that it does not fit what it stands beside, for a list that leaves it out; answers that it does not stand.
    ///
    /// # Errors
    /// Where the row has no id.
    fn amiss(&mut self, of: &'static Aggregate, root: &Row) -> Result<bool, Fault> {
        self.holding().1.differs(of, root).map(|_| false)
    }

    /// Fills a page of a list: takes some rows behind a place, keeps of each what `each` makes of it, and goes on behind what it
    /// left out until there are as many as asked for, or no more. Some are as many as are missing.
    ///
    /// # Errors
    /// What the two refuse.
    fn fill<P: Copy, I, T>(
        &mut self,
        from: P,
        most: i64,
        some: impl Fn(&mut Self, P, i64) -> Result<Vec<I>, Fault>,
        each: impl Fn(&mut Self, I) -> Result<(P, Option<T>), Fault>,
    ) -> Result<Vec<T>, Fault>
    where
        Self: Sized,
    {
        let (mut from, mut kept) = (from, Vec::new());
        loop {
            let asked = most - i64::try_from(kept.len()).unwrap_or(most);
            let found = some(self, from, asked)?;
            let last = i64::try_from(found.len()) != Ok(asked);
            for row in found {
                let (place, row) = each(self, row)?;
                from = place;
                kept.extend(row);
                if i64::try_from(kept.len()) == Ok(most) {
                    return Ok(kept);
                }
            }
            if last {
                return Ok(kept);
            }
        }
    }

    /// Opens a sealed text of the row with this key.
    ///
    /// # Errors
    /// As [`Reading::open_bytes`]; [`Fault::Corrupt`] where it is no text.
    fn open(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<String, Fault> {
        let plain = self.open_bytes(column, row, subject, blob)?;
        let no_text = |_| Fault::Corrupt { table: column.table, column: column.name, row: crate::fault::hex(row) };
        String::from_utf8(plain).map_err(no_text)
    }

    /// Runs a statement that finds one row or none.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn one(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.query(sql, values)?.into_iter().next())
    }
}

/// What vouches for rows.
pub struct Vouching<'a> {
    pub(crate) keys: Arc<BusinessKeys>,
    /// Whether a row was found that nobody vouched for.
    pub(crate) forged: &'a mut bool,
}

/// The code under which it is recorded that a row was found which nobody vouched for.
pub(crate) const FORGED: &str = "row.forged";

/// Opens a sealed value with its key.
pub(crate) fn open_sealed(
    book: &BookKeys,
    key: &DataKey,
    column: &Column,
    row: &[u8],
    blob: &[u8],
) -> Result<Vec<u8>, Fault> {
    let place = Place { business: book.business.as_bytes(), table: column.table, column: column.name, row };
    let plain = key.open(&place, blob).map_err(|error| Fault::does_not_open(column.table, column.name, row, &error))?;
    Ok(plain.to_vec())
}
