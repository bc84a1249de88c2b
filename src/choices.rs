//! Values to choose from: each has one name in forms and in the database, and words on a page.

/// Makes an enum of such values, and reads one from its name.
#[macro_export]
macro_rules! choices {
    (
        $(#[$doc:meta])*
        $choice:ident {$(
            $(#[$of_value:meta])*
            $value:ident $name:literal $words:literal;
        )*}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, serde::Deserialize)]
        #[sqlx(type_name = "TEXT")]
        pub enum $choice {$(
            $(#[$of_value])*
            #[sqlx(rename = $name)]
            #[serde(rename = $name)]
            $value,
        )*}

        impl $choice {
            /// All of them, in the order of a page.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// The name in forms and in the database.
            pub fn name(self) -> &'static str {
                match self {$(Self::$value => $name,)*}
            }

            /// The words on a page.
            pub fn words(self) -> &'static str {
                match self {$(Self::$value => $words,)*}
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
