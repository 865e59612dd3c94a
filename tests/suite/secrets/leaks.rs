//! Searches texts for pieces of a secret, in plain and in the usual encodings.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// The number of letters in a row that count as a leak.
const WINDOW: usize = 8;

/// How many encodings around each other are undone.
const DEPTH: usize = 3;

/// The pieces of one secret.
pub(super) struct Secret {
    windows: Vec<String>,
}

impl Secret {
    pub(super) fn new(secret: &str) -> Self {
        let letters = secret.to_lowercase().into_bytes();
        let windows = letters.windows(WINDOW).map(|window| String::from_utf8_lossy(window).into_owned());
        Self { windows: windows.collect() }
    }

    /// The encoding in which a piece of the secret occurs in a text, if it does.
    pub(super) fn leak(&self, text: &str) -> Option<String> {
        self.search(text, DEPTH)
    }

    fn search(&self, text: &str, depth: usize) -> Option<String> {
        let lower = text.to_lowercase();
        if let Some(found) = self.windows.iter().find(|window| lower.contains(window.as_str())) {
            return Some(found.clone());
        }
        if depth == 0 {
            return None;
        }
        let inside = |name: &str, text: &str| {
            self.search(text, depth - 1).map(|encoding| format!("{encoding} in {name}"))
        };
        let percent =
            text.contains('%').then(|| percent_encoding::percent_decode_str(text).decode_utf8_lossy());
        let found = percent.and_then(|text| inside("percent-encoding", &text));
        let found = found
            .or_else(|| text.contains("\\u").then(|| unescaped(text)).and_then(|text| inside("JSON", &text)));
        found.or_else(|| {
            words(text).find_map(|word| {
                let hex = hex(word).and_then(|text| inside("hex", &text));
                hex.or_else(|| base64(word).into_iter().find_map(|text| inside("base64", &text)))
            })
        })
    }
}

/// The runs of characters that can be base64 or hex and are long enough to hold a piece of the secret.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let encoded = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    text.split(move |c| !encoded(c)).filter(|word| word.len() >= WINDOW)
}

/// What a word is as base64: of either alphabet, from each of the four positions that a group of characters can start at.
fn base64(word: &str) -> Vec<String> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabet = if word.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let engine = GeneralPurpose::new(alphabet, config);
    let groups = (0..4).filter_map(|start| {
        let rest = word.get(start..)?;
        // A single character at the end is no byte.
        let whole = if rest.len() % 4 == 1 { &rest[..rest.len() - 1] } else { rest };
        engine.decode(whole).ok()
    });
    groups.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn hex(word: &str) -> Option<String> {
    let digits: Option<Vec<u8>> =
        word.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let bytes: Vec<u8> = digits?.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text with its escape sequences `\uXXXX` replaced.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(&piece[4..]);
            }
            None => out.push_str(piece),
        }
    }
    out
}

/// The search finds each encoding and nothing in other texts.
pub(super) fn every_encoding_is_found() {
    let secret = Secret::new("QwErTyUiOpAsDfGhJkLzXcVb");
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    for text in [
        "the QwErTyUi is told".to_owned(),
        "qwertyuiop".to_owned(),
        "?k=%51%77%45%72%54%79%55%69".to_owned(),
        "{\"a\":\"\\u0051wErTyU\\u0069\"}".to_owned(),
        "5177457254795569".to_owned(),
        format!("Basic {}", encode("user:QwErTyUiOp")),
        format!("\"{}\"", encode("x:QwErTyUiOp")),
        encode("QwErTyUiOp"),
        encode(&encode("..QwErTyUiOp")),
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode("??>QwErTyUiOp"),
        format!("a{}", encode("QwErTyUiOp")),
    ] {
        assert!(secret.leak(&text).is_some(), "{text}");
    }
    for text in ["nothing", "QwErTyU", "https://api.example.com/x/Ann?key=•••", &encode("some other text")]
    {
        assert_eq!(secret.leak(text), None, "{text}");
    }
}
