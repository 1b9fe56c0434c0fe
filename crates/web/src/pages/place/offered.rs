//! What a business starts with by its country.

/// Countries one can choose, with the currency and the time zone that most of their businesses have.
pub(super) const COUNTRIES: [(&str, &str, &str); 30] = [
    ("AT", "EUR", "Europe/Vienna"),
    ("AU", "AUD", "Australia/Sydney"),
    ("BE", "EUR", "Europe/Brussels"),
    ("BG", "EUR", "Europe/Sofia"),
    ("CA", "CAD", "America/Toronto"),
    ("CH", "CHF", "Europe/Zurich"),
    ("CZ", "CZK", "Europe/Prague"),
    ("DE", "EUR", "Europe/Berlin"),
    ("DK", "DKK", "Europe/Copenhagen"),
    ("ES", "EUR", "Europe/Madrid"),
    ("FI", "EUR", "Europe/Helsinki"),
    ("FR", "EUR", "Europe/Paris"),
    ("GB", "GBP", "Europe/London"),
    ("GR", "EUR", "Europe/Athens"),
    ("HR", "EUR", "Europe/Zagreb"),
    ("HU", "HUF", "Europe/Budapest"),
    ("IE", "EUR", "Europe/Dublin"),
    ("IN", "INR", "Asia/Kolkata"),
    ("IT", "EUR", "Europe/Rome"),
    ("JP", "JPY", "Asia/Tokyo"),
    ("LU", "EUR", "Europe/Luxembourg"),
    ("NL", "EUR", "Europe/Amsterdam"),
    ("NO", "NOK", "Europe/Oslo"),
    ("NZ", "NZD", "Pacific/Auckland"),
    ("PL", "PLN", "Europe/Warsaw"),
    ("PT", "EUR", "Europe/Lisbon"),
    ("RO", "RON", "Europe/Bucharest"),
    ("SE", "SEK", "Europe/Stockholm"),
    ("SK", "EUR", "Europe/Bratislava"),
    ("US", "USD", "America/New_York"),
];

/// Time zones of a country besides the one that most of its businesses have.
pub(super) const FURTHER: [(&str, &str); 9] = [
    (
        "AU",
        "Australia/Melbourne Australia/Brisbane Australia/Adelaide Australia/Perth Australia/Hobart Australia/Darwin",
    ),
    ("CA", "America/Vancouver America/Edmonton America/Winnipeg America/Regina America/Halifax America/St_Johns"),
    ("DE", "Europe/Busingen"),
    ("ES", "Atlantic/Canary Africa/Ceuta"),
    ("GB", "Europe/Belfast"),
    ("IN", "Asia/Calcutta"),
    ("NZ", "Pacific/Chatham"),
    ("PT", "Atlantic/Madeira Atlantic/Azores"),
    (
        "US",
        "America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Detroit America/Anchorage Pacific/Honolulu",
    ),
];
