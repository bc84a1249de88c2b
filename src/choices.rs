//! Values to choose from: each has one name in forms and in the database, words on a page, and perhaps a line of help.

/// The options of a choice in a form: the value, its words, a help.
pub type Options = &'static [(&'static str, &'static str, &'static str)];

/// Makes an enum of such values, and reads one from its name. Those `besides` have a name and words too, but nobody can
/// choose them.
#[macro_export]
macro_rules! choices {
    (
        $(#[$doc:meta])*
        $choice:ident {$(
            $(#[$of_value:meta])*
            $value:ident $name:literal $words:literal $(: $help:literal)?;
        )*}
        $(besides {$(
            $(#[$of_other:meta])*
            $other:ident $other_name:literal $other_words:literal;
        )*})?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, serde::Deserialize)]
        #[sqlx(type_name = "TEXT")]
        pub enum $choice {
            $(
                $(#[$of_value])*
                #[sqlx(rename = $name)]
                #[serde(rename = $name)]
                $value,
            )*
            $($(
                $(#[$of_other])*
                #[sqlx(rename = $other_name)]
                #[serde(rename = $other_name)]
                $other,
            )*)?
        }

        impl $choice {
            /// All that can be chosen, in the order of a page.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// The same for a form: the name, the words, the line of help.
            pub const OFFERED: $crate::choices::Options = &[$(($name, $words, concat!($($help)?))),*];

            /// The name in forms and in the database.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)*
                    $($(Self::$other => $other_name,)*)?
                }
            }

            /// The words on a page.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$value => $words,)*
                    $($(Self::$other => $other_words,)*)?
                }
            }

        }

        impl std::str::FromStr for $choice {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or(())
            }
        }
    };
}
