//! A line of the editor has room for what people write: sums in the millions, quantities with their decimals, long units, each
//! case of VAT; on one row at a desk, whole on a phone.

use crate::browser::Browser;
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

/// Which numbers are broken, or stand outside of the page, or over their own label.
const BROKEN: &str = "const broken = []; \
    const boxes = (at) => { const range = document.createRange(); range.selectNodeContents(at); return [...range.getClientRects()].filter((box) => box.width); }; \
    for (const at of document.querySelectorAll('#sums dd, #sums dt .muted, [data-line] output')) { \
        const all = boxes(at); \
        if (Math.max(...all.map((box) => box.top)) >= Math.min(...all.map((box) => box.bottom))) broken.push(`broken: ${at.textContent}`); \
        if (all.some((box) => box.right > innerWidth || box.left < 0)) broken.push(`outside: ${at.textContent}`); \
    } \
    for (const row of document.querySelectorAll('#sums dl > div')) { \
        const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1; \
        const [label, sum] = [boxes(row.querySelector('dt')), boxes(row.querySelector('dd'))]; \
        if (label.some((one) => sum.some((other) => over(one, other)))) broken.push(`over each other: ${row.textContent}`); \
    } \
    return broken;";

/// On a phone a new invoice has one line, and no more of it than every line needs.
fn a_line_is_small_on_a_phone(browser: &Browser) {
    browser.seen(390, "light");
    let high = browser.script("return document.querySelector('#lines').getBoundingClientRect().height;");
    assert!(high.as_f64().unwrap() < 420.0, "{high} px before anything is written");
    let seen = |name: &str| {
        browser.script(&format!("return document.querySelector('[name=\"line-0-{name}\"]').checkVisibility();"))
    };
    for (name, at_once) in [
        ("name", true),
        ("quantity", true),
        ("net_price", true),
        ("tax", true),
        ("unit", true),
        ("description", false),
        ("adjustment-0-amount", false),
    ] {
        assert_eq!(seen(name), serde_json::json!(at_once), "{name}");
    }
    browser.script("document.querySelector('[data-line=\"0\"] details').open = true;");
    assert_eq!(seen("unit"), serde_json::json!(true), "it can be chosen");
    browser.script("document.querySelector('[data-line=\"0\"] details').open = false;");
}

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
        a_line_is_small_on_a_phone(&browser);
        browser.seen(1440, "light");
        browser.fill("line-0-name", "Shop sign");
        browser.script(
            "const unit = document.querySelector('[name=\"line-0-unit\"]'); unit.value = 'LS'; unit.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        for (quantity, price, net) in written_in(language) {
            browser.seen(1440, "light");
            // A rate that nobody said yet has no sum.
            browser.script("document.querySelector('[name=\"line-0-tax\"]').value = 'S 20';");
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
        // What is more than millions is whole as well, on each line and in the sums.
        browser.seen(1440, "light");
        let amount = if language == "de" { "12.345.678,90" } else { "12,345,678.90" };
        browser.fill("line-0-quantity", "100");
        browser.fill("line-0-net_price", amount);
        browser.script(
            "const tax = document.querySelector('[name=\"line-0-tax\"]'); tax.value = 'S 20'; tax.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        browser.until("document.querySelector('#sums').textContent.replace(/[^0-9]/g, '').includes('148148146800')");
        for width in [1440, 1280, 390, 320] {
            browser.seen(width, "light");
            assert_eq!(browser.script(BROKEN), serde_json::json!([]), "{language} {width}");
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
