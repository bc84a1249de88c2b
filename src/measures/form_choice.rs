//! What can be chosen in a form: the name that is sent and stored, the words, and a line of help.

/// Three words for a choice: the name that is sent, what it is called, a line of help.
pub type Options = Vec<(&'static str, &'static str, &'static str)>;

/// A value that is chosen from a list.
pub trait FormChoice: Copy + PartialEq + 'static {
    /// All that can be chosen: its name, the value, its words, a line of help.
    const ALL: &'static [(&'static str, Self, &'static str, &'static str)];

    /// The name that a form sends; empty for what nobody can choose.
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, choice, ..)| *choice == self).map_or("", |(name, ..)| name)
    }

    /// The words of the form.
    fn label(self) -> &'static str {
        Self::ALL.iter().find(|(_, choice, ..)| *choice == self).map_or("", |(_, _, words, _)| words)
    }

    /// The choice of this name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, ..)| *known == name).map(|(_, choice, ..)| *choice)
    }

    /// All of them for the page.
    fn options() -> Options {
        Self::ALL.iter().map(|(name, _, words, help)| (*name, *words, *help)).collect()
    }
}

/// The choices of a type: each with its name, its words, and a line of help.
macro_rules! form_choices {
    ($($kind:ty { $($choice:ident $name:literal $words:literal: $help:literal;)* })*) => {$(
        impl $crate::measures::form_choice::FormChoice for $kind {
            const ALL: &'static [(&'static str, Self, &'static str, &'static str)] =
                &[$(($name, Self::$choice, $words, $help)),*];
        }

        impl std::str::FromStr for $kind {
            type Err = ();
            fn from_str(name: &str) -> Result<Self, ()> {
                <Self as $crate::measures::form_choice::FormChoice>::named(name).ok_or(())
            }
        }
    )*};
}
pub(super) use form_choices;
