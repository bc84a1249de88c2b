//! The text in a file: whichever way a spreadsheet wrote its letters.

/// The letters that Windows has where other western alphabets have control signs, from 0x80 on; U+0000 where it has none.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// How other kinds of files begin, and what they are.
const OTHERS: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", SPREADSHEET),
    (b"\xd0\xcf\x11\xe0", SPREADSHEET),
    (b"\x1f\x8b", "This is a packed file."),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"%PDF", "This is a PDF."),
    (b"Rar!", "This is a packed file."),
    (b"7z\xbc\xaf", "This is a packed file."),
];
const SPREADSHEET: &str = "This is a spreadsheet in its own format.";
const PICTURE: &str = "This is a picture.";
const INSTEAD: &str = "Save the table as CSV, or copy the cells and paste them.";

/// The text of a file: UTF-8 with or without its mark, UTF-16 in both orders, otherwise Windows' western letters.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    if let Some((_, what)) = OTHERS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(format!("{what} {INSTEAD}"));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ if is_wide(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if is_wide(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| windows(bytes)),
    };
    clean(&text)
}

/// A text with one kind of line end and without the mark at its beginning.
pub fn clean(text: &str) -> Result<String, String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let strange = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    match text.lines().position(|line| line.contains(strange)) {
        Some(at) => {
            Err(format!("Line {} holds signs that no table has, as a file that is no text does. {INSTEAD}", at + 1))
        }
        None => Ok(text),
    }
}

/// Whether the beginning looks like two bytes a letter: zeros in every other place, from `zero` on, and nowhere else.
fn is_wide(bytes: &[u8], zero: usize) -> bool {
    let begin = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let zeros = |from: usize| begin.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    zeros(zero) * 4 > begin.len() && zeros(1 - zero) == 0
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn windows(bytes: &[u8]) -> String {
    let letter = |byte: u8| match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    bytes.iter().map(|&byte| letter(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_whichever_way_their_letters_are_written() {
        let text = "Größe;Tage\n2026-03-02;31";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little.clone(),
            big.clone(),
            text.replace('\n', "\r").into_bytes(),
            text.replace('\n', "\r\n").into_bytes(),
            b"Gr\xf6\xdfe;Tage\n2026-03-02;31".to_vec(),
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        assert_eq!(decode(b"\x80;\x93Week\x94").unwrap(), "€;“Week”", "Windows' own letters");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_sentence() {
        for (bytes, words) in [
            (&b"PK\x03\x04zip"[..], "spreadsheet"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
            (b"\x1f\x8b\x08\x00", "packed"),
            (b"a;1\nb;2\x00", "Line 2 holds"),
            (b"\x81\x8d", "Line 1 holds"),
            (&[0; 64], "Line 1 holds"),
        ] {
            let refused = decode(bytes).unwrap_err();
            assert!(refused.contains(words) && refused.ends_with("paste them."), "{refused}");
        }
    }
}
