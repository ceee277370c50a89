//! A reply's bytes as they were before they were encoded for the way.

use std::io::{self, Read as _};

use flate2::read::MultiGzDecoder;

/// Why a reply cannot be decoded.
#[derive(Debug)]
pub(super) enum Undecodable {
    /// It is larger than the limit.
    TooLarge,
    /// Its encoding is not known.
    Encoding(String),
    /// It is not what its encoding says.
    Broken(io::Error),
}

/// Decodes a reply up to a limit. A little gzip can stand for very much, so no more is unpacked than is wanted.
pub(super) fn decode(sent: Vec<u8>, encoding: Option<&str>, limit: u64) -> Result<Vec<u8>, Undecodable> {
    match encoding.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(sent),
        "gzip" | "x-gzip" => {
            let mut bytes = Vec::new();
            let mut decoder = MultiGzDecoder::new(sent.as_slice()).take(limit.saturating_add(1));
            decoder.read_to_end(&mut bytes).map_err(Undecodable::Broken)?;
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            if length > limit { Err(Undecodable::TooLarge) } else { Ok(bytes) }
        }
        other => Err(Undecodable::Encoding(other.to_owned())),
    }
}
