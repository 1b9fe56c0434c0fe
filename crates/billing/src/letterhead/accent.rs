//! The colour of a business: where its own stands on paper, it can be read there.

use std::fmt;
use std::str::FromStr;

/// A colour, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// This is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoColour;

/// What text needs against its ground (WCAG 2.2, 1.4.3), in hundredths.
const READABLE: u32 = 450;

/// The light of each step of a channel of sRGB (IEC 61966-2-1), in millionths.
#[rustfmt::skip]
const LIGHT: [u32; 256] = [
    0, 304, 607, 911, 1_214, 1_518, 1_821, 2_125, 2_428, 2_732, 3_035, 3_347, 3_677, 4_025, 4_391, 4_777,
    5_182, 5_605, 6_049, 6_512, 6_995, 7_499, 8_023, 8_568, 9_134, 9_721, 10_330, 10_960, 11_612, 12_286, 12_983, 13_702,
    14_444, 15_209, 15_996, 16_807, 17_642, 18_500, 19_382, 20_289, 21_219, 22_174, 23_153, 24_158, 25_187, 26_241, 27_321, 28_426,
    29_557, 30_713, 31_896, 33_105, 34_340, 35_601, 36_889, 38_204, 39_546, 40_915, 42_311, 43_735, 45_186, 46_665, 48_172, 49_707,
    51_269, 52_861, 54_480, 56_128, 57_805, 59_511, 61_246, 63_010, 64_803, 66_626, 68_478, 70_360, 72_272, 74_214, 76_185, 78_187,
    80_220, 82_283, 84_376, 86_500, 88_656, 90_842, 93_059, 95_307, 97_587, 99_899, 102_242, 104_616, 107_023, 109_462, 111_932, 114_435,
    116_971, 119_538, 122_139, 124_772, 127_438, 130_136, 132_868, 135_633, 138_432, 141_263, 144_128, 147_027, 149_960, 152_926, 155_926, 158_961,
    162_029, 165_132, 168_269, 171_441, 174_647, 177_888, 181_164, 184_475, 187_821, 191_202, 194_618, 198_069, 201_556, 205_079, 208_637, 212_231,
    215_861, 219_526, 223_228, 226_966, 230_740, 234_551, 238_398, 242_281, 246_201, 250_158, 254_152, 258_183, 262_251, 266_356, 270_498, 274_677,
    278_894, 283_149, 287_441, 291_771, 296_138, 300_544, 304_987, 309_469, 313_989, 318_547, 323_143, 327_778, 332_452, 337_164, 341_914, 346_704,
    351_533, 356_400, 361_307, 366_253, 371_238, 376_262, 381_326, 386_429, 391_572, 396_755, 401_978, 407_240, 412_543, 417_885, 423_268, 428_690,
    434_154, 439_657, 445_201, 450_786, 456_411, 462_077, 467_784, 473_531, 479_320, 485_150, 491_021, 496_933, 502_886, 508_881, 514_918, 520_996,
    527_115, 533_276, 539_479, 545_724, 552_011, 558_340, 564_712, 571_125, 577_580, 584_078, 590_619, 597_202, 603_827, 610_496, 617_207, 623_960,
    630_757, 637_597, 644_480, 651_406, 658_375, 665_387, 672_443, 679_542, 686_685, 693_872, 701_102, 708_376, 715_694, 723_055, 730_461, 737_910,
    745_404, 752_942, 760_525, 768_151, 775_822, 783_538, 791_298, 799_103, 806_952, 814_847, 822_786, 830_770, 838_799, 846_873, 854_993, 863_157,
    871_367, 879_622, 887_923, 896_269, 904_661, 913_099, 921_582, 930_111, 938_686, 947_307, 955_973, 964_686, 973_445, 982_251, 991_102, 1_000_000,
];

impl Accent {
    /// How it stands out from white paper, in hundredths: 100 is white itself, 2100 is black (WCAG 2.2, contrast ratio).
    #[must_use]
    pub fn contrast(self) -> u32 {
        let [red, green, blue] = self.0.map(|channel| LIGHT.get(usize::from(channel)).copied().unwrap_or_default());
        let light = (red * 213 + green * 715 + blue * 72) / 1_000;
        105_000_000 / (light + 50_000)
    }

    /// The colour as it is printed: itself where it can be read on white, else the lightest shade of it that can.
    #[must_use]
    pub fn on_paper(self) -> Self {
        let shade =
            |parts: u16| Self(self.0.map(|channel| u8::try_from(u16::from(channel) * parts / 255).unwrap_or(0)));
        (0..=255).rev().map(shade).find(|shade| shade.contrast() >= READABLE).unwrap_or(Self([0; 3]))
    }
}

impl FromStr for Accent {
    type Err = NoColour;
    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').ok_or(NoColour)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| NoColour)?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_on_white_is_darkened_until_it_can() {
        // Ratios as published for these pairs by the W3C and in look.md.
        for (colour, contrast) in [("#ffffff", 100), ("#000000", 2_100), ("#767676", 454), ("#0a5564", 841)] {
            let colour: Accent = colour.parse().unwrap();
            assert!(colour.contrast().abs_diff(contrast) <= 3, "{colour}: {}", colour.contrast());
        }
        for kept in ["#0a5564", "#a32e19", "#000000"] {
            let colour: Accent = kept.parse().unwrap();
            assert_eq!(colour.on_paper(), colour);
        }
        for (light, least_red) in [("#ffcc00", 0x60), ("#ffffff", 0x60), ("#7fcdd8", 0x20)] {
            let printed = light.parse::<Accent>().unwrap().on_paper();
            assert!(printed.contrast() >= 450 && printed.contrast() < 520, "{light} became {printed}");
            assert!(
                printed.0.first().is_some_and(|red| *red >= least_red),
                "{light} became {printed}: still its own hue"
            );
        }
        for shade in 0..=255 {
            assert!(Accent([shade, 255, 255 - shade]).on_paper().contrast() >= 450);
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "petrol", "0a5564", "#0a556", "#0a55641", "#0a556g", "#+a5564", "#é5564"] {
            assert_eq!(text.parse::<Accent>(), Err(NoColour), "{text}");
        }
        assert_eq!("#0A5564".parse::<Accent>().unwrap().to_string(), "#0a5564");
    }
}
