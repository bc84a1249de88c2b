//! What this installation alone knows, as its cookies need it: a name that tells them from those of another Catchball on
//! the same machine, and a signature under what they hold.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use url::Url;

/// The name and the key of an installation.
#[derive(Clone)]
pub struct Seal {
    /// Eight letters that stand in the names of its cookies.
    pub name: String,
    key: [u8; 32],
}

impl Seal {
    /// The seal of the installation with this secret, which people reach at this address: a copy of its data that is
    /// served elsewhere is another one.
    pub fn of(secret: &[u8], base: &Url) -> Self {
        let hash = |purpose: &str| Sha256::new().chain_update(purpose).chain_update(secret).chain_update(base.as_str());
        let name = hash("name of ").finalize();
        Self { name: hex(&name[..4]), key: hash("key of ").finalize().into() }
    }

    fn signature(&self, text: &str) -> Option<Hmac<Sha256>> {
        let mut signature = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        signature.update(text.as_bytes());
        Some(signature)
    }

    /// The signature under a text.
    pub fn sign(&self, text: &str) -> String {
        self.signature(text).map(|signature| hex(&signature.finalize().into_bytes())).unwrap_or_default()
    }

    /// Whether this is the signature under the text.
    pub fn is_signed(&self, text: &str, signed: &str) -> bool {
        let signature = self.signature(text).zip(unhex(signed));
        signature.is_some_and(|(signature, signed)| signature.verify_slice(&signed).is_ok())
    }
}

/// Bytes as two letters each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Two letters each as bytes; nothing when they are none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(secret: u8, base: &str) -> Seal {
        Seal::of(&[secret; 32], &base.parse().unwrap())
    }

    #[test]
    fn each_installation_has_a_name_and_a_signature_of_its_own() {
        let (one, again) = (seal(1, "http://127.0.0.1:3000"), seal(1, "http://127.0.0.1:3000"));
        assert_eq!((one.name.len(), &one.name), (8, &again.name));
        assert!(one.is_signed("text", &again.sign("text")));
        for other in [seal(2, "http://127.0.0.1:3000"), seal(1, "http://127.0.0.1:3001")] {
            assert_ne!(one.name, other.name);
            assert!(!one.is_signed("text", &other.sign("text")));
        }
        for wrong in ["", "00", "zz", "\u{fc}\u{fc}", &one.sign("texts"), &one.sign("text")[2..]] {
            assert!(!one.is_signed("text", wrong), "{wrong}");
        }
    }
}
