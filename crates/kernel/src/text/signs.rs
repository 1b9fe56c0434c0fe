//! Which signs are which, from Unicode's own tables (`UnicodeData`, `ArabicShaping`, `emoji-data`).

/// First and last of each range of signs that are never taken: what turns the order of letters (Unicode's `Bidi_Control`),
/// and what is ignored where it is shown (`Default_Ignorable_Code_Point`) or is a blank that counts as a letter.
pub(super) const HIDDEN: [(char, char); 25] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0e}'),
    ('\u{e000}', '\u{f8ff}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffc}'),
    ('\u{fffe}', '\u{ffff}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e00ff}'),
    ('\u{e01f0}', '\u{e0fff}'),
    ('\u{f0000}', '\u{10ffff}'),
];

/// The scripts that are written with joiners, each with its first and last letter: Arabic with Syriac, Thaana and N'Ko, the
/// scripts of India and Sri Lanka, Tibetan, Myanmar, Khmer, Mongolian, those of the islands.
pub(super) const JOINED: [(char, char); 8] = [
    ('\u{600}', '\u{8ff}'),
    ('\u{900}', '\u{dff}'),
    ('\u{f00}', '\u{fff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    MONGOLIAN[0],
    ('\u{1b00}', '\u{1b7f}'),
    ('\u{a980}', '\u{a9df}'),
];

/// What may stand before a sign that says which form of it is meant: Mongolian letters, Han letters.
pub(super) const MONGOLIAN: [(char, char); 1] = [('\u{1820}', '\u{18aa}')];
pub(super) const HAN: [(char, char); 4] =
    [('\u{3400}', '\u{4dbf}'), ('\u{4e00}', '\u{9fff}'), ('\u{f900}', '\u{faff}'), ('\u{20000}', '\u{3ffff}')];

/// Pictures that are shown as letters unless a sign behind them says otherwise (Unicode's `Emoji` that are not
/// `Emoji_Presentation`): what telephones type behind others changes nothing, and is not here.
pub(super) const PICTURES: &str = "©®‼⁉™ℹ↔↕↖↗↘↙↩↪⌨⏏⏭⏮⏯⏱⏲⏸⏹⏺Ⓜ▪▫▶◀◻◼☀☁☂☃☄☎☑☘☝☠☢☣☦☪☮☯☸☹☺♀♂♟♠♣\
    ♥♦♨♻♾⚒⚔⚕⚖⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷⛸⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡⤴⤵⬅⬆⬇〰〽㊗㊙\
    🅰🅱🅾🅿🈂🈷🌡🌤🌥🌦🌧🌨🌩🌪🌫🌬🌶🍽🎖🎗🎙🎚🎛🎞🎟🏋🏌🏍🏎🏔🏕🏖🏗🏘🏙🏚🏛🏜🏝🏞🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳🕴🕵🕶\
    🕷🕸🕹🖇🖊🖋🖌🖍🖐🖥🖨🖱🖲🖼🗂🗃🗄🗑🗒🗓🗜🗝🗞🗡🗣🗨🗯🗳🗺🛋🛍🛎🛏🛠🛡🛢🛣🛤🛥🛩🛰🛳";

/// Letters that join to the one behind them (`Joining_Type` D): there a joiner that keeps two apart is seen.
pub(super) const JOINING: [(char, char); 39] = [
    ('\u{620}', '\u{620}'),
    ('\u{626}', '\u{626}'),
    ('\u{628}', '\u{628}'),
    ('\u{62a}', '\u{62e}'),
    ('\u{633}', '\u{647}'),
    ('\u{649}', '\u{64a}'),
    ('\u{66e}', '\u{66f}'),
    ('\u{678}', '\u{687}'),
    ('\u{69a}', '\u{6bf}'),
    ('\u{6c1}', '\u{6c2}'),
    ('\u{6cc}', '\u{6cc}'),
    ('\u{6ce}', '\u{6ce}'),
    ('\u{6d0}', '\u{6d1}'),
    ('\u{6fa}', '\u{6fc}'),
    ('\u{6ff}', '\u{6ff}'),
    ('\u{712}', '\u{714}'),
    ('\u{71a}', '\u{71d}'),
    ('\u{71f}', '\u{727}'),
    ('\u{729}', '\u{729}'),
    ('\u{72b}', '\u{72b}'),
    ('\u{72d}', '\u{72e}'),
    ('\u{74e}', '\u{758}'),
    ('\u{75c}', '\u{76a}'),
    ('\u{76d}', '\u{770}'),
    ('\u{772}', '\u{772}'),
    ('\u{775}', '\u{777}'),
    ('\u{77a}', '\u{77f}'),
    ('\u{7ca}', '\u{7ea}'),
    ('\u{841}', '\u{845}'),
    ('\u{848}', '\u{848}'),
    ('\u{84a}', '\u{853}'),
    ('\u{855}', '\u{855}'),
    ('\u{8a0}', '\u{8a9}'),
    ('\u{8af}', '\u{8b0}'),
    ('\u{8b3}', '\u{8b8}'),
    ('\u{8ba}', '\u{8c8}'),
    ('\u{1820}', '\u{1878}'),
    ('\u{1887}', '\u{18a8}'),
    ('\u{18aa}', '\u{18aa}'),
];

/// Letters that are joined to, whether they join on or not.
pub(super) const JOINABLE: [(char, char); 9] = [
    ('\u{620}', '\u{620}'),
    ('\u{622}', '\u{64a}'),
    ('\u{66e}', '\u{66f}'),
    ('\u{671}', '\u{673}'),
    ('\u{675}', '\u{6d3}'),
    ('\u{6d5}', '\u{6ff}'),
    ('\u{710}', '\u{7ea}'),
    ('\u{840}', '\u{8c9}'),
    ('\u{1820}', '\u{18aa}'),
];

/// Marks above and below those letters, which no joining minds.
pub(super) const MARKS: [(char, char); 6] = [
    ('\u{610}', '\u{61a}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{6d6}', '\u{6ed}'),
    ('\u{730}', '\u{74a}'),
    ('\u{8d3}', '\u{8ff}'),
];

/// The signs of the scripts of India and their kin that take a letter's vowel away: a joiner beside one says how the two
/// letters around it are written together.
pub(super) const VIRAMAS: &str = "\u{94d}\u{9cd}\u{a4d}\u{acd}\u{b4d}\u{bcd}\u{c4d}\u{ccd}\u{d3b}\u{d3c}\u{d4d}\u{dca}\u{f84}\u{1039}\u{103a}\u{17d2}\u{1b44}\u{a9c0}";

/// Blanks that are thinner than a blank, or none at all where they are shown, or look like one and are another.
pub(super) const THIN: [(char, char); 5] = [
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
];

/// What the wide blank stands between: Han letters and kana.
pub(super) const WIDE: [(char, char); 7] =
    [('\u{3005}', '\u{3007}'), ('\u{3041}', '\u{30ff}'), ('\u{31f0}', '\u{31ff}'), HAN[0], HAN[1], HAN[2], HAN[3]];
