//! A line of the editor has room for what people write: sums in the millions, quantities with their decimals, long units, each
//! case of VAT; on one row at a desk, whole on a phone.

use crate::seated::seated;

/// What is cut off in the first line, and what lies over something else.
const CUT: &str = "const line = document.querySelector('[data-line=\"0\"]'); const cut = []; \
    for (const field of line.querySelectorAll('.q input, .pr input')) \
        if (field.scrollWidth > field.clientWidth) cut.push(`${field.name}: ${field.scrollWidth} in ${field.clientWidth}`); \
    for (const field of line.querySelectorAll('.un select, .vt select')) { \
        const style = getComputedStyle(field); const words = document.createElement('span'); \
        words.textContent = field.selectedOptions[0].textContent; field.after(words); \
        for (const name of ['fontFamily', 'fontSize', 'fontWeight', 'fontStretch', 'wordSpacing']) words.style[name] = style[name]; \
        Object.assign(words.style, { position: 'absolute', whiteSpace: 'pre' }); \
        const room = field.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd); \
        if (words.getBoundingClientRect().width > room + 1) cut.push(`${field.name}: ${words.getBoundingClientRect().width} in ${room}`); \
        words.remove(); \
    } \
    const range = document.createRange(); range.selectNodeContents(line.querySelector('output')); \
    const net = range.getBoundingClientRect(); \
    for (const other of line.querySelectorAll('select, summary, .x')) { \
        const box = other.getBoundingClientRect(); \
        if (net.left < box.right - 1 && box.left < net.right - 1 && net.top < box.bottom && box.top < net.bottom) cut.push(`the net lies over ${other.name ?? other.tagName}`); \
    } \
    const tops = [...line.querySelectorAll(':scope > .cell')].map((cell) => Math.round(cell.getBoundingClientRect().top)); \
    if (innerWidth >= 1280 && new Set(tops).size > 1) cut.push(`${new Set(tops).size} rows`); \
    return cut;";

// proves: F8
#[test]
fn a_line_shows_millions_long_units_and_every_case_of_vat_whole() {
    let (_installation, serving, mut browser) = seated("en");
    for language in ["en", "de"] {
        let code = format!(
            "fetch('/settings/language', {{ method: 'POST', body: new URLSearchParams({{ language: '{language}' }}) }}).then(() => {{ window.said = true; }});"
        );
        browser.script(&code);
        browser.until("window.said");
        browser.go(&format!("https://localhost:{}/invoices/new", serving.port));
        browser.until("document.querySelector('[data-line=\"0\"] [role=combobox]')");
        browser.fill("line-0-name", "Shop sign");
        browser.script(
            "const unit = document.querySelector('[name=\"line-0-unit\"]'); unit.value = 'LS'; unit.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        for (quantity, price, net) in written_in(language) {
            browser.seen(1440, "light");
            browser.fill("line-0-quantity", quantity);
            browser.fill("line-0-net_price", price);
            browser.until(&format!("document.querySelector('[data-line=\"0\"] output').textContent.includes('{net}')"));
            for width in [1440, 1280, 390, 320] {
                browser.seen(width, "light");
                for tax in ["S 20", "AE 0", "K 0", "O 0", "S other"] {
                    browser.script(&format!("document.querySelector('[name=\"line-0-tax\"]').value = '{tax}';"));
                    let cut = browser.script(CUT);
                    assert_eq!(cut, serde_json::json!([]), "{language} {quantity} {width} {tax}");
                }
            }
        }
    }
}

/// How many, for how much, and what the net of it has in it: one of something dear, and very many of something else.
fn written_in(language: &str) -> [(&'static str, &'static str, &'static str); 2] {
    if language == "de" {
        [("1", "1.234.567,89", "567"), ("1234,75", "1.000,00", "750")]
    } else {
        [("1", "1,234,567.89", "567"), ("1234.75", "1,000.00", "750")]
    }
}
