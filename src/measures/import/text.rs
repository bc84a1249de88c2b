//! The text in a file: whichever way a spreadsheet wrote its letters.

/// The text of a file: UTF-8 with or without its mark, UTF-16 in both orders, otherwise Windows' western letters.
///
/// # Errors
/// A sentence when it is no text, such as a spreadsheet in its own format.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(
            "This is a spreadsheet in its own format. Save it as CSV, or copy the cells and paste them.".to_owned()
        );
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [_, 0, _, 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, _, 0, _, ..] => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect()),
    };
    clean(&text)
}

/// A text with one kind of line end and without the mark at its beginning.
///
/// # Errors
/// A sentence when it holds signs that no table has.
pub fn clean(text: &str) -> Result<String, String> {
    let strange = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if text.contains(strange) {
        return Err(
            "This is not a text with weeks and values. Save the table as CSV, or copy the cells and paste them."
                .to_owned(),
        );
    }
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
