//! The black squares of a QR code, as few rectangles.

use qrcode::{Color, EcLevel, QrCode};

/// Banks read up to version 13, which is 69 modules wide.
const MAX_SIDE: usize = 69;

/// A square of dark and light modules, without its quiet zone of four.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// The code of any text, for other pictures than payments.
    #[must_use]
    pub fn of(payload: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M).ok()?;
        let side = code.width();
        let dark = code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        (side <= MAX_SIDE).then_some(Self { side, dark })
    }

    /// How many modules it is wide and high.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether the module is dark; those outside are not.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side && self.dark.get(row * self.side + column).copied().unwrap_or(false)
    }

    /// The dark modules as the `d` of an SVG path, one unit a module.
    #[must_use]
    pub fn path(&self) -> String {
        self.runs().iter().map(|[column, row, length]| format!("M{column} {row}h{length}v1h-{length}z")).collect()
    }

    /// The dark modules as rows of `[column, row, length]`.
    #[must_use]
    pub fn runs(&self) -> Vec<[usize; 3]> {
        let mut runs = Vec::new();
        for row in 0..self.side {
            let mut column = 0;
            while column < self.side {
                let length = (column..self.side).take_while(|at| self.is_dark(*at, row)).count();
                if length > 0 {
                    runs.push([column, row, length]);
                }
                column += length.max(1);
            }
        }
        runs
    }
}
