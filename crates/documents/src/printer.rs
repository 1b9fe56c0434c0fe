//! The typesetter: archivable and accessible (PDF/A-3a, PDF/UA-1), and the same bytes each time.
//!
//! Its world is one template, one data file and one picture that was made here; everything else is refused, so a document cannot reach the disk, the
//! network, a package or the clock. It takes milliseconds and never waits; callers limit how many print at once.

use crate::paper::{Look, Paper};
use crate::sheet::Sheet;
use std::fmt;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// The version of the design and of the typesetter, kept with each rendition: a change that alters any byte has a new
/// one.
pub const RENDERER: i64 = 5;

/// What sets it, kept with each rendition.
pub const TYPESETTER: &str = "typst 0.15";

const TEMPLATE: &str = include_str!("../templates/invoice.typ");

const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/InstrumentSans-Regular.ttf"),
    include_bytes!("../fonts/InstrumentSans-SemiBold.ttf"),
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
];

/// Holds the typefaces and the template; made once and shared by threads.
pub struct Printer {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    main: FileId,
    data: FileId,
    logo: FileId,
    standards: PdfStandards,
}

/// A printed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why there is no printer: the build itself is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrinterFault;

impl fmt::Display for PrinterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The built-in template or typefaces cannot be read. Install Coffer again.")
    }
}

impl std::error::Error for PrinterFault {}

/// Why a document was not printed. Says nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintRefused {
    /// The typesetter gave up.
    Typesetting(String),
    /// The file cannot be made archivable.
    NotArchivable,
}

impl fmt::Display for PrintRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Typesetting(_) => "This document could not be set. It was noted; the invoice itself is not affected.",
            Self::NotArchivable => {
                "This document holds characters that no archivable file can carry. Remove unusual signs, then try again."
            }
        })
    }
}

impl std::error::Error for PrintRefused {}

impl Printer {
    /// Loads typefaces and template.
    ///
    /// # Errors
    /// Only if the build itself is broken.
    pub fn new() -> Result<Self, PrinterFault> {
        let fonts: Option<Vec<Font>> = FONTS.into_iter().map(|file| Font::new(Bytes::new(file), 0)).collect();
        let fonts = fonts.ok_or(PrinterFault)?;
        let main = named("/invoice.typ")?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(main, TEMPLATE.to_owned()),
            main,
            data: named("/data.json")?,
            logo: named("/logo.png")?,
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|_| PrinterFault)?,
        })
    }

    /// Prints one document.
    ///
    /// # Errors
    /// [`PrintRefused`].
    pub fn print(&self, paper: &Paper<'_>, look: Look<'_>) -> Result<Printed, PrintRefused> {
        let data = serde_json::to_vec(&Sheet::of(paper, look))
            .map_err(|error| PrintRefused::Typesetting(error.to_string()))?;
        let logo = look.logo.map(|logo| Bytes::new(logo.png.clone()));
        let printed = self.set(&Job { printer: self, data: Bytes::new(data), logo }, paper);
        // The typesetter keeps everything it ever computed, documents included, until it is told to forget.
        comemo::evict(0);
        printed
    }

    fn set(&self, job: &Job<'_>, paper: &Paper<'_>) -> Result<Printed, PrintRefused> {
        let document = typst::compile::<PagedDocument>(job).output.map_err(|errors| {
            PrintRefused::Typesetting(errors.first().map(|error| error.message.to_string()).unwrap_or_default())
        })?;
        let options = PdfOptions {
            ident: Smart::Custom(
                paper.issued().map_or_else(|| "draft".to_owned(), |issued| issued.frozen.nonce.clone()),
            ),
            creator: Smart::Custom(Some(format!("Coffer {RENDERER}"))),
            timestamp: timestamp(paper),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|_| PrintRefused::NotArchivable)?;
        Ok(Printed { pdf, pages: document.pages().len() })
    }
}

/// Midnight of the day of issue: the paper's date, not the printer's.
fn timestamp(paper: &Paper<'_>) -> Option<Timestamp> {
    let day = paper.issued().map_or(paper.due_on(), |issued| issued.issued_on);
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(i32::from(day.year()), month, of_month, 0, 0, 0).map(Timestamp::new_utc)
}

fn named(path: &str) -> Result<FileId, PrinterFault> {
    let path = VirtualPath::new(path).map_err(|_| PrinterFault)?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// One document being printed.
struct Job<'a> {
    printer: &'a Printer,
    data: Bytes,
    logo: Option<Bytes>,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.printer.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.printer.book
    }
    fn main(&self) -> FileId {
        self.printer.main
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.printer.main { Ok(self.printer.template.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match &self.logo {
            _ if id == self.printer.data => Ok(self.data.clone()),
            Some(logo) if id == self.printer.logo => Ok(logo.clone()),
            Some(_) | None => Err(FileError::AccessDenied),
        }
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.printer.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests;
