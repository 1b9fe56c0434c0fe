//! Paper: an issued invoice becomes a PDF. Pure: document in, bytes out; no network, no files.
